"""The picture of the benchmarks shows the numbers of their document, and nobody needs colour to read it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from benchmarks.report import COLOURS, picture, recorded
from lifecheck.diagrams.dot import PAPER
from tests.lifecheck.diagrams.svg_reader import SVG, contrast, contrasts, outside, overlapping, shown, struck_through

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT = (DOCS / "benchmarks.md").read_text()
DRAWN = (DOCS / "benchmarks.svg").read_text()


def test_it_is_drawn_from_the_numbers_of_the_document() -> None:
    assert picture(recorded(DOCUMENT)) == DRAWN, "run `python benchmarks/report.py`"


def test_both_tables_are_read_whole() -> None:
    exploring, liveness = recorded(DOCUMENT)
    assert (exploring.title, liveness.title) == ("Exploring at-most-once", "Liveness of patched-lost-once")
    counts = [[len(found) for found in panel.seconds.values()] for panel in (exploring, liveness)]
    assert counts == [[6, 5, 5], [5, 4, 4]]
    assert exploring.seconds["SPIN"][5] == 5.0
    assert liveness.seconds["lifecheck"][5] == 0.8643


def test_each_line_has_marks_of_its_own_its_name_and_a_colour_that_is_seen() -> None:
    root = ElementTree.fromstring(DRAWN)
    assert len(list(root.iter(f"{SVG}circle"))) == 11
    assert sum(part.get("stroke") == COLOURS["SPIN"] for part in root.iter(f"{SVG}rect")) == 9
    # a line and the two strokes of each cross
    assert sum(part.get("stroke") == COLOURS["reduced SPIN"] for part in root.iter(f"{SVG}polyline")) == 2 + 2 * 9
    for name in ("lifecheck (discs)", "SPIN (squares)", "reduced SPIN (crosses)"):
        assert shown(DRAWN).count(name) == 2
    for colour in COLOURS.values():
        assert contrast(colour, PAPER) >= 3  # WCAG 2.2, 1.4.11


def test_both_axes_say_what_they_measure() -> None:
    assert shown(DRAWN).count("messages") == 2
    assert {"processor time", "1 ms", "10 s"} <= set(shown(DRAWN))


def test_it_has_words_for_those_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(DRAWN)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert root.findtext(f"{SVG}title") == "Processor time against messages"
    assert "Liveness of patched-lost-once, SPIN: 90.0 ms for 1, 90.0 ms for 2" in root.findtext(f"{SVG}desc", "")


def test_no_text_of_it_overlaps_leaves_the_page_or_is_faint() -> None:
    assert [*overlapping(DRAWN), *outside(DRAWN), *struck_through(DRAWN)] == []
    assert min(contrasts(DRAWN).values()) >= 4.5
