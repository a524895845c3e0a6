"""Strongly connected components of random regions, against networkx."""

from random import Random

import networkx
import pytest

from lifecheck.statespace.components import strongly_connected

Edges = dict[int, list[int]]


def random_graph(random: Random) -> tuple[Edges, list[int]]:
    """Return the successors of each state, some twice and some the state itself, and a region in any order."""
    size = random.randint(1, 12)
    fewest, most = random.choice([(0, 2), (1, 1), (1, 2), (1, 3)])
    edges = {state: random.choices(range(size), k=random.randint(fewest, most)) for state in range(size)}
    return edges, random.sample(range(size), random.choice([size, random.randint(0, size)]))


def components_of(edges: Edges, region: list[int]) -> list[list[int]]:
    return list(strongly_connected(dict.fromkeys(region), edges.__getitem__))


@pytest.mark.parametrize("seed", range(500))
def test_the_components_are_those_that_networkx_finds(seed: int) -> None:
    edges, region = random_graph(Random(seed))
    inside = networkx.DiGraph(edges).subgraph(region)
    components = components_of(edges, region)
    assert sorted(map(sorted, components)) == sorted(map(sorted, networkx.strongly_connected_components(inside)))


@pytest.mark.parametrize("seed", range(0, 500, 5))
def test_a_component_comes_after_all_it_leads_to(seed: int) -> None:
    edges, region = random_graph(Random(seed))
    finished: set[int] = set()
    for component in components_of(edges, region):
        finished.update(component)
        leads_to = {target for state in component for target in edges[state]} & set(region)
        assert leads_to <= finished


def test_the_random_graphs_are_worth_looking_at() -> None:
    sizes = [len(component) for seed in range(500) for component in components_of(*random_graph(Random(seed)))]
    assert sizes.count(1) >= 500
    assert sum(size >= 3 for size in sizes) >= 100


def test_an_empty_region_has_no_component() -> None:
    assert components_of({0: [0]}, []) == []


def test_a_state_that_leaves_and_returns_only_through_the_outside_is_alone() -> None:
    assert components_of({0: [1], 1: [2], 2: [0]}, [0, 2]) == [[0], [2]]


def test_a_long_chain_and_a_long_cycle_need_no_recursion() -> None:
    length = 50_000
    chain = {state: [state + 1] for state in range(length)}
    assert len(components_of(chain, list(range(length)))) == length
    assert len(components_of(chain | {length - 1: [0]}, list(range(length)))) == 1
