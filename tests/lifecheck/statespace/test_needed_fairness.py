"""Of the fairness that is declared, what a verdict needs is told: nothing that could be spared, and enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from lifecheck.statespace import needed_fairness

TRIGGERS = ("a", "b", "c")
Assumed = dict[str, int]
"""For each trigger: 0 nothing, 1 weak, 2 strong fairness."""


def told(assumed: Assumed) -> tuple[str, ...]:
    return tuple(f"{('', 'weak', 'strong')[much]} fairness of {name}" for name, much in assumed.items() if much)


def assumptions() -> Iterator[Assumed]:
    return (dict(zip(TRIGGERS, much, strict=True)) for much in product(range(3), repeat=len(TRIGGERS)))


def is_enough(assumed: Assumed, least: list[Assumed]) -> bool:
    """Whether a verdict that holds under some least assumptions, and under more, holds under these."""
    return any(all(assumed[name] >= one[name] for name in TRIGGERS) for one in least)


@pytest.mark.parametrize("size", [1, 2])
def test_what_is_told_is_enough_and_no_part_of_it_can_be_spared(size: int) -> None:
    tried = 0
    for least in map(list, combinations(assumptions(), size)):
        for declared in assumptions():
            if not is_enough(declared, least):
                continue

            def holds(weak: frozenset[str], strong: frozenset[str], least: list[Assumed] = least) -> bool:
                return is_enough({name: 2 if name in strong else int(name in weak) for name in TRIGGERS}, least)

            weak, strong = ({name for name in TRIGGERS if declared[name] == much} for much in (1, 2))
            found = needed_fairness(TRIGGERS, weak, strong, holds)
            # by hand: of all that is enough and no more than declared, those from which nothing can be taken
            enough = [
                one
                for one in assumptions()
                if is_enough(one, least) and all(one[name] <= declared[name] for name in TRIGGERS)
            ]
            minimal = [one for one in enough if not any(other != one and is_enough(one, [other]) for other in enough)]
            assert found in [told(one) for one in minimal]
            tried += 1
    assert tried > 100


def test_no_fairness_is_told_where_none_is_needed() -> None:
    assert needed_fairness(TRIGGERS, {"a"}, {"b"}, lambda weak, strong: True) == ()


def test_the_order_of_the_triggers_decides_which_of_two_is_spared() -> None:
    def either(weak: frozenset[str], strong: frozenset[str]) -> bool:
        return bool(weak)

    assert needed_fairness(("a", "b"), {"a", "b"}, set(), either) == ("weak fairness of b",)
    assert needed_fairness(("b", "a"), {"a", "b"}, set(), either) == ("weak fairness of a",)
