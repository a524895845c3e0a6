"""``lifecheck explain`` on a stranger's project: causes and remedies, as text and JSON, and when interrupted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lifecheck.changes import Lattice, remedies
from lifecheck.changes.candidates import Candidate
from lifecheck.changes.remedies import Attempt, Remedies
from tests.lifecheck.cli.cli import call
from tests.lifecheck.cli.test_mutate import on_terminals

BELLS = """
from lifecheck import Claim, Component, InputError, Role, Row, Switch, System, can_always_reach, leads_to, sometimes
from lifecheck.project import SwitchKind
ROWS = [
    Row("ring", "quiet", "rung"),
    Row("answer", "rung", "answered"),
    Row("give_up", "rung", "quiet"),
    Row("leave", "answered", "quiet"),
]
def bell(settings):
    if settings["people"] == "none" and settings.get("patience") == "endless":
        raise InputError("there is nobody to be patient")
    gone = {"give_up"} if settings.get("patience") == "endless" else set()
    gone |= {"answer"} if settings["people"] == "none" else set()
    rows = [row for row in ROWS if row.trigger not in gone]
    part = Component("bell", ["quiet", "rung", "answered"], "quiet", rows, {row.trigger for row in ROWS})
    return System("bell", [part], settings=settings, remarks={"people": "if any"})
SWITCHES = [
    Switch("people", ("some", "none"), "some"),
    Switch("patience", ("short", "endless"), "short"),
]
FAULTY = [*SWITCHES, Switch("storm", ("no", "yes"), "no", SwitchKind.FAULT)]
ONE = SWITCHES[0]
WRONG = [3]
HOUSES = {
    "busy": bell({"people": "some", "patience": "short"}),
    "patient": bell({"people": "some", "patience": "endless"}),
    "empty": bell({"people": "none", "patience": "short"}),
}
CLAIMS = [
    Claim("heard", "it is heard", leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "answered")),
    Claim("quiet", "it can be quiet again", can_always_reach(lambda s: s.bell == "quiet")),
    Claim("open", "it is answered", sometimes(lambda s: s.bell == "answered"), role=Role.OBSERVATION),
]
"""

PROJECT = """
[tool.lifecheck]
systems = "bells:HOUSES"
properties = "bells:CLAIMS"
"""


@pytest.fixture
def bells(elsewhere: Path) -> Path:
    """Move to a folder with a module and a project file."""
    (elsewhere / "bells.py").write_text(BELLS)
    with_lines(elsewhere, 'configure = "bells:bell"', 'switches = "bells:SWITCHES"')
    return elsewhere


def with_lines(folder: Path, *lines: str) -> None:
    (folder / "pyproject.toml").write_text(PROJECT + "\n".join(lines) + "\n")


def after_story(out: str) -> list[str]:
    """Return what follows the story of a violated verdict."""
    return out.rpartition("  Steps")[2].splitlines()[2:]


def test_causes_and_remedies_are_told_after_the_story(bells: Path) -> None:
    assert after_story(call("explain", "heard").out) == [
        "It fails exactly where:",
        "  patience short",
        "  3 settings: holds in 1, violated in 2; 1 more contradict themselves.",
        "",
        "What would have saved you:",
        "  patience short -> endless",
        "  fairness of answer: strong instead of weak",
        "  bell: row give_up, rung -> quiet removed",
        "  bell: row give_up, rung -> quiet redirected to rung or answered",
        "  bell: row give_up, rung -> quiet replaced by ring, rung -> rung or answered",
        "  bell: row give_up, rung -> quiet replaced by leave, rung -> rung or answered",
        "  bell: row answer, quiet -> answered added",
        "Tried: 2 values of switches, 4 assumptions of fairness, 24 changes of rows; 42 more changes of rows leave "
        "the counterexample, or do what another does.",
    ]


def test_an_observation_is_unreachable_somewhere_and_rows_are_not_tried(bells: Path) -> None:
    assert (
        after_story(call("explain", "open", "--variant", "empty").out)[-7:]
        == [
            "",
            "It is unreachable exactly where:",
            "  people none",
            "  3 settings: reachable in 2, unreachable in 1; 1 more contradict themselves.",
            "  people: if any",
            "",
            "A single switch that changes the verdict:",
            "  people none -> some: reachable; if any",
        ][-7:]
    )


def test_a_project_with_faults_says_that_causes_are_looked_for_without_them(bells: Path) -> None:
    with_lines(bells, 'configure = "bells:bell"', 'switches = "bells:FAULTY"')
    assert "\nWithout faults it fails exactly where:\n" in call("explain", "heard").out


def test_one_switch_is_enough(bells: Path) -> None:
    with_lines(bells, 'configure = "bells:bell"', 'switches = "bells:ONE"')
    out = call("explain", "heard").out
    assert "\nIt fails everywhere.\n  2 settings: violated in 2.\n" in out


def test_beyond_the_limit_it_fails_at_least_there(bells: Path) -> None:
    out = call("explain", "heard", "--limit", "2").out
    assert "unknown in " in out
    assert "exactly" not in out


def test_without_switches_there_are_rows_and_fairness_to_try(bells: Path) -> None:
    with_lines(bells)
    out = call("explain", "heard").out
    assert "fails" not in out
    assert "Tried: 4 assumptions of fairness, 24 changes of rows; 42 more" in out


def test_where_no_single_change_helps_it_says_so(bells: Path) -> None:
    (bells / "alone.py").write_text(
        "from lifecheck import *\n"
        "LAMP = System('lamp', [Component('lamp', ['off'], 'off', [], {'switch'})])\n"
        "CLAIMS = [Claim('lit', 'it is lit', never(lambda s: s.lamp == 'off'))]\n"
    )
    out = call("explain", "alone:LAMP", "lit").out
    assert "What would have saved you:\n  no single change that costs nothing else\nTried: nothing; " in out


def test_of_a_large_system_it_says_what_was_not_tried(bells: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remedies, "STATES_AFFORDED", 3)
    out = call("explain", "heard").out
    assert (
        "1 change of a row; 42 more changes of rows leave the counterexample, or do what another does; 23 are not tried"
        in out
    )


def test_json_is_one_object_with_every_change_and_its_price(bells: Path) -> None:
    called = call("explain", "heard", "--json")
    found = json.loads(called.out)
    assert (called.status, called.err) == (1, "")
    assert (found["system"], found["variant"], found["property"]) == ("bells:HOUSES", "busy", "heard")
    assert (found["verdict"], found["settings"]) == ("violated", {"people": "some", "patience": "short"})
    assert found["causes"] == {
        "minimal": [{"people": ["none"]}, {"patience": ["short"]}],  # nobody is patient for ever where there is nobody
        "settings": {"holds": 1, "violated": 2, "vacuous": 0, "unknown": 0},
        "refused": 1,
    }
    assert found["changes"][0] == {
        "kind": "switch",
        "change": "patience short -> endless",
        "verdict": "holds",
        "costs": {},
        "variant": None,
    }
    assert [found[key] for key in ("tried", "to_try", "ruled_out", "left_untried")] == [30, 30, 42, 0]
    assert call("explain", "heard", "--json").out == called.out


def test_json_of_a_project_without_switches_has_no_causes(bells: Path) -> None:
    with_lines(bells)
    assert json.loads(call("explain", "quiet", "--json").out)["causes"] is None


@pytest.fixture
def interrupted_after_three(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Remedies.attempt
    tried: list[Candidate] = []

    def attempt(self: Remedies, candidate: Candidate) -> Attempt:
        if len(tried) == 3:
            raise KeyboardInterrupt
        tried.append(candidate)
        return real(self, candidate)

    monkeypatch.setattr(Remedies, "attempt", attempt)


@pytest.mark.usefixtures("interrupted_after_three")
def test_interrupted_it_tells_what_is_known_so_far(bells: Path) -> None:
    called = call("explain", "heard")
    assert (called.status, called.err) == (130, "lifecheck: interrupted after 3 of 30 changes\n")
    assert "  patience short -> endless\n" in called.out
    assert "Tried: 2 values of switches, 1 assumption of fairness" in called.out


def test_interrupted_before_the_causes_are_known_it_says_that_nothing_was_tried(
    bells: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Lattice, "causes_of", interrupted)
    called = call("explain", "heard")
    assert (called.status, called.err) == (130, "lifecheck: interrupted after 0 of 30 changes\n")
    assert "fails" not in called.out
    assert "What would have saved you:\n  nothing that was tried so far\nTried: nothing" in called.out


@pytest.mark.usefixtures("interrupted_after_three")
def test_interrupted_json_is_still_one_object(bells: Path) -> None:
    called = call("explain", "heard", "--json")
    assert (called.status, json.loads(called.out)["tried"]) == (130, 3)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["switches = 3"], "switches is 3; write a name such as 'package.module:name'"),
        (['switches = "bells:SWITCHES"'], "names switches and no 'configure' that sets them"),
        (['switches = "bells:WRONG"', 'configure = "bells:bell"'], "'bells:WRONG' holds int; expected switches: life"),
        (['switches = "bells:SWITCH"', 'configure = "bells:bell"'], "has no 'SWITCH'; did you mean"),
    ],
)
def test_switches_that_cannot_be_used_are_one_line_and_status_2(bells: Path, lines: list[str], message: str) -> None:
    with_lines(bells, *lines)
    called = call("explain", "heard")
    assert (called.status, called.out, called.err.count("\n")) == (2, "", 1)
    assert message in called.err


def test_on_a_terminal_there_is_a_progress_bar_on_standard_error(bells: Path) -> None:
    out, err = on_terminals(bells, "explain", "heard")
    assert "what would have saved you" in err
    assert "━" in err
    assert "━" not in out
