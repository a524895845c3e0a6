"""Tables are forgotten where many others are fired, and number their states anew: no answer may depend on it."""

from __future__ import annotations

from lifecheck import Component, Row, System, can_always_reach, check, explore
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.instances.decomposition import compose
from lifecheck.machines.table import table_of

FORK = Component(
    "fork",
    ["start", "left", "right"],
    "start",
    [Row("go_left", "start", "left"), Row("go_right", "start", "right"), Row("stay", "right", "=")],
    {"go_left", "go_right", "stay"},
)
SYSTEM = System("fork", [FORK], copied={"fork"})


def fire_again_from_right_to_left() -> None:
    table_of.cache_clear()
    table = table_of(FORK)
    assert [table.move(0, trigger) for trigger in ("go_right", "go_left")] == [1, 2]


def test_a_composition_reads_its_states_by_the_tables_it_was_made_of() -> None:
    composition = compose(SYSTEM)
    before = [composition.view(own, 0) for own in range(3)]
    assert [state.fork for state in before] == ["start", "left", "right"]
    fire_again_from_right_to_left()
    assert [composition.view(own, 0) for own in range(3)] == before


def test_a_graph_reads_its_states_by_the_tables_it_was_made_of() -> None:
    graph = explore(SYSTEM)
    before = [graph.view(state) for state in range(3)]
    fire_again_from_right_to_left()
    assert [graph.view(state) for state in range(3)] == before


def test_a_closed_set_is_drawn_when_its_tables_are_gone() -> None:
    result = check(SYSTEM, can_always_reach(lambda s: s.fork == "left"))
    drawn = counterexample_diagram(result).mermaid
    table_of.cache_clear()
    assert counterexample_diagram(result).mermaid == drawn
