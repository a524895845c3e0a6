"""Tables number their states as they find them: whoever keeps such numbers reads them by the tables they are of."""

from __future__ import annotations

from lifecheck import Component, Row, System, can_always_reach, check, explore
from lifecheck.diagrams.counterexample import counterexample_diagram
from lifecheck.instances.decomposition import Decompositions
from lifecheck.machines import Tables
from lifecheck.statespace import Explorer

FORK = Component(
    "fork",
    ["start", "left", "right"],
    "start",
    [Row("go_left", "start", "left"), Row("go_right", "start", "right"), Row("stay", "right", "=")],
    {"go_left", "go_right", "stay"},
)
SYSTEM = System("fork", [FORK], copied={"fork"})


def fired_from_right_to_left() -> Tables:
    tables = Tables()
    assert [tables.of(FORK).move(0, trigger) for trigger in ("go_right", "go_left")] == [1, 2]
    return tables


def test_a_composition_reads_its_states_by_the_tables_it_was_made_of() -> None:
    known = Decompositions()
    known.explorer = Explorer(fired_from_right_to_left())
    found = [known.of(SYSTEM).view(own, 0).fork for own in range(3)]
    assert found == ["start", "left", "right"]


def test_a_graph_reads_its_states_by_the_tables_it_was_made_of() -> None:
    graphs = explore(SYSTEM), Explorer(fired_from_right_to_left()).explore(SYSTEM)
    assert graphs[0].tables[0].states != graphs[1].tables[0].states
    for graph in graphs:
        assert [graph.view(state).fork for state in range(3)] == ["start", "left", "right"]


def test_a_closed_set_is_drawn_from_its_evidence() -> None:
    result = check(SYSTEM, can_always_reach(lambda s: s.fork == "left"))
    assert counterexample_diagram(result).mermaid == counterexample_diagram(result).mermaid
