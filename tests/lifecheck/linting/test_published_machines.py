"""Machines as people publish them: every kind can be read, and what the library lets pass without a word is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine, LockedMachine
from transitions.extensions.asyncio import AsyncMachine
from transitions.extensions.states import Timeout, add_state_features

from lifecheck import ComponentError, check, lint, never

ROWS = [["go", "off", "on"], ["go", "off", "off"], ["stop", "on", "off"], ["mend", "lost", "off"]]
DEFINED: dict[str, Any] = {"states": ["off", "on", "lost"], "initial": "off", "transitions": ROWS}


QueuedMachine = partial(Machine, queued=True)


@add_state_features(Timeout)
class Timed(Machine):
    pass


ON_FOR_FIVE_SECONDS = {"name": "on", "timeout": 5, "on_timeout": "stop"}


def test_states_with_time_outs_are_fired() -> None:
    def timed() -> Machine:
        return Timed(**{**DEFINED, "states": ["off", ON_FOR_FIVE_SECONDS, "lost"]})

    assert lint(timed).codes == ("never-wins", "unreachable-state")
    assert check(timed, never("state == 'lost'"))


@pytest.mark.parametrize("kind", [LockedMachine, AsyncMachine, QueuedMachine])
def test_locked_asynchronous_and_queued_machines_are_fired(kind: Callable[..., Machine]) -> None:
    def fresh() -> Machine:
        return kind(**DEFINED)

    assert lint(fresh).codes == ("never-wins", "unreachable-state")
    assert not check(fresh, never("state == 'on'"))
    assert check(fresh, never("state == 'lost'"))


class Inner:
    pass


class HoldsOne:
    def __init__(self) -> None:
        self.states = Machine(**DEFINED)


class HoldsItsModel:
    def __init__(self) -> None:
        self._model = Inner()
        Machine(self._model, **DEFINED)


class HoldsItInItsClass:
    machine = Machine(None, **DEFINED)


class IsOneByNameAlone(Machine):
    def __init__(self) -> None:
        self.machine = Machine(model=self, **DEFINED)


@pytest.mark.parametrize("kind", [HoldsOne, HoldsItsModel, HoldsItInItsClass, IsOneByNameAlone])
def test_a_machine_is_found_wherever_an_object_or_its_class_holds_it(kind: type) -> None:
    assert lint(kind).codes == lint(kind()).codes == ("never-wins", "unreachable-state")


def test_an_object_that_holds_two_machines_says_where() -> None:
    class Two:
        def __init__(self) -> None:
            self.door, self.light = Machine(**DEFINED), Machine(**DEFINED)

    with pytest.raises(ComponentError, match="Two carries 2 machines, with their states in 'door' and 'light'"):
        lint(Two)


def test_a_nested_state_without_a_child_to_start_in_is_a_state_to_be_in() -> None:
    active = {"name": "active", "children": ["timer", "stay"], "initial": False}
    rows = [["go", "idle", "active"], ["enter", "active", "active_timer"], ["stop", "active", "idle"]]
    report = lint(HierarchicalMachine(states=["idle", active], initial="idle", transitions=rows))
    assert [finding.place for finding in report.findings] == ["state 'active_stay'"]


def test_a_separator_in_the_name_of_a_state_is_named() -> None:
    def machine() -> Machine:
        states = ["awake", {"name": "pre_sleep", "children": ["dim"]}]
        return HierarchicalMachine(states=states, initial="awake", transitions=[["tire", "awake", "pre_sleep_dim"]])

    with pytest.raises(ComponentError, match="reads '_' in the name of a state as a step into a nested one"):
        lint(machine)


def test_one_row_for_every_state_is_one_finding() -> None:
    def machine() -> Machine:
        ticks = [
            {"trigger": "tick", "source": "*", "dest": "b"},
            {"trigger": "tick", "source": "*", "dest": "c"},
        ]
        return Machine(states=list("abc"), initial="a", transitions=[*ticks, ["on", "b", "c"], ["back", "c", "a"]])

    report = lint(machine)
    assert [(one.code, one.place) for one in report.findings] == [
        ("never-wins", "transition 'tick' from '*' to 'c'"),
    ]
    assert "because the transition 'tick' from '*' to 'b' stands before it" in report.findings[0].sentence


def test_rows_of_each_state_that_are_not_alike_are_told_one_by_one() -> None:
    rows = [["tick", "a", "b"], ["tick", "a", "c"], ["tick", "b", "c"], ["tick", "b", "a"], ["tick", "c", "a"]]
    report = lint(Machine(states=list("abc"), initial="a", transitions=rows))
    assert [one.place for one in report.findings] == [
        "transition 'tick' from 'a' to 'c'",
        "transition 'tick' from 'b' to 'a'",
    ]


def test_the_same_row_twice_is_called_so() -> None:
    rows = [["go", "a", "b"], ["back", "b", "a"], ["go", "a", "b"]]
    finding = lint(Machine(states=["a", "b"], initial="a", transitions=rows)).findings[0]
    assert finding.sentence == "it can never be taken, because the same stands before it"
    assert finding.remedy == "remove one of the two"


def test_callbacks_of_a_model_that_comes_later_are_one_finding() -> None:
    rows = [
        {"trigger": "go", "source": "a", "dest": "b", "conditions": "ready", "after": "log"},
        {"trigger": "back", "source": "b", "dest": "a", "unless": "busy"},
    ]
    report = lint(Machine(states=["a", "b"], initial="a", transitions=rows))
    assert [(one.code, one.place) for one in report.findings] == [("unknown-callback", "the machine")]
    assert "'ready' and 'log' and 'busy'" in report.findings[0].sentence


def test_where_a_source_is_misspelt_nobody_is_advised_to_change_a_right_initial_state() -> None:
    rows = [["count", "wait", "counting"], ["stop", "counting", "waiting"]]
    remedies = {
        one.code: one.remedy
        for one in lint(Machine(states=["waiting", "counting"], initial="waiting", transitions=rows)).findings
    }
    assert remedies["initial-without-exit"] == (
        "add a transition that leaves it, or correct the source of the transition 'count' from 'wait' to 'counting', "
        "which may mean it"
    )


def test_a_declared_initial_state_that_is_left_by_rows_from_every_state_alone_is_no_finding() -> None:
    rows = [["fail", "*", "error"], ["mend", "*", "ok"]]
    assert "initial-not-declared" not in lint(Machine(states=["ok", "error"], initial="ok", transitions=rows)).codes
    assert "initial-not-declared" in lint(Machine(states=["ok", "error"], initial="okay", transitions=rows)).codes


def test_none_in_quotes_is_no_internal_transition() -> None:
    rows: list[Any] = [["go", "a", "b"], ["back", "b", "a"], ["stay", "a", "None"]]
    report = lint(Machine(states=["a", "b"], initial="a", transitions=rows))
    assert [one.remedy for one in report.findings] == ["write None without quotes for an internal transition"]


def test_a_trigger_that_overrides_a_method_on_purpose_is_no_finding() -> None:
    class Walker:
        def go(self) -> None: ...

    rows = [["go", "here", "there"], ["back", "there", "here"]]
    hidden, meant = Walker(), Walker()
    Machine(hidden, states=["here", "there"], initial="here", transitions=rows)
    Machine(meant, states=["here", "there"], initial="here", transitions=rows, model_override=True)
    assert (lint(hidden).codes, lint(meant).codes) == (("method-hides-trigger",), ())


ENDS = [["accept", "new", "open"], ["reject", "new", "rejected"], ["close", "open", "closed"]]


def test_where_a_run_may_end_is_a_question_until_somebody_says_it() -> None:
    machine = Machine(states=["new", "open", "closed", "rejected"], initial="new", transitions=ENDS)
    report = lint(machine)
    assert report.faults == ()
    assert [(one.place, one.remedy) for one in report.questions] == [
        (place, "if so, write final=['closed', 'rejected']; if not, add a transition that leaves it")
        for place in ("state 'rejected'", "state 'closed'")
    ]
    assert lint(machine, final=["closed", "rejected"]).findings == ()
    left = lint(machine, final=["closed"])
    assert [one.code for one in left.faults] == ["stuck-state"]
    assert left.questions == ()


def test_a_state_whose_conditions_never_hold_is_no_question() -> None:
    def machine() -> Machine:
        row = {"trigger": "go", "source": "a", "dest": "b"}
        never_back = {"trigger": "back", "source": "b", "dest": "a", "conditions": lambda: False}
        return Machine(states=["a", "b"], initial="a", transitions=[row, never_back])

    assert [one.code for one in lint(machine).faults] == ["unused-transition", "stuck-state"]
