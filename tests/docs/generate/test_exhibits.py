"""An exhibit names its reports, its title and the lesson of its class as they are elsewhere."""

from __future__ import annotations

from docs.generate.exhibits import EXHIBITS, exhibits_of
from lifecheck.lessons import lessons_of


def test_a_report_is_named_by_its_repository_and_number() -> None:
    for one in EXHIBITS:
        for name, address in one.reports.items():
            if "github.com" in address:
                assert address.endswith(name.replace("#", "/issues/"))


def test_every_exhibit_is_one_of_the_lesson_of_its_class_and_of_no_other() -> None:
    listed = [one.name for lesson in lessons_of().values() for one in exhibits_of(lesson)]
    assert sorted(listed) == sorted(one.name for one in EXHIBITS)


def test_a_title_is_the_first_line_of_its_page() -> None:
    assert next(one for one in EXHIBITS if one.name == "resque_pop").title == "Popped, and gone"
