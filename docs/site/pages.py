"""Turns the repository's Markdown into the site's: no comments, a table of contents, links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docs.generate.reference import REPLAYING, ROOMS, classes, functions
from docs.site import playground, walks
from docs.site.verdicts import verdict_table

if TYPE_CHECKING:
    from sphinx.application import Sphinx

REFERENCE: Mapping[str, Mapping[str, Sequence[str]]] = {
    "docs/api": {"lifecheck": functions()},
    "docs/api-classes": {"lifecheck": classes()},
    "docs/api-rooms": ROOMS,
    "docs/api-replaying": REPLAYING,
}
"""For each page of the reference the names that it documents, by their modules."""

MATRIX = "docs/verdicts"
FUNCTION = """
.. autofunction:: {name}
"""
CLASS = """
.. autoclass:: {name}
   :members:
   :exclude-members: model
"""

ON_THE_FORGE = "https://forge.example/lifecheck/lifecheck/raw/main/"
"""How README links its pictures, so that they are seen on a package index too."""

FRONT = "docs/start-here"
"""The page with which the site begins; the table of contents is hers."""

START = (FRONT, "README")
ENTRIES = {FRONT: "self", "README": "lifecheck on one page </README>"}
"""How the table of contents names a page, where not by its path."""

GUIDES = (
    "docs/your-machine",
    "docs/what-firing-sees",
    "docs/configuration",
    "docs/kb883522",
    "docs/real-mail",
    "docs/lint",
    "docs/causes",
    "docs/lifecycle",
    "docs/explorer",
    "docs/instances",
    "docs/playground",
    "docs/engines",
    "docs/export",
)
LESSONS = ("docs/lessons/README", "docs/lessons/[0-9]-*", "docs/play", "docs/instructors-guide", "docs/glossary")
MUSEUM = ("docs/museum/index", "docs/museum/*")
PROJECT = ("examples/*", "benchmarks/*", "CONTRIBUTING", "CHANGELOG")

_CODE = re.compile(r"^(```.*?^```)$", re.MULTILINE | re.DOTALL)
_COMMENT_OR_CODE = re.compile(r"(?P<code>^```.*?^```$)|<!--.*?-->\n?", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^\| `(?:lifecheck\.)?([\w.]+)(?<![A-Z]{2})` \|", re.MULTILINE)  # constants have no entry
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])+)\]\(([^)#:\s]+)\)")


def for_the_site(app: Sphinx, page: str, source: list[str]) -> None:
    """Change the text of a page as Sphinx reads it; the file stays as it is."""
    root = Path(app.srcdir)
    text = without_comments(source[0]).replace(ON_THE_FORGE, "")  # the site brings its own pictures
    text = outside_code(text, lambda part: without_folder_links(part, (root / page).parent))
    if page == app.config.root_doc:
        text += contents(root)
    if page in REFERENCE:
        text = _NAME.sub(r"| {py:obj}`\1 <lifecheck.\1>` |", text)
        text += (
            "\n```{eval-rst}\n"
            + "".join(
                (FUNCTION if name.islower() else CLASS).format(name=f"{module}.{name}")
                for module, names in REFERENCE[page].items()
                for name in names
                if not name.isupper()  # a constant's docstring is no more than its sentence in the table
            )
            + "```\n"
        )
    text += walks.embedded(page, root)
    if page == playground.PAGE:
        text = playground.entrance() + text
    if page == MATRIX:
        text = text.partition("\n## ")[0] + "\n" + verdict_table((root / f"{MATRIX}.json").read_text(encoding="utf-8"))
    source[0] = text


def without_comments(text: str) -> str:
    """Return a text without HTML comments, such as cog's programs; those in code blocks stay."""
    return _COMMENT_OR_CODE.sub(lambda found: found["code"] or "", text)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text changed everywhere but in its code blocks."""
    return "".join(part if part.startswith("```") else change(part) for part in _CODE.split(text))


def without_folder_links(text: str, folder: Path) -> str:
    """Return a text in which a link to a folder, which has no page on the site, is its text alone."""

    def shown(link: re.Match[str]) -> str:
        return link[1] if (folder / link[2]).is_dir() else link[0]

    return _LINK.sub(shown, text)


def contents(root: Path) -> str:
    """Return the table of contents of the site: every page there is, those of a part in the order of their names.

    Whatever is put into docs/ is listed without being named here.
    """
    parts = {
        "Start": pages(root, START),
        "Guides": pages(root, GUIDES),
        "Lessons": pages(root, LESSONS),
        "Museum": pages(root, MUSEUM),
    }
    project = pages(root, PROJECT)
    listed = {page for part in parts.values() for page in part} | {*project}
    parts["Reference"] = [page for page in pages(root, ("docs/*", "docs/**/*")) if page not in listed]
    parts["Project"] = project
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n"
        + "".join(f"{ENTRIES.get(page, f'/{page}')}\n" for page in listed)
        + "```\n"
        for title, listed in parts.items()
        if listed
    )


def pages(root: Path, patterns: tuple[str, ...]) -> list[str]:
    """Return the pages that patterns match, pattern by pattern and each once."""
    found = [path for pattern in patterns for path in sorted(root.glob(f"{pattern}.md"))]
    return list(dict.fromkeys(path.relative_to(root).with_suffix("").as_posix() for path in found))
