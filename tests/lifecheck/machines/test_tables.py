"""What was fired for one question decides no other: tables have an owner and end with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from transitions import Machine

from lifecheck import (
    Claim,
    Component,
    ComponentError,
    Row,
    System,
    Verdict,
    check,
    compare,
    component_of,
    compose,
    explore,
    lint,
    never,
    sometimes,
    verify,
)
from lifecheck.changes import Lattice, Mutation, Remedies
from lifecheck.checking import judge
from lifecheck.machines import Tables
from lifecheck.machines.transition_table import has_code_of_its_author
from lifecheck.project import Switch
from lifecheck.stateful import state_machine
from lifecheck.statespace import Explorer
from lifecheck.system import LocalState

PASSED = never("state == 'passed'")
ALLOWED = {"open": False}


class Gate:
    """Its condition reads what is outside, in one of several places."""

    open: ClassVar[bool] = False
    limit: ClassVar[dict[str, int]] = {"free": 0}

    def __init__(self) -> None:
        rows: list[Any] = [{"trigger": "go", "source": "waiting", "dest": "passed", "conditions": "is_open"}]
        Machine(self, states=["waiting", "passed"], initial="waiting", transitions=rows, auto_transitions=False)

    def is_open(self) -> bool:
        return type(self).open or bool(ALLOWED["open"]) or self.limit["free"] > 0


class Builder:
    """Makes machines as its fields say."""

    def __init__(self) -> None:
        self.is_open = False

    def gate(self) -> Machine:
        is_open = self.is_open
        row = {"trigger": "go", "source": "waiting", "dest": "passed", "conditions": lambda: is_open}
        return Machine(states=["waiting", "passed"], initial="waiting", transitions=[row], auto_transitions=False)


BUILDER = Builder()


def patch_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gate, "is_open", lambda _: True)


def set_class_attribute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gate, "open", True)


def fill_class_attribute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Gate.limit, "free", 1)


def set_global(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ALLOWED, "open", True)


def set_builder_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BUILDER, "is_open", True)


CHANGES: list[tuple[Callable[[], Any], Callable[[pytest.MonkeyPatch], None]]] = [
    (Gate, patch_method),
    (Gate, set_class_attribute),
    (Gate, fill_class_attribute),
    (Gate, set_global),
    (BUILDER.gate, set_builder_field),
]
NAMES = [change.__name__ for _, change in CHANGES]


@pytest.fixture(params=CHANGES, ids=NAMES)
def changed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    factory, change = request.param
    return factory, lambda: change(monkeypatch)


def test_a_machine_that_changed_is_checked_as_it_is_now(changed: tuple[Any, Any]) -> None:
    factory, change = changed
    assert check(factory, PASSED).verdict is Verdict.HOLDS
    change()
    assert check(factory, PASSED).verdict is Verdict.VIOLATED


def test_a_component_that_was_made_before_the_change_is_checked_as_it_is_now(changed: tuple[Any, Any]) -> None:
    factory, change = changed
    gate = component_of(factory, "gate")
    system, claim = System("gate", [gate]), Claim("shut", "nobody passes", never(lambda s: s.gate == "passed"))
    assert (len(explore(system)), judge("gate", system, claim).verdict) == (1, Verdict.HOLDS)
    assert [one.verdict for one in verify({"gate": system}, [claim])] == [Verdict.HOLDS]
    assert "unreachable-state" in {finding.code for finding in lint(system).findings}
    change()
    assert (len(explore(system)), judge("gate", system, claim).verdict) == (2, Verdict.VIOLATED)
    assert [one.verdict for one in verify({"gate": system}, [claim])] == [Verdict.VIOLATED]
    assert "unreachable-state" not in {finding.code for finding in lint(system).findings}
    both = compare({"one": system, "two": System("other", [gate])}, claim)
    assert [one.verdict for one in both.judgements] == [Verdict.VIOLATED, Verdict.VIOLATED]


def test_hypothesis_and_check_agree_on_a_machine_that_changed(changed: tuple[Any, Any]) -> None:
    factory, change = changed
    assert check(factory, PASSED).verdict is Verdict.HOLDS
    machine = state_machine(factory, PASSED)
    run_state_machine_as_test(machine, settings=settings(database=None, max_examples=5, stateful_step_count=3))
    change()
    with pytest.raises(AssertionError, match="is violated"):
        run_state_machine_as_test(state_machine(factory, PASSED), settings=settings(database=None, max_examples=5))
    assert check(factory, PASSED).verdict is Verdict.VIOLATED


def test_a_swept_parameter_has_its_own_verdict_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Retry:
        limit = 2

        def __init__(self) -> None:
            self.n = 0
            rows: list[Any] = [
                {"trigger": "fail", "source": "trying", "dest": "=", "conditions": "more", "after": "count"},
                {"trigger": "give_up", "source": "trying", "dest": "dead", "unless": "more"},
            ]
            Machine(self, states=["trying", "dead"], initial="trying", transitions=rows, auto_transitions=False)

        def more(self) -> bool:
            return self.n < type(self).limit

        def count(self) -> None:
            self.n += 1

    found = []
    for limit in (2, 5, 1):
        monkeypatch.setattr(Retry, "limit", limit)
        found.append(check(Retry, never("n > 2"), attributes=["n"]).states)
    assert found == [4, 7, 3]


def guarded(condition: Callable[[], bool]) -> System:
    rows = [Row("go", "waiting", "passed", conditions=(condition,))]
    return System("gate", [Component("gate", ["waiting", "passed"], "waiting", rows, {"go"})])


def test_rows_whose_condition_reads_the_outside_are_fired_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    system = guarded(lambda: ALLOWED["open"])
    asked = never(lambda s: s.gate == "passed")
    assert check(system, asked).verdict is Verdict.HOLDS
    set_global(monkeypatch)
    assert check(system, asked).verdict is Verdict.VIOLATED


class Always:
    """Conditions that call themselves equal, and answer differently."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer

    def __call__(self) -> bool:
        return self.answer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Always)

    def __hash__(self) -> int:
        return 0


def test_components_whose_conditions_only_call_themselves_equal_share_nothing() -> None:
    shut, opened = guarded(Always(False)), guarded(Always(True))
    assert shut.components == opened.components
    claim = Claim("shut", "nobody passes", never(lambda s: s.gate == "passed"))
    found = verify({"shut": shut, "open": opened}, [claim])
    assert [one.verdict for one in found] == [Verdict.HOLDS, Verdict.VIOLATED]


def test_one_call_fires_each_machine_once_for_all_its_properties() -> None:
    made: list[int] = []

    def lamp() -> Machine:
        made.append(1)
        return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])

    gate = component_of(lamp, "lamp")
    made.clear()
    check(gate, never("lamp == 'on'"))
    alone = len(made)
    made.clear()
    check(gate, never("lamp == 'on'"), sometimes("lamp == 'on'"), never("lamp == 'off'"))
    replays = 3
    assert len(made) <= alone + replays


def test_rows_alone_are_fired_once_for_all_variants_and_code_for_each_component_object() -> None:
    def plain() -> Component:
        return Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})

    tables = Tables()
    assert tables.of(plain()) is tables.of(plain())
    (one,), (other,) = guarded(Always(True)).components, guarded(Always(True)).components
    assert one == other
    assert tables.of(one) is tables.of(one)
    assert tables.of(one) is not tables.of(other)
    branch = tables.branch()
    assert branch.of(one) is tables.of(one)
    assert branch.of(other) is tables.of(other)
    (third,) = guarded(Always(True)).components
    assert branch.of(third) is not tables.of(third)


def test_a_result_keeps_what_it_was_decided_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Any] = [
        {"trigger": "knock", "source": "waiting", "dest": "heard", "conditions": lambda: ALLOWED["open"]},
        {"trigger": "enter", "source": "heard", "dest": "passed", "conditions": lambda: not ALLOWED["open"]},
    ]

    def gate() -> Machine:
        states = ["waiting", "heard", "passed"]
        return Machine(states=states, initial="waiting", transitions=rows, auto_transitions=False)

    def key() -> Machine:
        states = ["away", "turned"]
        row = {"trigger": "knock", "source": "away", "dest": "turned"}
        return Machine(states=states, initial="away", transitions=[row], auto_transitions=False)

    system = compose({"gate": gate, "key": key}, shared=["knock"])
    result = check(system, sometimes("key == 'turned'"))
    assert result.verdict is Verdict.VIOLATED
    set_global(monkeypatch)
    assert result.evidence is not None
    assert result.evidence.blocked is not None
    assert (result.evidence.blocked.trigger, result.evidence.blocked.by) == ("knock", (("gate", "waiting"),))


def test_a_switch_that_changes_what_conditions_read_is_tried_on_machines_fired_then() -> None:
    def gate() -> Machine:
        row = {"trigger": "go", "source": "waiting", "dest": "passed", "conditions": lambda: setting[0] == "open"}
        return Machine(states=["waiting", "passed"], initial="waiting", transitions=[row], auto_transitions=False)

    setting = ["open"]
    switches = [Switch("gate", ("shut", "open"), "shut")]
    component = component_of(gate, "gate")

    def configure(settings: Any) -> System:
        setting[0] = settings["gate"]
        return System("gate", [component], settings=settings)

    claim = Claim("shut", "nobody passes", never(lambda s: s.gate == "passed"))
    system = configure({"gate": "open"})
    judgement = judge("gate", system, claim)
    assert judgement.verdict is Verdict.VIOLATED
    remedies = Remedies(judgement, system, [claim], switches=switches, configure=configure)
    (switch, *_) = remedies.candidates
    assert remedies.attempt(switch).verdict is Verdict.HOLDS


def test_settings_and_mutants_are_judged_by_what_the_machines_do_now(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = component_of(Gate, "gate")
    claim = Claim("shut", "nobody passes", never(lambda s: s.gate == "passed"))
    lattice = Lattice([Switch("light", ("on", "off"), "on")], lambda _: System("gate", [gate]))
    assert lattice.causes_of(claim).verdicts == {Verdict.HOLDS: 2}
    before = [
        Mutation(System("gate", [gate]), [claim]).judge(mutant)
        for mutant in Mutation(System("gate", [gate]), [claim]).mutants
    ]
    set_class_attribute(monkeypatch)
    assert lattice.causes_of(claim).verdicts == {Verdict.VIOLATED: 2}
    mutation = Mutation(System("gate", [gate]), [claim])
    after = [mutation.judge(mutant) for mutant in mutation.mutants]
    assert [one.outcome for one in before] != [one.outcome for one in after]


def test_a_factory_that_now_makes_other_rows_than_its_component_has_is_refused() -> None:
    rows = [["go", "waiting", "passed"]]

    def gate() -> Machine:
        return Machine(states=["waiting", "passed"], initial="waiting", transitions=rows, auto_transitions=False)

    system = compose({"gate": gate})
    rows.append(["come_back", "passed", "waiting"])
    with pytest.raises(
        ComponentError,
        match="component 'gate': its factory returns machines with different transitions, such as 'come_back'",
    ):
        check(system, never("gate == 'waiting'"))


def test_a_set_that_one_state_was_compared_with_is_looked_at_for_another_state() -> None:
    known = ("a", "b")
    group = frozenset({"a", "c"})
    state = LocalState("a", "one", known)
    with pytest.raises(Exception, match="component 'one' has no state 'c'"):
        assert state in group
    allowed = LocalState("a", "one", ("a", "b", "c"))
    assert allowed in group
    with pytest.raises(Exception, match="component 'one' has no state 'c'"):
        assert state in group


def test_an_explorer_explores_a_system_once() -> None:
    system, explorer = guarded(Always(True)), Explorer()
    assert explorer.explore(system) is explorer.explore(system)
    assert explorer.explore(system, 1) is not explorer.explore(system)
    assert Explorer(explorer.tables).explore(system).tables == explorer.explore(system).tables


def test_a_class_of_ones_own_may_run_code_though_no_callback_is_named() -> None:
    class Counting(Machine):
        def set_state(self, state: Any, model: Any = None) -> None:
            super().set_state(state, model)

    rows = [["switch", "off", "on"]]
    plain, own = (kind(states=["off", "on"], initial="off", transitions=rows) for kind in (Machine, Counting))
    assert not has_code_of_its_author(plain, plain)
    assert has_code_of_its_author(own, own)
    assert has_code_of_its_author(plain, object.__new__(type("Lamp", (), {"__module__": "shop"})))
