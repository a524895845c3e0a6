"""Does a poison message end in the dead-letter queue and a good one not, and is the consumer ready for the next?"""

from __future__ import annotations

from collections.abc import Callable

from docs.lessons.turns.lesson_8 import LESSON
from lifecheck.lessons import Designer


def test_the_rows_meet_every_requirement(
    meets_all: Callable[[Designer], None],
) -> None:
    assert LESSON.designer is not None
    meets_all(LESSON.designer)
