"""The table of a component, obtained by firing its real machine once per local state and trigger."""

from __future__ import annotations

from functools import lru_cache

from lifecheck.component import Component
from lifecheck.errors import ComponentError
from lifecheck.live import Live, is_never_taken
from lifecheck.state import LocalState

BLOCKED = -1
"""Stands for the next local state where the component does not take the trigger."""

_NOT_FIRED = -2


class Table:
    """What a component does, fired when first asked and remembered.

    Local states are numbered in the order in which they are found; 0 is the initial one. Each pair of
    local state and trigger that the machine has a transition for is fired twice: on a fresh instance placed
    into the state, and on another that was driven there by the trigger which first reached it. Both must agree.

    Parameters
    ----------
    component
        The component to fire.

    Examples
    --------
    >>> from lifecheck import Row
    >>> rows = [Row("open", "closed", "opened"), Row("close", "opened", "closed")]
    >>> table = Table(Component("door", ["closed", "opened"], "closed", rows, {"open", "close"}))
    >>> table.move(0, "open"), table.move(0, "close"), table.states[1].label
    (1, -1, 'opened')
    """

    def __init__(self, component: Component) -> None:
        self.component = component
        initial = Live(component).local
        self.states = [initial]
        self._number = {initial.key: 0}
        self._arrivals: list[tuple[LocalState, str] | None] = [None]
        self._moves: dict[str, list[int]] = {trigger: [] for trigger in component.triggers}

    def move(self, local: int, trigger: str) -> int:
        """Return the number of the local state that a trigger leads to, or `BLOCKED`.

        Raises
        ------
        ComponentError
            If two firings disagree (the outcome is random or depends on hidden state), or one raises.
        """
        moves = self._moves[trigger]
        if local >= len(moves):
            moves.extend([_NOT_FIRED] * (len(self.states) - len(moves)))
        if moves[local] == _NOT_FIRED:
            moves[local] = self._fire(local, trigger)
        return moves[local]

    def _fire(self, local: int, trigger: str) -> int:
        current, arrival = self.states[local], self._arrivals[local]
        if is_never_taken(self.component, current, trigger):
            return BLOCKED
        placed = Live(self.component)
        placed.place(current)
        driven = Live(self.component)
        if arrival is not None:
            source, by = arrival
            driven.place(source)
            reached = driven.local if driven.fire(by) else None
            self._agree(by, source, current, reached)
        first = placed.local if placed.fire(trigger) else None
        second = driven.local if driven.fire(trigger) else None
        self._agree(trigger, current, first, second)
        if first is None:
            return BLOCKED
        if first.key not in self._number:
            self._number[first.key] = len(self.states)
            self.states.append(first)
            self._arrivals.append((current, trigger))
        return self._number[first.key]

    def _agree(self, trigger: str, source: LocalState, first: LocalState | None, second: LocalState | None) -> None:
        if (first and first.key) != (second and second.key):
            raise ComponentError(
                f"component {self.component.name!r}, trigger {trigger!r} in state {source.label!r}: two firings "
                f"differ, {_told(first)} and {_told(second)}; remove what is random, and declare in "
                "attributes=[...] what the outcome depends on"
            )


@lru_cache(maxsize=256)
def table_of(component: Component) -> Table:
    """Return the table of a component; equal components share one.

    It is forgotten when many others were asked for, and another numbers the local states as it finds them: what keeps
    such numbers keeps the table they are of.
    """
    return Table(component)


def _told(outcome: LocalState | None) -> str:
    return "blocked" if outcome is None else f"to {outcome.label!r}"
