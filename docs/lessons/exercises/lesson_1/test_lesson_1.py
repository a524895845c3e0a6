"""Is somebody told when the server gives up?"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from lifecheck import Property, Result, State, System, always, sometimes

Ask = Callable[[System, Property, str], Result]


def gone(s: State) -> bool:
    return s.server == "gone"


def delivered(s: State) -> bool:
    return s.server == "delivered"


def told(s: State) -> bool:
    return s.sender == "told"


def test_the_server_can_still_give_up(answer: ModuleType, must_hold: Ask) -> None:
    hint = "a mailbox may be missing, and then the server must be able to give up; do not take the row away."
    must_hold(answer.SYSTEM, sometimes(gone), hint)


def test_the_server_can_still_deliver(answer: ModuleType, must_hold: Ask) -> None:
    hint = "a message whose mailbox is there must still be delivered; leave that row as it was."
    must_hold(answer.SYSTEM, sometimes(delivered), hint)


def test_whoever_waits_is_told(answer: ModuleType, must_hold: Ask) -> None:
    hint = (
        "the server gives up alone. Which trigger of the sender must it meet instead?"
    )
    must_hold(answer.SYSTEM, always(told, given=gone), hint)


def test_nobody_is_told_of_a_message_that_was_delivered(
    answer: ModuleType, must_hold: Ask
) -> None:
    def told_or_waiting(s: State) -> bool:
        return not told(s)

    hint = "the sender is told that a message failed which was delivered; a message has one end."
    must_hold(answer.SYSTEM, always(told_or_waiting, given=delivered), hint)
