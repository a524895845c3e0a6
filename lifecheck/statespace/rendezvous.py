"""One step of a system in its fired tables: every component that has the trigger takes it, or blocks it."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck.machines import BLOCKED, Table


def rendezvous(tables: Sequence[Table], current: Sequence[int], trigger: str) -> tuple[tuple[int, ...], list[int]]:
    """Let every part that can take a trigger take it; return where that leads and which parts block it.

    The system takes the step only where nobody blocks it.

    Parameters
    ----------
    tables
        The table of each part.
    current
        The number of each part's local state.
    trigger
        What is tried.

    Returns
    -------
    tuple
        The local states afterwards, those of parts that block as they are; and the positions of these parts.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> door = Component("door", ["shut", "open"], "shut", [Row("push", "shut", "open")], {"push"})
    >>> bell = Component("bell", ["still"], "still", [], {"push"})
    >>> rendezvous([Table(door), Table(bell)], (0, 0), "push")
    ((1, 0), [1])
    """
    target, blockers = list(current), []
    for position, table in enumerate(tables):
        if trigger not in table.component.alphabet:
            continue
        reached = table.move(current[position], trigger)
        if reached == BLOCKED:
            blockers.append(position)
        else:
            target[position] = reached
    return tuple(target), blockers
