"""Where in a lattice something is so, in the fewest conditions where that can be had, and else in a greedy cover.

The fewest are found among all prime implicants, as McCluskey's covering problem is solved (1956): of those that hold
one point each is tried in turn, and given up where it cannot lead to fewer than the best so far.

The greedy one is the reduction of two-level logic as ESPRESSO does it (Brayton, Hachtel, McMullen and
Sangiovanni-Vincentelli, 1984): a point is expanded to a box that holds no point outside, as large as can be; boxes
are taken until all are covered, and none that is covered by the others is kept. Every box is a prime implicant, and
they are exactly where it is so; only that no smaller number of them would do is not proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from lifecheck.changes import Cause, TooManyBoxesError, cover, prime_implicants

EXACT_POINTS = 2_000
"""Up to so many settings the prime implicants are all computed, as `lifecheck explain` does."""

MOST_BOXES = 400
"""How many boxes there may be on the way to the prime implicants; where little of a lattice exists there are more."""

TRIES = 2_000
"""How many partial covers are tried before the least of those that were found is taken."""

SEEDS = 24
"""From how many points a box is expanded before the largest is taken."""

Point = tuple[int, ...]
"""For each switch the position of its value."""


@dataclass(frozen=True)
class Conditions:
    """Where something is so.

    Parameters
    ----------
    causes
        Partial settings; it is so exactly where one of them is met.
    exact
        Whether no fewer would do; otherwise that is not proven.
    """

    causes: tuple[Cause, ...]
    exact: bool


def fewest_conditions(
    switches: Mapping[str, Sequence[str]], inside: Sequence[Point], outside: Sequence[Point]
) -> Conditions:
    """Return where the inside is, in few conditions; what is neither does not exist.

    Parameters
    ----------
    switches
        The values of each switch.
    inside, outside
        The settings in which something is so, and those in which it is not.

    Examples
    --------
    >>> switches = {"expiry": ("off", "on"), "scanner": ("old", "new")}
    >>> found = fewest_conditions(switches, inside=[(0, 0), (0, 1)], outside=[(1, 0), (1, 1)])
    >>> print(*found.causes), found.exact
    expiry off
    (None, True)
    """
    sizes = [len(values) for values in switches.values()]
    if len(inside) + len(outside) <= EXACT_POINTS:
        whole = tuple((1 << size) - 1 for size in sizes)
        with suppress(TooManyBoxesError):
            boxes, is_least = _least(prime_implicants(sizes, inside, outside, most=MOST_BOXES), whole, inside)
            return Conditions(tuple(_cause(switches, box) for box in boxes), is_least)
    return Conditions(tuple(_cause(switches, box) for box in _Greedy(sizes, inside, outside).boxes()), False)


def _least(boxes: Sequence[Point], whole: Point, inside: Sequence[Point]) -> tuple[tuple[Point, ...], bool]:
    """Return as few boxes as hold every point, in order, and whether it is proven that no fewer do."""
    numbers = range(len(inside))
    having = [[box for box in boxes if all(allowed >> value & 1 for allowed, value in zip(box, point, strict=True))]
              for point in inside]  # fmt: skip
    held = dict.fromkeys(boxes, 0)
    for at in numbers:
        for box in having[at]:
            held[box] |= 1 << at
    least = cover(boxes, whole, inside)
    left = TRIES

    def search(taken: tuple[Point, ...], missing: int) -> None:
        nonlocal least, left
        if not missing:
            least = taken
        left -= 1
        if not missing or left < 0:
            return
        most = max((held[box] & missing).bit_count() for box in boxes)
        if len(taken) + -(-missing.bit_count() // most) >= len(least):
            return
        rare = min((at for at in numbers if missing >> at & 1), key=lambda at: len(having[at]))
        for box in sorted(having[rare], key=lambda box: -(held[box] & missing).bit_count()):
            search((*taken, box), missing & ~held[box])

    if len(least) > 1:
        search((), (1 << len(inside)) - 1)
    return tuple(box for box in boxes if box in least), left >= 0


def _cause(switches: Mapping[str, Sequence[str]], box: Sequence[int]) -> Cause:
    fixed: dict[str, tuple[str, ...]] = {}
    for (switch, values), allowed in zip(switches.items(), box, strict=True):
        kept = tuple(value for number, value in enumerate(values) if allowed >> number & 1)
        if len(kept) < len(values):
            fixed[switch] = kept
    return Cause(fixed)


class _Greedy:
    """Sets of points as the bits of whole numbers, so that a box is met with others in microseconds."""

    def __init__(self, sizes: Sequence[int], inside: Sequence[Point], outside: Sequence[Point]) -> None:
        self._sizes = sizes
        self._points = [*inside, *outside]
        self._inside = (1 << len(inside)) - 1
        self._outside = ((1 << len(outside)) - 1) << len(inside)
        self._all = self._inside | self._outside
        self._having = [[_bits(self._points, at, value) for value in range(size)] for at, size in enumerate(sizes)]

    def boxes(self) -> list[tuple[int, ...]]:
        left, found = self._inside, []
        while left:
            expanded = [self._expanded(self._points[number]) for number in _spread(left, SEEDS)]
            best = max(expanded, key=lambda box: ((self._within(box) & left).bit_count(), -self._fixed(box), box))
            found.append(best)
            left &= ~self._within(best)
        for box in sorted(found, key=lambda box: (-self._fixed(box), box)):
            others = 0
            for other in found:
                others |= 0 if other == box else self._within(other)
            if not self._within(box) & self._inside & ~others:
                found.remove(box)
        return sorted(found, key=lambda box: (self._fixed(box), box))

    def _expanded(self, point: Point) -> tuple[int, ...]:
        """Fix as few switches as it takes to leave all points outside, and then allow each as many values as can be."""
        chosen: list[int] = []
        held = self._outside
        while held:
            at = min(
                (at for at in range(len(self._sizes)) if at not in chosen),
                key=lambda at: ((held & self._having[at][point[at]]).bit_count(), at),
            )
            chosen.append(at)
            held &= self._having[at][point[at]]
        box = [1 << point[at] if at in chosen else (1 << size) - 1 for at, size in enumerate(self._sizes)]
        for at in chosen:  # one that was chosen early may be needless beside those that came later
            tried = [*box[:at], (1 << self._sizes[at]) - 1, *box[at + 1 :]]
            if not self._within(tried) & self._outside:
                box = tried
        for at in chosen:
            for value in range(self._sizes[at]):
                tried = [*box[:at], box[at] | 1 << value, *box[at + 1 :]]
                more = self._within(tried)
                if tried != box and not more & self._outside and more & ~self._within(box):
                    box = tried
        return tuple(box)

    def _within(self, box: Sequence[int]) -> int:
        held = self._all
        for at, allowed in enumerate(box):
            if allowed != (1 << self._sizes[at]) - 1:
                some = 0
                for value, bits in enumerate(self._having[at]):
                    some |= bits if allowed >> value & 1 else 0
                held &= some
        return held

    def _fixed(self, box: Sequence[int]) -> int:
        return sum(allowed != (1 << size) - 1 for allowed, size in zip(box, self._sizes, strict=True))


def _bits(points: Sequence[Point], at: int, value: int) -> int:
    """Return the points with a value as bits; written as text, which is much faster than setting each."""
    return int("".join("1" if point[at] == value else "0" for point in reversed(points)) or "0", 2)


def _spread(bits: int, number: int) -> Iterator[int]:
    """Yield the numbers of some bits that are set, evenly spread over them all."""
    text = bin(bits)[:1:-1]
    places = [at for at, bit in enumerate(text) if bit == "1"]
    step = max(1, len(places) // number)
    yield from places[::step][:number]
