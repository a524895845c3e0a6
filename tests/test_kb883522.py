"""KB883522 in thirty lines: the bug, its counterexample, and the correction."""

from lifecheck import Run, Verdict, check, leads_to
from model import PATCHED, UNPATCHED
from model.store import AS_SHIPPED, CORRECTION
from properties.predicates import deleted, not_in_queue

NO_DELETED_MESSAGE_STAYS_QUEUED = leads_to(deleted, not_in_queue)


def test_as_shipped_a_deleted_message_stays_queued_for_ever() -> None:
    bug = check(UNPATCHED, NO_DELETED_MESSAGE_STAYS_QUEUED)
    assert bug.verdict is Verdict.VIOLATED
    assert bug.evidence is not None
    assert bug.evidence.stem == ("accept_infected_message",)
    assert bug.evidence.loop == ("attempt_delivery", "begin_scan", "request_deletion", "delete", "abandon_attempt")

    run = Run(bug.system)  # the real machines
    queued = run.replay(bug.evidence.stem)
    for _ in range(100):
        assert run.replay(bug.evidence.loop) == queued


def test_the_correction_is_one_row_and_with_it_every_deleted_message_leaves_the_queue() -> None:
    shipped, corrected = ({row for part in system.components for row in part.rows} for system in (UNPATCHED, PATCHED))
    assert (shipped - corrected, corrected - shipped) == ({AS_SHIPPED}, {CORRECTION})

    fixed = check(PATCHED, NO_DELETED_MESSAGE_STAYS_QUEUED)
    assert fixed.verdict is Verdict.HOLDS
    assert fixed.assumptions == ("weak fairness of acknowledge",)
