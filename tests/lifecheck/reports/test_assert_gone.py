"""What a generated test calls: it passes only where the property holds, and never in silence where it cannot tell."""

from __future__ import annotations

from unittest import SkipTest

import pytest
from transitions import Machine

from lifecheck import (
    Component,
    CompositionError,
    InputError,
    PredicateError,
    Row,
    System,
    assert_gone,
    can_always_reach,
    eventually,
    never,
)
from lifecheck.reports import RecordedSystem

DARK = never("state == 'on'")


def lamp(*rows: list[str]) -> Machine:
    return Machine(states=["off", "on", "broken"], initial="off", transitions=list(rows), auto_transitions=False)


def test_triggers_alone_are_record_enough() -> None:
    with pytest.raises(
        AssertionError, match=r"^never\(state == 'on'\) is violated, by the recorded run:\n  Start  machine"
    ):
        assert_gone(lamp(["switch", "off", "on"]), DARK, stem=["switch"], loop=None)
    assert_gone(lamp(["switch", "off", "="]), DARK, stem=["switch"], loop=None)


def test_another_run_is_told_from_the_recorded_one() -> None:
    with pytest.raises(AssertionError, match="by another run than the recorded:"):
        assert_gone(lamp(["switch", "off", "="], ["press", "off", "on"]), DARK, stem=["switch"])


def test_what_is_unknown_does_not_pass() -> None:
    rows = [["switch", "off", "broken"], ["press", "broken", "on"]]
    with pytest.raises(AssertionError, match=r"is unknown: the limit of 1 states was met.*larger limit"):
        assert_gone(lamp(*rows), DARK, stem=["switch", "switch"], limit=1)


def test_a_predicate_that_cannot_be_asked_is_an_error_while_everything_of_the_run_is_there() -> None:
    with pytest.raises(PredicateError, match="onn"):
        assert_gone(lamp(["switch", "off", "on"]), never("state == 'onn'"), stem=["switch"])


def test_a_system_is_judged_with_its_observers_and_its_fairness() -> None:
    rows = [Row("tick", "low", "high"), Row("tock", "high", "low"), Row("stop", "high", "still")]
    clock = Component("clock", ["low", "high", "still"], "low", rows, {"tick", "tock", "stop"})
    ticks = Component(
        "ticks", ["none", "some"], "none", [Row("tick", "none", "some"), Row("tick", "some", "=")], {"tick"}
    )
    still = eventually("clock == 'still'")
    recorded = {"stem": [], "loop": ["tick", "tock"]}
    system = System("clock", [clock], observers=[ticks], fair={"tick", "tock"})
    with pytest.raises(AssertionError, match="by the recorded run:"):
        assert_gone(system, still, **recorded)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="never"):
        assert_gone(system, never("ticks == 'some'"), stem=["tick"])
    mended = System("clock", [clock], observers=[ticks], fair={"tick", "tock"}, strong={"stop": "it wears out"})
    assert_gone(mended, still, **recorded)  # type: ignore[arg-type]


def test_the_way_back_is_asked_anew() -> None:
    trap = [["switch", "off", "on"], ["drop", "on", "broken"]]
    with pytest.raises(AssertionError, match="by the recorded run:"):
        assert_gone(lamp(*trap), can_always_reach("state == 'off'"), stem=["switch"])
    assert_gone(lamp(*trap, ["mend", "*", "off"]), can_always_reach("state == 'off'"), stem=["switch"])


def test_without_the_property_the_record_says_where_the_run_leads() -> None:
    machine = lamp(["switch", "off", "on"])
    with pytest.raises(InputError, match="without the property the record must say where the run leads"):
        assert_gone(machine, None, stem=["switch"])
    recorded = [("switch", {"machine": "on"})]
    with pytest.raises(AssertionError, match=r"^the recorded run still happens$"):
        assert_gone(machine, None, start={"machine": "off"}, stem=recorded)
    assert_gone(lamp(["switch", "off", "broken"]), None, start={"machine": "off"}, stem=recorded)
    assert_gone(machine, None, start={"machine": "on"}, stem=recorded)  # it starts elsewhere


def test_fairness_that_names_what_is_gone_is_told_and_the_rest_is_composed() -> None:
    machine = lamp(["switch", "off", "on"])
    recorded = RecordedSystem({"lamp": machine}, fair=["switch"], strong={"press": "why not"}, environment=["dim"])
    system, gone = recorded.composed()
    assert (system.weakly_fair, system.strongly_fair, gone) == ({"switch"}, frozenset(), "trigger 'dim'")
    with pytest.raises(SkipTest, match=r"no trigger 'dim' any more, and eventually\(lamp == 'on'\) holds; remove"):
        assert_gone(recorded, eventually("lamp == 'on'"), stem=[], loop=["switch"])


def test_a_shared_trigger_that_one_machine_lost_is_an_error_and_not_another_system() -> None:
    one, other = lamp(["switch", "off", "on"]), lamp(["press", "off", "on"])
    recorded = RecordedSystem({"one": one, "other": other}, shared=["switch"])
    with pytest.raises(CompositionError, match="shared names 'switch', which 'one' alone has"):
        assert_gone(recorded, never("one == 'on'"), stem=["switch"])


def test_a_component_keeps_the_alphabet_it_declares() -> None:
    part = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch", "press"})
    system, gone = RecordedSystem({"lamp": part}, fair=["press"]).composed()
    assert (system.triggers, gone) == (("switch", "press"), None)
