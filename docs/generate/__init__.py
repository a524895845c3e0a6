"""Writes what the documents show of a run: `make texts`, `make matrix`."""
