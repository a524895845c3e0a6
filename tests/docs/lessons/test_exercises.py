"""Exercises fail with their hint as they are handed out, pass with the solution, and see through wrong answers."""

from __future__ import annotations

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LESSONS = ROOT / "docs" / "lessons"
NUMBERS = range(1, 10)

Failures = Mapping[int, Mapping[str, str]]
Answered = Callable[[Callable[[int, str], str]], Failures]

UNSOLVED = {
    1: "Hint: the server gives up alone.",
    2: "Hint: the receiver still says nothing, and the shop calls again.",
    3: 'Hint: write "holds" or "violated" for no-false-bounce',
    4: "Hint: write one of weak, strong, none helps for bus.",
    5: "Hint: after your run the count of deliveries is none.",
    6: "Hint: write True or False for 'lost' where the worker remembers before.",
    7: "Hint: the queue waits for an answer, and nobody owes us an update.",
    8: "Hint: the consumer says nothing, and the message comes back.",
    9: "Hint: SYSTEM is to be a System of your own",
}
"""What the file as it is handed out is told."""

# lesson, what is written in place of what in the solution, and what that is told
WRONG = [
    (1, 'Row("bounce", "accepted", "gone"),', "", "Hint: a mailbox may be missing"),
    (2, 'Row("answer", "ignored", "finished"),', "", "Hint: now nobody moves at all"),
    (3, '"no-false-bounce": "violated"', '"no-false-bounce": "holds"', "Hint: what does the sender get to read"),
    (4, '"lamp": "weak"', '"lamp": "strong"', "Hint: the flickering goes on for ever."),
    (5, '"crash",\n', '"reply_250",\n', "Hint: step 4 cannot be taken: trigger 'give_up_waiting' is blocked"),
    (6, '"duplicated": False', '"duplicated": True', "Hint: the worker remembers before the work. Put the crash"),
    (7, 'Row("release", "quarantined", "released"),', "", "Hint: the entry is settled, and the copy is gone for good."),
    (8, 'Row("reject", "failed"', 'Row("acknowledge", "failed"', "Hint: you acknowledge what you could not read"),
    (9, "PERSON_ROWS[:1]", "PERSON_ROWS", "Hint: the claim does not notice that BROKEN is broken"),
]


def run(exercises: Path, report: Path) -> dict[int, dict[str, str]]:
    """Run the exercises as a student does, and return what each failing test says, by lesson and test."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    options = ["-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}"]
    result = subprocess.run([*command, *options, str(exercises)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    found: dict[int, dict[str, str]] = {}
    for test in ElementTree.parse(report).iter("testcase"):
        told = found.setdefault(int(test.attrib["classname"].rpartition("_")[2]), {})
        for problem in (*test.findall("failure"), *test.findall("error")):
            told[test.attrib["name"]] = problem.text or ""
    return found


@pytest.fixture(scope="module")
def unsolved(tmp_path_factory: pytest.TempPathFactory) -> Failures:
    return run(LESSONS / "exercises", tmp_path_factory.mktemp("unsolved") / "report.xml")


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Answered:
    """Run a copy of the exercises with what a function makes of each solution in place of the answer."""

    def with_answers(made_of: Callable[[int, str], str]) -> Failures:
        folder = tmp_path_factory.mktemp("answered")
        exercises = folder / "exercises"
        shutil.copytree(LESSONS / "exercises", exercises, ignore=shutil.ignore_patterns("__pycache__"))
        for number in NUMBERS:
            solution = (LESSONS / "solutions" / f"lesson_{number}.py").read_text()
            (exercises / f"lesson_{number}" / "answer.py").write_text(made_of(number, solution))
        return run(exercises, folder / "report.xml")

    return with_answers


def test_an_exercise_as_it_is_handed_out_fails_with_its_hint(unsolved: Failures) -> None:
    assert set(unsolved) == set(NUMBERS)
    for number, hint in UNSOLVED.items():
        assert any(hint in text for text in unsolved[number].values()), (number, unsolved[number])


def test_every_failure_is_a_hint_and_no_traceback(unsolved: Failures) -> None:
    for told in unsolved.values():
        for text in told.values():
            assert text.startswith("Hint: "), text


def test_a_solution_passes(answered: Answered) -> None:
    assert answered(lambda _, solution: solution) == {number: {} for number in NUMBERS}


def test_a_wrong_answer_is_seen_through(answered: Answered) -> None:
    changes = {number: (right, wrong) for number, right, wrong, _ in WRONG}

    def spoilt(number: int, solution: str) -> str:
        right, wrong = changes[number]
        assert solution.count(right) == 1, (number, right)
        return solution.replace(right, wrong)

    failures = answered(spoilt)
    for number, _, _, hint in WRONG:
        assert any(hint in text for text in failures[number].values()), (number, failures[number])


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
