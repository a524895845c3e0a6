"""Where a global state of a population lies: in which word of an array, and at which of its bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from types import EllipsisType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lifecheck.instances.decomposition import Decomposition, Side

Bits = NDArray[Any]
"""A set of global states: one bit for each, shaped as its `Layout` says."""

Point = tuple[int, ...]
"""One global state: the shared state, then the state of instance 1, of instance 2, and so on."""

Index = tuple[int | slice | EllipsisType, ...]
"""A slab of a set: the word, then for each instance from 2 on its state or all of them."""

Shift = tuple[int, int, int, int]
"""From which word to which, by how many bits, and which bits."""

WIDTHS = (8, 16, 32, 64)
"""How many bits a word may have."""


@dataclass(frozen=True, eq=False)
class Layout:
    """The shape of every set of states of so many instances.

    The bits of a word are numbered so that a step of what is shared moves all of them alike, whatever instance 1
    does. A word is the narrowest that holds them all, and where none does there are several, along axis 0.

    Parameters
    ----------
    decomposition
        The system of one instance, taken apart.
    instances
        How many instances.
    shifts
        What the shared components do by each trigger, with instance 1 or while it stays, once it is known.
    """

    decomposition: Decomposition
    instances: int
    shifts: dict[tuple[str, bool], tuple[Shift, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Words for what is shared and instance 1, then one axis for every other instance."""
        return (self._words, *(len(self.decomposition.others),) * (self.instances - 1))

    @cached_property
    def word(self) -> np.dtype[Any]:
        """The type of a word."""
        return np.dtype(f"uint{self._width}")

    @property
    def ranks(self) -> int:
        """How many combinations of local states there are, reachable or not."""
        return (
            len(self.decomposition.shared)
            * len(self.decomposition.own)
            * int(len(self.decomposition.others) ** (self.instances - 1))
        )

    @property
    def bytes(self) -> int:
        """The memory that one set of states takes."""
        return self._words * int(len(self.decomposition.others) ** (self.instances - 1)) * self._width // 8

    def place(self, shared: int, own: int) -> tuple[int, int]:
        """Return the word and the bit of a shared state beside a state of instance 1."""
        return self._places[shared, own]

    @cached_property
    def pairs(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The shared state and the state of instance 1 that each bit of each word stands for."""
        return {place: pair for pair, place in self._places.items()}

    def side(self, instance: int) -> Side:
        """Return what an instance has for itself; instance 1 is the one that is watched."""
        return self.decomposition.own if instance == 1 else self.decomposition.others

    def used(self, word: int) -> int:
        """Return the bits of a word that stand for something."""
        return self._used[word]

    def empty(self) -> Bits:
        """Return the set without any state."""
        return np.zeros(self.shape, self.word)

    def one(self, point: Point) -> Bits:
        """Return the set of one state."""
        states = self.empty()
        word, bit = self.place(*point[:2])
        states[(word, *point[2:])] = 1 << bit
        return states

    def holds(self, states: Bits, point: Point) -> bool:
        """Whether a state is in a set."""
        word, bit = self.place(*point[:2])
        return bool(int(states[(word, *point[2:])]) >> bit & 1)

    def first(self, states: Bits) -> Point:
        """Return the first state of a set that is not empty: of those in which the last instance has moved least."""
        at: list[int] = []
        while states.ndim:
            at.insert(0, int(states.any(axis=tuple(range(states.ndim - 1))).argmax()))
            states = states[..., at[0]]
        return next(self._points_of(at, int(states)))

    def points(self, states: Bits) -> Iterator[Point]:
        """Yield the states of a set, which should be few, those first in which the last instance has moved least."""
        for reversed_at in np.argwhere(states.T).tolist():
            at = reversed_at[::-1]
            yield from self._points_of(at, int(states[tuple(at)]))

    def _points_of(self, at: Sequence[int], bits: int) -> Iterator[Point]:
        """Yield the states of a word."""
        word, *others = at
        while bits:
            low = bits & -bits
            yield (*self.pairs[word, low.bit_length() - 1], *others)
            bits ^= low

    def slab(self, word: int, instance: int = 1, own: int = 0) -> Index:
        """Return one word of every state in which an instance from 2 on is in a local state; of all states for 1."""
        if instance == 1:
            return (word, ...)
        return (word, *(slice(None),) * (instance - 2), own, ...)

    def column(self, pairs: Iterable[tuple[int, int]]) -> Bits:
        """Return the bits of these shared states beside these states of instance 1, whatever the others do."""
        masks = [0] * self._words
        for shared, own in pairs:
            word, bit = self.place(shared, own)
            masks[word] |= 1 << bit
        return np.array(masks, self.word).reshape(-1, *(1,) * (self.instances - 1))

    @cached_property
    def _places(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The word and the bit of each shared state beside each state of instance 1."""
        per_word, per_group, places = self._per_word, self._words_per_group, {}
        for own, shared in product(range(len(self.decomposition.own)), range(len(self.decomposition.shared))):
            group, within = divmod(own, per_word)
            word, bit = divmod(within * len(self.decomposition.shared) + shared, self._width)
            places[shared, own] = (group * per_group + word, bit)
        return places

    @cached_property
    def _used(self) -> list[int]:
        masks = [0] * self._words
        for word, bit in self.pairs:
            masks[word] |= 1 << bit
        return masks

    @cached_property
    def _width(self) -> int:
        needed = len(self.decomposition.own) * len(self.decomposition.shared)
        return next((width for width in WIDTHS if width >= needed), WIDTHS[-1])

    @property
    def _per_word(self) -> int:
        """How many states of instance 1, with every shared state each, lie in a group of words."""
        return max(1, self._width // len(self.decomposition.shared))

    @property
    def _words_per_group(self) -> int:
        return max(1, -(-len(self.decomposition.shared) // self._width))

    @cached_property
    def _words(self) -> int:
        return -(-len(self.decomposition.own) // self._per_word) * self._words_per_group


def count(states: Bits) -> int:
    """Return how many states are in a set.

    Examples
    --------
    >>> count(np.array([0b101, 0b1], np.uint8))
    3
    """
    return int(np.bitwise_count(states).sum())
