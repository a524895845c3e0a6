"""Shortest paths taken out of sets of states, layer by layer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from lifecheck.symbolic.encoding import Diagram, Locals
from lifecheck.symbolic.relation import Relation
from lifecheck.symbolic.space import SymbolicSpace


@dataclass(frozen=True)
class Path:
    """A path of states, each with the trigger taken there.

    Parameters
    ----------
    states
        The states, one more than triggers.
    taken
        The triggers.
    """

    states: tuple[Locals, ...]
    taken: tuple[Relation, ...] = ()

    @property
    def end(self) -> Locals:
        """Where it ends."""
        return self.states[-1]

    def then(self, other: Path) -> Path:
        """Return the path that goes on with another, which begins where this one ends."""
        return Path(self.states + other.states[1:], self.taken + other.taken)


LAYER_EFFORT = 2_000_000
"""How many nodes all triggers together may meet in layers before a path is taken as it comes: about a second."""


def shortest_path(space: SymbolicSpace, start: Locals, goal: Diagram, within: Diagram | None = None) -> Path | None:
    """Return the shortest path from a state to the nearest one of a set; None if it is not found by layers.

    Among paths of one length it is the first in the order of triggers, as the explicit explorer has it: forwards layer
    by layer until one meets the goal, backwards for what leads there in so many steps, then state by state.

    Parameters
    ----------
    space
        What leads from state to state.
    start
        Where it begins.
    goal
        Where it ends.
    within
        What it must not leave.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.symbolic.local_table import fire
    >>> rows = [Row("push", "low", "middle"), Row("push", "middle", "high"), Row("jump", "low", "middle")]
    >>> lever = Component("lever", ["low", "middle", "high"], "low", rows, {"push", "jump"})
    >>> levers = System("lever", [lever])
    >>> space = SymbolicSpace(levers, fire(levers))
    >>> [one.trigger for one in shortest_path(space, (0,), space.encoding.state((2,))).taken]
    ['push', 'push']
    """
    layer = found = space.encoding.state(start)
    layers, effort = [layer], 0
    while not (layer & goal).satisfiable():
        effort += layer.node_count() * len(space.relations)
        if effort > LAYER_EFFORT:
            return None
        layer = space.image(layer) & ~found
        if within is not None:
            layer &= within
        if not layer.satisfiable():
            return None
        found |= layer
        layers.append(layer)
    leading = [layer & goal]
    for earlier in reversed(layers[:-1]):
        leading.append(earlier & space.preimage(leading[-1]))
    return walk(space, start, leading[::-1])


def some_path(space: SymbolicSpace, start: Locals, goal: Diagram, within: Diagram) -> Path:
    """Return a path from a state to one of a set, which may not be the shortest; there must be one.

    The closure backwards from the goal is remembered step by step: whatever was added by a trigger leads, by that
    trigger, to what was there before.

    Parameters
    ----------
    space, start, goal, within
        As for `shortest_path`.
    """
    grown = [(goal & within, space.relations[0])]
    space.backwards(goal & within, within, grown=lambda relation, found: grown.append((found, relation)))
    path = Path((start,))
    while not space.encoding.holds(grown[0][0], path.end):
        added = _first_holding(space, grown, path.end)
        target = grown[added][1].successor(path.end)
        assert target is not None, "what a trigger added leads on by it"
        path = path.then(Path((path.end, target), (grown[added][1],)))
    return path


def _first_holding(space: SymbolicSpace, grown: Sequence[tuple[Diagram, Relation]], state: Locals) -> int:
    """Return the first of sets, each of which holds those before it, that holds a state."""
    return bisect_left(range(len(grown)), True, key=lambda number: space.encoding.holds(grown[number][0], state))


def walk(space: SymbolicSpace, start: Locals, leading: Sequence[Diagram]) -> Path:
    """Return the first path, in the order of triggers, that goes through sets one after the other."""
    path = Path((start,))
    for wanted in leading[1:]:
        path = path.then(_step(space, path.end, wanted))
    return path


def _step(space: SymbolicSpace, state: Locals, wanted: Diagram) -> Path:
    for relation in space.relations:
        target = relation.successor(state)
        if target is not None and space.encoding.holds(wanted, target):
            return Path((state, target), (relation,))
    raise AssertionError("each state of a layer leads to the next")
