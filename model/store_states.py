"""The states of a copy in the store, in the order to show them."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Row

STATES = (
    "absent",
    "received",
    "accepted",
    "recognised",
    "scanning",
    "passed",
    "delivered",
    "condemned",
    "replaced",
    "deleted",
    "silent",
    "settled",
)
"""Every state that some configuration uses."""

AT_REST = ("absent", "settled")
"""Where the store holds no copy that a crash could take, and owes no answer."""


def states_of(rows: Sequence[Row]) -> frozenset[str]:
    """Return the states that a table uses.

    Examples
    --------
    >>> sorted(states_of([Row("deliver", "passed", "delivered")]))
    ['delivered', 'passed']
    """
    return frozenset(state for row in rows for state in (row.source, row.target))
