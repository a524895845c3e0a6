"""Finds links within the built site that lead nowhere, whatever they were written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


def lost(folder: Path) -> list[str]:
    """Return each address below a folder that names no file there, or no place in it, with the page it stands on."""
    pages = {path: _read(path) for path in sorted(folder.rglob("*.html"))}
    return [
        f"{address} ({path.relative_to(folder)})"
        for path, page in pages.items()
        for address in page.addresses
        if not _leads_somewhere(address, path, pages)
    ]


@dataclass
class _Page:
    """What a page offers to be linked to, and what it links to."""

    places: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = _Page()

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in {"id", "name"} and value:
                self.page.places.add(value)
            elif name in {"href", "src"} and value:
                self.page.addresses.append(value)


def _read(path: Path) -> _Page:
    reader = _Reader()
    reader.feed(path.read_text())
    return reader.page


def _leads_somewhere(address: str, path: Path, pages: dict[Path, _Page]) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True  # elsewhere
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target not in pages:
        return target.is_file()
    return not parts.fragment or unquote(parts.fragment) in pages[target].places
