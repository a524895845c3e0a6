"""Explores systems and decides properties: state graphs, fairness, lassos, and what is evidence."""
