"""Does a poison message end in the dead-letter queue, and a good one not?"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

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


def test_a_poison_message_is_put_aside_in_the_end(
    answer: ModuleType, must_hold: Ask
) -> None:
    swallowed = (
        check(answer.SYSTEM, sometimes(poison_acknowledged)).verdict is Verdict.HOLDS
    )
    loops = bool(
        getattr(check(answer.SYSTEM, leads_to(poison, put_aside)).evidence, "loop", ())
    )
    if swallowed:
        hint = "you acknowledge what you could not read: it is gone, and nobody will ever know."
    elif loops:
        hint = "the consumer says nothing, and the message comes back. Which word does the broker know for a failure?"
    else:
        hint = (
            "now nothing happens at all. Say a word about the failure, instead of none."
        )
    must_hold(answer.SYSTEM, leads_to(poison, put_aside), hint)


def test_a_good_message_is_acknowledged_in_the_end(
    answer: ModuleType, must_hold: Ask
) -> None:
    must_hold(
        answer.SYSTEM,
        leads_to(good, acknowledged),
        "good messages must be handled as before.",
    )


def test_no_good_message_is_put_aside(answer: ModuleType, must_hold: Ask) -> None:
    must_hold(
        answer.SYSTEM,
        never(good_put_aside),
        "a good message ends in the dead-letter queue.",
    )
