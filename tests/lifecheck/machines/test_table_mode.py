"""Table mode: no callback runs, each guard may answer either way, and each way is a trigger of its own."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine, LockedMachine
from transitions.extensions.asyncio import AsyncMachine

from lifecheck import (
    ComponentError,
    CompositionError,
    PredicateError,
    Verdict,
    can_always_reach,
    check,
    component_of,
    eventually,
    leads_to,
    lint,
    never,
    sometimes,
    story,
)
from lifecheck.machines.stripped import Oracle
from lifecheck.stateful import state_machine

RAN: list[str] = []


class Bin:
    """Its guard reads what only the program changes."""

    def __init__(self, kind: Callable[..., Machine] = Machine) -> None:
        self.count = 0
        rows = [
            {"trigger": "step", "source": "filling", "dest": "emptying", "conditions": "full", "after": "note"},
            {"trigger": "step", "source": "filling", "dest": "="},
            ["step", "emptying", "filling"],
        ]
        kind(self, states=["filling", "emptying"], initial="filling", transitions=rows, auto_transitions=False)

    def full(self) -> bool:
        RAN.append("full")
        return self.count >= 4

    def note(self) -> None:
        RAN.append("note")


def guarded(*rows: dict[str, Any]) -> Callable[[], Machine]:
    def make() -> Machine:
        return Machine(states=["a", "b", "c"], initial="a", transitions=list(rows), auto_transitions=False)

    return make


def test_each_way_to_answer_is_a_trigger_and_no_code_runs() -> None:
    RAN.clear()
    component = component_of(Bin, "bin", guards="either")
    assert [(row.trigger, row.source, row.target) for row in component.rows] == [
        ("step [full]", "filling", "emptying"),
        ("step [not full]", "filling", "filling"),
        ("step", "emptying", "filling"),
    ]
    assert check(Bin, leads_to("state == 'emptying'", "state == 'filling'"), fair=["step"], guards="either")
    lint(Bin, guards="either")
    assert RAN == []


@pytest.mark.parametrize("kind", [LockedMachine, AsyncMachine, HierarchicalMachine])
def test_other_kinds_of_machines_answer_alike(kind: type[Machine]) -> None:
    assert component_of(lambda: Bin(kind), "bin", guards="either").triggers == (
        "step [full]",
        "step [not full]",
        "step",
    )


def test_an_object_with_callbacks_is_taken_because_none_of_them_runs() -> None:
    thing = Bin()
    result = check(thing, sometimes("state == 'emptying'"), guards="either")
    assert result.verdict is Verdict.UNKNOWN
    assert thing.state == "filling"  # type: ignore[attr-defined]
    with pytest.raises(ComponentError, match="guards='either' runs no callback"):
        check(thing, sometimes("state == 'emptying'"))


def test_what_is_only_possible_is_unknown_with_the_run_as_evidence() -> None:
    result = check(Bin, never("state == 'emptying'"), guards="either")
    assert (result.verdict, bool(result), result.counterexample) == (Verdict.UNKNOWN, False, None)
    assert result.evidence is not None
    assert result.evidence.stem == ("step [full]",)
    assert "1. step [full]" in story(result)
    assert result.note.startswith("possible, if the guards answer so")


def test_a_loop_that_guards_allow_is_possible_although_the_trigger_is_fair() -> None:
    result = check(Bin, eventually("state == 'emptying'"), fair=["step"], guards="either")
    assert result.verdict is Verdict.UNKNOWN
    assert result.evidence is not None
    assert (result.evidence.stem, result.evidence.loop) == ((), ("step [not full]",))


def test_can_always_reach_is_never_said_to_hold() -> None:
    result = check(Bin, can_always_reach("state == 'filling'"), guards="either")
    assert (result.verdict, result.evidence) == (Verdict.UNKNOWN, None)
    assert "never said to hold" in result.note


def test_what_no_answer_leads_to_is_nowhere() -> None:
    make = guarded({"trigger": "go", "source": "a", "dest": "b", "conditions": "full"})
    assert check(make, sometimes("state == 'c'"), guards="either").verdict is Verdict.VIOLATED
    assert ("unreachable-state", "state 'c'") in [
        (finding.code, finding.place) for finding in lint(make, guards="either", final=["b"]).findings
    ]


def test_a_trigger_is_owed_whichever_way_its_guards_answer_only_where_each_leaves_a_row() -> None:
    either = guarded(
        {"trigger": "go", "source": "a", "dest": "b", "conditions": "full"},
        {"trigger": "go", "source": "a", "dest": "c", "unless": "full"},
    )
    assert check(either, eventually("state != 'a'"), fair=["go"], guards="either")
    refusing = guarded({"trigger": "go", "source": "a", "dest": "b", "conditions": "full"})
    result = check(refusing, eventually("state == 'b'"), fair=["go"], guards="either")
    assert result.verdict is Verdict.UNKNOWN
    assert result.evidence is not None
    assert result.evidence.loop == ("go [not full: refused]",)


def test_guards_of_one_name_and_different_code_are_told_apart() -> None:
    make = guarded(
        {"trigger": "go", "source": "a", "dest": "b", "conditions": lambda: True},
        {"trigger": "go", "source": "a", "dest": "c", "conditions": lambda: True},
    )
    assert [row.trigger for row in component_of(make, "m", guards="either").rows] == [
        "go [<lambda>]",
        "go [not <lambda>, <lambda> (2)]",
        "go [not <lambda>, not <lambda> (2): refused]",
    ]


def test_after_a_callback_that_would_run_a_guard_may_answer_anew() -> None:
    make = guarded(
        {"trigger": "go", "source": "a", "dest": "b", "conditions": "full"},
        {"trigger": "go", "source": "a", "dest": "c", "conditions": "full", "prepare": "look"},
    )
    assert "go [not full, full]" in component_of(make, "m", guards="either").triggers


def test_what_callbacks_fire_by_its_name_is_followed() -> None:
    class Chain:
        def __init__(self) -> None:
            rows = [
                ["go", "a", "b"],
                {"trigger": "on", "source": "b", "dest": "c", "conditions": "ready"},
                ["on", "b", "a"],
            ]
            self.machine = Machine(self, states=["a", "b", "c"], initial="a", transitions=rows)

        def ready(self) -> bool:
            raise AssertionError

        def on_enter_b(self) -> None:
            self.helper()

        def helper(self) -> None:
            self.on()  # type: ignore[attr-defined]

        def on_enter_c(self) -> None:
            getattr(self, "to_" + "a")()

    triggers = component_of(Chain, "chain", guards="either").triggers
    assert triggers[:3] == ("go", "go, then on [ready]", "go, then on [not ready]")
    assert not check(Chain, eventually("state == 'b'"), fair=["go"], guards="either")


def test_a_callback_that_sets_the_state_itself_is_refused() -> None:
    class Jumping(Bin):
        def note(self) -> None:
            self.state = "filling"

    with pytest.raises(ComponentError, match=r"'note' sets the state itself, which guards='either' does not follow"):
        check(Jumping, never("state == 'emptying'"), guards="either")


def test_attributes_are_refused_where_nothing_changes_them() -> None:
    with pytest.raises(ComponentError, match="attributes names 'count' beside guards='either'"):
        check(Bin, never("state == 'emptying'"), attributes=["count"], guards="either")
    with pytest.raises(ComponentError, match="attributes names 'count' beside guards='either'"):
        lint(Bin, attributes=["count"], guards="either")
    with pytest.raises(PredicateError, match="guards='either' runs no callback, so that attributes have no values"):
        check(Bin, never("state.count > 3"), guards="either")


def test_there_is_no_other_way_to_answer() -> None:
    wrong: Any = "both"
    with pytest.raises(ComponentError, match="guards is 'both'; write guards='either'"):
        check(Bin, never("state == 'emptying'"), guards=wrong)
    with pytest.raises(CompositionError, match="guards was given beside 'bin'"):
        check(component_of(Bin, "bin"), never("state == 'emptying'"), guards="either")
    with pytest.raises(ComponentError, match="component_of"):
        lint(component_of(Bin, "bin"), guards="either")


def test_hypothesis_does_not_drive_what_answers_either_way() -> None:
    with pytest.raises(ComponentError, match="make it without guards='either'"):
        state_machine(component_of(Bin, "bin", guards="either"), never("state == 'emptying'"))


def test_too_many_ways_to_answer_are_refused() -> None:
    rows = [
        {"trigger": "go", "source": "a", "dest": "b", "conditions": [f"g{number}_{part}" for part in range(3)]}
        for number in range(8)
    ]
    with pytest.raises(ComponentError, match="its guards can answer in more than 1,000 ways"):
        component_of(guarded(*rows), "m", guards="either")


def test_an_oracle_answers_in_every_way_once() -> None:
    oracle = Oracle()
    seen = [(oracle.ask("a"), oracle.ask("b"), oracle.ask("a")) for _ in oracle.ways()]
    assert seen == [(True, True, True), (True, False, True), (False, True, False), (False, False, False)]


@pytest.mark.parametrize(
    ("guard", "told"),
    [
        (random.random, "random numbers"),
        (lambda: Path("there is no such file").read_text(), "No such file"),
    ],
)
def test_where_firing_stops_table_mode_is_offered_by_name(guard: Callable[[], object], told: str) -> None:
    def asks() -> bool:
        guard()
        return True

    make = guarded({"trigger": "go", "source": "a", "dest": "b", "conditions": asks})
    with pytest.raises(ComponentError, match=rf"{told}.*guards='either' runs no callback"):
        check(make, never("state == 'b'"))
    assert check(make, never("state == 'b'"), guards="either").verdict is Verdict.UNKNOWN


class Service:
    """What callbacks hand the machine to."""

    def handle(self, door: Any) -> None:
        door.to_broken()

    def put(self, door: Any) -> None:
        door.state = "broken"

    def count(self) -> None:
        self.state = "its own"


class Hinge:
    """A door that its hinge may break, as the callback has it."""

    def __init__(self, callback: str | Callable[..., Any], role: str = "after") -> None:
        self.service = Service()
        self.name = "to_broken"
        rows = [{"trigger": "open", "source": "shut", "dest": "ajar", role: callback}, ["close", "ajar", "shut"]]
        self.machine = Machine(self, states=["shut", "ajar", "broken"], initial="shut", transitions=rows)

    def by_service(self) -> None:
        self.service.handle(self)

    def by_new_service(self) -> None:
        Service().put(self)

    def put_by_service(self) -> None:
        self.service.put(self)

    def by_method_in_a_list(self) -> None:
        for step in [self.jump]:
            step()

    def jump(self) -> None:
        self.state = "broken"

    @property
    def worn(self) -> bool:
        self.to_broken()  # type: ignore[attr-defined]
        return True

    def by_property(self) -> None:
        if self.worn:
            pass

    def by_text(self) -> None:
        exec("self.to_broken()")

    def by_dictionary(self) -> None:
        self.__dict__["state"] = "broken"

    def by_new_row(self) -> None:
        self.machine.add_transition("fall", "ajar", "broken")

    def by_one_and_any(self) -> None:
        self.close()  # type: ignore[attr-defined]
        self.trigger(self.name)  # type: ignore[attr-defined]

    def refuses_and_breaks(self) -> bool:
        self.to_broken()  # type: ignore[attr-defined]
        return False

    def counts(self) -> None:
        self.service.count()


@pytest.mark.parametrize(
    ("callback", "role"),
    [
        ("by_service", "after"),
        ("by_property", "before"),
        ("by_one_and_any", "after"),
        ("refuses_and_breaks", "conditions"),
        ("refuses_and_breaks", "unless"),
    ],
)
def test_whoever_may_fire_a_trigger_is_followed(callback: str, role: str) -> None:
    result = check(lambda: Hinge(callback, role), never("state == 'broken'"), guards="either")
    assert result.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("callback", "told"),
    [
        ("by_new_service", "'by_new_service', by 'Service.put', sets the state itself"),
        ("put_by_service", "'put_by_service', by 'Service.put', sets the state itself"),
        ("by_method_in_a_list", "'by_method_in_a_list', by 'Hinge.jump', sets the state itself"),
        ("by_text", "'by_text' runs text as code"),
        ("by_dictionary", "'by_dictionary' sets the state itself"),
        ("by_new_row", "'by_new_row' changes the machine's own table"),
    ],
)
def test_whoever_moves_a_machine_otherwise_is_refused_by_name(callback: str, told: str) -> None:
    with pytest.raises(ComponentError, match=re.escape(f"component 'hinge', trigger 'open', after: {told}")):
        check(component_of(partial(Hinge, callback), "hinge", guards="either"), never("state == 'broken'"))


def test_an_object_that_sets_a_state_of_its_own_moves_no_machine() -> None:
    result = check(lambda: Hinge("counts"), never("state == 'broken'"), guards="either")
    assert result.verdict is Verdict.HOLDS
