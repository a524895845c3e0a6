"""The site lists every page there is, shows no comment, and has no link that leads to nothing."""

from __future__ import annotations

import re
from pathlib import Path

from docs.site.pages import FRONT, contents, without_comments, without_folder_links

ROOT = Path(__file__).parents[3]
ENTRY = re.compile(r"^(?:.* <)?/(\S+?)>?$", re.MULTILINE)


def listed_in(text: str) -> list[str]:
    """Return the pages of a table of contents; the front page, on which it stands, calls itself so."""
    return ENTRY.findall(text.replace("\nself\n", f"\n/{FRONT}\n"))


def test_every_document_is_listed_once() -> None:
    listed = listed_in(contents(ROOT))
    documents = [path.relative_to(ROOT).with_suffix("").as_posix() for path in sorted(ROOT.glob("docs/**/*.md"))]
    assert len(listed) == len(set(listed))
    assert set(documents) <= set(listed)


def test_the_site_begins_with_where_to_start_then_guides_and_lessons_in_order() -> None:
    listed = listed_in(contents(ROOT))
    assert listed[:3] == ["docs/start-here", "README", "docs/your-machine"]
    lessons = [page for page in listed if page.startswith("docs/lessons/")]
    assert listed.index("docs/your-machine") < listed.index(lessons[0]) < listed.index("docs/semantics")
    assert [page[len("docs/lessons/")] for page in lessons[1:]] == list("123456789")


def test_the_museum_follows_the_lessons_and_begins_with_its_index() -> None:
    listed = listed_in(contents(ROOT))
    exhibits = [page for page in listed if page.startswith("docs/museum/")]
    assert exhibits[0] == "docs/museum/index"
    assert listed.index("docs/glossary") < listed.index(exhibits[0])
    assert listed.index(exhibits[-1]) < listed.index("docs/semantics")


def test_a_page_that_is_added_is_listed_without_being_named(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "new.md").write_text("# New")
    assert listed_in(contents(tmp_path)) == ["docs/new"]


def test_comments_go_and_code_stays() -> None:
    text = "a\n<!-- [[[cog\nprint('-')\n]]] -->\n\n```html\n<!-- shown -->\n```\n\n<!-- [[[end]]] -->\nb"
    assert without_comments(text) == "a\n\n```html\n<!-- shown -->\n```\n\nb"


def test_code_inside_a_comment_goes_with_it() -> None:
    assert without_comments("a\n<!--\n```sh\nx\n```\n-->\nb") == "a\nb"


def test_a_link_to_a_folder_is_its_text_alone(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    text = "[`model/`](model), [file](model/x.py), [place](#here), [away](https://example.org/)"
    assert without_folder_links(text, tmp_path) == text.replace("[`model/`](model)", "`model/`")
