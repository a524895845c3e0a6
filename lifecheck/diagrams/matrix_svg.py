"""Writes a table of verdicts as SVG: signs that differ in shape, on grounds that differ in pattern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lifecheck.diagrams.dot import (
    INK,
    LANE,
    LANE_BORDER,
    PAPER,
    SHARED,
    SHARED_PAPER,
    STRIKING,
    STRIKING_HATCH,
    STRIKING_PAPER,
)
from lifecheck.diagrams.svg import MARGIN, NOTE_SIZE, Drawing, document, heading, heading_width, width_of
from lifecheck.diagrams.text import wrapped

LABEL_WIDTH = 34
"""How many letters of a property stand on one line."""

LINE = 16.0
SIGN = 20.0
NARROW = 25.0
PADDING = 9.0

MEANINGS = {
    "holds": "on every run, or in every reachable state",
    "violated": "there is a counterexample",
    "vacuous": "what it is about never happens",
    "unknown": "a limit was met first",
    "reachable": "it can happen",
    "unreachable": "it cannot happen",
}
NOT_EXPECTED = "not the expected verdict"


@dataclass(frozen=True)
class Cell:
    """A verdict in words, and whether it is the expected one."""

    word: str
    is_expected: bool


@dataclass(frozen=True)
class Line:
    """A property with its verdicts; an observation is no requirement."""

    words: str
    is_observation: bool
    cells: tuple[Cell | None, ...]


def matrix_as_svg(
    lines: Sequence[Line], variants: Sequence[str], title: str, description: str, *, in_words: bool
) -> str:
    """Return the SVG of a table; without words, its cells hold signs alone and its columns' names are turned."""
    labels = [wrapped(line.words, LABEL_WIDTH) for line in lines]
    left = MARGIN + max(width_of(text) for label in labels for text in label) + PADDING
    heads = [wrapped(variant.replace("-", " "), 12) if in_words else [variant] for variant in variants]
    words = [cell.word + (" (!)" if not cell.is_expected else "") for line in lines for cell in line.cells if cell]
    wide = NARROW
    if in_words:
        wide = max(width_of(text, bold=True) for head in heads for text in head) + 2 * PADDING
        wide = max([wide, *(SIGN + width_of(word, bold=True) + 2 * PADDING for word in words)])
    legend = [word for word in MEANINGS if any(cell and cell.word == word for line in lines for cell in line.cells)]
    unexpected = any(cell and not cell.is_expected for line in lines for cell in line.cells)
    width = max(left + wide * len(variants) + MARGIN, 2 * MARGIN + NARROW + _legend_width(legend), heading_width(title))
    drawing = Drawing()
    _patterns(drawing)
    y = heading(drawing, width, title, ["Rows are properties, columns are variants."])
    y = _heads(drawing, heads, left, wide, y, turned=not in_words)
    for number, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if line.is_observation and (number == 0 or not lines[number - 1].is_observation):
            y += LINE * 1.6
            drawing.text(MARGIN, y - 5, "Worth knowing either way", size=NOTE_SIZE, anchor="start", bold=True)
        height = max(len(label) * LINE, LINE) + 2 * 4
        for place, text in enumerate(label):
            base = y + height / 2 + (place - (len(label) - 1) / 2) * LINE + 5
            drawing.text(left - PADDING, base, text, anchor="end")
        for column, cell in enumerate(line.cells):
            _cell(drawing, cell, left + column * wide, y, wide, height, in_words=in_words)
        y += height
    y = _legend(drawing, legend, unexpected, y + LINE)
    return document(drawing, width, y + MARGIN / 2, title, description)


def _patterns(drawing: Drawing) -> None:
    drawing.shape("defs", fill="")
    for name, paper, path in (
        ("hatched", STRIKING_PAPER, "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"),
        ("dotted", LANE, "M1,1 h1.5 M5,5 h1.5"),
    ):
        drawing.shape("pattern", fill="", id=name, width=8, height=8, patternUnits="userSpaceOnUse")
        pattern = drawing.elements.pop()
        drawing.shape("rect", width=8, height=8, fill=paper)
        pattern.append(drawing.elements.pop())
        drawing.shape("path", d=path, stroke=STRIKING_HATCH if name == "hatched" else LANE_BORDER, stroke_width=1)
        pattern.append(drawing.elements.pop())
        drawing.elements[0].append(pattern)


GROUNDS = {
    "holds": PAPER,
    "violated": "url(#hatched)",
    "vacuous": "url(#dotted)",
    "unknown": "url(#dotted)",
    "reachable": SHARED_PAPER,
    "unreachable": PAPER,
}


def _heads(
    drawing: Drawing, heads: Sequence[Sequence[str]], left: float, wide: float, y: float, *, turned: bool
) -> float:
    """Write the names of the columns, and return where the rows begin."""
    if turned:
        y += max(width_of(head[0], NOTE_SIZE) for head in heads) + 4
        for column, head in enumerate(heads):
            x = left + (column + 0.5) * wide + 4
            drawing.text(x, y - 4, head[0], size=NOTE_SIZE, anchor="start", turned=True)
        return y
    y += max(len(head) for head in heads) * LINE + 6
    for column, head in enumerate(heads):
        for place, text in enumerate(reversed(head)):
            drawing.text(left + (column + 0.5) * wide, y - 8 - place * LINE, text, bold=True)
    return y


def _cell(
    drawing: Drawing, cell: Cell | None, x: float, y: float, wide: float, height: float, *, in_words: bool
) -> None:
    ground = PAPER if cell is None else GROUNDS[cell.word]
    drawing.shape("rect", x=x, y=y, width=wide, height=height, fill=ground, stroke=LANE_BORDER)
    if cell is None:
        return
    middle = y + height / 2
    if not cell.is_expected:
        drawing.shape("rect", x=x + 2, y=y + 2, width=wide - 4, height=height - 4, stroke=INK, stroke_width=2)
    if not in_words:
        _sign(drawing, cell.word, x + wide / 2, middle)
        return
    _sign(drawing, cell.word, x + PADDING + 6, middle)
    word = cell.word if cell.is_expected else f"{cell.word} (!)"
    bold = cell.word == "violated" or not cell.is_expected
    drawing.text(x + PADDING + SIGN, middle + 5, word, bold=bold, anchor="start")


def _sign(drawing: Drawing, word: str, x: float, y: float) -> None:
    """Draw a sign around a point; signs are shapes, so that no machine lacks their letters."""
    thick: dict[str, str | float] = {"stroke_width": 2.6, "stroke_linecap": "round"}
    if word == "holds":
        drawing.line([(x - 5, y), (x - 1, y + 4), (x + 5, y - 5)], **thick)
    elif word == "violated":
        drawing.line([(x - 5, y - 5), (x + 5, y + 5)], **thick | {"stroke": STRIKING, "stroke_width": 3})
        drawing.line([(x - 5, y + 5), (x + 5, y - 5)], **thick | {"stroke": STRIKING, "stroke_width": 3})
    elif word == "vacuous":
        drawing.shape("circle", cx=x, cy=y, r=5, stroke=INK, stroke_width=2)
    elif word == "reachable":
        drawing.shape("circle", cx=x, cy=y, r=5, fill=SHARED)
    elif word == "unreachable":
        drawing.line([(x - 5, y), (x + 5, y)], **thick)
    else:
        drawing.text(x, y + 5, "?", bold=True)


def _legend_width(words: Sequence[str]) -> float:
    return max(width_of(f"{word}: {MEANINGS[word]}", NOTE_SIZE) for word in words) + 2 * PADDING


def _legend(drawing: Drawing, words: Sequence[str], unexpected: bool, y: float) -> float:
    """Say below the table what the signs mean, and return where that ends."""
    for word in words:
        drawing.shape("rect", x=MARGIN, y=y, width=NARROW, height=LINE + 4, fill=GROUNDS[word], stroke=LANE_BORDER)
        _sign(drawing, word, MARGIN + NARROW / 2, y + LINE / 2 + 2)
        drawing.text(
            MARGIN + NARROW + PADDING, y + LINE - 2, f"{word}: {MEANINGS[word]}", size=NOTE_SIZE, anchor="start"
        )
        y += LINE + 8
    if unexpected:
        drawing.shape("rect", x=MARGIN + 2, y=y + 2, width=NARROW - 4, height=LINE, stroke=INK, stroke_width=2)
        told = f"(!): {NOT_EXPECTED}"
        drawing.text(MARGIN + NARROW + PADDING, y + LINE - 2, told, size=NOTE_SIZE, anchor="start")
        y += LINE + 8
    return y
