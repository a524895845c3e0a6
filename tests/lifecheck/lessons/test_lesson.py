"""Lessons are found by name or by place, show their machines as they are written, and are scored."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lifecheck import InputError
from lifecheck.files import is_of_lifecheck
from lifecheck.lessons import Lesson, Score, lesson, lesson_at, lessons_of, scores_in
from lifecheck.system import counter
from tests.lifecheck.cli.cli import ROOT
from tests.lifecheck.lessons.bells import LESSON, door

PLACE = "tests.lifecheck.lessons.bells:LESSON"


def test_the_machines_are_shown_as_they_are_written() -> None:
    assert LESSON.source.startswith("def bell() -> Machine:\n    return Machine(")
    assert LESSON.meeting == "ring and sigh are the environment's: they may happen, and nobody owes them."
    counted = replace(LESSON, system=replace(door(), observers=[counter("ring", name="rings")]))
    assert counted.meeting.splitlines()[1:] == ["rings watches ring, and keeps nobody from it."]
    assert repr(LESSON) == "bells: Bells. A bell that rings unheard."


def test_machines_without_source_are_told() -> None:
    with pytest.raises(InputError, match="the source of the lesson's machines cannot be read"):
        Lesson("x", "x", "x", [len], door()).source  # noqa: B018


def test_a_lesson_is_found_by_its_name_or_place() -> None:
    assert [*lessons_of(ROOT)] == [f"lesson-{number}" for number in range(1, 10)]
    assert lesson("lesson-3", ROOT).place == "docs.lessons.turns.lesson_3:LESSON"
    assert lesson(PLACE, ROOT).name == "bells"


def test_what_is_no_lesson_is_told() -> None:
    with pytest.raises(InputError, match=r"'tests\.lifecheck\.lessons\.bells:ROWS' is list; expected a lesson"):
        lesson_at("tests.lifecheck.lessons.bells:ROWS", ROOT)


def project(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(f"[tool.lifecheck]\n{text}\n")
    return folder


def test_a_project_without_lessons_is_told_how_to_name_some(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"names no lessons; write lessons = \['package.module:LESSON'\]"):
        lessons_of(project(tmp_path, 'systems = "x:y"'))


def test_two_lessons_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two lessons are called 'bells'"):
        lessons_of(project(tmp_path, f'lessons = ["{PLACE}", "{PLACE}"]'))


def test_a_score_is_json_that_lifecheck_knows_as_its_own(tmp_path: Path) -> None:
    score = Score("bells", "Ada")
    score.predicted(LESSON.predictions[0].answer("a"))
    score.predicted(LESSON.predictions[0].answer("b"))
    score.designer = {"solved": True, "attempts": 1, "hints": 1}
    assert is_of_lifecheck(score.text())
    assert json.loads(score.text()) == {
        "form": "lifecheck-score",
        "schema": 1,
        "lesson": "bells",
        "student": "Ada",
        "predictions": [
            {"prediction": 1, "chosen": "a", "right": False},
            {"prediction": 2, "chosen": "b", "right": True},
        ],
        "adversary": None,
        "designer": {"solved": True, "attempts": 1, "hints": 1},
        "exercise": None,
    }
    assert score.told == "1 of 2 predictions right; mended after 1 try and 1 hint"
    score.adversary, score.designer = {"won": False, "steps": 1, "shortest": 2}, {"solved": False, **COUNTS}
    assert score.told == "1 of 2 predictions right; not broken after 1 step; not mended after 0 tries"
    score.exercise = {"solved": True}
    assert score.told.endswith("; exercise solved")
    (tmp_path / "ada.json").write_text(score.text())
    assert scores_in(tmp_path) == (score,)


COUNTS = {"attempts": 0, "hints": 0}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read as a score"),
        ("[]", "is no score"),
        ('{"form": "lifecheck-score", "schema": 2}', "is a score of schema 2; schema 1 is read"),
        ('{"form": "lifecheck-score", "schema": 1}', "is a score that lacks something: 'predictions'"),
        (Score("x", adversary={}).text(), "is a score that lacks something: 'steps'"),
        (Score("x").text().replace("[]", "3"), "is a score that lacks something"),
    ],
)
def test_what_is_no_score_is_told_with_its_file(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "bob.json").write_text(text)
    with pytest.raises(InputError, match=f"'bob.json' {told}"):
        scores_in(tmp_path)


def test_a_class_without_scores_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no score"):
        scores_in(tmp_path)
    with pytest.raises(InputError, match="there is no folder"):
        scores_in(tmp_path / "nowhere")
