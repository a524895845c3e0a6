"""Every mutant of a system: which there are, what they are called, and what they do."""

from __future__ import annotations

import pytest
from transitions import Machine

from lifecheck import Component, CompositionError, Row, System, component_of, explore
from lifecheck.changes.mutants import Change, Mutant, mutants_of


def described(system: System) -> dict[str, Mutant]:
    mutants = list(mutants_of(system))
    named = {mutant.description: mutant for mutant in mutants}
    assert len(named) == len(mutants)  # a reason is recorded by the description, so no two may share one
    return named


def edges(system: System) -> list[tuple[str, str, str]]:
    """Return what the real machines of a system of one component do, as trigger, source and target."""
    graph = explore(system)
    label = [str(graph.view(state)["n"]) for state in range(len(graph))]
    return [
        (graph.system.triggers[trigger], label[state], label[target])
        for state in range(len(graph))
        for trigger, target in graph.edges(state)
    ]


THREE = Component(
    "n",
    ["a", "b", "c"],
    "a",
    [Row("go", "a", "b"), Row("ring", "b", "="), Row("back", "b", "a")],
    {"go", "ring", "back"},
)


def test_each_row_is_removed_and_redirected_to_each_other_state_then_each_trigger_leaves_the_alphabet() -> None:
    mutants = described(System("three", [THREE]))
    assert list(mutants) == [
        "n: row go, a -> b removed",
        "n: row go, a -> b redirected to a",
        "n: row go, a -> b redirected to c",
        "n: row ring, b -> b removed",
        "n: row ring, b -> b redirected to a",
        "n: row ring, b -> b redirected to c",
        "n: row back, b -> a removed",
        "n: row back, b -> a redirected to b",
        "n: row back, b -> a redirected to c",
        "n: go removed from the alphabet",
        "n: ring removed from the alphabet",
        "n: back removed from the alphabet",
    ]
    assert [mutant.kind for mutant in mutants.values()].count(Change.REDIRECT_ROW) == 6


def test_a_mutant_is_the_same_each_time() -> None:
    assert list(mutants_of(System("one", [THREE]))) == list(mutants_of(System("two", [THREE])))


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("n: row ring, b -> b removed", [("go", "a", "b"), ("back", "b", "a")]),
        ("n: row ring, b -> b redirected to c", [("go", "a", "b"), ("ring", "b", "c"), ("back", "b", "a")]),
        ("n: row go, a -> b redirected to a", [("go", "a", "a")]),
        ("n: ring removed from the alphabet", [("go", "a", "b"), ("back", "b", "a")]),
    ],
)
def test_the_real_machine_of_a_mutant_does_what_the_description_says(
    description: str, expected: list[tuple[str, str, str]]
) -> None:
    system = System("three", [THREE])
    assert edges(described(system)[description].of(system)) == expected


def test_a_trigger_without_its_row_blocks_the_others_and_one_that_left_the_alphabet_does_not() -> None:
    guard = Component("guard", ["up"], "up", [Row("go", "up", "=")], {"go"})
    system = System("guarded", [THREE, guard])
    mutants = described(system)
    assert len(explore(mutants["guard: row go, up -> up removed"].of(system))) == 1
    assert len(explore(mutants["guard: go removed from the alphabet"].of(system))) == 2


def test_observers_are_not_mutated() -> None:
    watcher = Component("watcher", ["seen"], "seen", [Row("go", "seen", "=")], {"go"})
    system = System("watched", [THREE], observers=[watcher])
    mutants = described(system)
    assert list(mutants) == list(described(System("three", [THREE])))
    assert mutants["n: ring removed from the alphabet"].of(system).observers == (watcher,)


def test_what_is_said_of_a_trigger_is_dropped_with_the_last_component_that_has_it() -> None:
    both = Component("other", ["x"], "x", [Row("back", "x", "=")], {"back"})
    system = System(
        "said",
        [THREE, both],
        environment={"go"},
        fair={"ring", "back"},
        strong={"ring": "for the test"},
        meanings={"go": "It goes.", "back": "It comes back."},
    )
    mutants = described(system)
    without_go = mutants["n: go removed from the alphabet"].of(system)
    assert (without_go.environment, dict(without_go.meanings)) == (frozenset(), {"back": "It comes back."})
    without_ring = mutants["n: ring removed from the alphabet"].of(system)
    assert (without_ring.weakly_fair, without_ring.strongly_fair) == ({"back"}, frozenset())
    assert mutants["n: back removed from the alphabet"].of(system).weakly_fair == {"back"}  # the other still has it


def test_without_declared_fairness_a_mutant_declares_none_either() -> None:
    system = System("three", [THREE])
    assert described(system)["n: go removed from the alphabet"].of(system).fair is None


def test_a_trigger_that_would_be_left_to_observers_alone_does_not_compose() -> None:
    watcher = Component("watcher", ["seen"], "seen", [Row("go", "seen", "=")], {"go"})
    system = System("watched", [THREE], observers=[watcher])
    with pytest.raises(CompositionError, match="belongs only to observer 'watcher'"):
        described(system)["n: go removed from the alphabet"].of(system)


class Lock:
    def __init__(self) -> None:
        self.open = False


def test_rows_that_only_their_conditions_tell_apart_are_told_apart_by_position() -> None:
    rows = [Row("go", "a", "b", conditions=("open",)), Row("go", "a", "b", unless=("open",))]
    door = Component("n", ["a", "b"], "a", rows, {"go"}, model=Lock)
    system = System("door", [door])
    mutants = described(system)
    assert edges(mutants["n: row go, a -> b (row 1) removed"].of(system)) == [("go", "a", "b")]
    assert edges(mutants["n: row go, a -> b (row 2) removed"].of(system)) == []


def strangers_machine() -> Machine:
    rows = [["go", "a", "b"], ["ring", "b", None], ["back", "b", "a"], ["back", "c", "a"]]
    return Machine(states=["a", "b", "c"], initial="a", transitions=rows)


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("n: row go, a -> b removed", []),
        ("n: row go, a -> b redirected to c", [("go", "a", "c"), ("back", "c", "a")]),
        (
            "n: row ring, b -> b redirected to c",
            [("go", "a", "b"), ("ring", "b", "c"), ("back", "b", "a"), ("back", "c", "a")],
        ),
        ("n: row back, b -> a removed", [("go", "a", "b"), ("ring", "b", "b")]),
        ("n: back removed from the alphabet", [("go", "a", "b"), ("ring", "b", "b")]),
    ],
)
@pytest.mark.parametrize("factory", [strangers_machine, strangers_machine()], ids=["function", "machine"])
def test_a_machine_made_elsewhere_is_changed_where_it_is_made(
    factory: object, description: str, expected: list[tuple[str, str, str]]
) -> None:
    system = System("strange", [component_of(factory, "n")])
    assert edges(described(system)[description].of(system)) == expected


def test_of_a_strangers_two_rows_for_one_source_the_other_stays() -> None:
    def machine() -> Machine:
        rows = [
            {"trigger": "go", "source": "a", "dest": "b", "conditions": "open"},
            {"trigger": "go", "source": "a", "dest": "c"},
        ]
        return Machine(model=Lock(), states=["a", "b", "c"], initial="a", transitions=rows, auto_transitions=False)

    system = System("strange", [component_of(machine, "n")])
    mutants = described(system)
    assert edges(mutants["n: row go, a -> b removed"].of(system)) == [("go", "a", "c")]
    assert edges(mutants["n: row go, a -> c removed"].of(system)) == []
