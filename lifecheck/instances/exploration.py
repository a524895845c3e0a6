"""The reachable states of a population, and what can be counted on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lifecheck.instances.decomposition import Decompositions
from lifecheck.instances.fixpoints import Layers, Progress, forwards
from lifecheck.instances.layout import Bits, Layout, Point, count
from lifecheck.instances.limits import DEFAULT_MEMORY
from lifecheck.instances.memory import refuse_what_does_not_fit
from lifecheck.instances.moves import Moves
from lifecheck.properties import Predicate, evaluate
from lifecheck.system import System


@dataclass(frozen=True, eq=False)
class InstanceSpace:
    """Every reachable state of so many instances.

    Parameters
    ----------
    system
        The system of one instance.
    layout
        How a set of states is laid out.
    moves
        Every trigger as a move.
    reachable
        The reachable states.
    """

    system: System
    layout: Layout
    moves: Moves
    reachable: Bits

    @cached_property
    def initial(self) -> Point:
        """The initial state."""
        return (0,) * (self.layout.instances + 1)

    @cached_property
    def states(self) -> int:
        """Number of reachable states."""
        return count(self.reachable)

    @cached_property
    def transitions(self) -> int:
        """Number of transitions of reachable states."""
        return sum(move.count(self.reachable) for move in self.moves)

    @cached_property
    def depth(self) -> int:
        """The greatest distance of a reachable state from the initial one."""
        layers = self.layers()
        while layers.advance():
            pass
        return layers.depth - 1  # the last one is empty

    @cached_property
    def deadlocks(self) -> Bits:
        """The reachable states in which no trigger can be taken."""
        stuck = self.reachable.copy()
        for move in self.moves:
            move.remove_enabled(stuck)
        return stuck

    def layers(self) -> Layers:
        """Return the breadth-first layers from the initial state, still to be advanced."""
        return Layers(self.layout, self.moves, self.layout.one(self.initial))

    def where(self, predicate: Predicate, among: Bits | None = None) -> Bits:
        """Return the states of a set, of the reachable ones unless another is given, of which a predicate is true.

        It reads instance 1 and what is shared, and is asked once about each such pair that occurs in the set.
        """
        states = self.reachable if among is None else among
        others = tuple(range(1, states.ndim))
        seen = np.bitwise_or.reduce(states, axis=others) if others else states
        decomposition = self.layout.decomposition
        pairs = [pair for (word, bit), pair in self.layout.pairs.items() if int(seen[word]) >> bit & 1]
        chosen = [(shared, own) for shared, own in pairs if evaluate(predicate, decomposition.view(own, shared))]
        return states & self.layout.column(chosen)

    def steps_to(self, goal: Bits, given: Bits) -> int | None:
        """Return in how many steps every state of a set can reach another set; None if some state never can."""
        near, far, steps = goal & self.reachable, given & ~goal, 0
        while far.any():
            nearer = near.copy()
            self.moves.backward(near, nearer, self.reachable)
            if np.array_equal(near, nearer):
                return None
            near, far, steps = nearer, far & ~nearer, steps + 1
        return steps


def explore_instances(
    system: System,
    instances: int,
    *,
    memory: int = DEFAULT_MEMORY,
    progress: Progress | None = None,
    known: Decompositions | None = None,
) -> InstanceSpace:
    """Find every reachable state of so many instances, as the least fixpoint of sweeps over sets of states.

    Parameters
    ----------
    system
        The system of one instance; its `copied` says what each instance has its own copy of.
    instances
        How many instances.
    memory
        How many bytes the sets of states may take.
    progress
        Told after each sweep how many states are known.
    known
        Owns what was fired, where more is asked; without it, all is fired anew.

    Raises
    ------
    CompositionError
        If the system has no population: nothing is copied, or a broadcast is none or blocks.
    MemoryLimitError
        If the sets would not fit; says how much they take, and how many instances would fit.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> found = explore_instances(System("work", [task], copied={"task"}), 10)
    >>> found.states, found.transitions, found.depth, count(found.deadlocks)
    (1024, 5120, 10, 1)
    """
    known = known or Decompositions()
    refuse_what_does_not_fit(system, instances, memory, checking=False, known=known)
    layout = Layout(known.of(system), instances)
    moves = Moves(layout)
    reachable = forwards(moves, layout.one((0,) * (instances + 1)), progress=progress)
    return InstanceSpace(system, layout, moves, reachable)
