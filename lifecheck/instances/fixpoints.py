"""Least fixpoints over sets of states: what can be reached from a set, and what can reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from lifecheck.instances.layout import Bits, Layout, Point, count
from lifecheck.instances.move import Broadcast, SetMove
from lifecheck.instances.moves import Moves

Progress = Callable[[str, int], None]
"""Told after each sweep what is being done and how many states are known by now."""


def forwards(moves: Moves, start: Bits, within: Bits | None = None, progress: Progress | None = None) -> Bits:
    """Return what a set leads to, itself included, by moves that stay within another set."""
    found = start.copy()
    known, before = count(found), 0
    while known != before:
        before = known
        moves.forward(found, found, within)
        known = count(found)
        if progress is not None:
            progress("states reached", known)
    return found


def backwards(moves: Moves, goal: Bits, within: Bits | None = None, progress: Progress | None = None) -> Bits:
    """Return what leads to a set, itself included, by moves that stay within another set."""
    found = goal.copy()
    known, before = count(found), 0
    while known != before:
        before = known
        moves.backward(found, found, within)
        known = count(found)
        if progress is not None:
            progress("states that lead there", known)
    return found


@dataclass
class Layers:
    """A set, what it leads to in one step, and so on: each layer holds what no earlier one does.

    In which layer a state is, is kept as a binary number, one set for each of its digits.

    Parameters
    ----------
    layout
        The layout of the sets.
    moves
        What leads from state to state.
    seen
        The states of all layers so far; at first those of layer 0.
    within
        Where the moves must stay; None for anywhere.
    traced
        Whether it is kept in which layer a state is, as `path_to` needs it.
    """

    layout: Layout
    moves: Moves
    seen: Bits
    within: Bits | None = None
    traced: bool = True
    last: Bits = field(init=False)
    depth: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.last = self.seen.copy()
        self._digits: list[Bits] = []

    def advance(self, more: Bits | None = None) -> bool:
        """Find the next layer, with more states that begin there; false if it is empty."""
        following = np.zeros_like(self.last) if more is None else more.copy()
        self.moves.forward(self.last, following, self.within)
        following &= ~self.seen
        self.seen |= following
        self.last = following
        self.depth += 1
        if self.traced and self.depth == 1 << len(self._digits):
            self._digits.append(self.layout.empty())
        for digit, states in enumerate(self._digits):
            if self.depth >> digit & 1:
                states |= following
        return bool(following.any())

    def path_to(self, point: Point, layer: int) -> tuple[list[tuple[Point, SetMove]], Point]:
        """Return a shortest way to a state of a layer: each state with the move out of it, and where it begins.

        It is followed back for as long as the layer before has a predecessor.
        """
        steps: list[tuple[Point, SetMove]] = []
        while layer:
            found = self._before(point, layer - 1)
            if found is None:
                break
            steps.append(found)
            point, layer = found[0], layer - 1
        return steps[::-1], point

    def _before(self, point: Point, layer: int) -> tuple[Point, SetMove] | None:
        for move in self.moves:
            if isinstance(move, Broadcast):
                found = self.layout.empty()
                move.backward(self.layout.one(point), found, self._states_of(layer))
                if found.any():
                    return self.layout.first(found), move
                continue
            for before in predecessors(self.layout, move, point):
                if self.layout.holds(self.seen, before) and self._layer_of(before) == layer:
                    return before, move
        return None

    def _layer_of(self, point: Point) -> int:
        return sum(self.layout.holds(states, point) << digit for digit, states in enumerate(self._digits))

    def _states_of(self, layer: int) -> Bits:
        found = self.seen.copy()
        for digit, states in enumerate(self._digits):
            found &= states if layer >> digit & 1 else ~states
        return found


def predecessors(layout: Layout, move: SetMove, point: Point) -> Iterator[Point]:
    """Yield the states from which a move, which is no broadcast, leads to one state."""
    shared = layout.decomposition.shared
    before_shared = [source for source, target in shared.steps(move.trigger) if target == point[0]]
    at = move.instance or 1  # an observer of instance 1 may watch what is shared
    for before in (source for source, target in layout.side(at).steps(move.trigger) if target == point[at]):
        for source in before_shared:
            yield (source, *point[1:at], before, *point[at + 1 :])


def successor(layout: Layout, move: SetMove, point: Point) -> Point | None:
    """Return where a move leads from one state; None if it cannot be taken there."""
    after = list(point)
    moving = range(1, len(point)) if isinstance(move, Broadcast) else [move.instance or 1]
    for at in (0, *moving):
        side = layout.side(at) if at else layout.decomposition.shared
        steps = dict(side.steps(move.trigger))
        if point[at] not in steps:
            return None
        after[at] = steps[point[at]]
    return tuple(after)
