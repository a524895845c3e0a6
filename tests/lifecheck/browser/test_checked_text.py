"""A text from an editor is checked as the command would, anew each time, and its errors are one line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from lifecheck import InputError, verify
from lifecheck.browser import CheckedText
from lifecheck.project import load_project

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "docs" / "site" / "playground" / "examples").glob("*.py"))
DOOR = next(path for path in EXAMPLES if path.stem == "door").read_text(encoding="utf-8")


def asked(checked: CheckedText, question: str, **given: object) -> tuple[int, dict]:
    found = json.loads(checked.ask(question, json.dumps(given)))
    return found["status"], found["told"]


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem, marks=[pytest.mark.long] * (path.stem == "endless")) for path in EXAMPLES],
)
def test_the_examples_that_are_ready_give_the_verdicts_that_verify_gives(path: Path) -> None:
    found = CheckedText().check(path.read_text(encoding="utf-8"))
    project = load_project(f"{path.name}:SYSTEM", folder=path.parent)
    limit = 100 if path.stem == "endless" else 2_000
    expected = verify(project.systems, project.claims, limit=limit, engine="explicit")
    assert [one["words"] for one in found["verdicts"]] == [one.claim.wording(one.verdict) for one in expected]
    words = {one["words"] for one in found["verdicts"]}
    assert words == {"mail_queue": {"violated", "holds"}, "door": {"violated"}, "endless": {"unknown"}}[path.stem]
    if path.stem == "endless":
        assert "the limit of 100 states was met" in found["verdicts"][0]["note"]


def test_the_row_that_an_example_names_is_the_correction() -> None:
    path = next(path for path in EXAMPLES if path.stem == "mail_queue")
    text = path.read_text(encoding="utf-8").replace('["give_up", "deleted", "empty"],', "").replace("# [", "[")
    assert [one["words"] for one in CheckedText().check(text)["verdicts"]] == ["holds", "holds"]


def test_findings_verdicts_and_stories_are_told_and_the_page_is_answered() -> None:
    checked = CheckedText()
    status, told = asked(checked, "check", text=DOOR)
    assert status == 200
    assert [one["code"] for one in told["findings"]] == ["stuck-state"]
    assert [(one["claim"], one["words"]) for one in told["verdicts"]] == [("closes", "violated")]
    assert "2. slam" in told["verdicts"][0]["story"]
    assert asked(checked, "describe")[1]["name"] == "playground:SYSTEM"
    assert asked(checked, "judge", variant="SYSTEM")[1]["claims"][0]["verdict"] == "violated"
    assert asked(checked, "start", variant="nowhere")[0] == 400


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def door(:", "this is no Python: line 1: "),
        ("x = '\0'", "this is no Python: "),
        ("x = 1", "nothing here can be checked; name it SYSTEM"),
        ("SYSTEM = 3", "'playground.py:SYSTEM' is int; expected a System"),
        ("import nowhere\nSYSTEM = 1", "No module named 'nowhere'"),
        ("def f():\n    return 1\nSYSTEM = 1 / 0", "ZeroDivisionError: division by zero (in line 3 of playground.py)"),
        ("raise SystemExit(3)\nSYSTEM = 1", "SystemExit: 3"),
        (f"{DOOR}\nLIMIT = 'many'", "LIMIT is a number of states, as in LIMIT = 20_000"),
        (f"{DOOR}\nCLAIMS = [1]", "holds int; expected claims"),
        ("SYSTEM = '\ud800'", ""),
    ],
)
def test_what_cannot_be_checked_is_told_in_one_line(text: str, words: str) -> None:
    checked = CheckedText()
    status, told = asked(checked, "check", text=text)
    assert status == 400
    assert words in told["error"]
    assert "\n" not in told["error"]
    assert asked(checked, "describe") == (400, {"error": "nothing is checked yet"})


def test_each_check_runs_the_text_anew_and_leaves_nothing_behind() -> None:
    counted = f"import builtins\nCOUNT = []\nCOUNT.append(1)\n{DOOR}\nassert len(COUNT) == 1"
    checked, path, modules = CheckedText(), list(sys.path), set(sys.modules)
    for text in (counted, DOOR, counted, DOOR.replace("jammed", "stuck")):
        checked.check(text)
    states = asked(checked, "describe")[1]["variants"]["SYSTEM"]["components"][0]["states"]
    assert states == ["closed", "open", "stuck"]
    assert len([name for name in set(sys.modules) - modules if "playground" in name]) <= 1
    with pytest.raises(InputError):
        checked.check("x = 1")
    assert sys.path == path
    assert not [name for name in set(sys.modules) - modules if "playground" in name]


def test_a_picture_is_drawn_by_whoever_is_given() -> None:
    drawn: list[str] = []

    def render(dot: str) -> str:
        drawn.append(dot)
        return "<svg></svg>"

    checked = CheckedText(render)
    checked.check(DOOR)
    assert asked(checked, "picture", variant="SYSTEM", kind="parts")[0] == 200
    assert drawn[0].startswith("// door: its parts")
