"""Every lesson has the same shape, shows nothing that was typed, and draws what it defines."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from docs.site import walks
from lifecheck import System, explore, story
from lifecheck.diagrams.diagram import hash_in_svg
from lifecheck.lessons import lesson
from tests.cross_check import not_compared

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "docs" / "lessons"
LESSONS = sorted(FOLDER.glob("[0-9]-*.md"))
BY_NAME = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)

GENERATED = re.compile(r"<!-- \[\[\[cog.*?\]\]\] -->(.*?)<!-- \[\[\[end\]\]\] -->", re.DOTALL)
MINUTES = {"Ten": "10", "Fifteen": "15"}
ASKED = "(here something is asked)"
PARTS = ["A first model", "Predict", "The verdict", "One change", "Exercise"]


def typed(path: Path) -> str:
    """Return what was written by hand."""
    return GENERATED.sub("", path.read_text())


def test_there_are_nine_lessons_in_order() -> None:
    assert [path.name[0] for path in LESSONS] == list("123456789")


def test_what_stands_open_is_found() -> None:
    text = "a\n<details name='x'>\nb\n<details>\nc\n</details>\nd\n</details>\ne"
    assert opened(text).split() == ["a", "e"]


def opened(text: str) -> str:
    """Return what a reader sees who has opened nothing."""
    depth, seen = 0, []
    for piece in re.split(r"(<details[^>]*>|</details>)", text):
        depth += piece.startswith("<details") - piece.startswith("</details")
        if not depth and not piece.startswith("</details"):
            seen.append(piece)
    assert depth == 0
    return "".join(seen)


@BY_NAME
def test_a_lesson_asks_before_it_answers(path: Path) -> None:
    headings = re.findall(r"^## (.*)$", path.read_text(), flags=re.MULTILINE)
    assert [heading for heading in headings if heading in PARTS] == PARTS
    before, _, after = path.read_text().partition("## Predict")
    assert f'<details name="lesson-{path.name[0]}-1">' in after.partition("## The verdict")[0]
    assert not [block for block in GENERATED.findall(before) if "```" in block]


@BY_NAME
def test_nothing_that_stands_open_tells_what_is_asked(path: Path) -> None:
    """No output before the last thing that is asked, and before the first no word for the answer."""
    text = re.sub(r"<!--.*?-->\n*", "", path.read_text(), flags=re.DOTALL)
    shown = opened(re.sub(r'(?=<details name="lesson)', ASKED, text))
    assert "```text" not in shown.rpartition(ASKED)[0]
    said = re.sub(r"```python.*?```", "", shown.partition(ASKED)[0], flags=re.DOTALL).partition("\n## ")[2]
    assert re.findall(r"\b(violated|vacuous|counterexample|lasso|loop|second chance)\b", said) == []


@BY_NAME
def test_each_prediction_of_a_lesson_is_asked_once_and_has_one_right_choice(path: Path) -> None:
    played = lesson(f"lesson-{path.name[0]}")
    text = path.read_text()
    for number, asked in enumerate(played.predictions, start=1):
        found = re.findall(
            rf'<details name="{played.name}-{number}">\n<summary>(\w)\).*?\*\*(\w+)\.\*\*', text, re.DOTALL
        )
        assert [letter for letter, _ in found] == [*asked.letters]
        assert [letter for letter, said in found if said == "Right"] == [asked.right]
    assert f'name="{played.name}-{len(played.predictions) + 1}"' not in text


@BY_NAME
def test_no_prediction_shows_the_run_that_a_later_one_asks_for(path: Path) -> None:
    predictions = lesson(f"lesson-{path.name[0]}").predictions
    for place, asked in enumerate(predictions):
        later = {story(result) for other in predictions[place + 1 :] for result in other.results if result.evidence}
        shown = {story(result) for result in asked.results if result.evidence and asked.shows_run}
        assert not shown & later


@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=[pytest.mark.long] * (path.name[0] != "2"), id=path.stem) for path in LESSONS]
)
def test_the_machines_of_a_lesson_are_those_that_are_played(path: Path) -> None:
    document = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md").parse(path)
    with contextlib.redirect_stdout(io.StringIO()):
        for example in document.examples():
            example.evaluate()
    shown, _ = walks.LESSONS[f"docs/lessons/{path.stem}"](SimpleNamespace(**document.namespace))
    played = lesson(f"lesson-{path.name[0]}").system
    assert behaviour(played) in [behaviour(system) for system in shown.values()]


def behaviour(system: System) -> object:
    """Return which triggers lead from where to where, together, and whose they are and what they mean."""
    graph = explore(replace(system, observers=()))
    names = graph.system.triggers
    parts = [part.name for part in graph.system.components]
    states = [tuple(str(getattr(graph.view(state), part)) for part in parts) for state in range(len(graph))]
    steps = {
        (states[one], names[trigger], states[other]) for one in range(len(graph)) for trigger, other in graph.edges(one)
    }
    taken = {trigger for _, trigger, _ in steps}
    return steps, taken & system.environment, taken & system.weakly_fair, {one: system.meanings[one] for one in taken}


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
    run = subprocess.run(
        [*command, "docs/lessons"], cwd=ROOT, env=not_compared(), capture_output=True, text=True, check=False
    )
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
