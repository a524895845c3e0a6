"""Does a poison message end in the dead-letter queue and a good one not, and is the consumer ready for the next?"""

from __future__ import annotations

from collections.abc import Callable

from lifecheck import (
    Property,
    Result,
    State,
    System,
    Verdict,
    check,
    leads_to,
    never,
    sometimes,
)

Ask = Callable[[System, Property, str], Result]


def poison(s: State) -> bool:
    return s.content == "poison"


def put_aside(s: State) -> bool:
    return s.broker == "dead_letter"


def good(s: State) -> bool:
    return s.content == "good"


def good_put_aside(s: State) -> bool:
    return good(s) and put_aside(s)


def acknowledged(s: State) -> bool:
    return s.broker == "acknowledged"


def poison_acknowledged(s: State) -> bool:
    return poison(s) and acknowledged(s)


def acknowledged_unhandled(s: State) -> bool:
    return good(s) and acknowledged(s) and s.handles == "none"


def handled_again(s: State) -> bool:
    return s.handles == "again"


def said(s: State) -> bool:
    return s.broker in {"acknowledged", "dead_letter"}


def ready_for_the_next(s: State) -> bool:
    return s.consumer == "idle"


def test_a_poison_message_is_put_aside_in_the_end(
    system: System, must_hold: Ask
) -> None:
    asked = leads_to(poison, put_aside)
    evidence = check(system, asked).evidence
    if check(system, sometimes(poison_acknowledged)).verdict is Verdict.HOLDS:
        hint = "you acknowledge what you could not read: it is gone, and nobody will ever know."
    elif evidence is not None and evidence.loop:
        hint = "the consumer says nothing, and the message comes back. Which word does the broker know for a failure?"
    else:
        hint = (
            "now nothing happens at all. Say a word about the failure, instead of none."
        )
    must_hold(system, asked, hint)


def test_a_good_message_is_acknowledged_in_the_end(
    system: System, must_hold: Ask
) -> None:
    hint = "good messages must be handled and acknowledged as before."
    must_hold(system, leads_to(good, acknowledged), hint)


def test_a_good_message_is_acknowledged_after_the_work(
    system: System, must_hold: Ask
) -> None:
    hint = "a good message is acknowledged before it is handled (lesson 6: it may be lost)."
    must_hold(system, never(acknowledged_unhandled), hint)
    must_hold(system, never(handled_again), "the same message is handled twice.")


def test_no_good_message_is_put_aside(system: System, must_hold: Ask) -> None:
    hint = "a good message ends in the dead-letter queue."
    must_hold(system, never(good_put_aside), hint)


def test_the_consumer_is_ready_for_the_next(system: System, must_hold: Ask) -> None:
    hint = "the broker has its word, and the consumer never takes another message. Where does your row lead?"
    must_hold(system, leads_to(said, ready_for_the_next), hint)
