"""Makes room for text without a font: Graphviz is told how wide each line is, and the text is written in afterwards.

Graphviz measures text in the fonts that it finds, so that a picture would differ from one machine to the next, and its
text would not fit where the reader has a wider font than the writer. Here a line of a label becomes an empty cell that
has room for it in whichever font; the colour of the cell, too faint to be seen, is its number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from lifecheck.diagrams.svg import Drawing, width_of

LINE_HEIGHT = 1.2
BASE_LINE = 0.35
"""How far below the middle of a line its letters stand, as a part of their size."""

_FAINT = "01"
_CELL = re.compile(r'<polygon fill="#([0-9a-f]{6})" fill-opacity="0\.0039\d*" stroke="[^"]*" points="([^"]*)"/>')
_TAGS = {"label", "table", "tr", "td", "b", "font", "br"}
_HARD_SPACE = "\xa0"
_LABEL = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|label=<((?:[^<>]|<[^<>]*>)*)>', re.DOTALL)


@dataclass(frozen=True)
class Style:
    """How a line of text looks; sizes are in points."""

    size: float = 14.0
    colour: str = "#000000"
    bold: bool = False
    align: str = "center"

    @property
    def space(self) -> float:
        """How wide a space is."""
        return width_of("_ _", self.size) - width_of("__", self.size)


def labels_in(dot: str) -> frozenset[str]:
    """Return the labels in Graphviz's HTML-like form.

    Examples
    --------
    >>> labels_in('a [label=<go<br/>on>, tooltip="label=<no>"]')
    frozenset({'go<br/>on'})
    """
    return frozenset(found[1] for found in _LABEL.finditer(dot) if found[1] is not None)


class LabelCells:
    """The lines of text of a graph, by their number.

    Examples
    --------
    >>> cells = LabelCells()
    >>> cells.made("<b>go</b>", Style(10))
    '<table border="0" cellborder="0" cellspacing="0" cellpadding="0"><tr><td align="center" width="15" height="12" \
bgcolor="#00000001"></td></tr></table>'
    >>> cell = '<polygon fill="#000000" fill-opacity="0.003922" stroke="none" points="0,0 0,-12 20,-12 20,0 0,0"/>'
    >>> print(cells.written(cell))
    <text fill="#000000" x="10" y="-2.5" font-family="Helvetica,Arial,sans-serif" font-size="10" font-weight="bold" \
text-anchor="middle">go</text>
    """

    def __init__(self) -> None:
        self._lines: list[tuple[str, Style]] = []

    def made(self, markup: str, style: Style) -> str:
        """Return a label in which every line of text is an empty cell; one not of our writing stays as it is."""
        try:
            label = ElementTree.fromstring(f"<label>{markup}</label>")
        except ElementTree.ParseError:
            return markup
        return self._content(label, style) if markup and {part.tag for part in label.iter()} <= _TAGS else markup

    def written(self, svg: str) -> str:
        """Return what Graphviz drew, with the text in its cells."""
        return _CELL.sub(lambda found: self._text(*self._lines[int(found[1], 16)], found[2]), svg)

    def _content(self, element: ElementTree.Element, style: Style) -> str:
        table = element.find("table")
        if table is None:
            return self._lines_of(element, style)
        for cell in list(table.iter("td")):
            inside = self._content(cell, replace(style, align=cell.get("align", "center")))
            for child in list(cell):
                cell.remove(child)
            cell.text = ""
            cell.append(ElementTree.fromstring(inside))
        table.tail = None
        return ElementTree.tostring(table, encoding="unicode", short_empty_elements=False)

    def _lines_of(self, element: ElementTree.Element, style: Style) -> str:
        rows = "".join(f"<tr>{self._cell(text, looks)}</tr>" for text, looks in _split(element, style))
        return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="0">{rows}</table>'

    def _cell(self, text: str, style: Style) -> str:
        number = len(self._lines)
        self._lines.append((text, style))
        shown, before, after = _without_spaces(text)
        width = max(math.ceil(width_of(shown, style.size, bold=style.bold) + (before + after) * style.space), 1)
        room = f'width="{width}" height="{math.ceil(style.size * LINE_HEIGHT)}"'
        return f'<td align="{style.align}" {room} bgcolor="#{number:06x}{_FAINT}"></td>'

    def _text(self, text: str, style: Style, points: str) -> str:
        corners = [tuple(map(float, point.split(","))) for point in points.split()]
        (left, right), (top, bottom) = ((min(axis), max(axis)) for axis in zip(*corners, strict=True))
        shown, before, after = _without_spaces(text)
        places = {
            "left": (left + before * style.space, "start"),
            "right": (right - after * style.space, "end"),
            "center": ((left + right) / 2, "middle"),
        }
        x, anchor = places[style.align]
        drawing = Drawing()
        y = (top + bottom) / 2 + BASE_LINE * style.size
        drawing.text(x, y, shown, size=style.size, bold=style.bold, fill=style.colour, anchor=anchor)
        return ElementTree.tostring(drawing.elements[0], encoding="unicode")


def _without_spaces(text: str) -> tuple[str, int, int]:
    """Return a text without the hard spaces around it, and how many stand before and after it."""
    before, after = (len(text) - len(strip(_HARD_SPACE)) for strip in (text.lstrip, text.rstrip))
    return text.strip(_HARD_SPACE), before, after


def _split(element: ElementTree.Element, style: Style) -> Iterator[tuple[str, Style]]:
    """Yield the lines of a label; a line has one style, that of the first letters in it."""
    text, looks = "", style
    for part, styled, align in _parts(element, style):
        if part is None:
            yield text, replace(looks, align=align or style.align)
            text, looks = "", style
            continue
        if not text.strip(_HARD_SPACE):
            looks = styled
        text += part
    if text:
        yield text, looks


def _parts(element: ElementTree.Element, style: Style) -> Iterable[tuple[str | None, Style, str]]:
    """Yield the pieces of text, and none where a line ends, with the way in which it stands."""
    if element.text:
        yield _plain(element.text), style, ""
    for child in element:
        if child.tag == "br":
            yield None, style, child.get("align", "")
        else:
            looks = replace(
                style,
                size=float(child.get("point-size", style.size)),
                colour=child.get("color", style.colour),
                bold=style.bold or child.tag == "b",
            )
            yield from _parts(child, looks)
        if child.tail:
            yield _plain(child.tail), style, ""


def _plain(text: str) -> str:
    return text.replace("\\\\", "\\")
