"""Is somebody told when the server gives up, and only then?"""

from __future__ import annotations

from collections.abc import Callable

from docs.lessons.turns.lesson_1 import LESSON
from lifecheck.lessons import Designer


def test_the_rows_meet_every_requirement(
    meets_all: Callable[[Designer], None],
) -> None:
    assert LESSON.designer is not None
    meets_all(LESSON.designer)
