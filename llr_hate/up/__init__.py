"""Starting, stopping and providing for the portal on one machine: the work behind ./scripts/run."""
