"""The state graph: exact counts, order, limits, and what a limit leaves undecided."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from transitions import Machine

from lifecheck import (
    Property,
    State,
    Verdict,
    always,
    can_always_reach,
    check,
    eventually,
    explore,
    leads_to,
    never,
    sometimes,
    story,
)
from model import VARIANTS
from tests.lifecheck.toys import toy

# with every observer; a change of the model shows here
COUNTS = {
    "unpatched": (22, 22),
    "unpatched-expiry": (51, 65),
    "patched": (15, 14),
    "patched-expiry": (33, 38),
    "without-imf": (15, 14),
    "without-imf-expiry": (33, 38),
    "with-vsapi-2.0": (15, 14),
    "with-vsapi-2.0-expiry": (33, 38),
    "consuming": (15, 14),
    "bouncing": (15, 14),
    "patched-lost-once": (31, 30),
    "patched-lost-again": (41, 42),
    "patched-lost-again-expiry": (93, 120),
    "patched-lost-again-strong": (41, 42),
    "patched-fails-closed": (17, 18),
    "patched-fails-open": (19, 19),
    "unpatched-crash": (129, 240),
    "patched-crash": (101, 172),
    "patched-crashes-again-strong": (346, 1_280),
    "at-most-once": (21, 26),
    "at-most-once-crash": (135, 250),
    "remembering": (18, 17),
    "remembering-lost-again-strong": (27, 28),
    "remembering-crash": (93, 166),
    "two-recipients": (16, 15),
    "two-recipients-lost-once": (33, 32),
    "per-recipient-lost-once": (43, 42),
    "three-recipients-crash": (91, 112),
    "unpatched-signatures": (41, 53),
    "patched-signatures": (19, 24),
}


def test_state_and_transition_counts_of_the_mail_variants_are_these() -> None:
    graphs = {name: explore(system) for name, system in VARIANTS.items()}
    assert {name: (len(graph), graph.transitions) for name, graph in graphs.items()} == COUNTS


def test_states_are_numbered_breadth_first_in_trigger_order() -> None:
    graph = explore(toy("0 b 2", "0 a 1", "1 c 3", "2 c 3"))
    assert [str(graph.view(state).n) for state in range(len(graph))] == ["0", "2", "1", "3"]
    assert graph.path_to(3) == ["b", "c"]
    assert [graph.depth_of(state) for state in range(len(graph))] == [0, 1, 1, 2]
    assert graph.depth == 2


def test_networkx_sees_the_same_graph() -> None:
    graph = explore(VARIANTS["unpatched"])
    exported = graph.to_networkx()
    assert (exported.number_of_nodes(), exported.number_of_edges()) == (len(graph), graph.transitions)
    assert exported.nodes[0]["state"] == graph.view(0)


def _at(*states: int) -> Callable[[State], bool]:
    return lambda s: int(s.n) in states


LONG = ("0 a 1", "1 b 2", "2 c 1", "2 d 3", "3 e 4", "4 f 5")


@pytest.mark.parametrize(
    "asked",
    [
        always(_at(0, 1, 2, 3, 4, 5)),
        never(_at(5)),
        sometimes(_at(5)),
        can_always_reach(_at(5)),
        eventually(_at(5)),
        leads_to(_at(3), _at(4)),
        always(_at(5), given=_at(5)),
    ],
    ids=lambda asked: str(asked.kind),
)
def test_beyond_the_limit_the_verdict_is_unknown_and_says_what_was_covered(asked: Property) -> None:
    result = check(toy(*LONG, strong={"d"}), asked, limit=4)
    assert result.verdict is Verdict.UNKNOWN
    assert result.note == (
        "the limit of 4 states was met: 4 states were found and the transitions of 3 of them explored, "
        "breadth first to depth 3"
    )
    assert "unknown, 4 states (the limit of 4 states was met" in story(result)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (never(_at(3)), Verdict.VIOLATED),
        (sometimes(_at(3)), Verdict.HOLDS),
        (eventually(_at(5)), Verdict.VIOLATED),
        (can_always_reach(_at(0)), Verdict.UNKNOWN),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
def test_what_was_covered_may_decide_all_the_same(asked: Property, verdict: Verdict) -> None:
    assert check(toy(*LONG), asked, limit=4).verdict is verdict


def test_a_closed_set_within_the_limit_refutes_can_always_reach() -> None:
    system = toy("0 fall 1", "0 walk 2", "1 spin 1", "2 b 3", "3 c 4", "4 d 0")
    assert check(system, can_always_reach(_at(0)), limit=4).verdict is Verdict.VIOLATED


@pytest.mark.long
def test_a_component_with_local_states_without_end_stops_at_a_limit_of_its_own() -> None:
    class Growing:
        def __init__(self) -> None:
            self.text = "x"
            Machine(self, states=["a"], initial="a", transitions=[["go", "a", "="]], after_state_change="grow")

        def grow(self) -> None:
            self.text += "x"

    result = check(Growing, never("growing.text == 'y'"), attributes=["text"], local_limit=200)
    assert result.verdict is Verdict.UNKNOWN
    assert result.note.startswith("the limit of 200 local states of component 'growing' was met: 201 states were found")
    assert "attribute 'text' of component 'growing' keeps growing: it took 201 values so far, 'xxxx" in result.note
    about_the_limit, _, about_driving = result.note.partition("; component 'growing': ")
    assert len(about_the_limit) < 350
    assert "it has so many local states" in about_driving
    assert check(Growing, never("growing.text == 'xxx'"), attributes=["text"], local_limit=200).evidence is not None
