"""What lint says of ways through a machine is what enumerating says of the machine's own transitions."""

from __future__ import annotations

from collections.abc import Callable

import networkx
import pytest
from transitions import Machine, MachineError

from lifecheck import lint
from lifecheck.linting.shape import Shape, shape_of
from tests.cross_check import sized
from tests.lifecheck.random_machines import random_flat_machines, random_hierarchical_machines

FLAT = list(random_flat_machines(seed=11, count=120))
HIERARCHICAL = list(random_hierarchical_machines(seed=7, count=12))

Told = dict[str, set[str]]


def driven(factory: Callable[[], Machine]) -> networkx.DiGraph[str]:
    """Drive fresh machines along every path that reaches a new state, and draw where they come."""
    own = [name for name in factory().get_triggers(*factory().states) if not name.startswith("to_")]
    own += [name for name in getattr(factory(), "get_nested_triggers", list)() if not name.startswith("to_")]
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    paths: dict[str, list[str]] = {_state(factory()): []}
    for source in (found := list(paths)):  # grows while it is walked
        graph.add_node(source)
        for trigger in dict.fromkeys(own):
            machine = factory()
            for step in [*paths[source], trigger]:
                try:
                    taken = machine.model.trigger(step)
                except (MachineError, ValueError):
                    taken = False
            if taken:
                target = _state(machine)
                graph.add_edge(source, target)
                if target not in paths:
                    paths[target] = [*paths[source], trigger]
                    found.append(target)
    return graph


def _state(machine: Machine) -> str:
    def flat(value: object) -> list[str]:
        return [leaf for one in value for leaf in flat(one)] if isinstance(value, list) else [str(value)]

    return "|".join(flat(machine.state))


def expected(graph: networkx.DiGraph[str], finals: set[str], *, ends: bool) -> Told:
    """Judge by definition: from every state, where can a run go?"""
    reach = {node: {node, *graph.successors(node)} for node in graph}
    for _ in graph:  # what lint asks of networkx is not asked of it here
        reach = {node: set().union(*(reach[other] for other in there)) for node, there in reach.items()}
    stuck = {node for node in graph if not graph.out_degree(node) and node not in finals}
    trapped = {node for node in graph if all(node in reach[other] for other in reach[node])}
    everlasting = {node for node in trapped if graph.out_degree(node)}
    kinds = {frozenset(reach[node]) for node in trapped}
    livelock = {node for node in everlasting if not reach[node] & finals and (ends or len(kinds) > 1)}
    lost = {node for node in graph if ends and not reach[node] & finals} - stuck - livelock
    return {"stuck-state": stuck, "livelock": livelock, "no-way-to-final": lost}


def told(factory: Callable[[], Machine] | Machine) -> Told:
    found: Told = {"stuck-state": set(), "livelock": set(), "no-way-to-final": set(), "unreachable-state": set()}
    for finding in lint(factory).findings:
        if finding.code in found:
            names = finding.place.split("'")[1::2]
            assert finding.code != "livelock" or len(names) <= 5
            found[finding.code] |= set(names)
    return found


@pytest.mark.parametrize("number", range(sized(30, len(FLAT), len(FLAT))))
def test_flat_machines(number: int) -> None:
    factory = FLAT[number]
    machine = factory()
    graph = driven(factory)
    finals = {name for name, state in machine.states.items() if state.final}
    wanted = expected(graph, finals, ends=bool(finals)) | {"unreachable-state": set(machine.states) - set(graph)}
    if "initial-without-exit" in lint(factory).codes:
        assert not graph.out_degree("s0")
        return
    # six states in a livelock are more than a sentence lists
    for judged in (told(factory), told(machine)):
        if len(wanted["livelock"]) > 5:
            assert len(judged["livelock"]) == 5
            assert judged["livelock"] < wanted["livelock"]
        else:
            assert judged == wanted


@pytest.mark.long
def test_among_the_flat_machines_are_some_with_each_finding_and_some_without_any() -> None:
    codes = [lint(factory).codes for factory in FLAT]
    assert {code for found in codes for code in found} >= {
        "stuck-state",
        "livelock",
        "no-way-to-final",
        "unreachable-state",
        "never-wins",
        "initial-without-exit",
    }
    assert sum(not found for found in codes) >= 10


@pytest.mark.parametrize("number", range(sized(4, len(HIERARCHICAL), len(HIERARCHICAL))))
def test_hierarchical_machines(number: int) -> None:
    factory = HIERARCHICAL[number]
    wanted = expected(driven(factory), set(), ends=False)
    judged = told(factory)
    assert judged["stuck-state"] == wanted["stuck-state"]
    assert judged["livelock"] <= wanted["livelock"]
    assert bool(judged["livelock"]) == bool(wanted["livelock"])


@pytest.mark.parametrize(
    ("successors", "final", "ends", "shape"),
    [
        ([[]], set(), False, Shape((0,), (), ())),
        ([[]], {0}, True, Shape((), (), ())),
        ([[0]], set(), False, Shape((), (), ())),
        ([[0]], set(), True, Shape((), ((0,),), ())),
        ([[1], [2], [1]], set(), False, Shape((), (), ())),  # goes on for ever after a beginning
        ([[1, 3], [2], [1], [3]], set(), False, Shape((), ((1, 2), (3,)), ())),
        ([[1, 3], [2], [1], []], {3}, True, Shape((), ((1, 2),), ())),
        ([[1, 3], [2], [1], []], {1, 3}, True, Shape((), (), ())),
        ([[1, 2], [], [3], []], {1}, True, Shape((3,), (), (2,))),
        ([[1], [0]], {1}, True, Shape((), (), ())),
    ],
)
def test_graphs_drawn_by_hand(successors: list[list[int]], final: set[int], ends: bool, shape: Shape) -> None:
    assert shape_of(successors, final, ends=ends, groups="abcdef") == shape


def test_ends_that_differ_in_attributes_alone_are_one_end() -> None:
    assert shape_of([[1, 2], [1], [2]], set(), ends=False, groups="abb").livelocks == ()
    assert shape_of([[1, 2], [1], [2]], set(), ends=False, groups="abc").livelocks == ((1,), (2,))
