"""Counts that are known from elsewhere, memory that grows, and limits that are told."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import Literal

import pytest

from tests import needs
from tests.cross_check import sized

needs.package("oxidd")

from benchmarks import large_system  # noqa: E402
from examples.dining_philosophers import table  # noqa: E402
from lifecheck import (  # noqa: E402
    Component,
    InputError,
    PredicateError,
    Row,
    System,
    Verdict,
    check,
    eventually,
    never,
    sometimes,
)
from lifecheck.errors import CompositionError  # noqa: E402
from lifecheck.symbolic import (  # noqa: E402
    GrowingSpace,
    MemoryLimitError,
    SymbolicLimitError,
    SymbolicSpace,
    fire,
    limits,
    satisfying,
    space,
)


def around_the_table(philosophers: int) -> int:
    """Return how many states the philosophers have, by the recurrence of (1 + √2)ⁿ + (1 - √2)ⁿ."""
    fewer, here = 2, 2
    for _ in range(philosophers - 1):
        fewer, here = here, 2 * here + fewer
    return here


@pytest.mark.parametrize("philosophers", [3, 5, *sized([12], [25], [12, 25, 60])])
def test_philosophers_are_counted_exactly_however_many(philosophers: int) -> None:
    system = table("philosophers", philosophers=philosophers)
    found = GrowingSpace(system, fire(system))
    assert found.ask(lambda one: one.states) == around_the_table(philosophers)
    assert found.ask(lambda one: one.encoding.count(one.deadlocks)) == 1


def test_independent_wheels_are_counted_and_are_as_deep_as_they_turn() -> None:
    system = large_system.counter()
    found = SymbolicSpace(system, fire(system))
    assert (found.states, found.transitions) == (large_system.STATES, large_system.TRANSITIONS)
    assert found.depth == large_system.DIGITS * (large_system.BASE - 1)


def test_an_answer_is_begun_again_with_more_nodes_where_they_are_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "NODES_AT_FIRST", ((1_000, 1 << 8),))
    system = table("philosophers", philosophers=12)
    nodes = []

    def counted(one: SymbolicSpace) -> int:
        nodes.append(one.encoding.nodes)
        return one.states

    assert GrowingSpace(system, fire(system)).ask(counted) == around_the_table(12)
    assert nodes == sorted(set(nodes))
    assert len(nodes) > 1


def test_more_memory_than_allowed_is_told_with_the_limit_and_what_was_known() -> None:
    system = table("philosophers", philosophers=16)
    with pytest.raises(
        MemoryLimitError, match=r"take more than the 39.1 KiB that they may; [\d,]+ states? w(as|ere) known by then"
    ):
        GrowingSpace(system, fire(system), memory=40_000).ask(lambda one: one.states)


def counters(count: int, positions: int = 2) -> System:
    """Return components that count by themselves."""
    states = [str(number) for number in range(positions)]
    parts = []
    for number in range(count):
        name = f"c{number}"
        rows = [Row(f"up_{name}", here, there) for here, there in pairwise(states)]
        parts.append(Component(name, states, "0", rows, {f"up_{name}"}))
    return System("counters", parts)


def test_a_function_that_reads_too_much_is_refused_and_a_text_that_says_the_same_is_not() -> None:
    system = counters(40)
    with pytest.raises(SymbolicLimitError, match=r"asked more than 5,000 times .* with and, or and not"):
        check(system, never(lambda s: sum(s[f"c{number}"] == "1" for number in range(40)) > 39), engine="symbolic")
    text = " and ".join(f"c{number} == '1'" for number in range(40))
    result = check(system, sometimes(text), engine="symbolic")
    assert (result.verdict, result.states) == (Verdict.HOLDS, 2**40)
    assert sorted(result.evidence.stem) == sorted(f"up_c{number}" for number in range(40))


def test_a_predicate_is_asked_in_reachable_states_alone_and_only_where_its_text_leaves_the_matter_open() -> None:
    system = counters(3, positions=3)
    found = SymbolicSpace(system, fire(system))
    asked = []

    def noted(state: object) -> bool:
        asked.append(str(state.c0))
        return state.c0 == "2"

    assert found.encoding.count(satisfying(found, noted)) == 9
    assert sorted(asked) == ["0", "1", "2"]  # once for each state of what it reads
    hidden = Component("hidden", ["a", "b"], "a", [Row("leave", "b", "a")], {"leave"})
    raising = never(lambda s: s.hidden == "b" and 1 / 0 > 0)
    assert check(System("alone", [hidden]), raising, engine="symbolic").verdict is Verdict.HOLDS
    with pytest.raises(PredicateError, match="ZeroDivisionError"):
        check(system, never(lambda s: s.c0 == "2" and 1 / 0 > 0), engine="symbolic")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("c0 == '7' or c1 == '1'", "no state '7'"),
        ("c1 == '1' or not (c9 == '1')", "no component or attribute 'c9'"),
        ("c1 == '1' and 3", "3, which is not True or False"),
    ],
)
def test_a_text_is_refused_as_the_explicit_engine_refuses_it(text: str, fault: str) -> None:
    for engine in ("explicit", "symbolic"):
        with pytest.raises(PredicateError, match=fault):
            check(counters(3), never(text), engine=engine)


def test_without_oxidd_the_explicit_engine_goes_on_and_the_answer_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "oxidd", None)
    monkeypatch.setitem(sys.modules, "oxidd.bcdd", None)
    system = counters(15)
    assert check(system, sometimes("c0 == '1'")).engine == "explicit"
    unknown = check(system, never("c0 == '1' and c0 == '0'"), limit=20_000)
    assert unknown.verdict is Verdict.UNKNOWN
    assert "the limit of 20,000 states was met" in unknown.note
    assert "pip install oxidd" in unknown.note
    with pytest.raises(SymbolicLimitError, match="pip install oxidd"):
        check(system, sometimes("c0 == '1'"), engine="symbolic")


@pytest.mark.parametrize("engine", ["symbolic", None])
def test_a_check_that_outgrows_its_memory_is_unknown_with_what_was_known(
    engine: Literal["symbolic"] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAST_MEMORY", 1)
    result = check(
        table("philosophers", philosophers=16),
        never("fork_1 == 'held' and fork_1 == 'lying'"),
        engine=engine,
        memory=40_000,
        limit=10_500,
    )
    told = r"its sets of states take more than the 39\.1 KiB that they may; ([\d,]+) states? (?:was|were) known by then"
    known = re.search(told, result.note)
    assert result.verdict is Verdict.UNKNOWN
    assert known is not None
    by_sets = "symbolic", int(known[1].replace(",", ""))
    assert (result.engine, result.states) == (by_sets if engine else ("explicit", 10_499))


def test_memory_that_is_no_use_is_refused_before_anything_is_explored(monkeypatch: pytest.MonkeyPatch) -> None:
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    system = System("lamp", [lamp])
    monkeypatch.setattr("lifecheck.checking.engines.Engines.named", None)
    for memory, told in (
        (1_000, r"1,000 bytes is too little: sets of states need 1\.0 MiB"),
        (1 << 60, "this machine"),
    ):
        with pytest.raises(InputError, match=told):
            check(system, never("lamp == 'on'"), memory=memory)


def test_a_lasso_is_proven_shortest_only_where_no_loop_on_the_way_may_be_fair() -> None:
    # to and fro between u and v is fair; together with x, where leaving is possible again and again, it is not
    rows = [
        Row("go", "u", "v"),
        Row("come", "v", "u"),
        Row("on", "v", "x"),
        Row("back", "x", "v"),
        Row("leave", "x", "z"),
    ]
    part = Component("part", ["u", "v", "x", "z", "goal"], "u", rows, {row.trigger for row in rows})
    system = System("part", [part], strong={"leave": "somebody does in the end"})
    asked = eventually("part == 'goal'")
    explicit = check(system, asked, engine="explicit").evidence
    symbolic = check(system, asked, engine="symbolic").evidence
    assert explicit is not None
    assert symbolic is not None
    assert (explicit.stem, explicit.loop, explicit.shortest) == ((), ("go", "come"), True)
    assert (symbolic.stem, symbolic.loop, symbolic.shortest) == (("go", "on", "leave"), (), False)


def test_a_run_stays_where_nothing_fair_is_possible_though_something_is_elsewhere() -> None:
    rows = [Row("go", "here", "there"), Row("come", "there", "here")]
    part = Component("part", ["here", "there", "goal"], "here", rows, {"go", "come"})
    system = System("part", [part], environment={"go"}, strong={"come": "somebody does in the end"})
    result = check(system, eventually("part == 'goal'"), engine="symbolic")
    assert result.evidence is not None
    assert (result.evidence.stem, result.evidence.loop, result.evidence.shortest) == ((), (), True)


@pytest.mark.parametrize("engine", ["explicit", "symbolic"])
def test_a_name_is_compared_with_what_there_is_also_in_a_part_that_need_not_be_decided(
    engine: Literal["explicit", "symbolic"],
) -> None:
    rows = [Row("go", "here", "there")]
    system = System("part", [Component("part", ["here", "there"], "here", rows, {"go"})])
    with pytest.raises(PredicateError, match="has no state 'thre'; did you mean 'there'"):
        check(system, never("part == 'here' and part == 'there' and part == 'thre'"), engine=engine)


def test_a_set_of_states_begins_in_one_state() -> None:
    lamp = Component("lamp", ["off", "on"], ("off", "on"), [Row("switch", "off", "on")], {"switch"})
    with pytest.raises(CompositionError, match="may start in 'off' or 'on', and a set of states starts in one state"):
        fire(System("lamp", [lamp]))
