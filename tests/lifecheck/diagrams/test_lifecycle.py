"""The lifecycle's picture: lanes in order, what really fires, and where components meet."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from lifecheck import Component, InputError, Row, System
from lifecheck.diagrams.diagram import Diagram
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.diagrams.lifecycle_content import read_lanes
from lifecheck.diagrams.lifecycle_layout import placed
from lifecheck.statespace import explore
from model import PATCHED, UNPATCHED, VARIANTS
from model.store import AS_SHIPPED, CORRECTION
from tests.lifecheck.diagrams.mermaid_reader import labels, thick_links

LANES = {"queue": "SMTP queue", "store": "Store", "scanner": "Scanner"}


def steps(name: str, *rows: str, alphabet: set[str] | None = None) -> Component:
    """Return a component written as ``"trigger source dest"``; it starts where the first row does."""
    table = [Row(*row.split()) for row in rows]
    states = dict.fromkeys(state for row in table for state in (row.source, row.target))
    return Component(name, list(states), table[0].source, table, alphabet or {row.trigger for row in table})


def dashed(diagram: Diagram) -> list[tuple[str, str]]:
    return re.findall(r'^  (\w+) -> (\w+) \[style="dashed"', diagram.dot, re.MULTILINE)


def carries(diagram: Diagram) -> dict[str, str]:
    """Return what is written on each move's node of the DOT."""
    return {
        node: re.sub(r"<[^>]*>", " ", label).strip()
        for node, label in re.findall(r"^ +(m\d+) \[label=<(.*?)>, ", diagram.dot, re.MULTILINE)
    }


def test_lanes_stand_in_the_given_order_with_their_titles() -> None:
    diagram = lifecycle_diagram(UNPATCHED, dict(reversed(LANES.items())))
    assert [diagram.dot.index(title) for title in ("<b>Scanner<", "<b>Store<", "<b>SMTP queue<")] == sorted(
        diagram.dot.index(f"<b>{title}<") for title in LANES.values()
    )
    assert "top0 -> top1 [style=invis]" in diagram.dot
    assert 'subgraph lane0["Scanner"]' in diagram.mermaid
    assert "lane0 ~~~ lane1" in diagram.mermaid


def test_every_move_that_can_happen_is_drawn_and_no_other() -> None:
    diagram = lifecycle_diagram(UNPATCHED, LANES)
    shown = set(labels(diagram.mermaid))
    assert {"attempt_delivery", "begin_scan", "find_clean", "deliver", "request_deletion", "delete"} <= shown
    assert {"acknowledge", "abandon_attempt"} <= shown
    # expiry is off, version 2.5 replaces nothing, and removing the file leaves the queue's entry as it is
    assert not {"expire", "grow_old", "replace", "remove_file", "expired", "replaced"} & shown


def test_expiry_adds_its_move() -> None:
    assert "expire" in labels(lifecycle_diagram(VARIANTS["unpatched-expiry"], LANES).mermaid)


def test_the_corrected_store_never_abandons() -> None:
    assert "abandon_attempt" not in labels(lifecycle_diagram(PATCHED, LANES).mermaid)


def test_a_dashed_line_joins_every_trigger_that_lanes_take_together() -> None:
    diagram = lifecycle_diagram(UNPATCHED, LANES)
    on = carries(diagram)
    assert sorted(on[one] for one, _ in dashed(diagram)) == sorted(
        ["attempt_delivery", "acknowledge", "abandon_attempt", "begin_scan", "find_clean", "request_deletion"]
    )
    assert all(on[one] == on[other] for one, other in dashed(diagram))
    assert "Together: attempt_delivery, acknowledge, abandon_attempt, begin_scan, find_clean" in diagram.description
    assert "find_clean<br/>with Scanner" in diagram.mermaid


def test_both_ways_to_acknowledge_are_joined_to_the_queue() -> None:
    diagram = lifecycle_diagram(PATCHED, LANES)
    on = carries(diagram)
    ends = [(one, other) for one, other in dashed(diagram) if on[one] == "acknowledge"]
    assert len({one for one, _ in ends}) == 1
    assert len({other for _, other in ends}) == 2


@pytest.mark.parametrize(
    ("system", "row", "mark"), [(UNPATCHED, AS_SHIPPED, "as shipped"), (PATCHED, CORRECTION, "the correction")]
)
def test_the_row_that_differs_stands_out_in_words_as_well(system: System, row: Row, mark: str) -> None:
    diagram = lifecycle_diagram(system, LANES, highlight=[row], mark=mark)
    assert mark in diagram.dot
    assert labels(diagram.mermaid).count(mark) == 1
    node = next(node for node, text in carries(diagram).items() if mark in text)
    thick = [line.strip() for line in diagram.dot.splitlines() if 'penwidth="2.4"' in line]
    assert len(thick) == 4  # the node, the arrows to it and from it, and the dashed line
    assert all(node in line for line in thick)
    links = thick_links(diagram.mermaid)
    assert len(links) == 2
    assert all(node in link for link in links)


def test_without_highlight_nothing_is_thick() -> None:
    diagram = lifecycle_diagram(PATCHED, LANES)
    assert 'penwidth="2.4"' not in diagram.dot
    assert thick_links(diagram.mermaid) == []


def test_triggers_that_do_the_same_share_a_move() -> None:
    diagram = lifecycle_diagram(UNPATCHED, LANES)
    assert "accept_clean_message<br/>accept_infected_message" in diagram.dot
    assert '"accept_clean_message<br/>accept_infected_message"' in diagram.mermaid


def test_triggers_that_other_lanes_tell_apart_do_not_share_a_move() -> None:
    diagram = lifecycle_diagram(UNPATCHED, {"message": "Message", "queue": "Queue"})
    assert [text for text in carries(diagram).values() if text.startswith("accept")] == [
        *("accept_clean_message", "accept_infected_message"),
        *("accept_clean_message", "accept_infected_message"),
    ]


def test_a_row_that_stays_is_drawn_only_if_it_is_to_stand_out() -> None:
    stays = Row("look", "on", "=")
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on"), stays], {"switch", "look"})
    assert "look" not in carries(lifecycle_diagram(System("lamp", [lamp]), {"lamp": "Lamp"})).values()
    diagram = lifecycle_diagram(System("lamp", [lamp]), {"lamp": "Lamp"}, highlight=[stays])
    assert [text.split(maxsplit=1) for text in carries(diagram).values()][1] == ["look", "the row that differs"]


def test_meanings_appear_where_the_pointer_rests() -> None:
    assert 'tooltip="delete: The store deletes the copy."' in lifecycle_diagram(UNPATCHED, LANES).dot
    lamp = System("lamp", [steps("lamp", "switch off on")])
    assert "tooltip" not in lifecycle_diagram(lamp, {"lamp": "Lamp"}).dot


def test_one_lane_alone_speaks_of_no_dashed_lines() -> None:
    clock = System("clock", [steps("clock", "tick even odd", "tick odd even")])
    diagram = lifecycle_diagram(clock, {"clock": "Clock"}, title="A clock")
    assert "dashed" not in diagram.dot
    assert "Double border" not in diagram.dot
    assert "Together" not in diagram.description
    assert diagram.title == "A clock"


def test_a_component_that_never_moves_is_an_empty_lane() -> None:
    stone = Component("stone", ["lying"], "lying", [], {"tick"})
    system = System("garden", [steps("clock", "tick even odd", "rest even rested"), stone])
    diagram = lifecycle_diagram(system, {"stone": "Stone", "clock": "Clock"})
    assert set(carries(diagram).values()) == {"rest"}
    assert "Stone: starts in lying." in diagram.description


def test_an_observer_can_have_a_lane() -> None:
    assert "again" in labels(lifecycle_diagram(UNPATCHED, {"store": "Store", "deletions": "Deletions"}).mermaid)


def test_a_line_passes_through_the_lanes_between() -> None:
    left, right = steps("left", "go a b"), steps("right", "go x y")
    system = System("three", [left, steps("middle", "wait p q"), right])
    diagram = lifecycle_diagram(system, {"left": "Left", "middle": "Middle", "right": "Right"})
    assert dashed(diagram) == [("m0", "p0_1"), ("p0_1", "m2")]


def test_two_lines_of_one_group_share_their_way() -> None:
    left = steps("left", "go a b")
    right = steps("right", "flip x y", "go x z", "go y z")
    system = System("three", [left, steps("middle", "wait p q"), right])
    diagram = lifecycle_diagram(system, {"left": "Left", "middle": "Middle", "right": "Right"})
    assert dashed(diagram) == [("m0", "p0_1"), ("p0_1", "m3"), ("p0_1", "m4")]


def test_moves_made_together_stand_at_one_level_of_their_own() -> None:
    lanes = read_lanes(explore(UNPATCHED.with_observers(())), list(LANES))
    placement = placed(lanes)
    levels = [{placement.level[number] for number in group} for group in placement.level_groups]
    assert all(len(level) == 1 for level in levels)
    assert len(set.union(*levels)) == len(levels) == 6


def test_lines_that_cannot_cross_may_stand_at_the_same_level() -> None:
    parts = [steps("a", "go 0 1"), steps("b", "go 0 1"), steps("c", "run 0 1"), steps("d", "run 0 1")]
    placement = placed(read_lanes(explore(System("pairs", parts)), ["a", "b", "c", "d"]))
    assert placement.level_groups == ((0, 1), (2, 3))
    assert len({placement.level[number] for number in range(4)}) == 1


def test_what_leads_back_up_are_the_moves_that_close_a_cycle() -> None:
    lanes = read_lanes(explore(UNPATCHED.with_observers(())), list(LANES))
    back = [lanes.moves[number] for number in sorted(placed(lanes).backward)]
    assert [(move.triggers[0], move.target) for move in back] == [
        ("abandon_attempt", "queued"),
        ("abandon_attempt", "absent"),
        ("find_clean", "idle"),
        ("request_deletion", "idle"),
    ]


def test_a_state_reached_on_two_ways_is_placed_below_both() -> None:
    system = System("diamond", [steps("n", "short a d", "long a b", "on b c", "join c d")])
    lanes = read_lanes(explore(system), ["n"])
    placement = placed(lanes)
    assert not placement.backward
    assert placement.level[0, "d"] == max(placement.level.values())


def test_a_lone_move_makes_way_for_a_line() -> None:
    system = VARIANTS["unpatched-expiry"]
    lanes = read_lanes(explore(system.with_observers(())), list(LANES))
    placement = placed(lanes)
    level = {move.triggers[0]: placement.level[number] for number, move in enumerate(lanes.moves) if move.lane == 0}
    assert level["expire"] == level["attempt_delivery"] + 2


def test_wishes_that_contradict_one_another_give_way_to_the_earlier() -> None:
    # the counter meets `hit` twice, one below the other: the ball's one move cannot stand beside both
    ball = steps("ball", "hit up down", "rise down up")
    counter = steps("counter", "hit none once", "hit once again")
    lanes = read_lanes(explore(System("game", [ball, counter])), ["ball", "counter"])
    placement = placed(lanes)
    assert len(lanes.meetings) == 2
    assert len(placement.level_groups) == 1
    diagram = lifecycle_diagram(System("game", [ball, counter]), {"ball": "Ball", "counter": "Counter"})
    assert len(dashed(diagram)) == 2


@pytest.mark.parametrize(
    ("lanes", "told"),
    [
        ({}, "needs at least one lane"),
        ({"stroe": "Store"}, "did you mean 'store'"),
    ],
)
def test_lanes_that_cannot_be_drawn_are_an_input_error(lanes: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        lifecycle_diagram(UNPATCHED, lanes)


def test_a_system_beyond_the_limit_is_an_input_error() -> None:
    with pytest.raises(InputError, match="more than 3 states"):
        lifecycle_diagram(UNPATCHED, LANES, limit=3)


@pytest.mark.long
def test_every_process_draws_the_same_bytes() -> None:
    code = (
        "import hashlib, model, model.store; from lifecheck.diagrams import lifecycle_diagram as draw;"
        f"d = draw(model.PATCHED, {LANES!r}, highlight=[model.store.CORRECTION]);"
        "print(hashlib.sha256((d.dot + d.mermaid + d.description).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
