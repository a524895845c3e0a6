"""The story of KB883522 as a log: the unpatched server can have written it, the patched one cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecheck import Run, replay
from lifecheck.replaying import Outcome, StepKind, read_mapping, replay_variants
from model import PATCHED, UNPATCHED, VARIANTS
from properties import CLAIMS

LOGS = Path(__file__).parents[2] / "docs" / "replay"
LOG, MAPPING = LOGS / "kb883522.jsonl", read_mapping(LOGS / "kb883522.toml")


def test_the_unpatched_server_can_have_written_it_and_the_message_was_infected() -> None:
    answer = replay_variants({"unpatched": UNPATCHED}, LOG, mapping=MAPPING, case="m1")["unpatched"].answer
    assert answer
    assert answer.triggers[:6] == (
        "accept_infected_message",
        "attempt_delivery",
        "begin_scan",
        "request_deletion",
        "delete",
        "abandon_attempt",
    )
    assert answer.count(StepKind.SILENT) == 6
    assert answer.loop is not None
    assert (answer.loop.length, answer.loop.rounds) == (5, 2)
    run = Run(UNPATCHED)
    run.replay(answer.triggers)
    assert run.state.queue == "delivering"


def test_the_patched_server_cannot_because_a_deleted_copy_is_not_given_back() -> None:
    answer = replay_variants({"patched": PATCHED}, LOG, mapping=MAPPING, case="m1")["patched"].answer
    assert (answer.outcome, answer.line) == (Outcome.IMPOSSIBLE, 4)
    assert answer.refused[0].by == (("store", "deleted"),)
    assert answer.possible == ()


def test_what_is_owed_since_the_copy_was_deleted_is_that_it_leaves_the_queue() -> None:
    asked = {claim.name: claim.asked for claim in CLAIMS}
    found = replay_variants({"unpatched": UNPATCHED}, LOG, mapping=MAPPING, case="m1", properties=CLAIMS)
    owed = {one.property: (one.line, one.surely) for one in found["unpatched"].answer.owed}
    assert owed[asked["deleted-leaves-queue"]] == (3, True)
    clean = replay_variants({"unpatched": UNPATCHED}, LOG, mapping=MAPPING, case="m2", properties=CLAIMS)
    assert all(not one.surely for one in clean["unpatched"].answer.owed)


@pytest.mark.parametrize(
    "name", ["without-imf", "with-vsapi-2.0", "patched", "patched-expiry", "consuming", "bouncing"]
)
def test_no_variant_that_settles_a_deleted_copy_can_have_written_it(name: str) -> None:
    found = replay_variants({name: VARIANTS[name]}, LOG, mapping=MAPPING)[name]
    assert not found
    assert found.group_of("m2").answer


def test_a_run_of_each_variant_is_explained_by_it_with_only_the_queue_seen() -> None:
    for name in ("unpatched", "patched", "patched-lost-again", "unpatched-expiry"):
        system, taken = VARIANTS[name], []
        run = Run(system)
        for _ in range(25):
            possible = run.possible()
            if not possible:
                break
            taken.append(possible[len(taken) % len(possible)])
            run.trigger(taken[-1])
        seen = {"accept_infected_message", "accept_clean_message", "attempt_delivery", "acknowledge", "abandon_attempt"}
        log = [trigger for trigger in taken if trigger in seen]
        assert replay(system, log, visible=seen & set(system.triggers)), name
