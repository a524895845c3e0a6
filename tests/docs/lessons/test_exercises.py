"""Exercises fail with their hint as they are handed out, pass with the solution, and see through wrong answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cross_check import not_compared
from tests.docs.lessons.answers import RIGHT, WRONG, Answer

ROOT = Path(__file__).parents[3]
LESSONS = ROOT / "docs" / "lessons"
NUMBERS = range(1, 10)

Told = Mapping[str, str]
"""What each failing test of a lesson says."""

SOLVED = [Answer(number, "the solution", {}) for number in NUMBERS]

UNSOLVED = {
    1: "Hint: the server gives up alone.",
    2: "Hint: the receiver can still say nothing, and then the shop calls again.",
    3: 'Hint: write "holds", "violated" or "vacuous" for deleted-leaves-queue with expiry off',
    4: "Hint: write one of weak, strong, none helps for download.",
    5: "Hint: after your run the count of deliveries is none.",
    6: "Hint: write True or False for 'lost' of the worker 'remember, work, report'.",
    7: "Hint: there is a run in which the store says nothing, and the queue tries again.",
    8: "Hint: there is a run in which the consumer says nothing, and the message comes back.",
    9: "Hint: SYSTEM is to be a System of your own",
}
"""What the file as it is handed out is told."""


def run(exercises: Path, report: Path) -> dict[str, dict[str, str]]:
    """Run exercises as a student does, and return what each failing test says, by folder and test."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    options = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}"]
    result = subprocess.run(
        [*command, *options, str(exercises)],
        cwd=ROOT,
        env=not_compared(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode in (0, 1), result.stdout + result.stderr
    found: dict[str, dict[str, str]] = {}
    for test in ElementTree.parse(report).iter("testcase"):
        told = found.setdefault(test.attrib["classname"].split(".")[-2], {})
        for problem in (*test.findall("failure"), *test.findall("error")):
            told[test.attrib["name"]] = problem.text or ""
    return found


@pytest.fixture(scope="module")
def unsolved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Told]:
    found = run(LESSONS / "exercises", tmp_path_factory.mktemp("unsolved") / "report.xml")
    return {int(folder.rpartition("_")[2]): told for folder, told in found.items()}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Answer, Told]:
    """What each answer is told: all of them are run at once, each in a copy of the exercise."""
    folder = tmp_path_factory.mktemp("answered")
    shutil.copy(LESSONS / "exercises" / "conftest.py", folder)
    answers = {f"answer_{place}": given for place, given in enumerate([*SOLVED, *RIGHT, *WRONG])}
    for name, given in answers.items():
        exercise = LESSONS / "exercises" / f"lesson_{given.lesson}"
        shutil.copytree(exercise, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / name / "answer.py").write_text(given.text)
    found = run(folder, folder / "report.xml")
    return {given: found[name] for name, given in answers.items()}


def test_an_exercise_as_it_is_handed_out_fails_with_its_hint(unsolved: Mapping[int, Told]) -> None:
    assert set(unsolved) == set(NUMBERS)
    for number, hint in UNSOLVED.items():
        assert any(hint in text for text in unsolved[number].values()), (number, unsolved[number])


def test_an_exercise_tells_one_thing_at_a_time(unsolved: Mapping[int, Told]) -> None:
    assert {number: len(told) for number, told in unsolved.items()} == dict.fromkeys(NUMBERS, 1)


@pytest.mark.long
def test_every_failure_is_a_hint_and_no_traceback(unsolved: Mapping[int, Told], told: Mapping[Answer, Told]) -> None:
    for texts in (*unsolved.values(), *told.values()):
        for text in texts.values():
            assert text.startswith("Hint: "), text


@pytest.mark.parametrize("given", SOLVED, ids=str)
@pytest.mark.long
def test_a_solution_passes(given: Answer, told: Mapping[Answer, Told]) -> None:
    assert told[given] == {}


@pytest.mark.parametrize("given", RIGHT, ids=str)
@pytest.mark.long
def test_another_right_answer_passes(given: Answer, told: Mapping[Answer, Told]) -> None:
    assert told[given] == {}


@pytest.mark.parametrize("given", WRONG, ids=str)
@pytest.mark.long
def test_a_wrong_answer_is_seen_through(given: Answer, told: Mapping[Answer, Told]) -> None:
    assert any(given.hint in text for text in told[given].values()), told[given]


def test_several_wrong_answers_to_each_exercise_are_tried() -> None:
    for number in NUMBERS:
        assert len([given for given in WRONG if given.lesson == number]) >= 4, number


def test_an_answer_that_cannot_be_imported_is_told_in_one_line(tmp_path: Path) -> None:
    shutil.copytree(LESSONS / "exercises" / "lesson_1", tmp_path / "lesson_1")
    shutil.copy(LESSONS / "exercises" / "conftest.py", tmp_path)
    (tmp_path / "lesson_1" / "answer.py").write_text("SERVER_ROWS = [")
    (told,) = run(tmp_path, tmp_path / "report.xml").values()
    assert set(told.values()) == {"answer.py cannot be imported: SyntaxError: '[' was never closed (answer.py, line 1)"}


def test_the_exercise_asks_for_what_the_solution_changes() -> None:
    for number in NUMBERS:
        answer = (LESSONS / "exercises" / f"lesson_{number}" / "answer.py").read_text()
        solution = (LESSONS / "solutions" / f"lesson_{number}.py").read_text()
        assert answer != solution
        assert (LESSONS / "exercises" / f"lesson_{number}" / f"test_lesson_{number}.py").exists()
