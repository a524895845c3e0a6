"""A component's picture: every state, every row, and what a reader must know of both."""

from __future__ import annotations

from functools import partial

import pytest
from transitions import Machine

from lifecheck import Component, Row, component_of
from lifecheck.diagrams.component import component_diagram
from model import UNPATCHED, VARIANTS
from tests.lifecheck.diagrams.mermaid_reader import labels

DOOR = Component(
    "door",
    ["closed", "opened", "gone", "never"],
    "closed",
    [
        Row("open", "closed", "opened"),
        Row("push", "closed", "opened"),
        Row("close", "opened", "closed"),
        Row("look", "opened", "="),
        Row("knock", "opened", "opened"),
        Row("blow_up", "opened", "gone"),
    ],
    {"open", "push", "close", "look", "knock", "blow_up", "paint", "sell"},
)


def test_every_state_and_every_row_is_in_both_texts() -> None:
    for variant in VARIANTS.values():
        for component in variant.components:
            diagram = component_diagram(component, variant.meanings)
            for name in (*component.states, *(row.trigger for row in component.rows)):
                assert name in diagram.dot
                assert name in diagram.mermaid


def test_rows_between_the_same_states_share_one_arrow() -> None:
    diagram = component_diagram(DOOR)
    assert sum(line.startswith("  n0 -> n1") for line in diagram.dot.splitlines()) == 1
    assert "open&#160;" in diagram.dot
    assert "    s0 --> s1 : open<br/>push\n" in diagram.mermaid


def test_rows_that_stay_share_one_loop() -> None:
    diagram = component_diagram(DOOR)
    assert sum(line.startswith("  n1 -> n1") for line in diagram.dot.splitlines()) == 1
    assert "    s1 --> s1 : look<br/>knock\n" in diagram.mermaid


def test_a_marker_leads_to_the_initial_state() -> None:
    diagram = component_diagram(DOOR)
    assert "  start -> n0;" in diagram.dot
    assert "    [*] --> s0\n" in diagram.mermaid


def test_a_state_that_no_row_leaves_has_a_double_border() -> None:
    diagram = component_diagram(DOOR)
    doubled = [line.split()[0] for line in diagram.dot.splitlines() if "peripheries" in line]
    assert doubled == ["n2", "n3"]
    assert "    s2 --> [*]\n" in diagram.mermaid
    assert "No row leaves gone and never." in diagram.description


def test_a_state_that_only_stays_has_one_too() -> None:
    stone = Component("stone", ["lying"], "lying", [Row("look", "lying", "=")], {"look"})
    assert "peripheries" in component_diagram(stone).dot


def test_a_state_that_no_rows_lead_to_has_a_dashed_border_and_the_reader_is_told() -> None:
    dot = component_diagram(DOOR).dot
    assert [line.split()[0] for line in dot.splitlines() if "dashed" in line] == ["n3"]
    assert "Dashed border: no rows lead there." in dot


def test_triggers_without_a_row_are_said_to_be_blocked() -> None:
    assert "Always blocked, for want of a row: paint and sell." in component_diagram(DOOR).dot


def test_nothing_is_said_of_what_does_not_occur() -> None:
    clock = Component(
        "clock", ["even", "odd"], "even", [Row("tick", "even", "odd"), Row("tick", "odd", "even")], {"tick"}
    )
    diagram = component_diagram(clock)
    assert "border" not in diagram.dot.replace("cellborder", "").replace('border="0"', "")
    assert "No row leaves" not in diagram.description


def test_conditions_stand_in_brackets_and_never_with_an_address() -> None:
    def is_late() -> bool:
        return True

    rows = [
        Row("go", "here", "there", conditions=("has_ticket", is_late), unless=("is_full",)),
        Row("go", "here", "=", conditions=(partial(is_late),)),
    ]
    diagram = component_diagram(Component("bus", ["here", "there"], "here", rows, {"go"}))
    assert "go [has_ticket, is_late, not is_full]" in diagram.dot
    assert "go [partial]" in diagram.dot
    assert "0x" not in diagram.dot + diagram.mermaid


def test_meanings_appear_where_the_pointer_rests() -> None:
    dot = component_diagram(DOOR, {"open": "Someone opens the door."}).dot
    assert 'tooltip="open: Someone opens the door."' in dot
    assert "tooltip" not in component_diagram(DOOR).dot


def test_a_machine_of_transitions_itself_is_drawn_as_well() -> None:
    machine = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    assert {"off", "on"} < set(labels(component_diagram(component_of(machine, "lamp")).mermaid)) | {"lamp"}


def test_the_same_component_gives_the_same_bytes() -> None:
    alphabet = set(sorted(DOOR.alphabet, reverse=True) * 2)
    again = Component(DOOR.name, DOOR.states, DOOR.initial, DOOR.rows, alphabet)
    assert component_diagram(again) == component_diagram(DOOR)


@pytest.mark.parametrize("component", UNPATCHED.components, ids=lambda component: component.name)
def test_texts_end_with_one_line_end_and_hold_no_carriage_return(component: Component) -> None:
    diagram = component_diagram(component)
    for text in (diagram.dot, diagram.mermaid):
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text
