"""Pages of the plans, one module a journey."""
