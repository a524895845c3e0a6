"""Names what keeps growing where a state space met its limit."""

from __future__ import annotations

from collections.abc import Sequence
from reprlib import Repr
from typing import TYPE_CHECKING

from lifecheck.system import LocalState

if TYPE_CHECKING:
    from lifecheck.statespace.graph import Graph

FEW_VALUES = 10
"""Of an attribute with no more values it is not said that it keeps growing: a counter that is bounded has as many."""

_SHORT = Repr()
_SHORT.maxtuple = 4


def growing_attribute(states: Sequence[LocalState]) -> tuple[str, int] | None:
    """Return the attribute that takes most values in local states found one after the other, and how many.

    Only one that took more than a few, and a new one among the last half of them, keeps growing; None if there is none.

    Examples
    --------
    >>> states = [LocalState("on", "lamp", ("on",), {"uses": number, "colour": 0}) for number in range(12)]
    >>> growing_attribute(states)
    ('uses', 12)
    >>> growing_attribute(states[:4]) is None
    True
    """
    if not states:
        return None
    found: list[tuple[int, str]] = []
    for name in states[0].attributes:
        values = [state.attributes[name] for state in states]
        distinct = len(set(values))
        if distinct > max(FEW_VALUES, len(set(values[: len(values) // 2 + 1]))):
            found.append((distinct, name))
    if not found:
        return None
    count, name = max(found, key=lambda entry: entry[0])
    return name, count


def growth(graph: Graph) -> str:
    """Return the end of a sentence that names what keeps growing in a graph that met its limit.

    Nothing grows in a component whose local states are all known: there are only so many.
    """
    told = (told_growth(table.component.name, table.states) for table in graph.tables if not table.is_whole)
    return next((sentence for sentence in told if sentence), "")


def told_growth(component: str, states: Sequence[LocalState]) -> str:
    """Return the end of a sentence that names the attribute which keeps growing, empty if none does."""
    growing = growing_attribute(states)
    if growing is None:
        return ""
    name, count = growing
    last = states[-1].attributes[name]
    return (
        f"; attribute {name!r} of component {component!r} keeps growing: it took {count:,} values so far, "
        f"{_SHORT.repr(last)} last; bound it by a condition, or do not count in it"
    )
