"""What sets of states may take, and the error that tells which limit was met."""

from __future__ import annotations

from lifecheck.errors import InputError


class SymbolicLimitError(InputError):
    """Sets of states cannot be made, or would take more than they may; the explicit engine may still answer.

    Examples
    --------
    >>> str(SymbolicLimitError("component 'log' has more than 10,000 local states"))
    "component 'log' has more than 10,000 local states"
    """


DEFAULT_MEMORY = 768 * 2**20
"""How many bytes decision diagrams may take unless told otherwise."""

BYTES_PER_NODE = 40
"""What a node takes: itself, its place in the table that finds equal ones, and its share of remembered operations."""

ANSWER_LIMIT = 5_000
"""How often one predicate, or one comparison of a text, is asked before its set is given up: a few seconds."""
