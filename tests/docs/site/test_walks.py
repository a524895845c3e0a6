"""The walks that the site embeds are of what the lessons check, and are small enough to be read on a slow line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.site import walks
from docs.site.weight import MOST
from lifecheck.browser import written_page
from tests import needs

ROOT = Path(__file__).parents[3]


def test_every_lesson_has_a_walk_and_no_other_page() -> None:
    lessons = {f"docs/lessons/{path.stem}" for path in (ROOT / "docs" / "lessons").glob("[0-9]-*.md")}
    assert walks.LESSONS.keys() == lessons
    for page in (*lessons, walks.CASE):
        assert f'src="{"../" * page.count("/")}walks/{Path(page).name}.html"' in walks.embedded(page, ROOT)
    assert walks.embedded("docs/explorer", ROOT) == ""


def test_a_site_without_lessons_has_no_walks(tmp_path: Path) -> None:
    walks.write(tmp_path, tmp_path / "walks")
    assert walks.embedded("docs/lessons/1-delivered", tmp_path) == ""
    assert list((tmp_path / "walks").iterdir()) == []


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.long] * (page != "docs/lessons/1-delivered")) for page in walks.LESSONS],
)
def test_a_walk_shows_the_verdicts_that_its_lesson_prints(page: str) -> None:
    needs.package("pygraphviz")
    feed = walks.feed_of_lesson(ROOT, page)
    words = {claim["words"] for variant in feed.describe()["variants"] for claim in feed.judge(variant)["claims"]}
    printed = set(re.findall(r"\b(violated|vacuous)\b", (ROOT / f"{page}.md").read_text(encoding="utf-8")))
    assert words & {"violated", "vacuous"} <= printed  # a lesson may say in words of its own that something holds
    assert "violated" in words or page.endswith(("7-corrections", "9-your-own"))
    assert len(written_page(feed).encode()) < MOST
