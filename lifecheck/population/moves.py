"""What a trigger does to a set of states, forwards and backwards, and all triggers together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from lifecheck.copies import Sharing, indexed
from lifecheck.population.layout import Bits, Index, Layout
from lifecheck.population.steps import Step, shifted, steps_of

BLOCK_BYTES = 1 << 19
"""How large a part of a set is swept at once: it should lie in the cache next to the processor."""


@dataclass(frozen=True, eq=False)
class Move:
    """One trigger of one message, or of what is shared.

    Parameters
    ----------
    trigger
        The trigger in the system of one message.
    message
        Whose it is; None if it is shared or a broadcast.
    steps
        What it does; of different steps no state has two.
    """

    trigger: str
    message: int | None
    steps: tuple[Step, ...]

    @property
    def name(self) -> str:
        """The trigger as it is called among copies."""
        return self.trigger if self.message is None else indexed(self.trigger, self.message)

    def forward(self, before: Bits, after: Bits, within: Bits | None = None) -> None:
        """Add to `after` where `before` leads, if that is within; both may be the same set."""
        for step in self.steps:
            step.forward(before, after, within)

    def backward(self, after: Bits, before: Bits, within: Bits | None = None) -> None:
        """Add to `before` what leads to `after`, if it is within; both may be the same set."""
        for step in self.steps:
            step.backward(after, before, within)

    def enabled(self, states: Bits) -> Bits:
        """Return the states of a set in which the trigger can be taken."""
        found = np.zeros_like(states)
        for step in self.steps:
            found[step.source] |= states[step.source] & step.mask
        return found

    def count(self, states: Bits) -> int:
        """Return in how many states of a set the trigger can be taken."""
        return sum(int(np.bitwise_count(states[step.source] & step.mask).sum()) for step in self.steps)

    def remove_enabled(self, states: Bits) -> None:
        """Take away from a set the states in which the trigger can be taken."""
        for step in self.steps:
            states[step.source] &= ~states.dtype.type(step.mask)

    def leaving(self, states: Bits) -> Bits | None:
        """Return the states of a set that the trigger leads out of it; None if there are none."""
        found: Bits | None = None
        for step in self.steps:
            out = states[step.source] & step.mask & ~shifted(states[step.target], -step.distance)
            if out.any():
                found = np.zeros_like(states) if found is None else found
                found[step.source] |= out
        return found


@dataclass(frozen=True, eq=False)
class Broadcast(Move):
    """A trigger that all messages take at once: what is shared and message 1 by steps, the others axis by axis.

    Parameters
    ----------
    targets
        For each state of a message the one it goes to.
    """

    targets: tuple[int, ...]

    def forward(self, before: Bits, after: Bits, within: Bits | None = None) -> None:
        """Add to `after` where `before` leads, if that is within; both may be the same set."""
        moved = np.zeros_like(before)
        for step in self.steps:
            step.forward(before, moved)
        for axis in range(1, before.ndim):
            source, moved = moved, np.zeros_like(before)
            for own, target in enumerate(self.targets):
                moved[_across(axis, target)] |= source[_across(axis, own)]
        after |= moved if within is None else moved & within

    def backward(self, after: Bits, before: Bits, within: Bits | None = None) -> None:
        """Add to `before` what leads to `after`, if it is within; both may be the same set."""
        source = after
        for axis in range(1, after.ndim):
            source = np.take(source, self.targets, axis)
        moved = np.zeros_like(before)
        for step in self.steps:
            step.backward(source, moved)
        before |= moved if within is None else moved & within

    def leaving(self, states: Bits) -> Bits | None:
        """Return the states of a set that the trigger leads out of it; None if there are none."""
        staying = np.zeros_like(states)
        self.backward(states, staying)
        out = self.enabled(states) & ~staying
        return out if out.any() else None


@dataclass(frozen=True)
class Moves:
    """Every trigger of a population.

    Large sets are swept block by block, each small enough for the processor's cache: a block holds the states in
    which some messages stay where they are, and is swept as a set of the population of the others.

    Parameters
    ----------
    layout
        The layout of the sets.
    triggers
        The triggers, of the system of one message, that are meant; None for all.
    """

    layout: Layout
    triggers: frozenset[str] | None = None

    def __iter__(self) -> Iterator[Move]:
        return iter(self.each)

    @cached_property
    def each(self) -> tuple[Move, ...]:
        """The moves, message by message, then those of what is shared.

        A message's come in the order in which its states are found, so that one sweep follows it a long way.
        """
        composition = self.layout.composition
        meant = [trigger for trigger in composition.sharing if self.triggers is None or trigger in self.triggers]
        own = [trigger for trigger in meant if composition.sharing[trigger] is Sharing.INDEXED]
        own.sort(key=lambda trigger: min((source for source, _ in composition.others.steps(trigger)), default=0))
        found = [self._move(trigger, number) for number in range(1, self.layout.messages + 1) for trigger in own]
        return (*found, *(self._move(trigger, None) for trigger in meant if trigger not in own))

    def forward(self, before: Bits, after: Bits, within: Bits | None = None) -> None:
        """Add to `after` where each move leads from `before`; both may be the same set, which then grows as it goes."""
        for block in self._blocks:
            if before[block].any():
                inside = None if within is None else within[block]
                for move in self._inner:
                    move.forward(before[block], after[block], inside)
        for move in self._outer:
            move.forward(before, after, within)

    def backward(self, after: Bits, before: Bits, within: Bits | None = None) -> None:
        """Add to `before` what each move leads to `after`; both may be the same set."""
        for move in reversed(self._outer):
            move.backward(after, before, within)
        for block in self._blocks:
            if after[block].any():
                inside = None if within is None else within[block]
                for move in reversed(self._inner):
                    move.backward(after[block], before[block], inside)

    def _move(self, trigger: str, message: int | None) -> Move:
        steps = tuple(steps_of(self.layout, trigger, message or 1))
        if self.layout.composition.sharing[trigger] is Sharing.BROADCAST:
            return Broadcast(trigger, None, steps, self.layout.composition.others.moves[trigger])
        return Move(trigger, message, steps)

    @cached_property
    def _standing(self) -> int:
        """How many messages stand still within a block: message 2 and those that follow it."""
        own, standing, size = len(self.layout.composition.others), 0, self.layout.bytes
        while size > BLOCK_BYTES and standing < self.layout.messages - 1:
            standing, size = standing + 1, size // own
        return standing

    @cached_property
    def _inner(self) -> list[Move]:
        if not self._standing:
            return [move for move in self if not isinstance(move, Broadcast)]
        inside = Moves(replace(self.layout, messages=self.layout.messages - self._standing), self.triggers)
        return [move for move in inside if not isinstance(move, Broadcast)]

    @cached_property
    def _outer(self) -> list[Move]:
        standing = range(2, self._standing + 2)
        return [move for move in self if isinstance(move, Broadcast) or move.message in standing]

    @property
    def _blocks(self) -> Iterator[Index]:
        choices = product(range(len(self.layout.composition.others)), repeat=self._standing)
        return ((slice(None), *states) for states in choices)


def _across(axis: int, own: int) -> Index:
    return (*(slice(None),) * axis, own, ...)
