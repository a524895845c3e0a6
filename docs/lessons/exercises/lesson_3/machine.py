"""Lesson 3, corrected, with reports that may be lost on their way to the queue; entries expire, or they do not."""

from __future__ import annotations

from transitions import Machine

from lifecheck import (
    Claim,
    State,
    System,
    can_always_reach,
    component_of,
    leads_to,
    never,
    sometimes,
)
from lifecheck.system import counter


def queue() -> Machine:
    """The queue, which removes its entry once it is answered."""
    return Machine(
        states=["queued", "delivering", "removed", "expired"],
        initial="queued",
        transitions=[
            ["attempt_delivery", "queued", "delivering"],
            ["acknowledge", "delivering", "removed"],
            ["abandon_attempt", "delivering", "queued"],
            ["expire", "queued", "expired"],
        ],
        auto_transitions=False,
    )


def store() -> Machine:
    """The store, corrected; but its report may be lost."""
    return Machine(
        states=["absent", "received", "deleted", "settled", "unheard"],
        initial="absent",
        transitions=[
            ["attempt_delivery", "absent", "received"],
            ["delete", "received", "deleted"],
            ["acknowledge", "deleted", "settled"],
            ["lose_report", "deleted", "unheard"],
            ["abandon_attempt", "unheard", "absent"],
        ],
        auto_transitions=False,
    )


def age() -> Machine:
    """How old the entry is: an overdue one is not tried again."""
    return Machine(
        states=["fresh", "overdue"],
        initial="fresh",
        transitions=[
            ["attempt_delivery", "fresh", "fresh"],
            ["grow_old", "fresh", "overdue"],
            ["expire", "overdue", "overdue"],
        ],
        auto_transitions=False,
    )


def sender() -> Machine:
    """Whoever wrote the message, and is told of its failure."""
    return Machine(
        states=["unaware", "bounced"],
        initial="unaware",
        transitions=[["expire", "unaware", "bounced"]],
        auto_transitions=False,
    )


MEANINGS = {
    "attempt_delivery": "The queue hands a copy of the message to the store.",
    "delete": "The store deletes the copy, because of the virus.",
    "acknowledge": "The store reports success, and the queue removes its entry.",
    "lose_report": "The store reports success, and the report is lost on its way.",
    "abandon_attempt": "The queue, unanswered, gives up on this attempt and keeps its entry.",
    "grow_old": "Time passes: the entry is overdue.",
    "expire": "The queue gives up on the message, and the sender is told that it was not delivered.",
}


def system(expiry: str) -> System:
    """Return the system; with expiry "off" no entry ever grows old."""
    clock = age()
    if expiry == "off":
        clock.remove_transition("grow_old")
    alphabet = {"attempt_delivery", "grow_old", "expire"}
    return System(
        f"mail, expiry {expiry}",
        [
            component_of(queue(), "queue"),
            component_of(store(), "store"),
            component_of(clock, "age", alphabet=alphabet),
            component_of(sender(), "sender"),
        ],
        observers=[counter("delete", name="deletions")],
        environment={"lose_report"},
        meanings=MEANINGS,
    )


def deleted(s: State) -> bool:
    """The store has deleted the copy."""
    return s.store == "deleted"


def has_left_the_queue(s: State) -> bool:
    """The queue has let go of its entry."""
    return s.queue in ("removed", "expired")


def deleted_again(s: State) -> bool:
    """The message was deleted twice."""
    return s.deletions == "2 or more"


def bounced(s: State) -> bool:
    """The sender is told that the message failed."""
    return s.sender == "bounced"


def bounced_though_deleted(s: State) -> bool:
    """The sender is told that a message failed which the server dealt with."""
    return bounced(s) and s.deletions != "0"


CLAIMS = [
    Claim(
        "deleted-leaves-queue",
        "no deleted message stays queued for ever",
        leads_to(deleted, has_left_the_queue),
    ),
    Claim(
        "can-drain",
        "whatever has happened, some way out of the queue is left",
        can_always_reach(has_left_the_queue),
    ),
    Claim(
        "deleted-at-most-once",
        "a message is deleted at most once",
        never(deleted_again),
    ),
    Claim(
        "no-false-bounce",
        "no bounce for a message that was dealt with",
        never(bounced_though_deleted),
        witness=sometimes(bounced),
    ),
]
