"""Every term that a document links to stands in the glossary, once, and in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
LESSONS = sorted((ROOT / "docs" / "lessons").glob("[0-9]-*.md"))


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path: Path) -> list[str]:
    without_code = re.sub(r"^```.*?^```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    return [anchor(heading) for heading in re.findall(r"^#+ (.*)$", without_code, flags=re.MULTILINE)]


def links(path: Path) -> list[tuple[str, str]]:
    return re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text())


def test_an_anchor_is_made_as_github_makes_it() -> None:
    assert anchor('"For ever" and "until it times out"') == "for-ever-and-until-it-times-out"
    assert anchor("*Cannot* and *might not*") == "cannot-and-might-not"


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/**/*.md")), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_place_that_is_linked_to_is_there(path: Path) -> None:
    for target, place in links(path):
        assert place in anchors(path.parent / target if target else path), f"{target}#{place}"


def test_the_terms_stand_once_and_in_alphabetical_order() -> None:
    terms = anchors(GLOSSARY)[1:]
    assert terms == sorted(set(terms))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_names_its_new_words_with_links(path: Path) -> None:
    beginning = path.read_text().partition("\n## ")[0]
    assert "New words:" in " ".join(beginning.split())
    assert [target for target, _ in links(path) if target == "../glossary.md"]


def test_no_word_is_new_twice() -> None:
    new = [place for path in LESSONS for _, place in links(path)]
    assert sorted(new) == sorted(set(new))
