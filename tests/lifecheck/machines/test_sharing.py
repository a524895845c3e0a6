"""Two components whose code shares what firing changes are refused, whichever comes first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pytest
from transitions import Machine

from lifecheck import ComponentError, CompositionError, InputError, Verdict, always, check, compose, never
from tests import needs

COUNTED = 0


def by_a_list() -> tuple[Callable[[], None], Callable[[], bool]]:
    seen: list[int] = []
    return lambda: seen.append(1), lambda: bool(seen)


def by_a_closure() -> tuple[Callable[[], None], Callable[[], bool]]:
    flag = False

    def mark() -> None:
        nonlocal flag
        flag = not flag

    return mark, lambda: flag


def by_a_global() -> tuple[Callable[[], None], Callable[[], bool]]:
    def mark() -> None:
        global COUNTED
        COUNTED += 1

    return mark, lambda: COUNTED > 0


class Board:
    marked = 0


def by_an_object() -> tuple[Callable[[], None], Callable[[], bool]]:
    board = Board()

    def mark() -> None:
        board.marked += 1

    return mark, lambda: board.marked > 0


def writer(mark: Callable[[], None]) -> Machine:
    row = {"trigger": "write", "source": "before", "dest": "written", "after": lambda: mark()}
    return Machine(states=["before", "written"], initial="before", transitions=[row], auto_transitions=False)


def reader(asks: Callable[[], bool]) -> Machine:
    row = {"trigger": "read", "source": "before", "dest": "read", "conditions": lambda: asks()}
    return Machine(states=["before", "read"], initial="before", transitions=[row], auto_transitions=False)


@pytest.mark.parametrize("share", [by_a_list, by_a_closure, by_a_global, by_an_object])
@pytest.mark.parametrize("writer_first", [True, False])
@pytest.mark.parametrize("engine", [None, "symbolic"])
def test_components_that_share_what_firing_changes_are_refused_in_every_order_by_each_engine(
    share: Callable[[], tuple[Callable[[], None], Callable[[], bool]]],
    writer_first: bool,
    engine: Literal["symbolic"] | None,
) -> None:
    if engine is not None:
        needs.package("oxidd")
    mark, asks = share()
    machines = {"writer": lambda: writer(mark), "reader": lambda: reader(asks)}
    if not writer_first:
        machines = dict(reversed(machines.items()))
    told = r"'writer' and 'reader'|'reader' and 'writer'|two firings differ"
    with pytest.raises((CompositionError, ComponentError, InputError), match=told):
        check(compose(machines), never("reader == 'read'"), engine=engine)


@pytest.mark.parametrize("copied", ["reader", "writer"])
def test_what_each_instance_has_for_itself_shares_nothing_with_what_is_shared(copied: str) -> None:
    mark, asks = by_a_list()
    system = replace(compose({"writer": lambda: writer(mark), "reader": lambda: reader(asks)}), copied={copied})
    with pytest.raises(CompositionError, match="components 'writer' and 'reader' share 'seen', which firing changes"):
        check(system, never("reader == 'read'"), instances="any")


def test_the_two_components_and_what_they_share_are_named() -> None:
    mark, asks = by_a_list()
    system = compose({"writer": lambda: writer(mark), "reader": lambda: reader(asks)})
    with pytest.raises(CompositionError, match="components 'writer' and 'reader' share 'seen', which firing changes"):
        check(system, never("reader == 'read'"))


def test_what_is_shared_and_never_changed_is_no_fault() -> None:
    limits = {"most": 3}
    system = compose(
        {"writer": lambda: writer(lambda: None), "reader": lambda: reader(lambda: limits["most"] > 2)},
    )
    twice = compose({"one": lambda: reader(lambda: limits["most"] > 2), "two": lambda: writer(lambda: None)})
    assert check(system, never("reader == 'read'")).verdict is Verdict.VIOLATED
    assert check(twice, always("one in ('before', 'read')")).verdict is Verdict.HOLDS
