"""Finds what a built page would fetch from somewhere else when it is opened."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

# what a browser fetches by itself; a link that a reader may follow is none of it
FETCHING = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "video": "src",
}

# a canonical address is a name, and is not fetched
NAMING = {"canonical", "license", "author", "search", "prev", "next", "index"}

_ADDRESS = re.compile(r"^\s*(?:[a-z]+:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:[a-z]+:)?//[^"')\s;]+)""", re.IGNORECASE)


def elsewhere(folder: Path) -> list[str]:
    """Return each address that a page or a style sheet below a folder would fetch, with the file it stands in."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            found += [f"{address} ({path.relative_to(folder)})" for address in fetched_by_page(path.read_text())]
        elif path.suffix == ".css":
            found += [f"{address} ({path.relative_to(folder)})" for address in fetched_by_style(path.read_text())]
    return found


def fetched_by_page(text: str) -> list[str]:
    """Return the addresses elsewhere that a page makes a browser fetch."""
    reader = _Reader()
    reader.feed(text)
    return reader.found


def fetched_by_style(text: str) -> list[str]:
    """Return the addresses elsewhere that a style sheet makes a browser fetch."""
    return _IN_STYLE.findall(text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        values = {name: value or "" for name, value in attributes}
        names = set(values.get("rel", "").lower().split())
        address = values.get(FETCHING.get(tag, ""), "")
        if _ADDRESS.match(address) and not (tag == "link" and names and names <= NAMING):
            self.found.append(address)
        self.found += fetched_by_style(values.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found += fetched_by_style(data)
