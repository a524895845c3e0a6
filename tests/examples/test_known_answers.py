"""The classic examples give the answers that the literature gives, and that an independent count gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from examples import alternating_bit, dining_philosophers, peterson, two_phase_commit
from lifecheck import Claim, System, Verdict, explore, verify
from lifecheck.statespace import Graph
from lifecheck.system.state import local_states

CLASSICS = [alternating_bit, dining_philosophers, peterson, two_phase_commit]
BY_NAME = pytest.mark.parametrize("example", CLASSICS, ids=lambda module: module.__name__.rpartition(".")[2])


@BY_NAME
def test_each_verdict_is_the_one_expected_of_each_variant(example: ModuleType) -> None:
    claims: tuple[Claim, ...] = example.CLAIMS
    for judgement in verify(example.SYSTEMS, claims):
        assert judgement.expected is judgement.verdict, (judgement.claim.name, judgement.variant)


@BY_NAME
def test_each_example_shows_the_property_kept_and_broken_and_tells_what_each_trigger_means(example: ModuleType) -> None:
    verdicts = {verdict for claim in example.CLAIMS for verdict in claim.expected.values()}
    assert verdicts == {Verdict.HOLDS, Verdict.VIOLATED}
    for system in example.SYSTEMS.values():
        assert set(system.meanings) == set(system.triggers)


def count(initial: Any, steps: Callable[[Any], Iterable[Any]]) -> tuple[int, int]:
    """Return how many states and transitions a system has that is written as plain Python."""
    seen, transitions = {initial}, 0
    for state in (found := [initial]):
        for target in steps(state):
            transitions += 1
            if target not in seen:
                seen.add(target)
                found.append(target)
    return len(found), transitions


def size(system: System) -> tuple[int, int]:
    graph = explore(system)
    return len(graph), graph.transitions


@pytest.mark.parametrize(
    ("variant", "states", "generated", "depth"),
    [("specification", 34, 94, 7), ("two-phase", 288, 1146, 11)],
)
def test_two_phase_commit_has_the_numbers_that_tlc_reports(
    variant: str, states: int, generated: int, depth: int
) -> None:
    # tlaplus/Examples, transaction_commit/manifest.json; TLC counts the initial state as generated and as a level
    graph = explore(two_phase_commit.SYSTEMS[variant])
    assert (len(graph), graph.transitions + 1, graph.depth + 1) == (states, generated, depth)


@pytest.mark.long
def test_two_phase_commit_of_six_managers_has_the_number_that_its_authors_report() -> None:
    # the last comment of the TLA+ module TwoPhase: 50816 reachable states
    system = two_phase_commit.two_phase("six", managers=range(1, 7))
    assert len(explore(system)) == 50_816


def managers(graph: Graph, state: int) -> tuple[str, ...]:
    return tuple(str(local) for name, local in local_states(graph.view(state)).items() if name.startswith("manager_"))


def moves(system: System) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return each step as the resource managers show it, those left out that they do not show."""
    graph = explore(system)
    steps = ((state, target) for state in range(len(graph)) for _, target in graph.edges(state))
    seen = {(managers(graph, state), managers(graph, target)) for state, target in steps}
    return {(before, after) for before, after in seen if before != after}


def test_two_phase_commit_implements_the_specification_and_an_impatient_manager_does_not() -> None:
    # the theorem at the end of the TLA+ module TwoPhase: TPSpec => TC!TCSpec
    systems = two_phase_commit.SYSTEMS
    allowed = moves(systems["specification"])
    assert moves(systems["two-phase"]) <= allowed
    assert moves(systems["manager-crashes"]) <= allowed
    assert not moves(systems["impatient"]) <= allowed


@pytest.mark.parametrize("number", [2, 3, 4, 5, 6])
def test_philosophers_have_as_many_states_as_the_formula_says_and_one_deadlock(number: int) -> None:
    graph = explore(dining_philosophers.table("some", philosophers=number))
    assert len(graph) == round((1 + math.sqrt(2)) ** number + (1 - math.sqrt(2)) ** number)
    stuck = [state for state in range(len(graph)) if not graph.enabled[state]]
    assert [set(map(str, local_states(graph.view(state)).values())) for state in stuck] == [{"has_one", "held"}]
    assert graph.depth_of(stuck[0]) == number


def seatings(orders: list[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """Yield every way in which no fork is in two hands; each philosopher takes the forks in this order."""
    for states in product(("thinking", "has_one", "eating"), repeat=len(orders)):
        taken: list[int] = []
        for state, (first, second) in zip(states, orders, strict=True):
            taken += {"thinking": [], "has_one": [first], "eating": [first, second]}[state]
        if len(taken) == len(set(taken)):
            yield states


def test_the_mends_leave_every_seating_but_the_deadlock() -> None:
    left_first = [(who, (who + 1) % 5) for who in range(5)]
    ordered = [*left_first[:-1], left_first[-1][::-1]]
    graphs = {name: explore(system) for name, system in dining_philosophers.SYSTEMS.items()}
    assert len(graphs["left-first"]) == len(list(seatings(left_first)))
    assert len(graphs["ordered"]) == len(list(seatings(ordered)))
    assert len(graphs["footman"]) == len([states for states in seatings(left_first) if "thinking" in states])
    assert all(graphs["ordered"].enabled)
    assert all(graphs["footman"].enabled)


def test_peterson_in_one_step_has_the_ten_states_of_the_textbook() -> None:
    assert len(explore(peterson.SYSTEMS["one-step"])) == 10


def peterson_steps(first: str) -> Callable[[Any], Iterator[Any]]:
    """Return the algorithm as plain Python over program counters, flags and the turn."""

    def steps(state: Any) -> Iterator[Any]:
        counters, flags, turn = state
        for me in (0, 1):

            def moved(counter: int, flag: bool, whose: int, me: int = me) -> Any:
                return (
                    (counter, counters[1]) if me == 0 else (counters[0], counter),
                    (flag, flags[1]) if me == 0 else (flags[0], flag),
                    whose,
                )

            raising = counters[me] == (0 if first == "flag" else 1)
            if counters[me] in (0, 1):
                yield moved(counters[me] + 1, True, turn) if raising else moved(counters[me] + 1, flags[me], 1 - me)
            elif counters[me] == 2:
                if not flags[1 - me]:
                    yield moved(3, flags[me], turn)
                if turn == me:
                    yield moved(3, flags[me], turn)
            else:
                yield moved(0, False, turn)

    return steps


@pytest.mark.parametrize(("variant", "first"), [("peterson", "flag"), ("swapped", "turn")])
def test_peterson_step_by_step_has_the_states_of_the_same_program_in_plain_python(variant: str, first: str) -> None:
    assert size(peterson.SYSTEMS[variant]) == count(((0, 0), (False, False), 0), peterson_steps(first))


def alternating_bit_steps(state: Any) -> Iterator[Any]:
    """Yield what the protocol can do next, written as plain Python over tuples; channels hold one bit or none."""
    (sending, bit), (doing, at), there, back = state
    sender, receiver = (sending, bit), (doing, at)
    if not sending:
        yield (True, bit), receiver, there, back
    if sending and there is None:
        yield sender, receiver, bit, back
    if there is not None:
        yield sender, receiver, None, back
        if doing == "expecting":
            yield sender, ("handing", at) if there == at else ("answering", there), None, back
    if doing == "handing":
        yield sender, ("answering", at), there, back
    if doing == "answering" and back is None:
        yield sender, ("expecting", 1 - at), there, at
    if back is not None:
        yield sender, receiver, there, None
        yield (False, 1 - bit) if sending and back == bit else sender, receiver, there, None


def test_the_alternating_bit_protocol_has_the_states_of_the_same_program_in_plain_python() -> None:
    system = alternating_bit.SYSTEMS["alternating-bit"].with_observers([])
    assert size(system) == count(((False, 0), ("expecting", 0), None, None), alternating_bit_steps)
