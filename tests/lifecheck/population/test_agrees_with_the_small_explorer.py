"""The population explorer and the small one, who share no step beyond the fired tables, find the same."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests import needs

needs.package("numpy")

from lifecheck import Evidence, Kind, Verdict, check, explore  # noqa: E402
from lifecheck.copies import copies, for_message, watched  # noqa: E402
from lifecheck.cutoff import cutoff_of  # noqa: E402
from lifecheck.population import check_messages, explore_messages, moves  # noqa: E402
from lifecheck.population.layout import count  # noqa: E402
from tests.lifecheck.population.random_populations import Population, random_populations, random_properties  # noqa: E402

SEED = 883522
POPULATIONS = list(random_populations(SEED, 600))


@pytest.fixture(autouse=True, params=["blocks of one message", "whole sets"], scope="module")
def _block(request: pytest.FixtureRequest) -> None:
    if request.param != "whole sets":
        moves.BLOCK_BYTES = 1


def test_states_transitions_depth_and_deadlocks_are_counted_alike() -> None:
    sizes: Counter[int] = Counter()
    for population in POPULATIONS:
        found = explore_messages(population.system, population.messages)
        graph = explore(watched(population.system, population.messages))
        assert (found.states, found.transitions, found.depth) == (len(graph), graph.transitions, graph.depth)
        assert count(found.deadlocks) == sum(not enabled for enabled in graph.enabled)
        sizes[population.messages] += len(graph)
    print("\nstates by number of messages", dict(sizes))
    assert min(sizes[messages] for messages in (1, 2, 3)) > 500


def test_verdicts_and_shortest_paths_agree_on_every_kind_of_property() -> None:
    random = Random(SEED)
    split: Counter[tuple[Kind, Verdict]] = Counter()
    for population in POPULATIONS:
        for asked in random_properties(random, population.system):
            result = check_messages(population.system, asked, population.messages, cutoff=False)
            expected = check(copies(population.system, population.messages), for_message(asked, population.system, 1))
            split[asked.kind, result.verdict] += 1
            assert result.verdict is expected.verdict, (population, asked)
            assert (result.states, result.transitions) == (expected.states, expected.transitions)
            if result.evidence is not None and not asked.kind.is_liveness:
                assert len(result.evidence.stem) == len(expected.evidence.stem)
    for kind in Kind:
        print(f"{kind:<18}", {str(verdict): split[kind, verdict] for verdict in Verdict})
        assert min(split[kind, Verdict.HOLDS], split[kind, Verdict.VIOLATED]) > 60, kind
