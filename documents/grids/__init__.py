"""Files that people send, read as grids of cells."""
