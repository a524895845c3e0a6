"""Writes what was measured as a document with tables and ratios, and as a picture on a logarithmic scale.

The picture shows what the document tells: ``python benchmarks/report.py`` draws it again without measuring.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from lifecheck.diagrams.dot import LANE_BORDER, PAPER, SECOND, SHARED, STRIKING
from lifecheck.diagrams.svg import MARGIN, NOTE_SIZE, TEXT_SIZE, Drawing, heading, width_of
from lifecheck.diagrams.svg import document as svg_document

if TYPE_CHECKING:
    from benchmarks.population import Line

FOLDER = Path(__file__).parents[1] / "docs"
CHECKERS = ("lifecheck", "SPIN", "reduced SPIN")
IN_DOCUMENT = {"lifecheck": "lifecheck", "SPIN": "SPIN", "SPIN, reduced": "reduced SPIN"}
"""What a checker is called where it is run, and in the document."""

STEP, DECADE, GAP = 44.0, 70.0, 34.0  # pixels from a number of messages or a power of ten to the next, between panels
LEFT, LABELS = 92.0, 130.0  # room for the scale, and for the names beside the lines
COLOURS = {"lifecheck": SHARED, "SPIN": STRIKING, "reduced SPIN": SECOND}
MARKS = {"lifecheck": "discs", "SPIN": "squares", "reduced SPIN": "crosses"}


def text(
    explored: Sequence[Line],
    judged: Sequence[Line],
    cutoff: float,
    bandwidth: float,
    machine: str,
    variants: tuple[str, str],
    rounds: int,
) -> str:
    """Return the document."""
    last = explored[-1]
    took = last.median("lifecheck") or 0
    limit = last.sweeps * last.bytes_moved / bandwidth
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`. The same rows in lifecheck and in SPIN (`pan` compiled with `-O2`), in one run,",
            f"alternating, processor time of one core, medians of {rounds}. States and transitions of the exhaustive",
            "search are asserted to be equal; its reduced one visits fewer. SPIN's times leave out generating and",
            "compiling its verifier, lifecheck's the firing of the machines. Guards read every variable, so that SPIN",
            "drops none. TLC and musil are not measured here.",
            "",
            f"The machine: {machine}.",
            "",
            f"## Exploring `{variants[0]}`",
            "",
            "No reductions in lifecheck and in the column SPIN; the ratio is SPIN's time by lifecheck's.",
            "",
            _row(["messages", "states", "transitions", "lifecheck", "states/s", "bytes/state"])
            + _more(["SPIN", "states/s", "bytes/state", "ratio", "reduced SPIN", "its states"]),
            "|--:" * 12 + "|",
            *(_exploration(line, explored) for line in explored),
            "",
            "Where SPIN did not run it would have taken too much memory; the ratio is then of states a second, with",
            "SPIN's rate at the number of messages before.",
            "",
            f"A sweep of {last.messages} messages reads and writes {last.bytes_moved / 1e6:,.0f} MB, and {last.sweeps} "
            "sweeps find all states.",
            f"Memory moves {bandwidth / 1e9:.1f} GB a second here: moving so much takes {limit:.2f} s, and exploring",
            f"takes {took / limit:.1f} times that",
            "(less than once is possible: a block is swept while it lies in the processor's cache).",
            "",
            f"## Liveness of `{variants[1]}`",
            "",
            "What is queued leaves the queue, under weak fairness of every message (`pan -a -f`); it holds. In this",
            "variant a message never has two fair triggers to choose from, so that SPIN's fairness to processes is",
            "fairness to triggers.",
            "",
            _row(["messages", "states", "lifecheck", "SPIN", "ratio", "reduced SPIN"]),
            "|--:" * 6 + "|",
            *(_liveness(line) for line in judged),
            "",
            f"A verdict for any number of messages, where the cutoff holds, takes {cutoff * 1000:.1f} ms.",
            "",
            f"![{TITLE}, for lifecheck, SPIN and reduced SPIN: the numbers of both tables](benchmarks.svg)",
            "",
        ]
    )


def write(folder: Path, document: str) -> None:
    """Write document and picture, each whole and then renamed."""
    for name, content in (("benchmarks.md", document), ("benchmarks.svg", picture(recorded(document)))):
        part = folder / f".{name}.part"
        part.write_text(content)
        part.replace(folder / name)


@dataclass(frozen=True)
class Panel:
    """What one table of the document tells: for each checker, seconds by number of messages."""

    title: str
    seconds: Mapping[str, Mapping[int, float]]


def recorded(document: str) -> list[Panel]:
    r"""Read the times of a document back from its tables.

    Examples
    --------
    >>> recorded("## Liveness of `it`\n| messages | lifecheck | SPIN |\n|--:|--:|--:|\n| 1 | 4.9 ms | not run |")
    [Panel(title='Liveness of it', seconds={'lifecheck': {1: 0.0049}, 'SPIN': {}})]
    """
    panels = []
    for section in re.split(r"^## ", document, flags=re.MULTILINE)[1:]:
        heading, *lines = section.splitlines()
        head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
        columns = {checker: head.index(checker) for checker in CHECKERS if checker in head}
        seconds = {
            checker: {int(row[0]): found for row in rows if (found := _seconds(row[column])) is not None}
            for checker, column in columns.items()
        }
        panels.append(Panel(heading.replace("`", ""), seconds))
    return panels


def _seconds(cell: str) -> float | None:
    number, _, unit = cell.replace(",", "").partition(" ")
    return round(float(number) / {"s": 1, "ms": 1000}[unit], 7) if unit in ("s", "ms") else None


def picture(panels: Sequence[Panel]) -> str:
    """Return time against messages as SVG; each power of ten of a second is a line."""
    times = [took for panel in panels for found in panel.seconds.values() for took in found.values()]
    powers = range(math.floor(math.log10(min(times))), math.ceil(math.log10(max(times))) + 1)
    widths = [max(max(found, default=1) for found in panel.seconds.values()) * STEP for panel in panels]
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
        _curves(drawing, panel, left, height)
        left += wide + LABELS + GAP + LEFT / 2
    return svg_document(drawing, width, bottom + 3 * GAP / 2, TITLE, _description(panels))


TITLE = "Processor time against messages"
NOTES = ("Each level line is ten times the one below; lower is faster. Where a line ends, no more was run.",)


def _messages(drawing: Drawing, panel: Panel, left: float, wide: float, bottom: float) -> None:
    """Write the numbers of messages below a panel."""
    for messages in sorted({number for found in panel.seconds.values() for number in found}):
        drawing.text(left + (messages - 0.5) * STEP, bottom + 18, str(messages), size=NOTE_SIZE)
    drawing.text(left + wide / 2, bottom + 36, "messages", size=NOTE_SIZE)


def _curves(drawing: Drawing, panel: Panel, left: float, height: Callable[[float], float]) -> None:
    """Draw a line for each checker, told apart by the shape of its marks, and its name where it ends."""
    ends: list[tuple[float, float, str]] = []
    for checker, found in panel.seconds.items():
        points = [(left + (messages - 0.5) * STEP, height(took)) for messages, took in found.items()]
        look: dict[str, str | float] = {"stroke": COLOURS[checker], "stroke_width": 2}
        drawing.line(points, stroke_dasharray="2 5" if checker == "reduced SPIN" else "", **look)
        for x, y in points:
            _mark(drawing, checker, x, y)
        if points:
            ends.append((points[-1][1], points[-1][0], checker))
    lowest = -math.inf
    for y, x, checker in sorted(ends):
        lowest = max(y, lowest + TEXT_SIZE * 1.5)  # names of lines that end together stand one below the other
        name = f"{checker} ({MARKS[checker]})"
        drawing.shape("rect", x=x + 11, y=lowest - 8, width=width_of(name) + 4, height=16, fill=PAPER)
        drawing.text(x + 13, lowest + 4.5, name, anchor="start")


def _mark(drawing: Drawing, checker: str, x: float, y: float) -> None:
    """Draw a disc, an open square or a cross: two of them can lie over one another and both be seen."""
    colour = COLOURS[checker]
    if checker == "lifecheck":
        drawing.shape("circle", cx=x, cy=y, r=4.5, fill=colour)
    elif checker == "SPIN":
        drawing.shape("rect", x=x - 6, y=y - 6, width=12, height=12, stroke=colour, stroke_width=2)
    else:
        drawing.line([(x - 4, y - 4), (x + 4, y + 4)], stroke=colour, stroke_width=2.4)
        drawing.line([(x - 4, y + 4), (x + 4, y - 4)], stroke=colour, stroke_width=2.4)


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


def _exploration(line: Line, explored: Sequence[Line]) -> str:
    own, spin, reduced = (line.median(checker) for checker in IN_DOCUMENT)
    assert own is not None
    rate = line.states / own
    if spin is not None:
        ratio = f"{spin / own:,.0f}"
    else:
        before = next(other for other in reversed(explored) if other.median("SPIN") is not None)
        ratio = f"({rate / (before.states / (before.median('SPIN') or 1)):,.0f})"
    return _row(
        [
            str(line.messages),
            f"{line.states:,}",
            f"{line.transitions:,}",
            _time(own),
            f"{rate:,.0f}",
            f"{line.bytes_per_state:,.2f}",
        ]
    ) + _more(
        [
            _time(spin),
            "" if spin is None else f"{line.states / spin:,.0f}",
            "" if line.spin_bytes_per_state is None else f"{line.spin_bytes_per_state:,.0f}",
            ratio,
            _time(reduced),
            "" if line.reduced_states is None else f"{line.reduced_states:,}",
        ]
    )


def _liveness(line: Line) -> str:
    own, spin, reduced = (line.median(checker) for checker in IN_DOCUMENT)
    assert own is not None
    ratio = "" if spin is None else f"{spin / own:,.0f}"
    return _row([str(line.messages), f"{line.states:,}", _time(own), _time(spin), ratio, _time(reduced)])


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "not run"
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds * 1000:,.1f} ms"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _more(cells: Sequence[str]) -> str:
    return " " + " | ".join(cells) + " |"


if __name__ == "__main__":
    (FOLDER / "benchmarks.svg").write_text(picture(recorded((FOLDER / "benchmarks.md").read_text())))
