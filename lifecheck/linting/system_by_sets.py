"""What never happens in a system, and where it cannot come to an end, on sets of states that are too many to visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lifecheck.properties import Predicate
from lifecheck.symbolic import Diagram, SymbolicSpace, satisfying, shortest_path, some_path
from lifecheck.system import Component, State

Uses = tuple[set[str], set[tuple[str, str, str]]]
"""The states of a component that are reached, and its steps that are taken: trigger, state before and after."""

MOST_LIVELOCKS = 20
"""How many are told one by one; what lies in others is told as having no way to a final state."""


@dataclass(frozen=True)
class Ends:
    """States of one kind from which no run comes to an end: how many, the nearest, and the way there."""

    code: str
    states: int
    first: State
    path: tuple[str, ...]


class ReachedSets:
    """What is reached and taken in a system.

    Parameters
    ----------
    space
        The states of the system.

    Examples
    --------
    >>> from lifecheck import Row, System
    >>> from lifecheck.symbolic import fire
    >>> rows = [Row("open", "closed", "opened"), Row("force", "broken", "opened")]
    >>> door = Component("door", ["closed", "opened", "broken"], "closed", rows, {"open", "force"})
    >>> system = System("door", [door])
    >>> reached = ReachedSets(SymbolicSpace(system, fire(system)))
    >>> reached.uses()["door"][1]
    {('open', 'closed', 'opened')}
    >>> [(one.code, one.path) for one in reached.ends(lambda s: s.door == "closed")]
    [('stuck-state', ('open',))]
    """

    def __init__(self, space: SymbolicSpace) -> None:
        self._space = space

    def uses(self) -> dict[str, Uses]:
        """Return of each component what is reached and taken."""
        return {part.name: self._uses(part) for part in self._space.system.components}

    def _uses(self, part: Component) -> Uses:
        encoding, position = self._space.encoding, self._space.at[part.name]
        names = [str(local) for local in encoding.tables[position].states]
        visited = {names[local] for local in encoding.locals_in(self._space.reachable, position)}
        taken = {
            (trigger, names[source], names[target])
            for trigger, moves in encoding.tables[position].moves.items()
            if trigger in self._possible
            for source, target in moves
            if (self._possible[trigger] & encoding.current(position, [source])).satisfiable()
        }
        return visited, taken

    def ends(self, final: Predicate) -> Iterator[Ends]:
        """Yield where a run gets stuck, goes round for ever, or cannot come to a final state."""
        space = self._space
        finals = satisfying(space, final)
        stuck = space.deadlocks & ~finals
        never = space.reachable & ~space.backwards(finals, space.reachable)
        round_for_ever = never & ~space.backwards(space.deadlocks & never, never)
        bottoms = space.encoding.nothing
        left, told = round_for_ever, 0
        while left.satisfiable() and told < MOST_LIVELOCKS:  # where each run ends up, one after the other
            bottom = _bottom(space, left)
            bottoms |= bottom
            left &= ~space.backwards(bottom, round_for_ever)
            told += 1
            yield self._told("livelock", bottom)
        if stuck.satisfiable():
            yield self._told("stuck-state", stuck)
        lost = never & ~stuck & ~bottoms
        if lost.satisfiable():
            yield self._told("no-way-to-final", lost)

    @cached_property
    def _possible(self) -> dict[str, Diagram]:
        return {one.trigger: self._space.reachable & one.enabled for one in self._space.relations}

    def _told(self, code: str, states: Diagram) -> Ends:
        space = self._space
        way = shortest_path(space, space.initial, states) or some_path(space, space.initial, states, space.reachable)
        return Ends(code, space.encoding.count(states), space.view(way.end), tuple(one.trigger for one in way.taken))


def _bottom(space: SymbolicSpace, states: Diagram) -> Diagram:
    """Return a strongly connected part of a set that leads to no other; nothing leads out of the set."""
    while True:
        here = space.encoding.state(space.encoding.first(states))
        reached = space.forwards(here, states)
        bottom = space.backwards(here, reached)
        states = reached & ~bottom
        if not states.satisfiable():
            return bottom
