"""Masked shifts from slab to slab: what the rows of one trigger do to a set of states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from lifecheck.instances.layout import Bits, Index, Layout, Shift


@dataclass(frozen=True)
class SetStep:
    """The bits of `mask` in the slab `source` go to the slab `target`, `distance` bits up.

    Where `whole` is set the mask holds every bit that either word uses, so that none moves and none need be masked.
    """

    source: Index
    target: Index
    mask: int
    distance: int
    whole: bool

    def forward(self, before: Bits, after: Bits, within: Bits | None = None) -> None:
        """Add to `after` where `before` leads, if that is within."""
        moved = before[self.source] if self.whole else shifted(before[self.source] & self.mask, self.distance)
        after[self.target] |= moved if within is None else moved & within[self.target]

    def backward(self, after: Bits, before: Bits, within: Bits | None = None) -> None:
        """Add to `before` what leads to `after`, if it is within."""
        moved = after[self.target] if self.whole else shifted(after[self.target], -self.distance) & self.mask
        before[self.source] |= moved if within is None else moved & within[self.source]


def steps_of(layout: Layout, trigger: str, instance: int) -> Iterator[SetStep]:
    """Yield what a trigger of an instance does: between two slabs for each of its rows, within words for instance 1."""
    side = layout.side(instance)
    for source, target in side.steps(trigger) if instance > 1 else [(0, 0)]:
        for word, word_after, distance, mask in _shifts(layout, trigger, instance == 1):
            before, after = layout.slab(word, instance, source), layout.slab(word_after, instance, target)
            yield SetStep(before, after, mask, distance, whole=mask == layout.used(word) == layout.used(word_after))


def shifted(words: Bits, distance: int) -> Bits:
    """Return words with their bits so many places up, or down if it is negative."""
    if distance > 0:
        return words << distance
    return words >> -distance if distance else words


def _shifts(layout: Layout, trigger: str, is_first: bool) -> tuple[Shift, ...]:
    """Return what the shared components do, with instance 1 or while it stays: a shift for each distance."""
    if (trigger, is_first) in layout.shifts:
        return layout.shifts[trigger, is_first]
    own, shared = layout.decomposition.own, layout.decomposition.shared
    own_steps = own.steps(trigger) if is_first else ((state, state) for state in range(len(own)))
    masks: dict[tuple[int, int, int], int] = defaultdict(int)
    for (own_before, own_after), (shared_before, shared_after) in product(own_steps, shared.steps(trigger)):
        word, bit = layout.place(shared_before, own_before)
        word_after, bit_after = layout.place(shared_after, own_after)
        masks[word, word_after, bit_after - bit] |= 1 << bit
    found = layout.shifts[trigger, is_first] = tuple((*between, mask) for between, mask in masks.items())
    return found
