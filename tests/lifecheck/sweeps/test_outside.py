"""What a predicate reads outside of the state is told apart wherever it may be kept."""

from __future__ import annotations

from types import ModuleType

from lifecheck import State
from lifecheck.sweeps.outside import outside


def test_what_is_read_of_a_module_is_told_apart() -> None:
    shop = ModuleType("shop")
    shop.LIMIT = 3  # type: ignore[attr-defined]

    def is_late(state: State) -> bool:
        return bool(state.orders > shop.LIMIT)

    before = outside(is_late)
    assert before == outside(is_late)
    shop.LIMIT = 4  # type: ignore[attr-defined]
    assert before != outside(is_late)


def test_values_that_are_equal_and_of_other_types_are_told_apart() -> None:
    wanted: object = 1

    def is_wanted(state: State) -> bool:
        return state.order is wanted

    before = outside(is_wanted)
    wanted = True
    assert before != outside(is_wanted)
