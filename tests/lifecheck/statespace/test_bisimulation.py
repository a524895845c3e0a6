"""Bisimulation: yes and no on hand-drawn graphs, and a naive second judge on small random systems."""

from __future__ import annotations

from itertools import islice, product
from random import Random

import pytest

from lifecheck import LifecheckError, State, System, check, explore
from lifecheck.changes.mutants import mutants_of
from lifecheck.properties.property import Predicate
from lifecheck.statespace import Graph
from lifecheck.statespace.bisimulation import bisimilar
from tests.lifecheck.random_systems import random_properties, random_systems
from tests.lifecheck.toys import toy


def odd(s: State) -> bool:
    return int(s.n) % 2 == 1


def drawn(*edges: str) -> Graph:
    return explore(toy(*edges))


def test_a_loop_and_the_same_loop_walked_twice_are_bisimilar() -> None:
    assert bisimilar(drawn("0 a 1", "1 b 0"), drawn("0 a 1", "1 b 2", "2 a 3", "3 b 0"), [odd])


def test_what_is_unreachable_tells_nothing_apart() -> None:
    assert bisimilar(drawn("0 a 1", "2 b 3"), drawn("0 a 1"), [odd])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["0 a 1"], ["0 b 1"]),  # another trigger
        (["0 a 1"], ["0 a 2"]),  # another label at once
        (["0 a 1"], ["1 a 1"]),  # another label at the start
        (["0 a 1", "1 b 0"], ["0 a 1"]),  # one ends where the other goes on
        (["0 a 2", "2 a 4", "4 a 1"], ["0 a 2", "2 a 4", "4 a 6", "6 a 1"]),  # another label much later
    ],
)
def test_graphs_that_a_trigger_or_a_label_tells_apart_are_not_bisimilar(left: list[str], right: list[str]) -> None:
    assert not bisimilar(drawn(*left), drawn(*right), [odd])
    assert not bisimilar(drawn(*right), drawn(*left), [odd])


def test_without_predicates_the_triggers_alone_tell_apart() -> None:
    assert bisimilar(drawn("0 a 1"), drawn("1 a 0"), [])


def test_a_predicate_that_raises_in_a_state_tells_it_from_one_where_it_answers() -> None:
    def of_small_numbers(s: State) -> bool:
        return [False, False, True][int(s.n)]

    assert not bisimilar(drawn("0 a 1"), drawn("0 a 7"), [of_small_numbers])
    assert bisimilar(drawn("0 a 7"), drawn("0 a 9"), [of_small_numbers])


def test_of_a_graph_that_met_its_limit_nothing_is_known() -> None:
    system = toy("0 a 1", "1 a 2")
    assert not bisimilar(explore(system, 2), explore(system, 2), [odd])
    assert not bisimilar(explore(system), explore(system, 2), [odd])


def naively_bisimilar(left: Graph, right: Graph, predicates: list[Predicate]) -> bool:
    """Begin with every pair of equal labels, and take out pairs that cannot follow each other until none is left."""

    def steps(graph: Graph, state: int) -> list[tuple[str, int]]:
        return [(graph.system.triggers[trigger], target) for trigger, target in graph.edges(state)]

    related = {
        (one, other)
        for one, other in product(range(len(left)), range(len(right)))
        if all(predicate(left.view(one)) == predicate(right.view(other)) for predicate in predicates)
    }
    while True:
        kept = {
            (one, other)
            for one, other in related
            if all(
                any(name == answer and (target, reached) in related for answer, reached in steps(right, other))
                for name, target in steps(left, one)
            )
            and all(
                any(name == answer and (reached, target) in related for answer, reached in steps(left, one))
                for name, target in steps(right, other)
            )
        }
        if kept == related:
            return (0, 0) in related
        related = kept


def usable_mutants(system: System, random: Random, count: int) -> list[System]:
    mutants = list(mutants_of(system))
    random.shuffle(mutants)
    found = []
    for mutant in mutants:
        try:
            found.append(mutant.of(system))
        except LifecheckError:
            continue  # a trigger was left to an observer alone
    return list(islice(found, count))


@pytest.mark.long
def test_on_random_systems_and_their_mutants_two_algorithms_agree() -> None:
    random = Random(2025)
    answers = []
    for system in random_systems(seed=7, count=200):
        asked = random_properties(random, system)
        predicates = random.sample([one.goal for one in asked], random.randint(0, 2))
        left = explore(system)
        for mutant in usable_mutants(system, random, 4):
            right = explore(mutant)
            answers.append(bisimilar(left, right, predicates))
            assert answers[-1] == naively_bisimilar(left, right, predicates), mutant
            assert bisimilar(right, left, predicates) == answers[-1]
    assert min(answers.count(True), answers.count(False)) > 100


@pytest.mark.long
def test_no_property_over_the_same_predicates_tells_bisimilar_systems_apart() -> None:
    random = Random(2026)
    compared = 0
    for system in random_systems(seed=8, count=200):
        asked = random_properties(random, system)
        predicates = [predicate for one in asked for predicate in (one.goal, one.given) if predicate is not None]
        graph, verdicts = explore(system), [result.verdict for result in check(system, *asked)]
        for mutant in usable_mutants(system, random, 4):
            if bisimilar(graph, explore(mutant), predicates):
                compared += 1
                assert [result.verdict for result in check(mutant, *asked)] == verdicts, mutant
    assert compared > 50
