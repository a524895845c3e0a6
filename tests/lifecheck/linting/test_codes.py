"""Every code has an example that has the finding, and a repaired one that has not."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from docs.generate.lint_examples import ARGUMENTS, example, linted
from lifecheck import lint
from lifecheck.linting import Finding, Origin
from lifecheck.linting.codes import CODES

READ = {
    "unknown-destination",
    "unknown-source",
    "never-wins",
    "unknown-callback",
    "collapsing-regions",
    "initial-without-exit",
    "method-hides-trigger",
    "initial-not-declared",
    "unreachable-state",
    "stuck-state",
    "livelock",
    "no-way-to-final",
}
"""What the definition of the example shows."""


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_code_has_the_finding_and_it_says_where_it_comes_from(code: str) -> None:
    findings = [finding for finding in linted(code).findings if finding.code == code]
    assert findings
    assert {finding.origin for finding in findings} == {Origin.DEFINITION if code in READ else Origin.EXPLORING}
    assert all(finding.place and finding.sentence and finding.remedy for finding in findings)


@pytest.mark.parametrize("code", sorted(READ))
def test_what_the_definition_shows_is_found_in_a_machine_that_is_only_read(code: str) -> None:
    assert code in lint(example(code)(), **ARGUMENTS.get(code, {})).codes


def test_a_finding_of_another_code_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="'stuck-sate' is no code of a finding; did you mean 'stuck-state'"):
        Finding("stuck-sate", "state 'on'", "nothing can happen there", "add a transition", Origin.DEFINITION)


def door(**changes: Any) -> Machine:
    rows: list[Any] = [["open", "closed", "ajar"], ["close", "ajar", "closed"]]
    return Machine(**{"states": ["closed", "ajar"], "initial": "closed", "transitions": rows, **changes})


class Counting:
    """Bounded, boolean, and declared."""

    def __init__(self) -> None:
        self.uses = 0
        rows = [
            {"trigger": "use", "source": "new", "dest": "=", "conditions": "is_new", "after": "count"},
            {"trigger": "use", "source": "new", "dest": "worn", "unless": ["is_new"]},
        ]
        Machine(self, states=["new", {"name": "worn", "final": True}], initial="new", transitions=rows)

    def is_new(self) -> bool:
        return self.uses < 3

    def count(self) -> None:
        self.uses += 1


@pytest.mark.parametrize(
    ("given", "options"),
    [
        (door, {}),
        (door(), {}),
        (door(ignore_invalid_triggers=True, auto_transitions=False), {}),
        (Counting, {"attributes": ["uses"]}),
        (Counting(), {}),
        (lambda: door(after_state_change="close_door", model=type("Door", (), {"close_door": lambda self: 3})()), {}),
        (lambda: door(after_state_change="os.getpid"), {}),
        (lambda: door(transitions=[["open", "*", "ajar"], ["close", "*", "closed"], ["knock", "closed", None]]), {}),
        (lambda: door(initial="closed", transitions=[["open", "closed", "ajar"]]), {"final": ["ajar"]}),
        (lambda: door(initial="closed", transitions=[["open", "closed", "ajar"]]), {"final": "ajar"}),
        (
            lambda: door(states=["closed", {"name": "ajar", "final": True}], transitions=[["open", "closed", "ajar"]]),
            {},
        ),
    ],
)
def test_of_a_sound_machine_nothing_is_found(given: Any, options: dict[str, Any]) -> None:
    assert lint(given, **options).codes == ()


def test_a_state_passed_by_under_one_value_of_an_attribute_is_stuck_under_another() -> None:
    class Retrying:
        def __init__(self) -> None:
            self.attempts = 0
            rows = [{"trigger": "retry", "source": "waiting", "dest": "=", "conditions": "may", "after": "count"}]
            Machine(self, states=["waiting"], initial="waiting", transitions=rows)

        def may(self) -> bool:
            return self.attempts < 2

        def count(self) -> None:
            self.attempts += 1

    (finding,) = lint(Retrying, attributes=["attempts"]).findings
    assert finding == Finding(
        "stuck-state",
        "state 'waiting'",
        "nothing can happen there, and it is not final, in 'waiting(attempts=2)'",
        "declare it as final if a run may end there (final=True in the library, or final=[...] here), or add a "
        "transition that leaves it",
        Origin.EXPLORING,
    )


def test_a_callback_can_refute_what_rows_suggest() -> None:
    class Going:
        def __init__(self) -> None:
            rows = [{"trigger": "go", "source": "a", "dest": "b", "after": "to_c"}, ["back", "c", "a"]]
            Machine(self, states=["a", "b", "c"], initial="a", transitions=rows)

    assert lint(Going).codes == ()
    assert lint(Going()).codes == ()  # the definition names to_c
    assert "no callback was run" in lint(Going()).remarks[1]


def test_what_a_callback_was_seen_to_reach_is_not_called_unreachable_where_the_rest_is_unknown() -> None:
    class Going:
        def __init__(self) -> None:
            self.log: list[str] = []
            rows = [{"trigger": "go", "source": "a", "dest": "b", "after": "go_on"}, ["back", "c", "a"]]
            Machine(self, states=["a", "b", "c"], initial="a", transitions=rows)

        def go_on(self) -> None:
            self.log.append("gone")
            self.to_c()  # type: ignore[attr-defined]

    report = lint(Going)
    assert report.codes == ("undeclared-attribute",)
    assert "callbacks move the machine where no row leads, so it was not asked whether a run gets stuck" in (
        report.remarks
    )


class Stage(Enum):
    """States of a flat machine."""

    DRAFT = 1
    SENT = 2
    LOST = 3


def test_enum_states_are_called_by_their_names_and_may_be_declared_final() -> None:
    rows = [["send", Stage.DRAFT, Stage.SENT], ["lose", Stage.SENT, Stage.LOST]]
    machine = Machine(states=Stage, initial=Stage.DRAFT, transitions=rows)
    assert [finding.place for finding in lint(machine).findings] == ["state 'LOST'"]
    assert lint(machine, final=[Stage.LOST]).codes == lint(machine, final=["LOST"]).codes == ()


@pytest.mark.parametrize(
    ("flags", "final", "codes"),
    [
        ((False, False), [], ("stuck-state",)),
        ((True, False), [], ("stuck-state", "no-way-to-final", "no-way-to-final", "no-way-to-final")),
        ((True, True), [], ()),
        ((False, False), ["job"], ()),  # a parent stands for all that is inside it
        ((False, False), ["job_left_done", "job_right_done"], ()),
    ],
)
def test_parallel_regions_are_at_an_end_when_each_of_them_is(
    flags: tuple[bool, bool], final: list[str], codes: tuple[str, ...]
) -> None:
    def machine() -> HierarchicalMachine:
        regions = [
            {"name": name, "children": ["busy", {"name": "done", "final": flag}], "initial": "busy"}
            for name, flag in zip(("left", "right"), flags, strict=True)
        ]
        rows = [[f"finish_{name}", f"job_{name}_busy", f"job_{name}_done"] for name in ("left", "right")]
        return HierarchicalMachine(
            states=[{"name": "job", "parallel": regions}], initial="job", transitions=rows, auto_transitions=False
        )

    for given in (machine, machine()):
        report = lint(given, final=final)
        assert report.codes == codes
        assert report.states == 4


def test_the_page_has_a_section_for_every_code() -> None:
    page = (Path(__file__).parents[3] / "docs/lint.md").read_text()
    assert [line[4:-1] for line in page.splitlines() if line.startswith("## `")] == list(CODES)


class Failing:
    """Fails by an automatic trigger that a callback calls."""

    def __init__(self) -> None:
        rows = [
            {"trigger": "work", "source": "new", "dest": "done", "after": "look"},
            ["repair", "failed", "mended"],
            ["again", "mended", "new"],
        ]
        states = ["new", {"name": "done", "final": True}, "failed", "mended", "forgotten"]
        Machine(self, states=states, initial="new", transitions=rows)

    def look(self) -> None:
        if self.is_broken():
            self.to_failed()  # type: ignore[attr-defined]

    def is_broken(self) -> bool:
        return True


def test_a_state_that_a_callback_goes_to_by_an_automatic_trigger_is_not_called_unreachable_by_definition() -> None:
    report = lint(Failing())
    assert [finding.place for finding in report.findings] == ["state 'forgotten'"]
    assert "callbacks name automatic triggers, so it was not asked whether a run gets stuck" in report.remarks


class Shared:
    """All models share a machine of their class."""

    machine = Machine(
        None,
        states=["a", {"name": "b", "final": True}, "c"],
        initial="a",
        transitions=[
            {"trigger": "go", "source": "a", "dest": "c", "conditions": "never"},
            ["go", "a", "b"],
        ],
    )

    def __init__(self) -> None:
        self.machine.add_model(self)

    def never(self) -> bool:
        return False


def test_a_state_that_no_model_of_a_shared_machine_reaches_is_found() -> None:
    (finding,) = lint(Shared).findings
    assert (finding.code, finding.place, finding.origin) == ("unreachable-state", "state 'c'", Origin.EXPLORING)


def test_a_state_that_leads_only_to_itself_is_told_in_plain_words_unless_it_is_final() -> None:
    rows = [["stop", "on", "off"], ["wait", "off", "="], ["end", "on", "gone"]]
    states = ["on", "off", {"name": "gone", "final": True}]
    (finding,) = lint(Machine(states=states, initial="on", transitions=rows)).findings
    assert finding.sentence == "a run that comes there stays there for ever, and no final state can be reached"
    assert finding.remedy == "add a transition that leads out, or declare it as final"
    assert lint(Machine(states=states, initial="on", transitions=rows), final=["off"]).codes == ()


def test_definition_only_reads_what_a_factory_makes_and_fires_nothing() -> None:
    def fail() -> None:
        raise AssertionError("a callback ran")

    report = lint(lambda: door(after_state_change=fail), definition_only=True)
    assert (report.codes, report.states) == ((), 0)
    assert "only the definition was read and no callback was run, as was asked for" in report.remarks
