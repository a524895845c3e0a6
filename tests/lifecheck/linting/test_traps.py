"""Traps of the library, each as it is (version 0.9.3), and what lint and check make of it."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import ComponentError, Run, System, check, component_of, lint, never
from lifecheck.linting.finding import LintReport


def only(report: LintReport, code: str) -> str:
    """Return place and sentence of the one finding of a code."""
    (finding,) = (finding for finding in report.findings if finding.code == code)
    return f"{finding.place}: {finding.sentence}"


def switch(**options: Any) -> Machine:
    rows = [{"trigger": "turn", "source": "off", "dest": "on", **options.pop("row", {})}, ["back", "on", "off"]]
    return Machine(states=["off", "on"], initial="off", transitions=rows, **options)


def test_conditions_are_compared_with_true_so_that_what_counts_as_true_may_not_count() -> None:
    def machine() -> Machine:
        return switch(row={"conditions": lambda: "yes"})

    assert machine().turn() is False  # type: ignore[attr-defined]
    assert only(lint(machine), "condition-not-boolean").endswith(
        "<lambda>': it answered 'yes', which the library compares with == True"
    )
    assert "condition-not-boolean" not in lint(lambda: switch(row={"conditions": lambda: True})).codes


def test_unless_is_compared_with_false_so_that_none_blocks() -> None:
    def machine() -> Machine:
        return switch(row={"unless": lambda: None})

    assert machine().turn() is False  # type: ignore[attr-defined]
    assert "it answered None, which the library compares with == False" in only(lint(machine), "condition-not-boolean")


def test_a_misspelt_initial_state_becomes_a_state() -> None:
    rows = [["start", "idle", "busy"], ["stop", "busy", "idle"]]
    machine = Machine(states=["idle", "busy"], initial="idel", transitions=rows)
    assert machine.state == "idel"
    report = lint(machine)
    assert report.codes == ("initial-without-exit",)
    assert report.findings[0].remedy == "correct initial=...: did you mean 'idle'?"


def test_a_text_in_place_of_a_list_of_states_is_one_state() -> None:
    machine = Machine(states="abc", initial="a", transitions=[["go", "a", "b"], ["go", "b", "a"]])
    assert list(machine.states) == ["abc", "a"]
    report = lint(machine)
    assert "there is no state 'b', so it raises when it is taken" in only(report, "unknown-destination")
    assert only(report, "unreachable-state").startswith("state 'abc'")


class Knocking:
    """Counts in a callback of `prepare` how often it was asked."""

    def __init__(self) -> None:
        self.knocks = 0
        rows = [{"trigger": "enter", "source": "out", "dest": "in", "prepare": "knock", "conditions": "is_open"}]
        Machine(self, states=["out", "in"], initial="out", transitions=rows)

    def knock(self) -> None:
        self.knocks += 1

    def is_open(self) -> bool:
        return True


def test_asking_whether_a_trigger_is_possible_runs_prepare_which_a_run_undoes() -> None:
    model: Any = Knocking()
    assert model.may_enter()
    assert model.knocks == 1
    run = Run(System("door", [component_of(Knocking, "door", attributes=["knocks"])]))
    assert run.possible() == ("enter",)
    assert run.may("enter")
    assert run.state.door.knocks == 0
    run.trigger("enter")
    assert run.state.door.knocks == 1


def test_an_exception_in_after_leaves_the_new_state_in_place() -> None:
    def machine() -> Machine:
        return switch(row={"after": lambda: 1 // 0})

    broken: Any = machine()
    with pytest.raises(ZeroDivisionError):
        broken.turn()
    assert broken.state == "on"
    told = "ZeroDivisionError: integer division or modulo by zero; it is left in state 'on'"
    assert only(lint(machine), "callback-raises") == f"trigger 'turn' in state 'off': {told}"
    with pytest.raises(ComponentError, match=f"trigger 'turn' in state 'off': {told}"):
        check(System("lamp", [component_of(machine, "lamp")]), never(lambda s: s.lamp == "on"))


def test_the_same_enum_in_two_regions_collapses() -> None:
    class Light(Enum):
        RED = 1
        GREEN = 2

    class Walk(Enum):
        RED = 1
        GREEN = 2

    def crossing(people: type[Enum]) -> HierarchicalMachine:
        regions = [
            {"name": "cars", "children": Light, "initial": Light.RED},
            {"name": "people", "children": people, "initial": people["RED"]},
        ]
        rows = [["walk", "crossing_people_RED", "crossing_people_GREEN"]]
        states = [{"name": "crossing", "parallel": regions}]
        return HierarchicalMachine(states=states, initial="crossing", transitions=rows, auto_transitions=False)

    collapsed: Any = crossing(Light)
    assert not collapsed.may_walk()  # the people's RED is taken for that of the cars
    assert only(lint(collapsed), "collapsing-regions") == (
        "states 'crossing_cars_RED' and 'crossing_people_RED': both are Light.RED, so that the library takes one for "
        "the other"
    )
    apart: Any = crossing(Walk)
    assert apart.may_walk()
    assert "collapsing-regions" not in lint(apart).codes


def test_reading_transitions_of_a_source_invents_it_so_lint_does_not() -> None:
    machine = switch()
    machine.events["turn"].transitions["nowhere"]
    assert "nowhere" in machine.events["turn"].transitions
    clean = switch()
    lint(clean)
    component_of(clean)
    Run(System("lamp", [component_of(lambda: clean_copy(clean), "lamp")])).possible()
    assert list(clean.events["turn"].transitions) == ["off"]


def clean_copy(machine: Machine) -> Machine:
    return switch(name=machine.name or None)


def test_ignoring_invalid_triggers_hides_typos_and_lint_says_so() -> None:
    quiet: Any = switch(ignore_invalid_triggers=True)
    assert quiet.trigger("trun") is False
    (remark,) = (remark for remark in lint(quiet).remarks if "invalid" in remark)
    assert remark == "the machine ignores invalid triggers, so that a misspelt one does nothing and says nothing"
    assert not any("invalid" in remark for remark in lint(switch()).remarks)


class Chained:
    """Goes on by itself as soon as it is paid."""

    def __init__(self) -> None:
        rows = [["pay", "open", "paid"], ["ship", "paid", "shipped"]]
        states = ["open", {"name": "paid", "on_enter": "go_on"}, {"name": "shipped", "final": True}]
        Machine(self, states=states, initial="open", transitions=rows)

    def go_on(self) -> None:
        self.ship()  # type: ignore[attr-defined]


def test_one_firing_can_be_several_transitions() -> None:
    model: Any = Chained()
    model.pay()
    assert model.state == "shipped"
    report = lint(Chained)
    assert report.codes == ()  # `paid` is passed through, so it is not unreachable, and `ship` is taken
    assert (
        "one firing of 'pay' in state 'open' also takes transitions of ship; a check sees only where it ends"
        in report.remarks
    )


def test_an_error_of_a_trigger_fired_inside_a_callback_is_not_taken_for_a_refusal() -> None:
    class Wrong(Chained):
        def go_on(self) -> None:
            self.pay()  # type: ignore[attr-defined]

    assert "Can't trigger event pay from state paid" in only(lint(Wrong), "callback-raises")
    with pytest.raises(ComponentError, match=re.escape("trigger 'pay' in state 'open': MachineError: ")):
        check(System("order", [component_of(Wrong, "order")]), never(lambda s: s.order == "paid"))


def test_an_error_that_on_exception_hides_is_seen_by_the_state_it_leaves() -> None:
    def machine() -> Machine:
        return switch(row={"after": lambda: 1 // 0}, on_exception=lambda: None)

    assert "it is refused, and yet the state is 'on' afterwards" in only(lint(machine), "changed-when-refused")
    with pytest.raises(ComponentError, match="it is refused and yet leads to 'on'"):
        check(System("lamp", [component_of(machine, "lamp")]), never(lambda s: s.lamp == "on"))


def test_parallel_regions_below_parallel_ones_refuse_by_another_error() -> None:
    inner = {"name": "left", "parallel": ["one", "two"]}
    states = ["out", {"name": "in", "parallel": [inner, "right"]}]
    rows = [["enter", "out", "in"], ["leave", "in", "out"]]

    def machine() -> HierarchicalMachine:
        return HierarchicalMachine(states=states, initial="out", transitions=rows)

    entered: Any = machine()
    entered.enter()
    with pytest.raises(ValueError, match="is not a registered state"):
        entered.enter()
    assert lint(machine).codes == ()


def test_a_final_region_beside_one_that_is_not_can_raise_in_the_library() -> None:
    def machine() -> HierarchicalMachine:
        regions = [
            {"name": "left", "children": ["busy", "done"], "initial": "busy"},
            {"name": "right", "children": ["busy", {"name": "done", "final": True}], "initial": "busy"},
        ]
        rows = [[f"finish_{name}", f"job_{name}_busy", f"job_{name}_done"] for name in ("left", "right")]
        return HierarchicalMachine(states=[{"name": "job", "parallel": regions}], initial="job", transitions=rows)

    job: Any = machine()
    job.finish_right()
    with pytest.raises(AttributeError, match="'scoped_enter' does not exist"):
        job.finish_left()
    assert only(lint(machine), "callback-raises") == (
        "trigger 'finish_left' in state 'job_left_busy|job_right_done': AttributeError: 'scoped_enter' does not exist "
        "on <Machine@...>; it is left in state 'job_left_done|job_right_done'"
    )
