"""Every lesson has the same shape, shows nothing that was typed, and draws what it defines."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lifecheck.diagrams.diagram import hash_in_svg

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "lessons"
LESSONS = sorted(FOLDER.glob("[0-9]-*.md"))
BY_NAME = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)

GENERATED = re.compile(r"<!-- \[\[\[cog.*?\]\]\] -->(.*?)<!-- \[\[\[end\]\]\] -->", re.DOTALL)
MINUTES = {"Ten": "10", "Fifteen": "15"}
PARTS = ["A first model", "Predict", "The verdict", "One change", "Exercise"]


def typed(path: Path) -> str:
    """Return what was written by hand."""
    return GENERATED.sub("", path.read_text())


def test_there_are_nine_lessons_in_order() -> None:
    assert [path.name[0] for path in LESSONS] == list("123456789")


@BY_NAME
def test_a_lesson_asks_before_it_answers(path: Path) -> None:
    headings = re.findall(r"^## (.*)$", path.read_text(), flags=re.MULTILINE)
    assert [heading for heading in headings if heading in PARTS] == PARTS
    asked = path.read_text().partition("## Predict")[2].partition("## ")[0]
    assert "?" in asked
    before = path.read_text().partition("## The verdict")[0]
    assert not [block for block in GENERATED.findall(before) if "```" in block]


@BY_NAME
def test_the_verdict_is_behind_a_line_to_click(path: Path) -> None:
    verdict = path.read_text().partition("## The verdict")[2].partition("## One change")[0]
    shown = GENERATED.search(verdict)
    assert shown is not None
    assert "<details>\n<summary>" in verdict[: shown.start()]
    assert "</details>" in verdict[shown.end() :]


@BY_NAME
def test_a_story_says_what_each_trigger_means(path: Path) -> None:
    for block in GENERATED.findall(path.read_text()):
        assert re.findall(r"^ +[┌│└\[]? +\d+\. \w+$", block, flags=re.MULTILINE) == []


@BY_NAME
def test_a_lesson_takes_as_long_as_the_guide_says(path: Path) -> None:
    said = re.search(r"^\*(\w+) minutes", path.read_text(), flags=re.MULTILINE)
    assert said is not None
    guide = (ROOT / "docs" / "instructors-guide.md").read_text()
    planned = re.search(rf"\(lessons/{re.escape(path.name)}\) \| (\d+) \+ ", guide)
    assert planned is not None
    assert planned[1] == MINUTES[said[1]]


@pytest.mark.long
def test_pytest_can_be_given_the_folder_of_the_lessons() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "-p", "no:cacheprovider"]
    run = subprocess.run([*command, "docs/lessons"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@BY_NAME
def test_no_output_was_typed(path: Path) -> None:
    assert "```text" not in typed(path)
    for block in re.findall(r"^```console\n(.*?)^```", typed(path), flags=re.MULTILINE | re.DOTALL):
        assert all(line.startswith("$ ") for line in block.splitlines()), block


@BY_NAME
def test_the_exercise_that_a_lesson_names_is_its_own(path: Path) -> None:
    number = path.name[0]
    assert f"$ pytest docs/lessons/exercises/lesson_{number}\n" in path.read_text()
    assert f"exercises/lesson_{number}/answer.py" in path.read_text()


def test_every_picture_is_shown_and_is_of_what_the_lesson_defines() -> None:
    shown: dict[str, str] = {}
    for path in LESSONS:
        found = re.findall(r'src="pictures/([^"]+)".*?<!-- dot-sha256: ([0-9a-f]{64}) -->', path.read_text(), re.DOTALL)
        shown.update(found)
    pictures = {path.name: hash_in_svg(path.read_text()) for path in FOLDER.glob("pictures/*")}
    assert pictures == shown
