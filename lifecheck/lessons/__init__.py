"""Lessons that are played: predict, break it, mend it; what is right is decided by the checker and written nowhere."""

from lifecheck.lessons.adversary import Adversary, Attack
from lifecheck.lessons.choice import Choice, breaks, goes_round, stays, steps, verdicts
from lifecheck.lessons.designer import FORMS_OF_EDIT, Designer, Failure, Requirement, TableRow, rows_of, table_of
from lifecheck.lessons.hints import Hints, NextRow, next_row
from lifecheck.lessons.lesson import Lesson, meeting_of, source_of
from lifecheck.lessons.loading import lesson, lesson_at, lessons_of
from lifecheck.lessons.prediction import Answered, Prediction, Question, told_result
from lifecheck.lessons.score import SCORE_VERSION, Score, score_in, scores_in

__all__ = [
    "FORMS_OF_EDIT",
    "SCORE_VERSION",
    "Adversary",
    "Answered",
    "Attack",
    "Choice",
    "Designer",
    "Failure",
    "Hints",
    "Lesson",
    "NextRow",
    "Prediction",
    "Question",
    "Requirement",
    "Score",
    "TableRow",
    "breaks",
    "goes_round",
    "lesson",
    "lesson_at",
    "lessons_of",
    "meeting_of",
    "next_row",
    "rows_of",
    "score_in",
    "scores_in",
    "source_of",
    "stays",
    "steps",
    "table_of",
    "told_result",
    "verdicts",
]
