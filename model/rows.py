"""What can be read off a table of rows."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck import Row


def states_of(rows: Iterable[Row]) -> frozenset[str]:
    """Return the states that a table uses.

    Examples
    --------
    >>> sorted(states_of([Row("deliver", "passed", "delivered")]))
    ['delivered', 'passed']
    """
    return frozenset(state for row in rows for state in (row.source, row.target))
