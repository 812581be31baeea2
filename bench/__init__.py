"""How fast the portal is beside a bare Django floor, measured in one run."""
