"""Asks what if: other settings, mutants, single changes that turn a verdict, and whether one can tell at all."""
