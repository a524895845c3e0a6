"""Does the shop get an answer to every event, and only after somebody has looked at it?"""

from __future__ import annotations

from collections.abc import Callable

from lifecheck import (
    Property,
    Result,
    State,
    System,
    check,
    leads_to,
    never,
    sometimes,
)

Ask = Callable[[System, Property, str], Result]


def ignored(s: State) -> bool:
    return s.ignores != "none"


def handled(s: State) -> bool:
    return s.handles != "none"


def looked_at_again(s: State) -> bool:
    return "again" in (s.handles, s.ignores)


def settled(s: State) -> bool:
    return s.shop == "settled"


def order_due(s: State) -> bool:
    return s.event == "order" and s.shop == "due"


def handled_and_settled(s: State) -> bool:
    return handled(s) and settled(s)


def settled_unseen(s: State) -> bool:
    return settled(s) and not handled(s) and not ignored(s)


def test_an_ignored_event_is_answered_in_the_end(
    system: System, must_hold: Ask
) -> None:
    asked = leads_to(ignored, settled)
    evidence = check(system, asked).evidence
    hint = (
        "the receiver still says nothing, and the shop calls again. Which trigger settles the call?"
        if evidence is not None and evidence.loop
        else "now nobody moves at all: to take the row away is not enough. What should stand in its place?"
    )
    must_hold(system, asked, hint)


def test_an_order_is_handled_and_settled_in_the_end(
    system: System, must_hold: Ask
) -> None:
    hint = "orders must be handled and answered as before."
    must_hold(system, leads_to(order_due, handled_and_settled), hint)


def test_nothing_is_answered_before_somebody_has_looked(
    system: System, must_hold: Ask
) -> None:
    hint = "the call is answered before anybody has looked at the event."
    must_hold(system, never(settled_unseen), hint)


def test_an_event_is_looked_at_once(system: System, must_hold: Ask) -> None:
    hint = "the receiver deals with the same event twice."
    must_hold(system, never(looked_at_again), hint)


def test_other_events_are_still_ignored(system: System, must_hold: Ask) -> None:
    hint = "the receiver must still be able to ignore what it did not ask for."
    must_hold(system, sometimes(ignored), hint)
