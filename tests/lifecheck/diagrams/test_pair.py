"""Two lifecycles in one picture: what both do is drawn once, and the rows that differ stand out by name."""

from __future__ import annotations

import re

import pytest

from lifecheck import Component, InputError, Row, System
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.lifecycle_content import read_lanes, read_pair
from lifecheck.diagrams.pair import pair_diagram
from lifecheck.statespace import explore
from model import PATCHED, UNPATCHED, VARIANTS
from tests.lifecheck.diagrams.mermaid_reader import labels, thick_links

LANES = {"queue": "SMTP queue", "store": "Store", "scanner": "Scanner"}
BOTH = {"unpatched": UNPATCHED, "patched": PATCHED}


def marked(diagram: Diagram) -> list[tuple[str, str]]:
    """Return the trigger and the mark of each node that carries one, and that stands out by its border."""
    found = re.findall(r"^ +m\d+ \[label=<<b>([\w<>/]+?)</b><br/><font[^>]*><b>([^<]*)</b>", diagram.dot, re.MULTILINE)
    return [(trigger, mark) for trigger, mark in found]


def bell(*rows: Row, initial: str = "quiet", limit: tuple[str, ...] = ("quiet", "rung", "gone")) -> System:
    return System("bell", [Component("bell", limit, initial, rows, {"ring", "answer", "fade", "look"})])


RING, ANSWER, FADE = Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet"), Row("fade", "rung", "gone")


def test_the_two_rows_that_differ_stand_out_with_the_name_of_their_variant() -> None:
    diagram = pair_diagram(BOTH, LANES)
    assert marked(diagram) == [("acknowledge", "only in patched"), ("abandon_attempt", "only in unpatched")]
    shown = labels(diagram.mermaid)
    assert shown.count("only in patched") == 1
    assert shown.count("only in unpatched") == 2  # what the queue can do no more follows from the store's row
    assert "acknowledge: deleted to settled (only in patched)" in diagram.description


def test_they_differ_by_more_than_colour() -> None:
    diagram = pair_diagram(BOTH, LANES)
    assert len(re.findall(r'color="#004d3a:#ffffff:#004d3a"', diagram.dot)) == 2  # a double line, there and on
    assert len(re.findall(r'-> \w+ \[[^]]*color="#D55E00", penwidth="2.4"', diagram.dot)) == 3
    assert "Thick arrow: a row that only unpatched has. Double arrow: a row that only patched has." in (
        diagram.dot.replace("<br/>", " ")
    )
    assert "stroke-dasharray" in diagram.mermaid


def test_thick_links_of_mermaid_are_those_of_the_first_variant() -> None:
    links = thick_links(pair_diagram(BOTH, LANES).mermaid)
    assert [link.split()[0][0] + link.split()[-1][0] for link in links] == ["sm", "ms"]


def test_what_both_do_is_drawn_once_and_nothing_is_lost() -> None:
    lanes = read_pair([explore(system.with_observers(())) for system in BOTH.values()], list(LANES), list(BOTH))
    drawn = {(move.lane, move.source, move.target, trigger) for move in lanes.moves for trigger in move.triggers}
    apart = [read_lanes(explore(system.with_observers(())), list(LANES)) for system in BOTH.values()]
    each = [
        {(move.lane, move.source, move.target, trigger) for move in one.moves for trigger in move.triggers}
        for one in apart
    ]
    assert drawn == each[0] | each[1]
    assert len(lanes.moves) == len({(move.lane, move.source, move.target, move.triggers) for move in lanes.moves})
    unmarked = {
        (move.lane, move.source, move.target, trigger)
        for move in lanes.moves
        if not move.mark
        for trigger in move.triggers
    }
    assert unmarked == each[0] & each[1]


def test_the_order_of_the_variants_is_that_of_the_looks() -> None:
    diagram = pair_diagram(dict(reversed(BOTH.items())), LANES)
    assert "Thick arrow: a row that only patched has." in diagram.dot.replace("<br/>", " ")
    assert diagram.title == "patched and unpatched: what differs"


def test_two_systems_alike_have_nothing_that_stands_out() -> None:
    diagram = pair_diagram({"one": UNPATCHED, "other": UNPATCHED}, LANES, title="Twins")
    assert marked(diagram) == []
    assert "No row that ever fires differs." in diagram.dot
    assert "only in" not in diagram.description
    assert thick_links(diagram.mermaid) == []


def test_a_state_that_only_one_variant_has_is_drawn() -> None:
    diagram = pair_diagram({"heard": bell(RING, ANSWER), "deaf": bell(RING, FADE)}, {"bell": "Bell"})
    assert {"quiet", "rung", "gone"} <= set(labels(diagram.mermaid))
    assert marked(diagram) == [("answer", "only in heard"), ("fade", "only in deaf")]


def test_a_row_that_differs_and_stays_is_drawn_where_it_is() -> None:
    diagram = pair_diagram({"blind": bell(RING), "seeing": bell(RING, Row("look", "rung", "="))}, {"bell": "Bell"})
    assert marked(diagram) == [("look", "only in seeing")]
    shared = Row("look", "quiet", "=")
    diagram = pair_diagram({"one": bell(RING, shared), "other": bell(RING, shared)}, {"bell": "Bell"})
    assert "look" not in labels(diagram.mermaid)


def test_a_lifecycle_alone_carries_no_such_marks() -> None:
    assert "only in" not in lifecycle_diagram(UNPATCHED, LANES).dot


@pytest.mark.parametrize(
    ("systems", "lanes", "told"),
    [
        ({"unpatched": UNPATCHED}, LANES, "two different variants make a pair, not 1"),
        ({**BOTH, "bouncing": VARIANTS["bouncing"]}, LANES, "not 3"),
        (BOTH, {"stroe": "Store"}, "did you mean 'store'"),
        (BOTH, {}, "needs at least one lane"),
        (
            {"one": bell(RING), "other": bell(RING, ANSWER, initial="rung")},
            {"bell": "Bell"},
            "starts in 'quiet' in one variant and in 'rung' in the other",
        ),
    ],
    ids=["one", "three", "misspelt", "no lanes", "other start"],
)
def test_what_cannot_be_drawn_as_a_pair_is_an_input_error(
    systems: dict[str, System], lanes: dict[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told) as raised:
        pair_diagram(systems, lanes)
    assert "\n" not in str(raised.value)


def test_a_system_beyond_the_limit_is_an_input_error_that_says_what_to_draw_instead() -> None:
    with pytest.raises(InputError, match=r"more than 3 states.*draw its components alone"):
        pair_diagram(BOTH, LANES, limit=3)
