"""SPIN, on the same rows written as Promela and without reductions, counts the same states and finds the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import needs

needs.package("oxidd")
needs.program("spin")
needs.program("gcc")

from benchmarks.promela import promela  # noqa: E402
from benchmarks.spin import EXHAUSTIVE, FAIR, SAFETY, verifier  # noqa: E402
from lifecheck import State, System, Verdict, explore, leads_to  # noqa: E402
from lifecheck.instances import space_of_instances  # noqa: E402
from lifecheck.instances.checking import check_instances  # noqa: E402
from lifecheck.instances.copies import Sharing, sharing_of  # noqa: E402
from model import VARIANTS, configured  # noqa: E402
from tests.lifecheck.instances.random_populations import random_populations  # noqa: E402

UNPATCHED = VARIANTS["unpatched"]
UNOPTIMIZED = "-O0"  # it compiles sooner, and there is little to run


def with_slots(slots: int) -> System:
    return configured({**UNPATCHED.settings, "slots": str(slots)}).with_observers(())


def clean_in_queue(s: State) -> bool:
    return s.message == "clean" and s.queue in ("queued", "delivering")


def removed(s: State) -> bool:
    return s.queue == "removed"


def random_one() -> tuple[System, int]:
    """Return a random population in which messages share something, and nothing is told to all at once."""
    return next(
        (system.with_observers(()), messages)
        for system, messages in random_populations(7, 1_000)
        if messages == 3
        and Sharing.BROADCAST not in sharing_of(system).values()
        and Sharing.SHARED in sharing_of(system).values()
        and space_of_instances(system.with_observers(()), 3).ask(lambda one: one.states) > 30
    )


@pytest.mark.parametrize(
    ("system", "messages"),
    [(with_slots(2), 4), (VARIANTS["patched-lost-once"].with_observers(()), 3), random_one()],
    ids=["two slots", "losses", "random"],
)
def test_states_and_transitions_are_counted_alike(system: System, messages: int, tmp_path: Path) -> None:
    states, transitions = space_of_instances(system, messages).ask(lambda one: (one.states, one.transitions))
    spin = verifier(tmp_path, promela(system, messages), EXHAUSTIVE, SAFETY, UNOPTIMIZED).run()
    assert spin.states == states
    assert spin.transitions == transitions + 1  # it counts the way into the initial state


@pytest.mark.parametrize(("slots", "messages", "verdict"), [(2, 2, Verdict.HOLDS), (2, 3, Verdict.VIOLATED)])
def test_a_clean_message_waits_for_ever_where_stuck_ones_can_fill_the_slots(
    slots: int, messages: int, verdict: Verdict, tmp_path: Path
) -> None:
    system = with_slots(slots)
    graph = explore(system)
    fair = graph.mask(system.weakly_fair)
    # SPIN is fair to processes: that is fairness to triggers where a message never has two to choose from
    assert all((enabled & fair).bit_count() <= 1 for enabled in graph.enabled)
    values = {
        "waiting": "message_state[0] == 1 && queue_state[0] > 0 && queue_state[0] < 3",
        "removed": "queue_state[0] == 3",
    }
    text = promela(system, messages, "[] (waiting -> <> removed)", values)
    spin = verifier(tmp_path, text, EXHAUSTIVE, UNOPTIMIZED, options=FAIR).run()
    result = check_instances(system, leads_to(clean_in_queue, removed), messages)
    assert result.verdict is verdict
    assert (spin.errors == 0) is (verdict is Verdict.HOLDS)
