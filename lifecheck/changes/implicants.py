"""Prime implicants of a set of points of a finite lattice: the largest boxes that stay within the set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lifecheck.errors import LifecheckError

Point = tuple[int, ...]
"""For each switch the position of its value."""

Box = tuple[int, ...]
"""For each switch a bit mask of the values allowed; a point lies in the box if each of its values is."""


class TooManyBoxesError(LifecheckError):
    """There are more boxes on the way to the prime implicants than may be looked at."""


def prime_implicants(
    sizes: Sequence[int], inside: Iterable[Point], outside: Iterable[Point], *, most: int | None = None
) -> tuple[Box, ...]:
    """Return the boxes that hold some point of a set and none outside of it, and cannot be made larger.

    Multi-valued two-level logic: starting from the whole lattice, each point outside is cut out of every
    box that holds it, and of the boxes only the largest are kept (the sharp operation with absorption:
    Brayton, Hachtel, McMullen and Sangiovanni-Vincentelli, Logic Minimization Algorithms for VLSI
    Synthesis, 1984; Quine and McCluskey for values that are not only true and false). Points that are
    neither inside nor outside do not exist: a box may hold them, and then leaves out each value that it
    allows to none of its points, unless it allows all values.

    Parameters
    ----------
    sizes
        How many values each switch has.
    inside, outside
        The points that exist, in two sets without a common point.
    most
        How many boxes may be looked at at a time; all, unless given. Where few points exist there are very many.

    Returns
    -------
    tuple of Box
        Those that fix the fewest switches first, then in the order of switches and values.

    Raises
    ------
    TooManyBoxesError
        If there are more boxes.

    Examples
    --------
    >>> prime_implicants((2, 2), inside=[(0, 1), (1, 1)], outside=[(0, 0), (1, 0)])
    ((3, 2),)
    >>> prime_implicants((2, 2), inside=[(0, 1)], outside=[(0, 0), (1, 0)])  # (1, 1) does not exist
    ((3, 2),)
    >>> prime_implicants((2,), inside=[], outside=[(0,), (1,)])
    ()
    """
    whole = tuple((1 << size) - 1 for size in sizes)
    inside = tuple(dict.fromkeys(inside))
    boxes = {whole}
    for point in dict.fromkeys(outside):
        hit = {box for box in boxes if holds(box, point)}
        boxes -= hit
        cut = {
            (*box[:number], box[number] & ~(1 << value), *box[number + 1 :])
            for box in hit
            for number, value in enumerate(point)
            if box[number] != 1 << value
        }
        if most is not None and len(boxes) + len(cut) > most:
            raise TooManyBoxesError(f"there are more than {most:,} boxes")
        boxes = _largest(boxes | cut)
    restricted = {
        tuple(
            full if allowed == full else _used(box, number, inside)
            for number, (allowed, full) in enumerate(zip(box, whole, strict=True))
        )
        for box in boxes
        if any(holds(box, point) for point in inside)
    }
    return tuple(sorted(_largest(restricted), key=lambda box: (_fixed(box, whole), box)))


def cover(boxes: Sequence[Box], whole: Box, inside: Iterable[Point]) -> tuple[Box, ...]:
    """Return some of the boxes that together hold every point that all of them hold, and none in vain.

    Those that fix most switches are the first to go; none of those kept could be left out. That is
    irredundant, and not always the smallest number of boxes.

    Examples
    --------
    >>> cover([(1, 3), (3, 1), (2, 1)], (3, 3), [(0, 0), (0, 1), (1, 0)])
    ((1, 3), (3, 1))
    """
    points = tuple(inside)
    kept = list(boxes)
    for box in sorted(boxes, key=lambda box: (-_fixed(box, whole), box)):
        rest = [other for other in kept if other != box]
        if all(any(holds(other, point) for other in rest) for point in points if holds(box, point)):
            kept = rest
    return tuple(kept)


def holds(box: Box, point: Point) -> bool:
    """Whether a point lies in a box."""
    return all(allowed >> value & 1 for allowed, value in zip(box, point, strict=True))


def _used(box: Box, number: int, points: Iterable[Point]) -> int:
    mask = 0
    for point in points:
        if holds(box, point):
            mask |= 1 << point[number]
    return mask


def _fixed(box: Box, whole: Box) -> int:
    return sum(allowed != full for allowed, full in zip(box, whole, strict=True))


def _largest(boxes: set[Box]) -> set[Box]:
    return {box for box in boxes if not any(box != other and _within(box, other) for other in boxes)}


def _within(box: Box, other: Box) -> bool:
    return all(allowed & ~permitted == 0 for allowed, permitted in zip(box, other, strict=True))
