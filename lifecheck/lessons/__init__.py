"""Lessons that are played: predict, break it, mend it; what is right is decided by the checker and written nowhere."""

from lifecheck.lessons.adversary import Adversary, Attack
from lifecheck.lessons.designer import FORMS_OF_EDIT, Designer, Failure, Requirement, TableRow, table_of
from lifecheck.lessons.lesson import Lesson, meeting_of, source_of
from lifecheck.lessons.loading import lesson, lesson_at, lessons_of
from lifecheck.lessons.prediction import (
    Answered,
    Choice,
    Prediction,
    Question,
    breaks,
    goes_round,
    stays,
    steps,
    told_result,
    verdicts,
)

__all__ = [
    "FORMS_OF_EDIT",
    "Adversary",
    "Answered",
    "Attack",
    "Choice",
    "Designer",
    "Failure",
    "Lesson",
    "Prediction",
    "Question",
    "Requirement",
    "TableRow",
    "breaks",
    "goes_round",
    "lesson",
    "lesson_at",
    "lessons_of",
    "meeting_of",
    "source_of",
    "stays",
    "steps",
    "table_of",
    "told_result",
    "verdicts",
]
