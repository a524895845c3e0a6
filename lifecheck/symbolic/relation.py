"""One trigger as a relation between a state and the next, over its owners alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from lifecheck.symbolic.encoding import Diagram, Encoding, Locals

FEW_TARGETS = 4
"""To how many places a trigger may lead for each to be gone to by itself; with more, the whole relation is quicker."""


@dataclass(frozen=True, eq=False)
class Relation:
    """What a trigger does.

    Components that it leaves where they are have no part in the relation but that they let it happen, and the others
    of the system none at all: an image needs no frame, which would say that they stay (the disjunctive partitioning of
    Burch, Clarke and Long 1991).

    A trigger that leads to few places is a few guarded assignments, ``guard -> component := local state``. What holds
    after one is that somewhere its guard held, and the component is there; what leads to a set by one is the guard
    where the set would hold with the component there (Floyd 1967, Dijkstra 1975). Neither needs variables for the next
    state. Any other trigger is one relation, whose image is one product with one renaming.

    Parameters
    ----------
    encoding
        The variables.
    trigger
        Its name.
    position
        Its place in the system's order of triggers.
    owners
        The components that must take it together, by position in the order of the system's parts.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.symbolic.local_table import fire
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> encoding = Encoding(fire(System("lamp", [lamp])))
    >>> switch_on, off = Relation(encoding, "switch_on", 0, (0,)), encoding.state((0,))
    >>> encoding.first(switch_on.image(off)), switch_on.preimage(off).satisfiable()
    ((1,), False)
    """

    encoding: Encoding
    trigger: str
    position: int
    owners: tuple[int, ...]

    @cached_property
    def changed(self) -> tuple[int, ...]:
        """The components that it can lead somewhere else."""
        return tuple(part for part in self.owners if any(source != target for source, target in self._moves(part)))

    @cached_property
    def enabled(self) -> Diagram:
        """Where it can fire."""
        found = self.encoding.everything
        for part in self._bottom_up(self.owners):
            found &= self.encoding.current(part, [source for source, _ in self._moves(part)])
        return found

    @cached_property
    def pairs(self) -> Diagram:
        """The pairs of state and next state, of the next one only the components that it can change."""
        found = self.encoding.everything
        for part in self._bottom_up(self.owners):
            if part in self.changed:
                found &= self.encoding.moves(part, self._moves(part))
            else:
                found &= self.encoding.current(part, [source for source, _ in self._moves(part)])
        return found

    def image(self, states: Diagram) -> Diagram:
        """Return where it leads from some states."""
        if not self.changed:
            return states & self.enabled
        if self._assignments is None:
            return self.encoding.as_current(self.encoding.project(self.pairs, states, self._current), self.changed)
        return self._of_each(states, self._assignments)

    def preimage(self, states: Diagram) -> Diagram:
        """Return from where it leads to some states."""
        if not self.changed:
            return states & self.enabled
        if self._assignments is None:
            return self.encoding.project(self.pairs, self.encoding.as_next(states, self.changed), self._next)
        return self._of_each(states, [(after, guard) for guard, after in self._assignments])

    def _of_each(self, states: Diagram, assignments: Sequence[tuple[Diagram, Diagram]]) -> Diagram:
        project, changing = self.encoding.project, self._current
        found = [project(left, states, changing) & entered for left, entered in assignments]
        return found[0] if len(found) == 1 else self.encoding.union(found)

    def successor(self, state: Locals) -> Locals | None:
        """Return where it leads from one state; None where it is blocked."""
        target = list(state)
        for part in self.owners:
            leads = self._targets[part].get(state[part])
            if leads is None:
                return None
            target[part] = leads
        return tuple(target)

    @cached_property
    def _assignments(self) -> list[tuple[Diagram, Diagram]] | None:
        """Guard and outcome of each way to take it, both over current states; None where there are too many."""
        encoding = self.encoding
        ways = [sorted({target for _, target in self._moves(part)}) for part in self.changed]
        if prod(map(len, ways)) > FEW_TARGETS:
            return None
        found = []
        for targets in product(*ways):
            leading = dict(zip(self.changed, targets, strict=True))
            guard = encoding.everything
            for part in self._bottom_up(self.owners):
                wanted = leading.get(part)
                moves = self._moves(part)
                guard &= encoding.current(part, [at for at, to in moves if wanted is None or to == wanted])
            found.append((guard, encoding.where(leading.items())))
        return found

    @cached_property
    def _targets(self) -> dict[int, dict[int, int]]:
        return {part: dict(self._moves(part)) for part in self.owners}

    @cached_property
    def _current(self) -> Diagram:
        return self.encoding.variables(self.changed, following=False)

    @cached_property
    def _next(self) -> Diagram:
        return self.encoding.variables(self.changed, following=True)

    def _moves(self, part: int) -> tuple[tuple[int, int], ...]:
        return self.encoding.tables[part].moves[self.trigger]

    def _bottom_up(self, parts: tuple[int, ...]) -> list[int]:
        return sorted(parts, key=lambda part: -self.encoding.place[part])
