"""A predicate's answers are remembered by what it reads, and are those that it gives when asked everywhere."""

from __future__ import annotations

from random import Random

import pytest

from lifecheck import PredicateError, State, explore
from lifecheck.statespace.labelling import Answers
from lifecheck.system.state import local_states
from tests.lifecheck.random_systems import random_properties, random_systems
from tests.lifecheck.toys import toy


def test_they_are_the_same_as_when_every_state_is_asked() -> None:
    random = Random(3)
    for system in random_systems(3, 200):
        graph = explore(system)
        for asked in random_properties(random, system):
            everywhere = [asked.goal(graph.view(state)) for state in range(len(graph))]
            assert list(Answers(graph, asked.goal)) == everywhere


def test_a_predicate_that_reads_on_only_sometimes_is_understood() -> None:
    for system in random_systems(9, 100):
        graph = explore(system)
        names = [part.name for part in graph.system.parts]

        def reads_on(state: State, names: list[str] = names) -> bool:
            return str(state[names[0]]) in "02" or str(state[names[-1]]) in "13"

        assert list(Answers(graph, reads_on)) == [reads_on(graph.view(state)) for state in range(len(graph))]


@pytest.mark.parametrize(
    "predicate",
    [
        lambda state: "1" in repr(state),
        lambda state: str(local_states(state)["n"]) == "1",
        lambda state: hash(state) == hash(explore(toy("0 go 1")).view(1)),
        lambda state: state == explore(toy("0 go 1")).view(1),
    ],
)
def test_a_predicate_that_reads_the_state_as_a_whole_is_understood(predicate: object) -> None:
    answers = Answers(explore(toy("0 go 1")), predicate)  # type: ignore[arg-type]
    assert list(answers) == [False, True]
    assert answers.read == (0,)


def test_it_is_asked_once_for_what_it_reads() -> None:
    asked = []

    def first(state: State) -> bool:
        asked.append(state)
        return bool(state.n == "0")

    graph = explore(toy("0 go 1", "1 back 0", "1 on 2", "2 on 3", "3 on 4"))
    assert list(Answers(graph, first)) == [True, False, False, False, False]
    assert len(asked) == 5
    asked.clear()
    assert list(Answers(graph, lambda state: bool(asked.append(state)))) == [False] * 5
    assert len(asked) == 1  # it reads nothing


def test_a_predicate_that_raises_is_named_where_it_first_does() -> None:
    answers = iter(Answers(explore(toy("0 go 1")), lambda state: bool(state.n == "1" and 1 / 0)))
    assert next(answers) is False
    with pytest.raises(PredicateError, match="ZeroDivisionError"):
        next(answers)
