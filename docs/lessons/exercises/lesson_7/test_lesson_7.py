"""Does the queue drain, is there a second chance, is clean mail delivered as before, and does nothing vanish?"""

from __future__ import annotations

from collections.abc import Callable

from lifecheck import (
    Property,
    Result,
    State,
    System,
    always,
    leads_to,
    never,
    sometimes,
)

Ask = Callable[[System, Property, str], Result]


def suspected(s: State) -> bool:
    return s.suspicions != "none"


def settled(s: State) -> bool:
    return s.queue == "removed"


def arrived(s: State) -> bool:
    return s.arrivals != "none"


def arrived_again(s: State) -> bool:
    return s.arrivals == "again"


def arrived_unsuspected(s: State) -> bool:
    return arrived(s) and not suspected(s)


def arrived_after_suspicion(s: State) -> bool:
    return arrived(s) and suspected(s)


def settled_after_suspicion(s: State) -> bool:
    return settled(s) and suspected(s)


def released_too_early(s: State) -> bool:
    return s.releases != "none" and not settled(s)


def released_unasked(s: State) -> bool:
    return s.store == "released" and s.releases == "none"


def queued(s: State) -> bool:
    return s.queue != "removed"


def settled_unseen(s: State) -> bool:
    return settled(s) and not suspected(s) and not arrived(s)


def known_to_be_harmless(s: State) -> bool:
    return settled_after_suspicion(s) and s.signatures == "updated"


def in_the_mailbox(s: State) -> bool:
    return s.store in {"delivered", "settled"}


def kept(s: State) -> bool:
    return s.store in {"quarantined", "released"}


def released(s: State) -> bool:
    return s.store == "released"


def test_the_scanner_can_still_suspect(system: System, must_hold: Ask) -> None:
    hint = "the scanner must still be able to suspect a message."
    must_hold(system, sometimes(suspected), hint)


def test_a_suspected_message_leaves_the_queue(system: System, must_hold: Ask) -> None:
    hint = "the queue waits for an answer, and nobody owes us an update. What must the store say, and when?"
    must_hold(system, leads_to(suspected, settled), hint)


def test_what_was_never_suspected_is_delivered_as_before(
    system: System, must_hold: Ask
) -> None:
    hint = "clean mail is no longer delivered; leave the rows for it as they were."
    must_hold(system, sometimes(arrived_unsuspected), hint)
    hint = "clean mail that was delivered vanishes from the mailbox, or is quarantined."
    must_hold(system, always(in_the_mailbox, given=arrived_unsuspected), hint)


def test_what_was_delivered_leaves_the_queue(system: System, must_hold: Ask) -> None:
    hint = (
        "a message was delivered, and its entry stays in the queue: this is the defect of lesson 2, on clean mail. "
        "Which row told the queue?"
    )
    must_hold(system, leads_to(arrived, settled), hint)
    hint = "a message stays in the queue, or comes back to it again and again; every attempt needs its answer."
    must_hold(system, leads_to(queued, settled), hint)
    hint = "an entry is settled before the scanner has said anything about its message."
    must_hold(system, never(settled_unseen), hint)


def test_a_suspected_message_may_yet_arrive(system: System, must_hold: Ask) -> None:
    hint = "the entry is settled, and the copy is gone for good. Keep it, and let `release` take it out."
    must_hold(system, sometimes(arrived_after_suspicion), hint)


def test_a_suspected_message_is_kept_in_the_quarantine(
    system: System, must_hold: Ask
) -> None:
    hint = "the entry is settled, and the copy is neither `quarantined` nor `released`. Where has it gone?"
    must_hold(system, always(kept, given=settled_after_suspicion), hint)


def test_what_turns_out_to_be_harmless_is_released_in_the_end(
    system: System, must_hold: Ask
) -> None:
    hint = "the scanner knows better, and the copy is not released. Where does it wait, and which row lets it out?"
    must_hold(system, leads_to(known_to_be_harmless, released), hint)


def test_nothing_leaves_the_quarantine_by_itself(
    system: System, must_hold: Ask
) -> None:
    hint = "the copy is `released`, and nobody has taken `release`: the scanner did not say that it is harmless."
    must_hold(system, never(released_unasked), hint)


def test_nothing_arrives_twice(system: System, must_hold: Ask) -> None:
    must_hold(system, never(arrived_again), "the message arrives twice.")


def test_nothing_is_released_that_is_still_queued(
    system: System, must_hold: Ask
) -> None:
    hint = (
        "a copy is released while its entry may still be tried again. Settle it first."
    )
    must_hold(system, never(released_too_early), hint)
