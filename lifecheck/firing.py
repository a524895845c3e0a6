"""The table of a component, obtained by firing its real machine once per local state and trigger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from transitions import Machine

from lifecheck.component import Component
from lifecheck.errors import ComponentError, LifecheckError
from lifecheck.live import Live
from lifecheck.state import LocalState

BLOCKED = -1
"""The entry of a table where the component does not take the trigger."""

LOCAL_STATE_LIMIT = 100_000
"""How many local states of one component are fired before giving up."""


class LocalStateLimitError(LifecheckError):
    """A component has more local states than are fired."""


@dataclass(frozen=True)
class Table:
    """What a component does, as fired.

    Parameters
    ----------
    states
        The local states in order of first visit; the first is the initial one.
    moves
        For each trigger of the alphabet, the number of the next local state by the number of the
        current one, or `BLOCKED`.
    """

    states: tuple[LocalState, ...]
    moves: dict[str, tuple[int, ...]]


@lru_cache(maxsize=256)
def fire_table(component: Component, limit: int = LOCAL_STATE_LIMIT) -> Table:
    """Fire a component's real machine in every local state it can reach on its own.

    Each pair of local state and trigger is fired twice: on a fresh instance placed into the state, and
    on another that was driven there by the trigger which first reached it. Both must agree.

    Raises
    ------
    ComponentError
        If the two firings disagree (the outcome is random or depends on hidden state), or one raises.
    LocalStateLimitError
        If there are more than `limit` local states.

    Examples
    --------
    >>> from lifecheck import Row
    >>> rows = [Row("open", "closed", "opened"), Row("close", "opened", "closed")]
    >>> door = Component("door", ["closed", "opened"], "closed", rows, {"open", "close"})
    >>> fire_table(door).moves
    {'open': (1, -1), 'close': (-1, 0)}
    """
    machine = component.build() if component.factory is None else None
    initial = Live(component, machine).local
    states = [initial]
    number = {initial.key: 0}
    reached_by: list[tuple[LocalState, str] | None] = [None]
    moves: dict[str, list[int]] = {trigger: [] for trigger in component.triggers}
    for current in states:  # grows while it is walked: breadth first
        arrival = reached_by[number[current.key]]
        for trigger in component.triggers:
            target = _fire_twice(component, machine, current, arrival, trigger)
            if target is None:
                moves[trigger].append(BLOCKED)
                continue
            if target.key not in number:
                if len(states) >= limit:
                    raise LocalStateLimitError(
                        f"component {component.name!r} has more than {limit:,} local states; "
                        f"the last new one is {target.label!r}"
                    )
                number[target.key] = len(states)
                states.append(target)
                reached_by.append((current, trigger))
            moves[trigger].append(number[target.key])
    return Table(tuple(states), {trigger: tuple(row) for trigger, row in moves.items()})


def _fire_twice(
    component: Component,
    machine: Machine | None,
    current: LocalState,
    arrival: tuple[LocalState, str] | None,
    trigger: str,
) -> LocalState | None:
    placed = _fresh(component, machine)
    placed.place(current)
    driven = _fresh(component, machine)
    if arrival is not None:
        source, by = arrival
        driven.place(source)
        reached = driven.local if driven.fire(by) else None
        _agree(component, by, source, current, reached)
    first = placed.local if placed.fire(trigger) else None
    second = driven.local if driven.fire(trigger) else None
    _agree(component, trigger, current, first, second)
    return first


def _fresh(component: Component, machine: Machine | None) -> Live:
    if machine is not None:
        machine.models.clear()  # otherwise the machine keeps every model it ever carried
    return Live(component, machine)


def _agree(
    component: Component, trigger: str, source: LocalState, first: LocalState | None, second: LocalState | None
) -> None:
    if (first and first.key) != (second and second.key):
        raise ComponentError(
            f"component {component.name!r}, trigger {trigger!r} in state {source.label!r}: two firings differ, "
            f"{_told(first)} and {_told(second)}; remove what is random, and declare in attributes=[...] "
            "what the outcome depends on"
        )


def _told(outcome: LocalState | None) -> str:
    return "blocked" if outcome is None else f"to {outcome.label!r}"
