"""Lesson 8, to be played: the same bug elsewhere."""

from __future__ import annotations

from transitions import Machine

from docs.lessons.exercises.lesson_8 import machine
from lifecheck import State, System, component_of, leads_to, never
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    goes_round,
    rows_of,
    stays,
    verdicts,
)


def stream() -> Machine:
    return Machine(
        states=["holds_entry", "deleted"],
        initial="holds_entry",
        transitions=[
            ["read", "holds_entry", "holds_entry"],
            ["delete", "holds_entry", "deleted"],
        ],
        auto_transitions=False,
    )


def group() -> Machine:
    return Machine(
        states=["unread", "pending", "cleared"],
        initial="unread",
        transitions=[
            ["read", "unread", "pending"],
            ["acknowledge", "pending", "cleared"],
        ],
        auto_transitions=False,
    )


def consumer() -> Machine:
    return Machine(
        states=["idle", "working", "acknowledged", "finished"],
        initial="idle",
        transitions=[
            ["read", "idle", "working"],
            ["delete", "working", "finished"],
        ],
        auto_transitions=False,
    )


def polite_consumer() -> Machine:
    machine = consumer()
    machine.remove_transition("delete")
    machine.add_transition("acknowledge", "working", "acknowledged")
    machine.add_transition("delete", "acknowledged", "finished")
    return machine


MEANINGS = {
    "read": "XREADGROUP: the consumer is handed the entry, which is pending from now on.",
    "delete": "XDEL: the consumer deletes the entry from the stream.",
    "acknowledge": "XACK: the consumer reports the entry as handled; it is pending no longer.",
}


def system(consumer: Machine) -> System:
    """Return the stream and its group with a consumer."""
    alphabet = {"read", "delete", "acknowledge"}
    parts = [
        component_of(stream(), "stream"),
        component_of(group(), "group"),
        component_of(consumer, "consumer", alphabet=alphabet),
    ]
    return System("Redis stream", parts, meanings=MEANINGS)


def deleted(s: State) -> bool:
    """The entry is gone from the stream."""
    return s.stream == "deleted"


def not_pending(s: State) -> bool:
    """The group does not wait for a word about the entry."""
    return s.group != "pending"


CLEARED = leads_to(deleted, not_pending)

AS_REPORTED = Prediction(
    "The consumer deletes what it has handled. Once the entry is gone from the stream, is it gone from the group's "
    "list of pending entries in the end?",
    [Question(system(consumer()), CLEARED)],
    [
        Choice(
            "yes: what is deleted is not pending",
            verdicts("holds"),
            "Stream and list are two machines, and delete is not in the group's alphabet: a deletion is not a word "
            "about the work.",
        ),
        Choice(
            "no: the entry comes back and is handled again, for ever",
            goes_round,
            "That is what a queue does that tries again. Here nobody tries anything.",
        ),
        Choice(
            "no: nothing happens any more, and it stays on the list",
            stays,
            "No loop, but silence. Each such entry stays on the list; a real list has millions of them until the "
            "memory is full.",
        ),
    ],
)

POLITE = Prediction(
    "Now the consumer acknowledges the entry, and then deletes it. Is what was deleted gone from the list?",
    [Question(system(polite_consumer()), CLEARED)],
    [
        Choice(
            "yes",
            verdicts("holds"),
            "In all such systems the mending is the same: say what you did with it.",
        ),
        Choice(
            "no: nothing happens any more, and it stays on the list",
            stays,
            "The consumer owes its next step, and now one of them is the word.",
        ),
        Choice(
            "no: it goes round",
            goes_round,
            "No row leads back: a loop has to come back to where it began.",
        ),
    ],
)


def silent_consumer() -> Machine:
    return Machine(
        states=["idle", "reading", "handled", "failed"],
        initial="idle",
        transitions=[
            ["deliver", "idle", "reading"],
            ["handle", "reading", "handled"],
            ["acknowledge", "handled", "idle"],
            ["fail", "reading", "failed"],
            ["close_channel", "failed", "idle"],
        ],
        auto_transitions=False,
    )


AS_HANDED_OUT = rows_of(silent_consumer())


def poison(s: State) -> bool:
    """The message cannot be read."""
    return s.content == "poison"


def put_aside(s: State) -> bool:
    """The message is in the dead-letter queue."""
    return s.broker == "dead_letter"


def good(s: State) -> bool:
    """The message can be read."""
    return s.content == "good"


def good_put_aside(s: State) -> bool:
    """A message that can be read is in the dead-letter queue."""
    return good(s) and put_aside(s)


def acknowledged(s: State) -> bool:
    """The broker has forgotten the message."""
    return s.broker == "acknowledged"


def poison_acknowledged(s: State) -> bool:
    """The broker has forgotten a message that nobody could read."""
    return poison(s) and acknowledged(s)


def acknowledged_unhandled(s: State) -> bool:
    """The broker has forgotten a message that nobody handled."""
    return good(s) and acknowledged(s) and s.handles == "0"


def handled_again(s: State) -> bool:
    """The message was handled twice."""
    return s.handles == "2 or more"


def ready(s: State) -> bool:
    """The broker has a message to hand out."""
    return s.broker == "ready"


def said(s: State) -> bool:
    """The broker has its word about the message."""
    return s.broker in {"acknowledged", "dead_letter"}


def ready_for_the_next(s: State) -> bool:
    """The consumer can take a message."""
    return s.consumer == "idle"


ADVERSARY = Adversary(
    "RabbitMQ: what was delivered and not acknowledged comes back when the channel closes, and the broker closes the "
    "channel of a consumer that is silent for too long. Keep one message going round for ever. You choose what is "
    "published; for the rest, broker and consumer do what they owe.",
    machine.system(AS_HANDED_OUT),
    leads_to(ready, said),
    machines=[machine.broker, machine.content, silent_consumer],
)

DESIGNER = Designer(
    "The consumer cannot read a poison message, and says nothing. Change one row, so that such a message ends in the "
    "dead-letter queue where somebody can look at it, and the consumer is ready for the next. The broker is right.",
    "consumer",
    AS_HANDED_OUT,
    machine.system,
    [
        Requirement(
            "a good message is acknowledged after the work",
            never(acknowledged_unhandled),
            "a good message is acknowledged before it is handled (lesson 6: it may be lost).",
        ),
        Requirement(
            "no poison message is acknowledged",
            never(poison_acknowledged),
            "you acknowledge what you could not read: it is gone, and nobody will ever know.",
        ),
        Requirement(
            "no good message is put aside",
            never(good_put_aside),
            "a good message ends in the dead-letter queue.",
        ),
        Requirement(
            "a poison message is put aside in the end",
            leads_to(poison, put_aside),
            "there is a run in which the consumer says nothing, and the message comes back. Which word does the broker "
            "know for a failure, and what may not happen instead of it?",
            stays="now nothing happens at all. Say a word about the failure, instead of none.",
        ),
        Requirement(
            "a good message is acknowledged in the end",
            leads_to(good, acknowledged),
            "good messages must be handled and acknowledged as before.",
        ),
        Requirement(
            "nothing is handled twice",
            never(handled_again),
            "the same message is handled twice.",
        ),
        Requirement(
            "the consumer is ready for the next",
            leads_to(said, ready_for_the_next),
            "the broker has its word, and the consumer never takes another message. Where does your row lead?",
        ),
    ],
    answer="docs/lessons/exercises/lesson_8/answer.py:CONSUMER_ROWS",
    machines=[machine.broker, machine.content],
)

LESSON = Lesson(
    "lesson-8",
    "The same bug elsewhere",
    "Consumed, and never acknowledged: once you know the shape you find it wherever one program hands work to another.",
    [stream, group, consumer],
    system(consumer()),
    predictions=[AS_REPORTED, POLITE],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/8-elsewhere.md",
)
