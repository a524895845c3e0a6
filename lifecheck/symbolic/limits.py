"""What sets of states may take, and the error that tells which limit was met."""

from __future__ import annotations

import os

from lifecheck.errors import InputError
from lifecheck.text import counted, sized


class SymbolicLimitError(InputError):
    """Sets of states cannot be made, or would take more than they may; the explicit engine may still answer.

    Parameters
    ----------
    reason
        What stands against sets.
    instead
        The rest of the sentence: to ask for the other engine, where that was not done already.

    Examples
    --------
    >>> error = SymbolicLimitError("component 'log' has too many local states", "; check with engine='explicit'")
    >>> str(error)
    "component 'log' has too many local states; check with engine='explicit'"
    >>> error.reason
    "component 'log' has too many local states"
    """

    def __init__(self, reason: str, instead: str = "") -> None:
        super().__init__(reason + instead)
        self.reason = reason


class MemoryLimitError(SymbolicLimitError):
    """Sets of states grew larger than they may.

    Attributes
    ----------
    states
        How many reachable states were known by then.

    Examples
    --------
    >>> str(MemoryLimitError("rings", 3 << 20, 70))
    "system 'rings': its sets of states take more than the 3.0 MiB that they may; 70 states were known by then"
    """

    def __init__(self, system: str, memory: int, states: int) -> None:
        known = f"{counted(states, 'state')} {'was' if states == 1 else 'were'} known by then"
        super().__init__(
            f"system {system!r}: its sets of states take more than the {sized(memory)} that they may; {known}"
        )
        self.states = states


DEFAULT_MEMORY = 768 * 2**20
"""How many bytes decision diagrams may take unless told otherwise."""

LEAST_MEMORY = 1 << 20
"""Less holds nothing worth asking about."""

BYTES_PER_NODE = 40
"""What a node takes: itself, its place in the table that finds equal ones, and its share of remembered operations."""

ANSWER_LIMIT = 5_000
"""How often one predicate, or one comparison of a text, is asked before its set is given up: a few seconds."""


def refuse_memory(memory: int) -> None:
    """Refuse a limit that is no use, before anything is explored.

    Raises
    ------
    InputError
        If it is no number of bytes, too small to hold anything, or more than this machine has.

    Examples
    --------
    >>> refuse_memory(1_000)
    Traceback (most recent call last):
    lifecheck.errors.InputError: memory of 1,000 bytes is too little: sets of states need 1.0 MiB at least
    """
    if not isinstance(memory, int) or isinstance(memory, bool):
        raise InputError(f"memory is {memory!r}; write a whole number of bytes, as in 2 * 2**30")
    if memory < LEAST_MEMORY:
        raise InputError(f"memory of {sized(memory)} is too little: sets of states need {sized(LEAST_MEMORY)} at least")
    has = _memory_of_this_machine()
    if has is not None and memory > max(has, DEFAULT_MEMORY):
        raise InputError(f"memory of {sized(memory)} is more than the {sized(has)} that this machine has")


def _memory_of_this_machine() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # as on Windows
        return None
