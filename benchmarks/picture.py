"""The picture of the benchmarks: processor time against messages, for each checker a line with marks of its own.

It shows what the document tells: ``python benchmarks/picture.py`` draws it again without measuring.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lifecheck.diagrams.dot import FIFTH, FOURTH, LANE_BORDER, SECOND, SHARED, SIXTH, STRIKING, THIRD
from lifecheck.diagrams.svg import MARGIN, NOTE_SIZE, TEXT_SIZE, Drawing, heading
from lifecheck.diagrams.svg import document as svg_document

FOLDER = Path(__file__).parents[1] / "docs"

TITLE = "Processor time against messages"
NOTES = (
    "Each level line is ten times the one below; lower is faster. Where a line ends, no more was run.",
    "Beyond six messages the steps to the right are longer.",
)

STEP, DECADE, GAP = 44.0, 70.0, 34.0  # pixels from one number of messages or power of ten to the next, between panels
LEFT, LABELS = 92.0, 160.0  # room for the scale, and for the names beside the lines

COLOURS = {
    "lifecheck": SHARED,
    "SPIN": STRIKING,
    "SPIN, reduced": SECOND,
    "TLC": THIRD,
    "musil": FOURTH,
    "Storm": FIFTH,
    "CUDD": SIXTH,
}
MARKS = {
    "lifecheck": "discs",
    "SPIN": "squares",
    "SPIN, reduced": "crosses",
    "TLC": "triangles",
    "musil": "diamonds",
    "Storm": "bars",
    "CUDD": "pluses",
}


@dataclass(frozen=True)
class Panel:
    """What one table of the document tells: for each checker, seconds by number of messages."""

    title: str
    seconds: Mapping[str, Mapping[int, float]]


def recorded(document: str) -> list[Panel]:
    r"""Read the times of exploring and of liveness back from the tables of a document.

    Examples
    --------
    >>> recorded("## Liveness of `it`\n| messages | lifecheck | SPIN |\n|--:|--:|--:|\n| 1 | 4.9 ms | |\n")
    [Panel(title='Liveness of it', seconds={'lifecheck': {1: 0.0049}, 'SPIN': {}})]
    """
    panels = []
    for section in re.split(r"^## ", document, flags=re.MULTILINE)[1:]:
        title, _, text = section.partition("\n")
        if "`" in title:
            (table,) = (one for one in _tables(text) if "lifecheck" in one[0])
            panels.append(Panel(title.replace("`", ""), _times(*table)))
    return panels


def _tables(text: str) -> Iterator[list[list[str]]]:
    """Yield the cells of each table, its heading first."""
    for lines in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
        yield [head, *rows]


def _times(head: Sequence[str], *rows: Sequence[str]) -> dict[str, dict[int, float]]:
    columns = {checker: head.index(checker) for checker in COLOURS if checker in head}
    return {
        checker: {int(row[0]): found for row in rows if (found := _seconds(row[column])) is not None}
        for checker, column in columns.items()
    }


def _seconds(cell: str) -> float | None:
    number, _, unit = cell.replace(",", "").partition(" ")
    return round(float(number) / {"s": 1, "ms": 1000}[unit], 7) if unit in ("s", "ms") else None


def picture(panels: Sequence[Panel]) -> str:
    """Return time against messages as SVG; each power of ten of a second is a line."""
    times = [took for panel in panels for found in panel.seconds.values() for took in found.values()]
    powers = range(math.floor(math.log10(min(times))), math.ceil(math.log10(max(times))) + 1)
    widths = [len(_columns(panel)) * STEP for panel in panels]
    width = LEFT + sum(widths) + len(panels) * LABELS + (len(panels) - 1) * (GAP + LEFT / 2) + MARGIN
    drawing = Drawing()
    top = heading(drawing, width, TITLE, NOTES) + TEXT_SIZE
    bottom = top + GAP / 2 + DECADE * (len(powers) - 1)

    def height(seconds: float) -> float:
        return bottom - (math.log10(seconds) - powers[0]) * DECADE

    drawing.text(MARGIN, (top + bottom) / 2, "processor time", size=NOTE_SIZE, turned=True)
    left = LEFT
    for panel, wide in zip(panels, widths, strict=True):
        drawing.text(left + wide / 2, top, panel.title, bold=True)
        for power in powers:
            y = height(10.0**power)
            drawing.line([(left, y), (left + wide - STEP / 2 + 6, y)], stroke=LANE_BORDER)  # names stand beyond
            drawing.text(left - 8, y + 4, _power(power), size=NOTE_SIZE, anchor="end")
        _messages(drawing, panel, left, wide, bottom)
        _curves(drawing, panel, left, left + wide - STEP / 2 + 13, height)
        left += wide + LABELS + GAP + LEFT / 2
    return svg_document(drawing, width, bottom + 3 * GAP / 2, TITLE, _description(panels))


def _columns(panel: Panel) -> dict[int, int]:
    """Return in which column each number of messages stands."""
    numbers = sorted({number for found in panel.seconds.values() for number in found})
    return {number: column for column, number in enumerate(numbers)}


def _messages(drawing: Drawing, panel: Panel, left: float, wide: float, bottom: float) -> None:
    """Write the numbers of messages below a panel."""
    for messages, column in _columns(panel).items():
        drawing.text(left + (column + 0.5) * STEP, bottom + 18, str(messages), size=NOTE_SIZE)
    drawing.text(left + wide / 2, bottom + 36, "messages", size=NOTE_SIZE)


def _curves(drawing: Drawing, panel: Panel, left: float, right: float, height: Callable[[float], float]) -> None:
    """Draw a line for each checker, told apart by the shape of its marks, and its name beside where it ends."""
    ends: list[tuple[float, str]] = []
    columns = _columns(panel)
    for checker, found in panel.seconds.items():
        points = [(left + (columns[messages] + 0.5) * STEP, height(took)) for messages, took in found.items()]
        look: dict[str, str | float] = {"stroke": COLOURS[checker], "stroke_width": 2}
        drawing.line(points, stroke_dasharray="2 5" if checker == "SPIN, reduced" else "", **look)
        for x, y in points:
            _mark(drawing, checker, x, y)
        if points:
            ends.append((points[-1][1], checker))
    lowest = -math.inf
    for y, checker in sorted(ends):
        lowest = max(y, lowest + TEXT_SIZE * 1.5)  # names of lines that end together stand one below the other
        drawing.text(right, lowest + 4.5, f"{checker} ({MARKS[checker]})", anchor="start")


def _mark(drawing: Drawing, checker: str, x: float, y: float) -> None:
    """Draw a mark; the open ones and the cross can lie over one another and all be seen."""
    look: dict[str, str | float] = {"stroke": COLOURS[checker], "stroke_width": 2}
    match MARKS[checker]:
        case "discs":
            drawing.shape("circle", cx=x, cy=y, r=4.5, fill=COLOURS[checker])
        case "squares":
            drawing.shape("rect", x=x - 6, y=y - 6, width=12, height=12, **look)
        case "triangles":
            drawing.line([(x - 6, y + 5), (x, y - 6), (x + 6, y + 5), (x - 6, y + 5)], **look)
        case "bars":
            drawing.line([(x, y - 7), (x, y + 7)], **look)
        case "pluses":
            drawing.line([(x - 6, y), (x + 6, y)], **look)
            drawing.line([(x, y - 6), (x, y + 6)], **look)
        case "diamonds":
            drawing.line([(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)], **look)
        case _:
            drawing.line([(x - 4, y - 4), (x + 4, y + 4)], **look)
            drawing.line([(x - 4, y + 4), (x + 4, y - 4)], **look)


def _power(power: int) -> str:
    """Return a power of ten of a second, as it is written at the scale."""
    return f"{10**power:,} s" if power >= 0 else f"{10.0 ** (power + 3):g} ms"


def _description(panels: Sequence[Panel]) -> str:
    told = []
    for panel in panels:
        for checker, found in panel.seconds.items():
            times = ", ".join(f"{_time(took)} for {messages}" for messages, took in found.items())
            told.append(f"{panel.title}, {checker}: {times}.")
    return " ".join(told)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "not run"
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"


if __name__ == "__main__":
    (FOLDER / "benchmarks.svg").write_text(picture(recorded((FOLDER / "benchmarks.md").read_text())))
