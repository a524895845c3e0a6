"""The places that a walk through a system has come to: numbered, explored as it goes, told as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from lifecheck.errors import BlockedError, InputError, LifecheckError, did_you_mean
from lifecheck.machines import Table, Tables, check_observers, refuse_shared_chains, runs_code, shared_places
from lifecheck.properties import Claim, Property, evaluate
from lifecheck.statespace import rendezvous
from lifecheck.system import State, System, refuse_several_starts

Moves: TypeAlias = dict[int, list[tuple[str, int]]]
"""For each place the triggers that can be taken there, and where each leads."""


class Places:
    """States of one system in the order in which somebody came to them; 0 is where it starts.

    Each is found by firing the real machines, once per local state and trigger, when it is asked for; what was fired
    is remembered as long as this is. Fresh machines are driven along it, so that hidden state is refused here too.

    Parameters
    ----------
    system
        The system, with all its observers.
    claims
        What is answered of each state.

    Raises
    ------
    LifecheckError
        If the system cannot be explored.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> places = Places(System("hall", [lamp]))
    >>> places.step(0, "switch"), places.step(0, "switch"), len(places)
    (1, 1, 2)
    >>> places.told(1)["blocked"]
    [{'trigger': 'switch', 'by': [{'component': 'lamp', 'state': 'on', 'rows_from': ['off']}]}]
    """

    def __init__(self, system: System, claims: Sequence[Claim] = ()) -> None:
        refuse_several_starts(system, "a walk")
        self.system = system
        self.claims = tuple(claims)
        self._shared = shared_places(system.parts)
        self._runs_code = any(runs_code(part) for part in system.parts)
        tables = Tables()
        check_observers(system, tables)
        self.tables: tuple[Table, ...] = tuple(tables.of(part) for part in system.parts)
        self._locals: list[tuple[int, ...]] = [(0,) * len(self.tables)]
        self._numbers = {self._locals[0]: 0}

    def __len__(self) -> int:
        return len(self._locals)

    def locals_of(self, place: int) -> tuple[int, ...]:
        """Return the number of each part's local state.

        Raises
        ------
        InputError
            If nobody came there.
        """
        if not 0 <= place < len(self._locals):
            raise InputError(f"nobody came to a state {place}; take triggers from the start")
        return self._locals[place]

    def view(self, place: int) -> State:
        """Return a state as predicates read it."""
        parts = zip(self.system.parts, self.tables, self.locals_of(place), strict=True)
        return State({part.name: table.states[local] for part, table, local in parts})

    def step(self, place: int, trigger: str) -> int:
        """Return where a trigger leads.

        Raises
        ------
        BlockedError
            If there is no such trigger, or some component blocks it; says which, and in which state.
        """
        if trigger not in self.system.triggers:
            raise BlockedError(f"there is no trigger {trigger!r}; " + did_you_mean(trigger, self.system.triggers))
        target, blockers = rendezvous(self.tables, self.locals_of(place), trigger)
        if blockers:
            by = (f"{one['component']!r} in state {one['state']!r}" for one in self._blocking(place, trigger, blockers))
            raise BlockedError(f"trigger {trigger!r} is blocked by {', '.join(by)}")
        self._look_again()
        return self._number(target)

    def moves(self, place: int) -> Iterator[tuple[str, tuple[int, ...], list[int]]]:
        """Yield each trigger with where it would lead and the positions of the parts that block it."""
        here = self.locals_of(place)
        for trigger in self.system.triggers:
            yield trigger, *rendezvous(self.tables, here, trigger)

    def reached(self, start: int, *, most: int, depth: int | None = None) -> Moves:
        """Return where triggers lead from each place that is reached from one, breadth first.

        Parameters
        ----------
        start
            Where to begin.
        most
            How many places are looked at; then and beyond `depth`, targets stand in the answer that are no keys of it.
        depth
            How many steps to go; without it, as far as they lead.

        Examples
        --------
        >>> from lifecheck import Component, Row
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
        >>> Places(System("hall", [lamp])).reached(0, most=10)
        {0: [('switch', 1)], 1: []}
        """
        found: Moves = {}
        far = {start: 0}
        for place in (waiting := [start]):
            if len(found) == most:
                break
            found[place] = []
            for trigger, target, blockers in self.moves(place):
                if blockers:
                    continue
                number = self._number(target)
                found[place].append((trigger, number))
                if number not in far and (depth is None or far[place] < depth):
                    far[number] = far[place] + 1
                    waiting.append(number)
        self._look_again()
        return found

    def labels(self, place: int) -> Iterator[tuple[str, str]]:
        """Yield each component with the label of its state."""
        for part, table, local in zip(self.system.parts, self.tables, self.locals_of(place), strict=True):
            yield part.name, table.states[local].label

    def told(self, place: int) -> dict[str, Any]:
        """Return a state as the page reads it: who is where, what can happen, what is blocked and by whom."""
        moves = list(self.moves(place))
        self._look_again()
        locals_ = zip(self.system.parts, self.tables, self.locals_of(place), strict=True)
        return {
            "state": place,
            "components": [
                {"name": part.name, "state": str(table.states[local]), "label": table.states[local].label}
                for part, table, local in locals_
            ],
            "possible": [trigger for trigger, _, blockers in moves if not blockers],
            "blocked": [
                {"trigger": trigger, "by": self._blocking(place, trigger, blockers)}
                for trigger, _, blockers in moves
                if blockers
            ],
            "answers": self.answers(place),
        }

    def answers(self, place: int) -> list[list[bool | None] | str]:
        """Return of each claim whether its obligation arises here and whether its goal holds.

        A claim whose predicates cannot be asked here has the reason in place of both.
        """
        view = self.view(place)
        return [_both(view, claim.asked) for claim in self.claims]

    def _number(self, locals_: tuple[int, ...]) -> int:
        number = self._numbers.setdefault(locals_, len(self._locals))
        if number == len(self._locals):
            self._locals.append(locals_)
        return number

    def _blocking(self, place: int, trigger: str, blockers: Sequence[int]) -> list[dict[str, Any]]:
        """Return who blocks a trigger, where it is, and from which states it has rows for it."""
        here = self.locals_of(place)
        found = []
        for position in blockers:
            table = self.tables[position]
            rows = (row.source for row in table.component.rows if row.trigger == trigger)
            found.append(
                {
                    "component": table.component.name,
                    "state": table.states[here[position]].label,
                    "rows_from": list(dict.fromkeys(rows)),
                }
            )
        return found

    def _look_again(self) -> None:
        """Drive fresh machines along what was fired, where code of the user's decides what they do."""
        if not self._runs_code:
            return
        refuse_shared_chains(self.system, self.tables)
        for table in self.tables:
            table.drive(complete=False)
        for place in self._shared:
            place.refuse_if_changed()


def _both(view: State, asked: Property) -> list[bool | None] | str:
    try:
        return [None if asked.given is None else evaluate(asked.given, view), evaluate(asked.goal, view)]
    except LifecheckError as error:
        return str(error)
