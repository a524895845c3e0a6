"""Puts the pictures of docs/diagrams into a document, for cog: each with its words."""

from __future__ import annotations

from html import escape
from pathlib import Path
from xml.etree import ElementTree

import cog

FOLDER = Path("docs/diagrams")
SVG = "{http://www.w3.org/2000/svg}"


def pictures(start: str, width: int = 640) -> None:
    """Write every picture whose name starts so, in the order of their names."""
    found = sorted(FOLDER.glob(f"{start}*.svg"))
    assert found, f"no picture is called {start}..."
    for path in found:
        root = ElementTree.parse(path).getroot()
        title, words = (root.findtext(f"{SVG}{name}", "") for name in ("title", "desc"))
        cog.outl(f'\n<img src="diagrams/{path.name}" width="{min(width, _width(root))}" alt="{escape(title)}">\n')
        cog.outl(f"<details>\n<summary>In words: {escape(title)}</summary>\n")
        cog.outl(f"{_prose(words)}\n\n[SVG](diagrams/{path.name}).\n\n</details>")
    cog.outl("")


def _width(root: ElementTree.Element) -> int:
    """Return how wide a picture is in pixels; Graphviz counts in points."""
    width = root.get("width", "640")
    return round(float(width.removesuffix("pt")) * (4 / 3 if width.endswith("pt") else 1))


def _prose(words: str) -> str:
    """Return words so that Markdown shows them as they are."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in words)
