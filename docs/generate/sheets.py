"""Makes the prediction sheet of a lesson, to be printed and filled in, and the key to it."""

from __future__ import annotations

from docs.generate.lesson_page import number_of
from docs.generate.predicted import in_key, on_sheet
from lifecheck.lessons import Lesson


def sheet(lesson: Lesson) -> str:
    """Return what students get: questions and choices, and no answer."""
    asked = [on_sheet(one, number) for number, one in enumerate(lesson.predictions, start=1)]
    head = [
        f"# Sheet {number_of(lesson)}: {lesson.title}",
        "",
        "Name:",
        "",
        "Fold the sheet below each question, and look at the next when you are told. Tick one box, and say why.",
        "",
    ]
    return "\n".join([*head, *asked])


def key(lesson: Lesson) -> str:
    """Return what the teacher gets: what is right, as lifecheck decides it, why, and the run that shows it."""
    asked = [in_key(one, number) for number, one in enumerate(lesson.predictions, start=1)]
    head = [f"# Key to sheet {number_of(lesson)}: {lesson.title}", "", "For the teacher. Decided by lifecheck.", ""]
    return "\n".join([*head, *asked])
