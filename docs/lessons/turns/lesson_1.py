"""Lesson 1, to be played: what "delivered" means."""

from __future__ import annotations

from transitions import Machine

from docs.lessons.exercises.lesson_1 import machine
from lifecheck import (
    State,
    System,
    always,
    component_of,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    breaks,
    verdicts,
)


def client() -> Machine:
    return Machine(
        states=["responsible", "relieved"],
        initial="responsible",
        transitions=[
            ["send_message", "responsible", "responsible"],
            ["reply_250", "responsible", "relieved"],
        ],
        auto_transitions=False,
    )


def server() -> Machine:
    return Machine(
        states=["empty", "in_memory", "on_disk"],
        initial="empty",
        transitions=[
            ["send_message", "empty", "in_memory"],
            ["reply_250", "in_memory", "in_memory"],
            ["save", "in_memory", "on_disk"],
            ["crash", "in_memory", "empty"],
            ["crash", "on_disk", "on_disk"],
        ],
        auto_transitions=False,
    )


def careful_server() -> Machine:
    machine = server()
    machine.remove_transition("reply_250")
    machine.add_transition("reply_250", "on_disk", "on_disk")
    return machine


MEANINGS = {
    "send_message": "The client sends the message.",
    "reply_250": "The server says that it is responsible now.",
    "save": "The server writes the message to its disk.",
    "crash": "The server crashes and starts again; what was only in memory is gone.",
}


def system(server: Machine) -> System:
    """Return the client with a server."""
    parts = [component_of(client(), "client"), component_of(server, "server")]
    return System("mail", parts, environment={"crash"}, meanings=MEANINGS)


def somebody_has_it(s: State) -> bool:
    """The client is still responsible, or the server has the message."""
    return s.client == "responsible" or s.server != "empty"


AT_ONCE = Prediction(
    "The server replies 250 as soon as it has the message in memory. Does somebody have the message in every state, "
    "crashes included?",
    [Question(system(server()), always(somebody_has_it))],
    [
        Choice(
            "yes",
            verdicts("holds"),
            "Ask what the server still has after a crash, and what the client has after 250.",
        ),
        Choice(
            "no: send_message, crash",
            breaks("send_message", "crash"),
            "The server lost it, but the client has heard no 250: it still has the message, and sends it again.",
        ),
        Choice(
            "no: send_message, reply_250, crash",
            breaks("send_message", "reply_250", "crash"),
            "The server promised, and then forgot; the client had let go at the promise.",
        ),
        Choice(
            "no: send_message, reply_250, save, crash",
            breaks("send_message", "reply_250", "save", "crash"),
            "What was saved is still there after the crash.",
        ),
    ],
)

WHEN_SAVED = Prediction(
    "Now the server replies only when the message is on its disk. It still crashes whenever it likes. Does somebody "
    "have the message in every state?",
    [Question(system(careful_server()), always(somebody_has_it))],
    [
        Choice(
            "yes",
            verdicts("holds"),
            "Before the promise the client has it, after the promise the disk. There are no other states: this is not "
            '"we tried it a few times".',
        ),
        Choice(
            "no: send_message, crash",
            breaks("send_message", "crash"),
            "Nothing was promised yet, so the client still has it.",
        ),
        Choice(
            "no: send_message, save, reply_250, crash",
            breaks("send_message", "save", "reply_250", "crash"),
            "After this crash the message is on the disk.",
        ),
    ],
)

ADVERSARY = Adversary(
    "Make the message vanish: nobody may have it. You choose when the server crashes; for the rest, client and server "
    "do what they owe.",
    system(server()),
    always(somebody_has_it),
)

AS_HANDED_OUT = [
    ["send_message", "empty", "in_memory"],
    ["save", "in_memory", "on_disk"],
    ["reply_250", "on_disk", "accepted"],
    ["deliver", "accepted", "delivered"],
    ["drop", "accepted", "gone"],
]


def told(s: State) -> bool:
    """The sender was told that the message failed."""
    return s.sender == "told"


def delivered(s: State) -> bool:
    """The message was put into the mailbox."""
    return s.deliveries != "0"


def given_up(s: State) -> bool:
    """The server has given the message up."""
    return s.server == "gone" or s.drops != "0" or told(s)


def relieved(s: State) -> bool:
    """The client has its 250."""
    return s.client == "relieved"


def promised_before_the_disk(s: State) -> bool:
    """The client has its 250, and the message was not sent or not saved."""
    return relieved(s) and "0" in (s.sends, s.saves)


def told_before_the_promise(s: State) -> bool:
    """The sender was told while the client is still responsible."""
    return told(s) and not relieved(s)


def told_though_delivered(s: State) -> bool:
    """The sender was told of a failure that was none."""
    return told(s) and (delivered(s) or s.server == "delivered")


def delivered_or_told(s: State) -> bool:
    """The message has had an end."""
    return delivered(s) or told(s)


def let_go(s: State) -> bool:
    """The server has nothing in its hands."""
    return s.server in {"empty", "delivered", "gone"}


def delivered_again(s: State) -> bool:
    """The message was delivered twice."""
    return s.deliveries == "2 or more"


DESIGNER = Designer(
    "After 250 the server may find that there is no such mailbox: then it drops the message and says nothing. Change "
    "one row, so that whoever waits is told. The client and the sender are right.",
    "server",
    AS_HANDED_OUT,
    machine.system,
    [
        Requirement(
            "the promise waits for the disk",
            never(promised_before_the_disk),
            "the server promises before the message is on its disk; leave that row as it was.",
        ),
        Requirement(
            "nobody is told before the promise",
            never(told_before_the_promise),
            "the sender is told while the client is still responsible, and will send the message again. What must "
            "have been said before it is the server's affair to give up?",
        ),
        Requirement(
            "the promise is made in the end",
            eventually(relieved),
            "the client waits for its 250 in vain; leave the rows that lead there as they were.",
        ),
        Requirement(
            "the server can still give up",
            sometimes(given_up),
            "a mailbox may be missing, and then the server must be able to give up; do not take the row away.",
        ),
        Requirement(
            "the server can still deliver",
            sometimes(delivered),
            "a message whose mailbox is there must still be delivered; leave that row as it was.",
        ),
        Requirement(
            "nobody is told of a message that was delivered",
            never(told_though_delivered),
            "the sender is told that a message failed which was delivered; a message has one end.",
        ),
        Requirement(
            "whoever waits is told",
            leads_to(given_up, told),
            "the server gives up alone. Which trigger of the sender must it meet instead?",
        ),
        Requirement(
            "every message has an end",
            leads_to(relieved, delivered_or_told),
            "the server has promised, and now it neither delivers the message nor says that it cannot.",
        ),
        Requirement(
            "the server lets go of what is done",
            leads_to(delivered_or_told, let_go),
            "the message has had its end, and the server still has it in its hands.",
        ),
        Requirement(
            "nothing is delivered twice",
            never(delivered_again),
            "the message is delivered twice.",
        ),
    ],
    answer="docs/lessons/exercises/lesson_1/answer.py:SERVER_ROWS",
    machines=[machine.client, machine.sender],
)

LESSON = Lesson(
    "lesson-1",
    'What "delivered" means',
    "A server that answers 250 says: I am responsible now. When may it say that?",
    [client, server],
    system(server()),
    predictions=[AT_ONCE, WHEN_SAVED],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/1-delivered.md",
)
