"""Does the queue drain, is there a second chance, and does nothing arrive twice?"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from lifecheck import Property, Result, State, System, leads_to, never, sometimes

Ask = Callable[[System, Property, str], Result]


def suspected(s: State) -> bool:
    return s.store == "suspected"


def settled(s: State) -> bool:
    return s.queue == "removed"


def arrived_after_suspicion(s: State) -> bool:
    return s.suspicions == "some" and s.arrivals != "none"


def arrived_again(s: State) -> bool:
    return s.arrivals == "again"


def released_though_queued(s: State) -> bool:
    return s.store == "released" and not settled(s)


def test_the_scanner_can_still_suspect(answer: ModuleType, must_hold: Ask) -> None:
    must_hold(
        answer.SYSTEM,
        sometimes(suspected),
        "the scanner must still be able to suspect a message.",
    )


def test_a_suspected_message_leaves_the_queue(
    answer: ModuleType, must_hold: Ask
) -> None:
    hint = "the queue waits for an answer, and nobody owes us an update. What must the store say, and when?"
    must_hold(answer.SYSTEM, leads_to(suspected, settled), hint)


def test_a_suspected_message_may_yet_arrive(answer: ModuleType, must_hold: Ask) -> None:
    hint = "the entry is settled, and the copy is gone for good. Keep it, and let `release` take it out."
    must_hold(answer.SYSTEM, sometimes(arrived_after_suspicion), hint)


def test_nothing_arrives_twice(answer: ModuleType, must_hold: Ask) -> None:
    must_hold(answer.SYSTEM, never(arrived_again), "the message arrives twice.")


def test_nothing_is_released_that_is_still_queued(
    answer: ModuleType, must_hold: Ask
) -> None:
    hint = (
        "a copy is released while its entry may still be tried again. Settle it first."
    )
    must_hold(answer.SYSTEM, never(released_though_queued), hint)
