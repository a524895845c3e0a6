"""KB883522 in thirty lines: the bug, its counterexample, and the correction."""

from __future__ import annotations

from lifecheck import Verdict, check, leads_to
from model import PATCHED, UNPATCHED
from model.store import AS_SHIPPED, CORRECTION
from properties.predicates import deleted, not_in_queue

NO_DELETED_MESSAGE_STAYS_QUEUED = leads_to(deleted, not_in_queue)


def test_as_shipped_a_deleted_message_stays_queued_for_ever() -> None:
    result = check(UNPATCHED, NO_DELETED_MESSAGE_STAYS_QUEUED)

    assert result.verdict is Verdict.VIOLATED
    assert result.evidence.stem == ("accept_infected_message",)
    assert result.evidence.loop == ("attempt_delivery", "begin_scan", "request_deletion", "delete", "abandon_attempt")


def test_the_counterexample_replays_on_the_real_machines_as_often_as_one_likes() -> None:
    evidence = check(UNPATCHED, NO_DELETED_MESSAGE_STAYS_QUEUED).evidence
    run = UNPATCHED.with_observers([]).start()
    queued = run.replay(evidence.stem)

    for _ in range(100):
        assert run.replay(evidence.loop) == queued


def test_with_the_correction_every_deleted_message_leaves_the_queue() -> None:
    result = check(PATCHED, NO_DELETED_MESSAGE_STAYS_QUEUED)

    assert result.verdict is Verdict.HOLDS
    assert result.assumptions == ("weak fairness of acknowledge",)


def test_the_correction_is_one_row() -> None:
    shipped, corrected = ({row for part in system.components for row in part.rows} for system in (UNPATCHED, PATCHED))
    assert shipped - corrected == {AS_SHIPPED}
    assert corrected - shipped == {CORRECTION}
