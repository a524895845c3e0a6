"""Is somebody told when the server gives up, and only then?"""

from __future__ import annotations

from collections.abc import Callable

from lifecheck import (
    Property,
    Result,
    State,
    System,
    eventually,
    leads_to,
    never,
    sometimes,
)

Ask = Callable[[System, Property, str], Result]


def told(s: State) -> bool:
    return s.sender == "told"


def delivered(s: State) -> bool:
    return s.deliveries != "none"


def given_up(s: State) -> bool:
    return s.server == "gone" or s.drops != "none" or told(s)


def relieved(s: State) -> bool:
    return s.client == "relieved"


def promised_before_the_disk(s: State) -> bool:
    return relieved(s) and "none" in (s.sends, s.saves)


def told_before_the_promise(s: State) -> bool:
    return told(s) and not relieved(s)


def told_though_delivered(s: State) -> bool:
    return told(s) and (delivered(s) or s.server == "delivered")


def delivered_or_told(s: State) -> bool:
    return delivered(s) or told(s)


def let_go(s: State) -> bool:
    return s.server in {"empty", "delivered", "gone"}


def delivered_again(s: State) -> bool:
    return s.deliveries == "again"


def test_the_server_can_still_give_up(system: System, must_hold: Ask) -> None:
    hint = "a mailbox may be missing, and then the server must be able to give up; do not take the row away."
    must_hold(system, sometimes(given_up), hint)


def test_the_server_can_still_deliver(system: System, must_hold: Ask) -> None:
    hint = "a message whose mailbox is there must still be delivered; leave that row as it was."
    must_hold(system, sometimes(delivered), hint)


def test_whoever_waits_is_told(system: System, must_hold: Ask) -> None:
    hint = (
        "the server gives up alone. Which trigger of the sender must it meet instead?"
    )
    must_hold(system, leads_to(given_up, told), hint)


def test_every_message_has_an_end(system: System, must_hold: Ask) -> None:
    hint = "the server has promised, and now it neither delivers the message nor says that it cannot."
    must_hold(system, leads_to(relieved, delivered_or_told), hint)


def test_nobody_is_told_of_a_message_that_was_delivered(
    system: System, must_hold: Ask
) -> None:
    hint = "the sender is told that a message failed which was delivered; a message has one end."
    must_hold(system, never(told_though_delivered), hint)


def test_nobody_is_told_before_the_promise(system: System, must_hold: Ask) -> None:
    hint = (
        "the sender is told while the client is still responsible, and will send the message again. What must have "
        "been said before it is the server's affair to give up?"
    )
    must_hold(system, never(told_before_the_promise), hint)


def test_the_promise_waits_for_the_disk(system: System, must_hold: Ask) -> None:
    hint = "the server promises before the message is on its disk; leave that row as it was."
    must_hold(system, never(promised_before_the_disk), hint)


def test_the_promise_is_made_in_the_end(system: System, must_hold: Ask) -> None:
    hint = "the client waits for its 250 in vain; leave the rows that lead there as they were."
    must_hold(system, eventually(relieved), hint)


def test_the_server_lets_go_of_what_is_done(system: System, must_hold: Ask) -> None:
    hint = "the message has had its end, and the server still has it in its hands."
    must_hold(system, leads_to(delivered_or_told, let_go), hint)


def test_nothing_is_delivered_twice(system: System, must_hold: Ask) -> None:
    must_hold(system, never(delivered_again), "the message is delivered twice.")
