"""All triggers of a population together, swept over sets of states block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from lifecheck.instances.copies import Sharing
from lifecheck.instances.layout import Bits, Index, Layout
from lifecheck.instances.move import Broadcast, SetMove
from lifecheck.instances.steps import steps_of

BLOCK_BYTES = 1 << 19
"""How large a part of a set is swept at once: it should lie in the cache next to the processor."""


@dataclass(frozen=True)
class Moves:
    """Every trigger of a population.

    Large sets are swept block by block, each small enough for the processor's cache: a block holds the states in
    which some instances stay where they are, and is swept as a set of the population of the others.

    Parameters
    ----------
    layout
        The layout of the sets.
    triggers
        The triggers, of the system of one instance, that are meant; None for all.
    """

    layout: Layout
    triggers: frozenset[str] | None = None

    def __iter__(self) -> Iterator[SetMove]:
        return iter(self.each)

    @cached_property
    def each(self) -> tuple[SetMove, ...]:
        """The moves, instance by instance, then those of what is shared.

        An instance's come in the order in which its states are found, so that one sweep follows it a long way.
        """
        decomposition = self.layout.decomposition
        meant = [trigger for trigger in decomposition.sharing if self.triggers is None or trigger in self.triggers]
        own = [trigger for trigger in meant if decomposition.sharing[trigger] is Sharing.INDEXED]
        own.sort(key=lambda trigger: min((source for source, _ in decomposition.others.steps(trigger)), default=0))
        found = [self._move(trigger, number) for number in range(1, self.layout.instances + 1) for trigger in own]
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

    def _move(self, trigger: str, instance: int | None) -> SetMove:
        steps = tuple(steps_of(self.layout, trigger, instance or 1))
        if self.layout.decomposition.sharing[trigger] is Sharing.BROADCAST:
            return Broadcast(trigger, None, steps, self.layout.decomposition.others.moves[trigger])
        return SetMove(trigger, instance, steps)

    @cached_property
    def _standing(self) -> int:
        """How many instances stand still within a block: instance 2 and those that follow it."""
        own, standing, size = len(self.layout.decomposition.others), 0, self.layout.bytes
        while size > BLOCK_BYTES and standing < self.layout.instances - 1:
            standing, size = standing + 1, size // own
        return standing

    @cached_property
    def _inner(self) -> list[SetMove]:
        if not self._standing:
            return [move for move in self if not isinstance(move, Broadcast)]
        inside = Moves(replace(self.layout, instances=self.layout.instances - self._standing), self.triggers)
        return [move for move in inside if not isinstance(move, Broadcast)]

    @cached_property
    def _outer(self) -> list[SetMove]:
        standing = range(2, self._standing + 2)
        return [move for move in self if isinstance(move, Broadcast) or move.instance in standing]

    @property
    def _blocks(self) -> Iterator[Index]:
        choices = product(range(len(self.layout.decomposition.others)), repeat=self._standing)
        return ((slice(None), *states) for states in choices)
