"""Statistics in plain Python: no Django, no database, each result checked against reference values from R."""
