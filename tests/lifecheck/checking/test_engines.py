"""Which engine decides, and that whoever decides says the same."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from transitions import Machine

from tests import needs

needs.package("oxidd")

from lifecheck import Component, InputError, Row, System, Verdict, check, component_of, eventually, never  # noqa: E402
from lifecheck.checking import check_by, engines  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from lifecheck.symbolic import local_table  # noqa: E402
from tests.lifecheck.naive_judge import NaiveJudge  # noqa: E402
from tests.lifecheck.naive_lasso import LassoJudge  # noqa: E402
from tests.lifecheck.random_systems import random_properties, random_systems  # noqa: E402


def test_few_states_are_visited_and_many_are_held_as_sets() -> None:
    def counters(digits: int) -> System:
        states = [str(number) for number in range(10)]
        rows = [Row("up", here, there) for here, there in pairwise(states)]
        return System(
            "counters",
            [
                Component(
                    f"c{digit}", states, "0", [Row(f"up{digit}", row.source, row.dest) for row in rows], {f"up{digit}"}
                )
                for digit in range(digits)
            ],
        )

    asked = never("c0 == '9' and c1 == '9'")
    assert check(counters(3), asked).engine == "explicit"
    large = check(counters(7), asked)
    assert (large.engine, large.states) == ("symbolic", 10**7)
    assert (large.verdict, large.evidence.shortest, len(large.evidence.stem)) == (Verdict.VIOLATED, True, 18)
    limited = check(counters(5), never("c0 == '9' and c1 == '0' and c0 == '0'"), engine="explicit", limit=20_000)
    assert (limited.engine, limited.verdict) == ("explicit", Verdict.UNKNOWN)


def test_an_engine_of_another_name_is_refused() -> None:
    lamp = Component("lamp", ["off"], "off", [], set())
    with pytest.raises(InputError, match="engine is 'fast'; name 'explicit' or 'symbolic'"):
        check(System("lamp", [lamp]), never("lamp == 'off'"), engine="fast")


def test_going_on_with_sets_gives_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "EXPLICIT_STATES", 3)
    random, by_sets = Random(5), 0
    for system in random_systems(271828, 120):
        explorer = Explorer()
        for asked in random_properties(random, system):
            result = check_by(explorer, system, asked)
            expected = check_by(explorer, system, asked, engine="explicit")
            by_sets += result.engine == "symbolic"
            assert (result.engine == "symbolic") == (expected.states > 3)
            assert result.verdict is expected.verdict
            assert (result.states, result.transitions) == (expected.states, expected.transitions)
            assert (result.note, result.assumptions) == (expected.note, expected.assumptions)
            if expected.evidence is None:
                assert result.evidence is None
            elif not asked.kind.is_liveness:
                assert result.evidence == expected.evidence
            else:
                assert len(result.evidence.states) >= len(expected.evidence.states)
                assert not result.evidence.shortest or len(result.evidence.states) == len(expected.evidence.states)
                judge = LassoJudge(NaiveJudge(result.system), asked)
                assert judge.fault(result.evidence.stem, result.evidence.loop) == ""
    assert by_sets > 300


def test_a_component_that_cannot_be_listed_is_visited_as_before() -> None:
    class Counter:
        def __init__(self) -> None:
            self.count = 0
            rows = [{"trigger": "up", "source": "on", "dest": "=", "after": "add"}]
            self.machine = Machine(self, states=["on"], initial="on", transitions=rows, auto_transitions=False)

        def add(self) -> None:
            self.count += 1

    result = check(Counter, never("count == -1"), attributes=["count"], limit=50, local_limit=30)
    assert (result.verdict, result.engine) == (Verdict.UNKNOWN, "explicit")
    with pytest.raises(InputError, match=r"more than 30 local states by itself"):
        check(Counter, never("count == -1"), attributes=["count"], local_limit=30, engine="symbolic")


@pytest.mark.parametrize("engine", ["explicit", "symbolic"])
def test_states_that_are_declared_are_not_what_a_local_limit_is_about(engine: str) -> None:
    names = [str(number) for number in range(40)]
    lift = Component("lift", names, "0", [Row("rise", here, there) for here, there in pairwise(names)], {"rise"})
    result = check(System("house", [lift]), never("lift == '39'"), local_limit=30, engine=engine)  # type: ignore[arg-type]
    assert (result.verdict, result.states) == (Verdict.VIOLATED, 40)


def test_a_component_with_more_states_than_sets_can_list_is_told_without_advice_that_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(local_table, "LOCAL_STATE_LIMIT", 2)
    lift = Component("lift", ["0", "1", "2"], "0", [Row("rise", "0", "1"), Row("rise", "1", "2")], {"rise"})
    with pytest.raises(InputError, match=r"more than 2 local .*, too many to list for sets of states; check with eng"):
        check(System("house", [lift]), never("lift == '2'"), local_limit=1, engine="symbolic")


def test_what_cannot_be_fired_where_no_run_leads_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets need whole tables: here a callback raises in a state that another component never lets be entered."""
    monkeypatch.setattr(engines, "EXPLICIT_STATES", 2)

    def fragile() -> Machine:
        def broken() -> None:
            raise RuntimeError("only reached alone")

        rows = [
            ["go", "a", "b"],
            {"trigger": "forbidden", "source": "b", "dest": "c"},
            {"trigger": "back", "source": "c", "dest": "a", "before": broken},
        ]
        return Machine(states=["a", "b", "c"], initial="a", transitions=rows, auto_transitions=False)

    guard = Component("guard", ["shut"], "shut", [], {"forbidden"})
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    system = System("guarded", [component_of(fragile, "fragile"), guard, lamp])
    assert check(system, never("fragile == 'c'")).verdict is Verdict.HOLDS
    with pytest.raises(InputError, match="in a local state that the system itself may never reach"):
        check(system, never("fragile == 'c'"), engine="symbolic")
    assert check(system, eventually("fragile == 'c'")).verdict is Verdict.VIOLATED
