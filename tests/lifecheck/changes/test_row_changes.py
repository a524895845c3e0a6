"""Rows that are added or stand in the place of others: which there are, and what the real machines then do."""

from __future__ import annotations

import pytest
from transitions import Machine

from lifecheck import Component, Row, System, component_of, explore
from lifecheck.changes.mutants import Change, added_rows, mutants_of, replaced_rows

TWO = Component("n", ["a", "b"], "a", [Row("go", "a", "b"), Row("back", "b", "a")], {"go", "back", "jump"})


def edges(system: System) -> list[tuple[str, str, str]]:
    """Return what the real machines of a system of one component do, as trigger, source and target."""
    graph = explore(system)
    label = [str(graph.view(state)["n"]) for state in range(len(graph))]
    return [
        (graph.system.triggers[trigger], label[state], label[target])
        for state in range(len(graph))
        for trigger, target in graph.edges(state)
    ]


def test_a_row_is_added_wherever_a_trigger_of_the_alphabet_is_blocked() -> None:
    assert [mutant.description for mutant in added_rows(System("two", [TWO]))] == [
        "n: row go, b -> a added",
        "n: row go, b -> b added",
        "n: row back, a -> a added",
        "n: row back, a -> b added",
        "n: row jump, a -> a added",
        "n: row jump, a -> b added",
        "n: row jump, b -> a added",
        "n: row jump, b -> b added",
    ]


def test_a_row_is_replaced_by_each_blocked_trigger_from_the_same_state_to_each_state() -> None:
    assert [mutant.description for mutant in replaced_rows(System("two", [TWO]))] == [
        "n: row go, a -> b replaced by back, a -> a",
        "n: row go, a -> b replaced by back, a -> b",
        "n: row go, a -> b replaced by jump, a -> a",
        "n: row go, a -> b replaced by jump, a -> b",
        "n: row back, b -> a replaced by go, b -> a",
        "n: row back, b -> a replaced by go, b -> b",
        "n: row back, b -> a replaced by jump, b -> a",
        "n: row back, b -> a replaced by jump, b -> b",
    ]


def test_observers_get_no_rows() -> None:
    watcher = Component("watcher", ["seen"], "seen", [Row("go", "seen", "=")], {"go"})
    system = System("watched", [TWO], observers=[watcher])
    changes = [*added_rows(system), *replaced_rows(system)]
    assert {mutant.component.name for mutant in changes} == {"n"}


def test_no_two_changes_of_a_system_have_the_same_description() -> None:
    system = System("two", [TWO])
    changes = [*mutants_of(system), *added_rows(system), *replaced_rows(system)]
    assert len({mutant.description for mutant in changes}) == len(changes)
    assert {mutant.kind for mutant in changes} == set(Change)


def strangers_machine() -> Machine:
    return Machine(
        states=["a", "b"],
        initial="a",
        transitions=[["go", "a", "b"], ["back", "b", "a"], ["jump", "b", "b"]],
        auto_transitions=False,
    )


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("n: row jump, a -> b added", {("go", "a", "b"), ("jump", "a", "b"), ("back", "b", "a"), ("jump", "b", "b")}),
        ("n: row go, a -> b replaced by jump, a -> b", {("jump", "a", "b"), ("back", "b", "a"), ("jump", "b", "b")}),
        ("n: row back, b -> a replaced by go, b -> b", {("go", "a", "b"), ("go", "b", "b"), ("jump", "b", "b")}),
    ],
)
@pytest.mark.parametrize("made", ["of rows", "elsewhere"])
def test_the_real_machine_has_the_row(made: str, description: str, expected: set[tuple[str, str, str]]) -> None:
    component = component_of(strangers_machine, "n")
    if made == "of rows":
        component = Component("n", component.states, "a", component.rows, component.alphabet)
    system = System("strange", [component])
    (mutant,) = [one for one in (*added_rows(system), *replaced_rows(system)) if one.description == description]
    assert set(edges(mutant.of(system))) == expected


def test_a_row_in_the_place_of_another_has_its_position() -> None:
    (mutant,) = [
        one
        for one in replaced_rows(System("two", [TWO]))
        if one.description == "n: row go, a -> b replaced by jump, a -> a"
    ]
    assert mutant.changed.rows == (Row("jump", "a", "a"), Row("back", "b", "a"))
