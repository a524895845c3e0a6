"""Writes SVG where Graphviz does not: a few shapes in one look, and text whose width is known.

The libraries that draw sequence diagrams without a browser measure fonts of the machine, so that their bytes differ
from one to the next, or are no longer kept; a line, a box and a text are less than their wrapping.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from lifecheck.diagrams.dark import style
from lifecheck.diagrams.dot import FONT, INK, MUTED, NOTES_WIDTH, PAPER, TITLE_WIDTH
from lifecheck.diagrams.text import visible, wrapped

TITLE_SIZE = 18.0
NOTE_SIZE = 12.5
TEXT_SIZE = 13.5
MARGIN = 20.0


class Drawing:
    """Shapes one over the other, in pixels from the top left corner."""

    def __init__(self) -> None:
        self.elements: list[ElementTree.Element] = []

    def shape(self, kind: str, **attributes: str | float) -> None:
        """Add an element; an underscore in a name stands for a dash, and ``fill`` is none unless given."""
        values = {"fill": "none", **attributes}
        written = {name.replace("_", "-"): _written(value) for name, value in values.items() if value != ""}
        self.elements.append(ElementTree.Element(kind, written))

    def line(self, points: Sequence[tuple[float, float]], **attributes: str | float) -> None:
        """Add a line through some points."""
        path = " ".join(f"{_written(x)},{_written(y)}" for x, y in points)
        self.shape("polyline", points=path, **{"stroke": INK, **attributes})

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT_SIZE,
        bold: bool = False,
        fill: str = INK,
        anchor: str = "middle",
        turned: bool = False,
    ) -> None:
        """Add one line of text with its base line at `y`; turned, it is read from below to above."""
        self.shape(
            "text",
            x=x,
            y=y,
            fill=fill,
            font_family=FONT,
            font_size=size,
            font_weight="bold" if bold else "",
            text_anchor=anchor,
            transform=f"rotate(-90 {_written(x)} {_written(y)})" if turned else "",
        )
        self.elements[-1].text = visible(text).replace("  ", " \xa0")  # SVG makes one of several spaces


def heading(drawing: Drawing, width: float, title: str, notes: Iterable[str]) -> float:
    """Write a title and sentences in small print below it, in the middle; return where the picture may begin."""
    y = MARGIN
    for line in _fitting(title, TITLE_WIDTH, width, TITLE_SIZE, bold=True):
        y += TITLE_SIZE * 1.2
        drawing.text(width / 2, y, line, size=TITLE_SIZE, bold=True)
    y += 4
    for note in notes:
        for line in _fitting(note, NOTES_WIDTH, width, NOTE_SIZE):
            y += NOTE_SIZE * 1.35
            drawing.text(width / 2, y, line, size=NOTE_SIZE, fill=MUTED)
    return y + 16


def document(drawing: Drawing, width: float, height: float, title: str, description: str) -> str:
    """Return a whole SVG on a white ground, with its title and the picture in words.

    Examples
    --------
    >>> drawing = Drawing()
    >>> drawing.text(20, 20, "<b>")
    >>> document(drawing, 40, 30, "A letter", "It is b.").splitlines()[-2].partition(">")[2]
    '&lt;b&gt;</text>'
    """
    size = {"width": _written(math.ceil(width)), "height": _written(math.ceil(height))}
    root = ElementTree.Element(
        "svg",
        {
            **size,
            "viewBox": f"0 0 {size['width']} {size['height']}",
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": "title desc",
        },
    )
    ElementTree.SubElement(root, "title", {"id": "title"}).text = visible(title)
    ElementTree.SubElement(root, "desc", {"id": "desc"}).text = visible(description)
    ElementTree.SubElement(root, "rect", {**size, "fill": PAPER})
    root.extend(drawing.elements)
    sheet = ElementTree.Element("style")
    sheet.text = style(ElementTree.tostring(root, encoding="unicode"))
    root.insert(2, sheet)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def width_of(text: str, size: float = TEXT_SIZE, *, bold: bool = False) -> float:
    """Return how wide a text is at most, in whichever sans-serif font a machine has.

    The widths are those of DejaVu Sans, rounded up; Helvetica, Arial and their like are narrower.

    Examples
    --------
    >>> width_of("ill", 10) < width_of("www", 10) < width_of("日本語", 10)
    True
    """
    return sum(_width(char) for char in visible(text)) * size * (1.14 if bold else 1)


def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So":
        return 1.02
    return _WIDTHS.get(char, 0.84)


_LETTERS = {
    28: "'ijl",
    32: ",.IJ ",
    36: "/:;\\f|",
    40: "()-[]t",
    44: "!r",
    48: '"',
    52: "*_`",
    56: "?Lcsz",
    60: "Fkvxy",
    64: "0123456789$EPSTYabdeghnopqu{}",
    72: "ABCRVXZK",
    80: "HNU&DGOQ",
    84: "#+<=>^w~",
    100: "M%@Wm",
}
"""Letters by their width in DejaVu Sans, in hundredths of its size, rounded up."""

_WIDTHS = {letter: width / 100 for width, letters in _LETTERS.items() for letter in letters}


def heading_width(title: str) -> float:
    """Return how wide a page must be at least, because the longest word of its title is not broken."""
    return max(width_of(word, TITLE_SIZE, bold=True) for word in wrapped(title, 1)) + 2 * MARGIN


def _fitting(text: str, letters: int, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text as lines that fit a page, as far as its words allow."""
    while letters > 1:
        lines = wrapped(text, letters)
        if all(width_of(line, size, bold=bold) <= width - 2 * MARGIN for line in lines):
            return lines
        letters -= 1
    return wrapped(text, 1)


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"
