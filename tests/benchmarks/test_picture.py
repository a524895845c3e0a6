"""The picture of the benchmarks shows the numbers of their document, and nobody needs colour to read it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.picture import COLOURS, MARKS, picture, recorded
from lifecheck.diagrams.dot import PAPER
from tests.lifecheck.diagrams.svg_reader import SVG, contrast, contrasts, outside, overlapping, shown, struck_through

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "benchmarks.md").read_text()
PANELS = recorded(DOCUMENT)
DRAWN = (DOCS / "benchmarks.svg").read_text()


def test_it_is_drawn_from_the_numbers_of_the_document() -> None:
    assert picture(recorded(DOCUMENT)) == DRAWN, "run `python benchmarks/picture.py`"


def test_both_tables_are_read_whole() -> None:
    exploring, liveness = PANELS
    assert (exploring.title, liveness.title) == ("Exploring at-most-once", "Liveness of patched-lost-once")
    assert [list(panel.seconds["lifecheck"]) for panel in PANELS] == [
        [1, 2, 3, 4, 5, 6, 10, 20, 50],
        [1, 2, 3, 4, 5, 10, 20, 50],
    ]
    cells = re.findall(r"(?<=\| )[\d,.]+ m?s(?= \|)", DOCUMENT)
    found = [took for panel in PANELS for times in panel.seconds.values() for took in times.values()]
    assert 0 < len(found) < len(cells)  # those of the slots are told, and not drawn


def test_each_line_has_marks_of_its_own_its_name_and_a_colour_that_is_seen() -> None:
    root = ElementTree.fromstring(DRAWN)
    points = {checker: sum(len(panel.seconds.get(checker, ())) for panel in PANELS) for checker in COLOURS}
    lines = {checker: sum(bool(panel.seconds.get(checker)) for panel in PANELS) for checker in COLOURS}

    def drawn(kind: str, checker: str) -> int:
        return sum(part.get("stroke") == COLOURS[checker] for part in root.iter(f"{SVG}{kind}"))

    assert len(list(root.iter(f"{SVG}circle"))) == points["lifecheck"]
    assert drawn("rect", "SPIN") == points["SPIN"]
    assert drawn("polyline", "SPIN, reduced") == lines["SPIN, reduced"] + 2 * points["SPIN, reduced"]  # two strokes
    assert drawn("polyline", "CUDD") == lines["CUDD"] + 2 * points["CUDD"]
    for checker in ("TLC", "musil", "Storm"):
        assert drawn("polyline", checker) == lines[checker] + points[checker]
    for checker, marks in MARKS.items():
        assert shown(DRAWN).count(f"{checker} ({marks})") == lines[checker]
    for colour in COLOURS.values():
        assert contrast(colour, PAPER) >= 3  # WCAG 2.2, 1.4.11


def test_both_axes_say_what_they_measure() -> None:
    assert shown(DRAWN).count("messages") == 2
    assert {"processor time", "10 ms", "10 s"} <= set(shown(DRAWN))


def test_it_has_words_for_those_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(DRAWN)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext(f"{SVG}title") == "Processor time against messages"
    assert re.search(r"Liveness of patched-lost-once, SPIN: [\d.]+ ms for 1, ", root.findtext(f"{SVG}desc", ""))


def test_no_text_of_it_overlaps_leaves_the_page_or_is_faint() -> None:
    assert [*overlapping(DRAWN), *outside(DRAWN), *struck_through(DRAWN)] == []
    assert min(contrasts(DRAWN).values()) >= 4.5
