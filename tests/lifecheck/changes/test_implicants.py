"""Prime implicants against every box of small random lattices, with points that do not exist."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest

from lifecheck.changes.implicants import Box, Point, cover, holds, prime_implicants


def points_of(sizes: tuple[int, ...]) -> list[Point]:
    return list(product(*map(range, sizes)))


def random_lattice(random: Random) -> tuple[tuple[int, ...], list[Point], list[Point]]:
    """Return the sizes of some switches, and which points are inside and outside; the others do not exist."""
    sizes = tuple(random.choice([1, 2, 2, 3, 4]) for _ in range(random.randint(1, 3)))
    weights = random.choice([(1, 1, 0), (1, 1, 1), (1, 4, 1), (4, 1, 1), (1, 0, 1), (0, 1, 1)])
    places = [(point, random.choices(["inside", "outside", "nowhere"], weights)[0]) for point in points_of(sizes)]
    return sizes, [p for p, where in places if where == "inside"], [p for p, where in places if where == "outside"]


def implicants_one_by_one(sizes: tuple[int, ...], inside: list[Point], outside: list[Point]) -> list[Box]:
    """Return every box that holds a point inside and none outside."""
    boxes = product(*(range(1, 1 << size) for size in sizes))
    return [
        box
        for box in boxes
        if any(holds(box, point) for point in inside) and not any(holds(box, point) for point in outside)
    ]


@pytest.mark.parametrize("seed", range(100))
def test_they_are_the_boxes_that_cannot_grow_and_every_implicant_speaks_of_one_of_them(seed: int) -> None:
    sizes, inside, outside = random_lattice(Random(seed))
    whole = tuple((1 << size) - 1 for size in sizes)
    primes = prime_implicants(sizes, inside, outside)
    implicants = set(implicants_one_by_one(sizes, inside, outside))
    assert set(primes) <= implicants
    assert len(set(primes)) == len(primes)
    for prime in primes:
        for number in range(len(sizes)):
            dropped = (*prime[:number], whole[number], *prime[number + 1 :])
            assert dropped == prime or dropped not in implicants  # no switch can be left out
    for box in implicants:
        held = {point for point in inside if holds(box, point)}
        assert any(held <= {point for point in inside if holds(prime, point)} for prime in primes)


@pytest.mark.parametrize("seed", range(100))
def test_with_one_value_each_they_are_the_partial_settings_found_by_trying_subsets_of_switches(seed: int) -> None:
    """For switches of two values: fewest switches first, each setting of them, kept if no part of it was kept."""
    random = Random(seed)
    sizes = (2,) * random.randint(1, 4)
    points = points_of(sizes)
    inside = [point for point in points if random.random() < random.choice([0.2, 0.5, 0.8])]
    kept: list[dict[int, int]] = []
    for number in range(len(sizes) + 1):
        for switches in combinations(range(len(sizes)), number):
            for values in product((0, 1), repeat=number):
                partial = dict(zip(switches, values, strict=True))
                completions = [point for point in points if all(point[s] == v for s, v in partial.items())]
                if set(completions) <= set(inside) and not any(old.items() <= partial.items() for old in kept):
                    kept.append(partial)
    primes = prime_implicants(sizes, inside, [point for point in points if point not in inside])
    assert {tuple(1 << p[s] if s in p else 3 for s in range(len(sizes))) for p in kept} == set(primes)


@pytest.mark.parametrize("seed", range(100))
def test_a_cover_holds_every_point_inside_and_none_of_its_boxes_could_be_left_out(seed: int) -> None:
    sizes, inside, outside = random_lattice(Random(seed))
    primes = prime_implicants(sizes, inside, outside)
    kept = cover(primes, tuple((1 << size) - 1 for size in sizes), inside)
    assert [box for box in primes if box in kept] == list(kept)
    assert all(any(holds(box, point) for box in kept) for point in inside)
    for box in kept:
        rest = [other for other in kept if other != box]
        assert any(not any(holds(other, point) for other in rest) for point in inside)


def test_nothing_inside_has_no_cause_and_nothing_outside_is_caused_by_anything() -> None:
    points = points_of((2, 3))
    assert prime_implicants((2, 3), [], points) == ()
    assert prime_implicants((2, 3), points, []) == ((3, 7),)
    assert prime_implicants((2, 3), [], []) == ()
    assert cover([], (3, 7), []) == ()


def test_no_box_may_hold_a_point_outside() -> None:
    exclusive_or = prime_implicants((2, 2), [(0, 1), (1, 0)], [(0, 0), (1, 1)])
    assert exclusive_or == ((1, 2), (2, 1))


def test_a_value_is_left_out_that_exists_nowhere_in_the_box() -> None:
    # the second value of the first switch does not go with the second switch's first
    primes = prime_implicants((3, 2), inside=[(0, 0)], outside=[(2, 0), (0, 1), (1, 1), (2, 1)])
    assert primes == ((1, 1),)
