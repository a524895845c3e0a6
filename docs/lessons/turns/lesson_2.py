"""Lesson 2, to be played: a queue that tries again."""

from __future__ import annotations

from transitions import Machine

from docs.lessons.exercises.lesson_2 import machine
from lifecheck import State, System, component_of, leads_to, never, sometimes
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    rows_of,
    stays,
    steps,
    verdicts,
)


def queue() -> Machine:
    return Machine(
        states=["queued", "delivering", "removed"],
        initial="queued",
        transitions=[
            ["attempt_delivery", "queued", "delivering"],
            ["acknowledge", "delivering", "removed"],
            ["abandon_attempt", "delivering", "queued"],
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


def store_without_the_row() -> Machine:
    machine = store()
    machine.remove_transition("abandon_attempt")
    return machine


def corrected_store() -> Machine:
    machine = store_without_the_row()
    machine.add_transition("acknowledge", "deleted", "settled")
    return machine


MEANINGS = {
    "attempt_delivery": "The queue hands a copy of the message to the store.",
    "delete": "The store deletes the copy, because of the virus.",
    "acknowledge": "The store reports success, and the queue removes its entry.",
    "abandon_attempt": "The queue, unanswered, gives up on this attempt and keeps its entry.",
}


def system(store: Machine) -> System:
    """Return the queue with a store; the store takes part in an acknowledgement, with or without a row for it."""
    alphabet = {"attempt_delivery", "delete", "acknowledge", "abandon_attempt"}
    parts = [
        component_of(queue(), "queue"),
        component_of(store, "store", alphabet=alphabet),
    ]
    return System("mail", parts, meanings=MEANINGS)


def deleted(s: State) -> bool:
    """The store has deleted the copy."""
    return s.store == "deleted"


def has_left_the_queue(s: State) -> bool:
    """The queue has removed its entry."""
    return s.queue == "removed"


SETTLED_IN_THE_END = leads_to(deleted, has_left_the_queue)

AS_SHIPPED = Prediction(
    "Once the copy is deleted, does its entry leave the queue in the end?",
    [Question(system(store()), SETTLED_IN_THE_END)],
    [
        Choice(
            "yes: the queue tries until it hears an answer",
            verdicts("holds"),
            "It does try, and nobody ever answers: the store has no row for acknowledge.",
        ),
        Choice(
            "no: after the deletion nothing happens any more",
            stays,
            "Something does happen: the queue abandons the attempt, and begins the next.",
        ),
        Choice(
            "no: it goes round, and one round has 3 steps",
            steps(3),
            "The loop comes back to the very state in which it began, so it can be repeated for ever.",
        ),
        Choice(
            "no: it goes round, and one round has 4 steps",
            steps(4),
            "It goes round, but count again: an attempt is one step for both machines.",
        ),
    ],
)

WITHOUT_THE_ROW = Prediction(
    "Somebody takes the row abandon_attempt out of the store, and puts nothing in its place. And now?",
    [Question(system(store_without_the_row()), SETTLED_IN_THE_END)],
    [
        Choice(
            "the entry leaves the queue",
            verdicts("holds"),
            "To leave it needs an acknowledgement, and still nobody gives one.",
        ),
        Choice(
            "nobody moves any more, and the entry stays",
            stays,
            "The message is not deleted again, and is no better off. What is missing is a row, not one too many.",
        ),
        Choice(
            "it still goes round",
            steps(3),
            "The round went through that row: without it the queue can neither abandon nor remove.",
        ),
    ],
)

CORRECTED = Prediction(
    "Now the store has the row acknowledge, deleted -> settled in its place. Does the entry leave the queue?",
    [Question(system(corrected_store()), SETTLED_IN_THE_END)],
    [
        Choice(
            "yes",
            verdicts("holds"),
            "The defect was a row that was missing, and the correction is a row: after a deletion the store answers.",
        ),
        Choice(
            "no: what was deleted was not delivered, so there is nothing to report",
            verdicts("violated"),
            "That is what the store thought. But the queue waits for a word, whatever became of the copy.",
        ),
    ],
)


def receiver() -> Machine:
    return Machine(
        states=["idle", "reading", "handled", "ignored", "finished"],
        initial="idle",
        transitions=[
            ["call", "idle", "reading"],
            ["handle", "reading", "handled"],
            ["answer", "handled", "finished"],
            ["ignore", "reading", "ignored"],
            ["call_again", "ignored", "idle"],
        ],
        auto_transitions=False,
    )


AS_HANDED_OUT = rows_of(receiver())


def ignored(s: State) -> bool:
    """The event was ignored."""
    return s.was_ignored != "0"


def handled(s: State) -> bool:
    """The event was handled."""
    return s.handles != "0"


def looked_at_again(s: State) -> bool:
    """The receiver dealt with the event twice."""
    return "2 or more" in (s.handles, s.ignores)


def due(s: State) -> bool:
    """The shop has to call."""
    return s.shop == "due"


def settled(s: State) -> bool:
    """The shop has its answer."""
    return s.shop == "settled"


def order_due(s: State) -> bool:
    """The shop has to call about an order."""
    return s.event == "order" and s.shop == "due"


def handled_and_settled(s: State) -> bool:
    """The order was handled, and the shop has its answer."""
    return handled(s) and settled(s)


def settled_unseen(s: State) -> bool:
    """The shop has its answer, and nobody has looked."""
    return settled(s) and not handled(s) and not ignored(s)


ADVERSARY = Adversary(
    "The same mistake in a shop, which calls another program about each event until it is answered. Keep the shop "
    "calling for ever. You choose what the customer does; for the rest, shop and receiver do what they owe.",
    machine.system(AS_HANDED_OUT),
    leads_to(due, settled),
    machines=[machine.shop, machine.event, receiver],
)

DESIGNER = Designer(
    "The receiver asked for orders only. What else it is told it ignores, and says nothing: so it is told again. "
    "Change one row of the receiver. The shop is right.",
    "receiver",
    AS_HANDED_OUT,
    machine.system,
    [
        Requirement(
            "other events are still ignored",
            sometimes(ignored),
            "the receiver must still be able to ignore what it did not ask for.",
        ),
        Requirement(
            "nothing is answered before somebody has looked",
            never(settled_unseen),
            "the call is answered before anybody has looked at the event.",
        ),
        Requirement(
            "an ignored event is answered in the end",
            leads_to(ignored, settled),
            "the receiver can still say nothing, and then the shop calls again. Which trigger settles the call, and "
            "what can happen in its stead?",
            stays="now nobody moves at all: to take the row away is not enough. What should stand in its place?",
        ),
        Requirement(
            "an order is handled and answered in the end",
            leads_to(order_due, handled_and_settled),
            "orders must be handled and answered as before.",
        ),
        Requirement(
            "an event is looked at once",
            never(looked_at_again),
            "the receiver deals with the same event twice.",
        ),
    ],
    answer="docs/lessons/exercises/lesson_2/answer.py:RECEIVER_ROWS",
    machines=[machine.shop, machine.event],
)

LESSON = Lesson(
    "lesson-2",
    "A queue that tries again",
    "A queue that hears nothing tries again, and a store deletes what is dangerous: each of them is right. And both?",
    [queue, store],
    system(store()),
    predictions=[AS_SHIPPED, WITHOUT_THE_ROW, CORRECTED],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/2-retry.md",
)
