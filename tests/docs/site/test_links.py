"""A link that leads nowhere is found, by file or by place; one that leads somewhere is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.site.links import lost


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.html").write_text('<h2 id="a-place">A place</h2><a name="old">old</a>')
    (tmp_path / "picture with space.svg").write_text("<svg/>")
    return tmp_path


GOOD = [
    '<a href="docs/page.html#a-place">',
    '<a href="docs/page.html#old">',
    '<a href="docs/page.html">',
    '<a href="#here"><p id="here">',
    '<a href="https://example.org/none">',
    '<a href="mailto:nobody@example.org">',
    '<img src="picture%20with%20space.svg">',
    '<script src="picture with space.svg?v=1"></script>',
]

BAD = {
    '<a href="docs/none.html">': "docs/none.html",
    '<a href="docs/page.html#nowhere">': "docs/page.html#nowhere",
    '<a href="#nowhere">': "#nowhere",
    '<a href="docs">': "docs",
    '<img src="none.svg">': "none.svg",
}


@pytest.mark.parametrize("text", GOOD)
def test_a_link_that_leads_somewhere_is_not_held_against_a_page(site: Path, text: str) -> None:
    (site / "index.html").write_text(text)
    assert lost(site) == []


@pytest.mark.parametrize("text", BAD)
def test_a_link_that_leads_nowhere_is_found(site: Path, text: str) -> None:
    (site / "index.html").write_text(text)
    assert lost(site) == [f"{BAD[text]} (index.html)"]


def test_a_link_is_read_from_the_page_on_which_it_stands(site: Path) -> None:
    (site / "docs" / "other.html").write_text('<a href="page.html#a-place"><a href="../docs/page.html"><a href="x">')
    assert lost(site) == ["x (docs/other.html)"]
