"""A predicate written out is true where the predicate is, and speaks of what matters alone."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from lifecheck.export.condition import Condition, alternatives, condition_of, holds

SIZES = (3, 2, 4, 3)


@pytest.mark.parametrize("seed", range(200))
def test_it_answers_as_the_sample_does(seed: int) -> None:
    random = Random(seed)
    reads = sorted(random.sample(range(4), random.randint(1, 4)))
    met = [one for one in product(*(range(SIZES[part]) for part in reads)) if random.random() < 0.8]
    sample = {one: random.random() < random.choice([0.1, 0.5]) for one in met}
    condition = condition_of(reads, sample)
    for key, answer in sample.items():
        state = [0, 0, 0, 0]
        for part, local in zip(reads, key, strict=True):
            state[part] = local
        assert holds(condition, state) == answer


def test_it_leaves_out_what_does_not_matter() -> None:
    sample = {(one, other): one == 2 for one in range(3) for other in range(5)}
    assert condition_of([4, 7], sample) == Condition(4, (((2,), True),))


def test_what_is_the_same_everywhere_is_a_truth_value() -> None:
    assert condition_of([1], {(0,): True, (1,): True}) is True
    assert condition_of([1], {(0,): False, (1,): False}) is False
    assert condition_of([], {(): True}) is True
    assert condition_of([1], {}) is False


def test_what_was_not_met_may_be_answered_either_way() -> None:
    # the second component never matters where the first is 1, because only one of its states was met there
    condition = condition_of([0, 1], {(0, 0): False, (0, 1): True, (1, 1): True})
    assert holds(condition, [0, 1])
    assert holds(condition, [1, 1])
    assert not holds(condition, [0, 0])


def test_here_or_elsewhere_and_something_is_here_or_something() -> None:
    inner = Condition(1, (((0,), True),))
    condition = Condition(0, (((2,), True), ((0, 1), inner)))
    assert alternatives(condition, 3) == ((2,), inner)
    assert alternatives(condition, 4) is None  # somewhere it is false
    assert alternatives(Condition(0, (((2,), inner), ((0, 1), inner))), 3) is None
    assert alternatives(Condition(0, (((2,), True),)), 1) is None
