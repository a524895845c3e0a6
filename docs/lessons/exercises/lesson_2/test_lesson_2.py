"""Does the shop get an answer to every event, and only after somebody has looked at it?"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from lifecheck import (
    Property,
    Result,
    State,
    System,
    Verdict,
    always,
    check,
    leads_to,
    sometimes,
)

Ask = Callable[[System, Property, str], Result]


def ignored(s: State) -> bool:
    return s.receiver == "ignored"


def settled(s: State) -> bool:
    return s.shop == "settled"


def order_due(s: State) -> bool:
    return s.event == "order" and s.shop == "due"


def handled_and_settled(s: State) -> bool:
    return s.receiver == "finished" and settled(s)


def looked_at(s: State) -> bool:
    return s.looks == "some"


def test_an_ignored_event_is_answered_in_the_end(answer: ModuleType) -> None:
    result = check(answer.SYSTEM, leads_to(ignored, settled))
    if result.evidence is not None:
        hint = (
            "the receiver still says nothing, and the shop calls again. Which trigger settles the call?"
            if result.evidence.loop
            else "now nobody moves at all: to take the row away is not enough. What should stand in its place?"
        )
        pytest.fail(f"Hint: {hint}\n\n{result.story()}", pytrace=False)
    assert result.verdict is Verdict.HOLDS, (
        "Hint: the receiver must still be able to ignore what it did not ask for."
    )


def test_an_order_is_handled_and_settled_in_the_end(
    answer: ModuleType, must_hold: Ask
) -> None:
    must_hold(
        answer.SYSTEM,
        leads_to(order_due, handled_and_settled),
        "orders must be handled as before.",
    )


def test_nothing_is_answered_before_somebody_has_looked(
    answer: ModuleType, must_hold: Ask
) -> None:
    hint = "the call is answered before anybody has looked at the event."
    must_hold(answer.SYSTEM, always(looked_at, given=settled), hint)


def test_other_events_are_still_ignored(answer: ModuleType, must_hold: Ask) -> None:
    must_hold(
        answer.SYSTEM,
        sometimes(ignored),
        "the receiver must still be able to ignore what it did not ask for.",
    )
