"""How much memory the sets of states of many instances may take."""

from lifecheck.errors import LifecheckError

DEFAULT_MEMORY = 2 << 30
"""Bytes that the sets of states may take unless told otherwise."""


class MemoryLimitError(LifecheckError):
    """A population that would not fit in memory, or in a rank of 64 bits."""
