"""Lesson 3, to be played: "for ever" and "until it times out"."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import State, System, component_of, leads_to, never, sometimes
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    TableRow,
    steps,
    verdicts,
)
from lifecheck.system import counter


def queue() -> Machine:
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
    return Machine(
        states=["absent", "received", "deleted", "settled"],
        initial="absent",
        transitions=[
            ["attempt_delivery", "absent", "received"],
            ["delete", "received", "deleted"],
            ["abandon_attempt", "deleted", "absent"],
        ],
        auto_transitions=False,
    )


def corrected_store() -> Machine:
    machine = store()
    machine.remove_transition("abandon_attempt")
    machine.add_transition("acknowledge", "deleted", "settled")
    return machine


def age() -> Machine:
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
    "abandon_attempt": "The queue, unanswered, gives up on this attempt and keeps its entry.",
    "grow_old": "Time passes: the entry is overdue.",
    "expire": "The queue gives up on the message, and the sender is told that it was not delivered.",
}


def system(store: Machine) -> System:
    """Return the system with a store; the observer counts deletions."""
    alphabet = {"attempt_delivery", "delete", "acknowledge", "abandon_attempt"}
    return System(
        "mail",
        [
            component_of(queue(), "queue"),
            component_of(store, "store", alphabet=alphabet),
            component_of(age(), "age"),
            component_of(sender(), "sender"),
        ],
        observers=[counter("delete", name="deletions")],
        meanings=MEANINGS,
    )


def deleted(s: State) -> bool:
    """The store has deleted the copy."""
    return s.store == "deleted"


def has_left_the_queue(s: State) -> bool:
    """The queue has let go of its entry, by whatever door."""
    return s.queue in ("removed", "expired")


def bounced_though_deleted(s: State) -> bool:
    """The sender is told that a message failed which the server dealt with."""
    return s.sender == "bounced" and s.deletions != "0"


LEAVES = leads_to(deleted, has_left_the_queue)
NO_FALSE_BOUNCE = never(bounced_though_deleted)


def both(store: Machine) -> list[Question]:
    """Return the two questions to a store."""
    return [
        Question(system(store), LEAVES, "no deleted message stays queued for ever"),
        Question(
            system(store),
            NO_FALSE_BOUNCE,
            "no bounce for a message that was dealt with",
        ),
    ]


AS_SHIPPED = Prediction(
    "The store as shipped, with a clock: what is overdue expires. Which of the two holds? (1) No deleted message stays "
    "queued for ever. (2) No bounce for a message that was dealt with.",
    both(store()),
    [
        Choice(
            "both",
            verdicts("holds", "holds"),
            "It leaves the queue, yes. But by which door, and who is told what?",
        ),
        Choice(
            "the first alone",
            verdicts("holds", "violated"),
            "Expiry does not mend the defect: it hides it, and lets somebody else pay. Whoever had only asked the "
            "first would have been content.",
        ),
        Choice(
            "the second alone",
            verdicts("violated", "holds"),
            "Time is a step of the system: it passes in the end, and then the entry expires.",
        ),
        Choice(
            "neither",
            verdicts("violated", "violated"),
            "The loop is real, but it is not for ever: an entry that is overdue is not tried again.",
        ),
    ],
    shows_run=False,  # the next one asks how long it is
)

PRICE = Prediction(
    "How many steps does it take to get to a bounce for a message that the server deleted as it should?",
    both(store())[1:],
    [
        Choice(
            "3: attempt, delete, expire",
            steps(3),
            "An entry expires when it is overdue, and only while it waits in the queue.",
        ),
        Choice(
            "5: attempt, delete, abandon, grow old, expire",
            steps(5),
            "Every one of them is a step that its machine takes as it should.",
        ),
        Choice(
            "9: it has to be deleted twice before the queue gives up",
            steps(9),
            "One attempt is enough.",
        ),
    ],
)

WITH_CORRECTION = Prediction(
    "Now with the correction of lesson 2, acknowledge, deleted -> settled, and the clock left running. Which of the "
    "two holds?",
    both(corrected_store()),
    [
        Choice(
            "both",
            verdicts("holds", "holds"),
            "The entry may still expire before its first attempt. Then the sender is told, and rightly so.",
        ),
        Choice(
            "the first alone",
            verdicts("holds", "violated"),
            "What is answered is removed, and what is removed does not expire.",
        ),
        Choice(
            "neither",
            verdicts("violated", "violated"),
            "The queue hears of every deletion now.",
        ),
    ],
)

AS_HANDED_OUT = [
    ["attempt_delivery", "absent", "received"],
    ["delete", "received", "deleted"],
    ["abandon_attempt", "deleted", "absent"],
]


def with_rows(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the store."""
    machine = Machine(
        states=["absent", "received", "deleted", "settled"],
        initial="absent",
        transitions=[*rows],
        auto_transitions=False,
    )
    return system(machine)


ADVERSARY = Adversary(
    "Have the sender told that a message was not delivered which the server dealt with as it should.",
    system(store()),
    NO_FALSE_BOUNCE,
    orders=True,
)


def removed_undeleted(s: State) -> bool:
    """The queue has removed an entry whose message is infected and was not deleted."""
    return s.queue == "removed" and s.deletions == "0"


def deletes(s: State) -> bool:
    """The message was deleted."""
    return s.deletions != "0"


def deleted_again(s: State) -> bool:
    """The message was deleted twice."""
    return s.deletions == "2 or more"


def rightly_bounced(s: State) -> bool:
    """The sender is told of a message that was never dealt with."""
    return s.sender == "bounced" and s.deletions == "0"


DESIGNER = Designer(
    "Change one row of the store, so that nobody is told that a message failed which was dealt with. The clock goes "
    "on: what was never tried may expire, and its sender is told.",
    "store",
    AS_HANDED_OUT,
    with_rows,
    [
        Requirement(
            "an infected message is still deleted",
            sometimes(deletes),
            "an infected message must still be deleted; leave the rows that lead there as they were.",
        ),
        Requirement(
            "nothing is removed that was not deleted",
            never(removed_undeleted),
            "the store reports success about a message that it has not dealt with.",
        ),
        Requirement(
            "what was never tried may still expire",
            sometimes(rightly_bounced),
            "an entry that was never tried must still be able to expire.",
        ),
        Requirement(
            "no bounce for a message that was dealt with",
            NO_FALSE_BOUNCE,
            "the sender is told of a failure that was none. What would have to reach the queue before its entry is "
            "overdue?",
        ),
        Requirement(
            "no deleted message stays queued for ever",
            leads_to(deletes, has_left_the_queue),  # also where no state is called so
            "the entry of a deleted message stays in the queue for ever. Which word lets it go?",
        ),
        Requirement(
            "a message is deleted once",
            never(deleted_again),
            "the same message is deleted twice.",
        ),
    ],
)

LESSON = Lesson(
    "lesson-3",
    '"For ever" and "until it times out"',
    "A real queue gives up: then the loop of lesson 2 ends by itself. Is it a defect at all?",
    [queue, store, age, sender],
    system(store()),
    predictions=[AS_SHIPPED, PRICE, WITH_CORRECTION],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/3-expiry.md",
)
