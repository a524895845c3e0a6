"""Writes what was measured as a document with tables and ratios, and as a picture on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.population import Line

WIDTH, HEIGHT, LEFT, TOP, STEP, DECADE = 640, 420, 70, 18, 90, 52
FASTEST = -4  # the lowest decade shown, as a power of ten of a second
COLOURS = {"lifecheck": "#0b6e4f", "SPIN": "#c1440e", "SPIN, reduced": "#d9a441"}


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
            "![Processor time against messages, logarithmic: solid exploring, dashed liveness](benchmarks.svg)",
            "",
        ]
    )


def write(folder: Path, document: str, explored: Sequence[Line], judged: Sequence[Line]) -> None:
    """Write document and picture, each whole and then renamed."""
    for name, content in (("benchmarks.md", document), ("benchmarks.svg", picture(explored, judged))):
        part = folder / f".{name}.part"
        part.write_text(content)
        part.replace(folder / name)


def picture(explored: Sequence[Line], judged: Sequence[Line]) -> str:
    """Return time against messages as SVG; each power of ten of a second is a line."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(FASTEST, 3):
        y = _height(10.0**power)
        label = f"{10**power} s" if power >= 0 else f"{10.0**power:g} s"
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + 5.4 * STEP}" y1="{y}" y2="{y}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{label}</text>')
    for line in explored:
        x = LEFT + (line.messages - 1) * STEP
        parts.append(f'<text x="{x}" y="{HEIGHT - 22}" text-anchor="middle">{line.messages}</text>')
    parts.append(f'<text x="{LEFT + 2.5 * STEP}" y="{HEIGHT - 6}" text-anchor="middle">messages</text>')
    for number, (checker, colour) in enumerate(COLOURS.items()):
        for lines, dashes in ((explored, ""), (judged, ' stroke-dasharray="5 4"')):
            found = [(line.messages, took) for line in lines if (took := line.median(checker))]
            points = " ".join(f"{LEFT + (messages - 1) * STEP},{_height(took)}" for messages, took in found)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts.append(f'<text x="{LEFT + 10}" y="{TOP + 16 * number}" fill="{colour}">{checker}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _height(seconds: float) -> float:
    return round(HEIGHT - 45 - (max(log10(seconds), FASTEST) - FASTEST) * DECADE, 1)


def _exploration(line: Line, explored: Sequence[Line]) -> str:
    own, spin, reduced = (line.median(checker) for checker in COLOURS)
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
    own, spin, reduced = (line.median(checker) for checker in COLOURS)
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
