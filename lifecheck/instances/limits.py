"""How much memory the sets of states of many instances may take."""

DEFAULT_MEMORY = 2 << 30
"""Bytes that the sets of states may take unless told otherwise."""
