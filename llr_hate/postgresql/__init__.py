"""PostgreSQL as the portal is connected to it."""
