"""What cannot be used as a population is refused in one line that says what was wrong and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from tests import needs

needs.package("oxidd")

from lifecheck import (  # noqa: E402
    Component,
    CompositionError,
    InputError,
    LifecheckError,
    PredicateError,
    Property,
    Row,
    System,
    Verdict,
    can_always_reach,
    check,
    component_of,
    leads_to,
    never,
)
from lifecheck.instances import InstancesResult, certificate, check_instances, space_of_instances  # noqa: E402
from lifecheck.instances.copies import copies  # noqa: E402
from lifecheck.instances.decomposition import decompose  # noqa: E402
from tests.lifecheck.cli.cli import ROOT, call  # noqa: E402

TASK = Component(
    "task", ["new", "busy"], "new", [Row("take", "new", "busy"), Row("give", "busy", "new")], {"take", "give", "halt"}
)
TOOL = Component(
    "tool", ["free", "lent"], "free", [Row("take", "free", "lent"), Row("give", "lent", "free")], {"take", "give"}
)
POWER = Component("power", ["on", "off"], "on", [Row("halt", "on", "off")], {"halt"})
WORK = System("work", [TASK, TOOL], copied={"task"})


@pytest.fixture
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.usefixtures("_in_the_checkout")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--instances", "0"], "'0' is no number of instances; write one from 1 on, or any"),
        (["--instances", "many"], "'many' is no number of instances; write one from 1 on, or any"),
        (["--instances", "9" * 400], "9' is no number of instances; write one from 1 on, or any"),
        (
            ["--instances", "3", "--set", "slots=9"],
            "switch 'slots' cannot be '9'; known are 'unlimited', '1', '2', '3'",
        ),
        (
            ["--instances", "3", "--memory", "much"],
            "'much' is no amount of memory; write a number of bytes, or as in 500M",
        ),
        (["--memory", "9" * 400], "9' is no amount of memory; write a number of bytes, or as in 500M"),
        (["--memory", "1K"], "memory of 1.0 KiB is too little: sets of states need 1.0 MiB at least"),
        (["--memory", "90T", "--instances", "3"], "memory of 90.0 TiB is more than the "),
        (
            ["--instances", "1001", "--set", "slots=1", "--variant", "unpatched", "--property", "can-drain"],
            "1,001 messages are too many to explore, which they must be here for can_always_reach(",
        ),
        (
            ["--instances", "1000000000", "--set", "slots=1", "--variant", "unpatched", "--engine", "symbolic"],
            "; name at most 1,000, or any",
        ),
        (["--engine", "quick"], "Invalid value for '--engine': 'quick' is not one of 'explicit', 'symbolic'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_refused_in_one_line(words: list[str], message: str) -> None:
    called = call("verify", *words)
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith("lifecheck: ")
    assert called.err.count("\n") == 1
    assert message in called.err


def test_a_system_that_copies_nothing_has_no_population() -> None:
    for use in (decompose, lambda system: copies(system, 2), lambda system: space_of_instances(system, 2)):
        with pytest.raises(CompositionError, match=r"no components of which each instance has its own copy.*copied=\{"):
            use(replace(WORK, copied=frozenset()))


@pytest.mark.parametrize(
    ("components", "copied", "told"),
    [
        (
            [TASK, Component("power", ["on", "off"], "on", [Row("take[2]", "on", "off")], {"take[2]"})],
            {"task"},
            r"trigger 'take\[2\]' has the name that a copy of 'take' gets, which each instance has for itself",
        ),
        ([TASK, replace(POWER, name="task[1]")], {"task"}, r"component 'task\[1\]' has the name that a copy of 'task'"),
        ([TASK, replace(POWER, name="task[1]")], {"task", "task[1]"}, r"component 'task\[1\]' has the name"),
    ],
)
def test_what_has_the_name_of_a_copy_is_refused(components: list[Component], copied: set[str], told: str) -> None:
    work = System("work", components, copied=copied)
    asked = never("task == 'busy'")
    for use in (decompose, lambda system: copies(system, 2), lambda system: check_instances(system, asked, 2)):
        with pytest.raises(CompositionError, match=told):
            use(work)


def test_what_only_looks_like_the_name_of_a_copy_is_none() -> None:
    power = Component("power[1]", ["on", "off"], "on", [Row("take[0]", "on", "off")], {"take[0]"})
    assert len(copies(System("work", [TASK, power], copied={"task"}), 2).triggers) == 2 * len(TASK.triggers) + 1


def test_what_is_copied_must_be_a_component_and_what_is_broadcast_a_trigger() -> None:
    with pytest.raises(CompositionError, match=r"copied names 'tusk', which is none of its .*did you mean 'task'"):
        System("work", [TASK, TOOL], copied={"tusk"})
    with pytest.raises(CompositionError, match="broadcast names 'hold', which is no trigger of its components"):
        System("work", [TASK, TOOL], copied={"task"}, broadcast={"hold"})


@pytest.mark.parametrize(("trigger", "kind"), [("halt", "copied"), ("cut", "shared")])
def test_a_broadcast_joins_what_is_shared_and_what_is_copied(trigger: str, kind: str) -> None:
    power = Component("power", ["on"], "on", [Row("cut", "on", "=")], {"cut"})
    task = replace(TASK, rows=[*TASK.rows, Row("halt", "new", "="), Row("halt", "busy", "=")])
    with pytest.raises(CompositionError, match=f"broadcast names '{trigger}', which only {kind} components have"):
        decompose(System("work", [task, power], copied={"task"}, broadcast={trigger}))


def test_a_broadcast_that_a_copy_blocks_is_refused_with_the_row_that_is_missing() -> None:
    task = replace(TASK, rows=[*TASK.rows, Row("halt", "new", "=")])
    system = System("work", [task, POWER], copied={"task"}, broadcast={"halt"})
    with pytest.raises(CompositionError, match=r"blocked by 'task' in state 'busy'.*add a row \(halt, busy, \.\.\.\)"):
        decompose(system)
    assert decompose(replace(system, components=[replace(task, rows=[*task.rows, Row("halt", "busy", "new")]), POWER]))


@pytest.mark.parametrize("copied", [{"task"}, {"task", "taken"}])
def test_an_observer_that_blocks_is_refused(copied: set[str]) -> None:
    taken = Component("taken", ["no", "yes"], "no", [Row("take", "no", "yes")], {"take"})
    system = System("work", [TASK, TOOL], observers=[taken], copied=copied)
    for use in (decompose, lambda one: space_of_instances(one, 2)):
        with pytest.raises(CompositionError, match="observer 'taken' blocks trigger 'take' in state 'yes'"):
            use(system)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            never(lambda s: s["task[1]"] == s["task[2]"] == "busy"),
            r"'task\[2\]' is of another instance; a verdict is about one among many, not about several, and all are "
            "alike: read 'task' alone",
        ),
        (leads_to(lambda s: s.task == "new", lambda s: s["task[2]"] == "busy"), r"'task\[2\]' is of another instance"),
        (never(lambda s: s["tool[1]"] == "free"), r"there is no component 'tool\[1\]'; did you mean 'tool'"),
        (never(lambda s: s.task == "bussy"), "has no state 'bussy'; did you mean 'busy'"),
    ],
)
def test_a_property_names_one_instance(asked: Property, message: str) -> None:
    with pytest.raises(PredicateError, match=message):
        check_instances(WORK, asked, 2)


def test_a_property_names_one_instance_also_where_one_verdict_serves_all() -> None:
    task = replace(TASK, rows=[*TASK.rows, Row("halt", "new", "="), Row("halt", "busy", "=")])
    system = System("work", [task, POWER], copied={"task"}, broadcast={"halt"})
    assert check_instances(system, never(lambda s: s.task == "busy"), 2).instances == "any"
    with pytest.raises(PredicateError, match="is of another instance"):
        check_instances(system, never(lambda s: s["task[1]"] == s["task[2]"] == "busy"), 2)


def test_a_number_of_instances_is_positive() -> None:
    with pytest.raises(InputError, match="0 instances cannot be explored; name a number from 1 on"):
        check_instances(WORK, never(lambda s: s.task == "busy"), 0)
    with pytest.raises(LifecheckError, match="0 instances cannot be explored"):
        copies(WORK, 0)


@pytest.mark.parametrize("memory", ["2G", None, 1.5e9, float("nan"), True])
def test_memory_is_a_whole_number_of_bytes(memory: Any) -> None:
    with pytest.raises(InputError, match=r"memory is .*; write a whole number of bytes, as in 2 \* 2\*\*30"):
        check(WORK, never("task == 'busy'"), instances=3, memory=memory)
    with pytest.raises(InputError, match="memory is "):
        check(WORK, never("task == 'busy'"), memory=memory)


def test_an_answer_about_one_instance_has_no_certificate() -> None:
    with pytest.raises(InputError, match="is about one instance; ask check"):
        certificate(cast(InstancesResult, check(WORK, never("task == 'busy'"))))


def test_what_grows_beyond_its_memory_ends_with_what_is_known_by_then(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = can_always_reach(lambda s: s.task == "new")
    with pytest.raises(
        InputError, match=r"memory of 1,023\.0 KiB is too little: sets of states need 1\.0 MiB at least"
    ):
        check_instances(WORK, asked, 40, memory=(1 << 20) - 1024)
    monkeypatch.setattr("lifecheck.symbolic.limits.LEAST_MEMORY", 1)
    result = check_instances(WORK, asked, 40, memory=40 * 1_500)
    assert (result.verdict, result.engine, result.instances) == (Verdict.UNKNOWN, "symbolic", 40)
    assert 0 < result.states < 2 + 40
    assert result.note.startswith("system 'work': its sets of states take more than the 58.6 KiB that they may; ")
    assert f" {result.states} state" in result.note


def test_a_side_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counter:
        count = 0

        def grow(self) -> None:
            self.count += 1

    from transitions import Machine

    def endless() -> Machine:
        rows = [{"trigger": "take", "source": "new", "dest": "=", "after": "grow"}]
        return Machine(model=Counter(), states=["new"], initial="new", transitions=rows, auto_transitions=False)

    task = component_of(endless, "task", attributes=["count"])
    monkeypatch.setattr("lifecheck.instances.decomposition.COMPOSED_STATE_LIMIT", 50)
    with pytest.raises(CompositionError, match="task have more than 50 states together, too many for a population"):
        decompose(System("endless", [task], copied={"task"}))
