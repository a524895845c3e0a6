"""Conservation laws: what the rows keep constant, such as free slots and those who hold one, found from the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd, lcm

from lifecheck.instances.copies import Sharing
from lifecheck.instances.decomposition import Decomposition
from lifecheck.instances.other_instances import OtherInstances
from lifecheck.machines import BLOCKED

Vector = tuple[Fraction, ...]

MOST_BROADCASTS = 4
"""Of how many broadcasts each combination is tried of those that undo what was added; of more, none is."""

MOST_RAYS = 200
"""With how many candidates the search for laws goes on; beyond, none is found: fewer are counted, nothing is wrong."""


@dataclass(frozen=True)
class Law:
    """Weights that no row changes in sum: those of all instances' local states and that of what is shared.

    A broadcast may undo them all: then nothing weighs anything after it.

    Parameters
    ----------
    weights
        What an instance in each class of local states weighs; never negative, and nothing in the initial one.
    values
        What each state of what is shared weighs, the initial one nothing.
    """

    weights: tuple[int, ...]
    values: tuple[int, ...]

    @property
    def bound(self) -> int:
        """What all instances together never weigh more than."""
        return -min(self.values)


def conservation_laws(decomposition: Decomposition, others: OtherInstances) -> tuple[Law, ...]:
    """Find weights that each row keeps constant in sum, and by which the instances in some local states are bounded.

    A joint trigger adds some weight to the instance and takes as much from what is shared; every other trigger leaves
    both as they are, but that a broadcast may undo all that was added, as a crash does that ends what was under way
    and frees what it held; each set of broadcasts that may is tried. So each weight is a sum of what the joint triggers
    add on a way to it, and where two ways lead to one state the sums agree: linear equations. Of their solutions those
    are kept in which no local state weighs less than nothing: the extreme rays of a cone, found inequality by
    inequality (the double description method; Martinez and Silva 1982 for place invariants of Petri nets). Weights of
    instances out of play may differ by the way.

    Parameters
    ----------
    decomposition
        The system, taken apart.
    others
        The local states of instances in classes.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.instances import decompose
    >>> from lifecheck.instances.other_instances import other_instances
    >>> task = Component("task", ["new", "busy"], "new", [Row("take", "new", "busy"), Row("give", "busy", "new")],
    ...     {"take", "give"})
    >>> lends = [Row("take", "2", "1"), Row("take", "1", "0"), Row("give", "0", "1"), Row("give", "1", "2")]
    >>> tools = Component("tools", ["2", "1", "0"], "2", lends, {"take", "give"})
    >>> work = decompose(System("work", [task, tools], copied={"task"}))
    >>> conservation_laws(work, other_instances(work))
    (Law(weights=(0, 1), values=(0, -1, -2)),)
    """
    shared = decomposition.shared
    joint = [
        trigger
        for trigger, kind in decomposition.sharing.items()
        if kind is Sharing.INDEXED and trigger in shared.moves and any(shared.steps(trigger))
    ]
    added = {trigger: tuple(Fraction(trigger == other) for other in joint) for trigger in joint}
    broadcasts = [trigger for trigger, kind in decomposition.sharing.items() if kind is Sharing.BROADCAST]
    laws: dict[Law, None] = {}
    for undoes in product((False, True), repeat=len(broadcasts) if len(broadcasts) <= MOST_BROADCASTS else 0):
        undoing = {trigger for trigger, chosen in zip(broadcasts, undoes, strict=False) if chosen}
        laws |= dict.fromkeys(_laws(decomposition, others, added, undoing))
    return tuple(laws)


def _laws(
    decomposition: Decomposition, others: OtherInstances, added: Mapping[str, Vector], undoing: Set[str]
) -> Iterator[Law]:
    """Yield the laws of which some broadcasts undo all that was added, and the others leave it as it is."""
    shared, nothing = decomposition.shared, (Fraction(0),) * len(added)

    def of_instance(state: int) -> Iterator[tuple[int, Vector | None]]:
        for trigger, to in others.moves.items():
            if to[state] != BLOCKED:
                yield to[state], None if trigger in undoing else added.get(trigger, nothing)

    def of_shared(state: int) -> Iterator[tuple[int, Vector | None]]:
        for trigger, to in shared.moves.items():
            if to[state] != BLOCKED and (trigger in added or decomposition.sharing[trigger] is not Sharing.INDEXED):
                taken = tuple(-one for one in added.get(trigger, nothing))
                yield to[state], None if trigger in undoing else taken

    weights, equations, leaving = _sums(others.initial, nothing, of_instance, others.out_of_play)
    values, of_values, _ = _sums(0, nothing, of_shared, None)
    basis = _solutions([*equations, *of_values], len(added))
    for ray in _rays(basis, [*weights.values(), *leaving]):
        scale = lcm(*(one.denominator for one in ray))
        whole = [int(one * scale) for one in ray]
        by_state = tuple(int(_product(weights.get(one, nothing), whole)) for one in range(len(others)))
        if any(by_state):
            yield Law(by_state, tuple(int(_product(values[one], whole)) for one in sorted(values)))


def _sums(
    initial: int, nothing: Vector, steps: Callable[[int], Iterable[tuple[int, Vector | None]]], free: int | None
) -> tuple[dict[int, Vector], list[Vector], list[Vector]]:
    """Return what is added on a way to each state, what is zero where two ways meet, and what enters `free`.

    A step that undoes what was added is one that adds None: nothing is there after it.
    """
    found, equal, leaving = {initial: nothing}, [], []
    for state in (walked := [initial]):  # grows while it is walked
        for target, added in steps(state):
            if added is None:
                total = nothing
            else:
                total = tuple(one + more for one, more in zip(found[state], added, strict=True))
            if target == free:
                if state != free:
                    leaving.append(total)
            elif target not in found:
                found[target] = total
                walked.append(target)
            elif total != found[target]:
                equal.append(tuple(one - other for one, other in zip(total, found[target], strict=True)))
    return found, equal, leaving


def _solutions(equations: Iterable[Vector], size: int) -> list[Vector]:
    """Return a basis of the vectors that are orthogonal to all of the equations, by elimination."""
    reduced: dict[int, Vector] = {}
    for row in dict.fromkeys(equations):  # many ways meet alike
        for pivot, other in reduced.items():
            row = _without(pivot, row, other)
        pivot = next((place for place, one in enumerate(row) if one), -1)
        if pivot >= 0:
            row = tuple(one / row[pivot] for one in row)
            reduced = {place: _without(pivot, other, row) for place, other in reduced.items()} | {pivot: row}
    basis = []
    for free in range(size):
        if free not in reduced:
            one = [Fraction(place == free) for place in range(size)]
            for pivot, row in reduced.items():
                one[pivot] = -row[free]
            basis.append(tuple(one))
    return basis


def _rays(basis: Sequence[Vector], weights: Iterable[Vector]) -> list[Vector]:
    """Return vectors that generate all combinations of a basis for which no weight is negative."""
    rays = [tuple(sign * one for one in vector) for vector in basis for sign in (1, -1)]
    for weight in dict.fromkeys(weights):
        signs = [(_product(weight, ray), ray) for ray in rays]
        kept = [ray for size, ray in signs if size >= 0]
        for more, ray in signs:
            for less, other in signs:
                if more > 0 > less:
                    kept.append(_short(tuple(more * b - less * a for a, b in zip(ray, other, strict=True))))
        rays = [ray for ray in dict.fromkeys(kept) if any(ray)]
        if len(rays) > MOST_RAYS:
            return []
    return rays


def _short(vector: Vector) -> Vector:
    """Return the shortest vector of whole numbers in the same direction."""
    scale = lcm(*(one.denominator for one in vector))
    whole = [int(one * scale) for one in vector]
    common = gcd(*whole) or 1
    return tuple(Fraction(one, common) for one in whole)


def _product(left: Sequence[Fraction], right: Sequence[Fraction | int]) -> Fraction:
    return sum((one * other for one, other in zip(left, right, strict=True)), Fraction(0))


def _without(place: int, row: Vector, other: Vector) -> Vector:
    """Return a row less the multiple of another, which is 1 there, that makes it 0 in a place."""
    times = row[place]
    if not times:
        return row
    return tuple(one - times * another if another else one for one, another in zip(row, other, strict=True))
