"""Lesson 5, to be played: lost acknowledgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transitions import Machine

from docs.lessons.exercises.lesson_5 import machine
from lifecheck import (
    Result,
    State,
    System,
    always,
    component_of,
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
    TableRow,
    verdicts,
)
from lifecheck.system import counter


def client() -> Machine:
    return Machine(
        states=["queued", "waiting", "done"],
        initial="queued",
        transitions=[
            ["send_message", "queued", "waiting"],
            ["reply_250", "waiting", "done"],
            ["give_up_waiting", "waiting", "queued"],
        ],
        auto_transitions=False,
    )


def server() -> Machine:
    return Machine(
        states=["listening", "received", "delivered"],
        initial="listening",
        transitions=[
            ["send_message", "listening", "received"],
            ["deliver", "received", "delivered"],
            ["reply_250", "delivered", "listening"],
            ["lose_reply", "delivered", "listening"],
            ["give_up_waiting", "listening", "listening"],
        ],
        auto_transitions=False,
    )


def attentive_server() -> Machine:
    machine = server()
    machine.add_transition("recognise", "received", "delivered")
    return machine


def memory() -> Machine:
    return Machine(
        states=["new", "known"],
        initial="new",
        transitions=[
            ["deliver", "new", "known"],
            ["recognise", "known", "known"],
        ],
        auto_transitions=False,
    )


MEANINGS = {
    "send_message": "The client sends the message, and the final dot.",
    "deliver": "The server puts the message into the mailbox.",
    "reply_250": "The server's 250 arrives, and the client forgets the message.",
    "lose_reply": "The connection breaks; the 250 never arrives.",
    "give_up_waiting": "The client, unanswered, puts the message back into its queue.",
    "recognise": "The server sees that it has delivered this message before.",
}

LUCK = {"reply_250": "not every connection breaks"}


def system(server: Machine) -> System:
    """Return the client with a server that forgets; the observer counts deliveries."""
    return _system(component_of(client(), "client"), component_of(server, "server"))


def remembering(server: Machine) -> System:
    """Return the client with a server and its memory."""
    alphabet = {
        "send_message",
        "deliver",
        "reply_250",
        "lose_reply",
        "give_up_waiting",
        "recognise",
    }
    return _system(
        component_of(client(), "client"),
        component_of(server, "server", alphabet=alphabet),
        component_of(memory(), "memory"),
    )


def _system(*parts) -> System:
    used = {trigger for part in parts for trigger in part.alphabet}
    return System(
        "mail",
        parts,
        observers=[counter("deliver", name="deliveries")],
        environment={"lose_reply"},
        meanings={one: told for one, told in MEANINGS.items() if one in used},
    )


def delivered_at_most_once(s: State) -> bool:
    """The message is in the mailbox no more than once."""
    return s.deliveries != "2 or more"


AT_MOST_ONCE = always(delivered_at_most_once)


def loses(times: int):
    """Claim that the shortest run which delivers twice loses so many replies."""

    def is_true(results: Sequence[Result]) -> bool:
        run = results[0].counterexample
        return run is not None and run.stem.count("lose_reply") == times

    return is_true


FORGETFUL = Prediction(
    "Is the message delivered at most once? And if you say no: how often does a reply have to be lost?",
    [Question(system(server()), AT_MOST_ONCE)],
    [
        Choice(
            "yes: the server answers each message once",
            verdicts("holds"),
            "It does. But what does the client know, if that answer is lost?",
        ),
        Choice(
            "no: one lost reply is enough",
            loses(1),
            "The client cannot tell a lost message from a lost reply. Nothing here says how long anything takes: to be "
            "fast makes the window small, and does not close it.",
        ),
        Choice(
            "no: but two replies have to be lost",
            loses(2),
            "After the first loss the client sends the message again, and a server that forgets delivers it again.",
        ),
    ],
)

ATTENTIVE = Prediction(
    "Now the server remembers what it delivered, and recognises the message when it comes again (deliver and "
    "remembering are one step). Is it delivered at most once?",
    [Question(remembering(attentive_server()), AT_MOST_ONCE)],
    [
        Choice(
            "yes",
            verdicts("holds"),
            "A server to which saying it twice makes no difference is called idempotent.",
        ),
        Choice(
            "no: one lost reply is enough",
            loses(1),
            "The memory takes part in deliver, and has no row for it once the message is known.",
        ),
        Choice(
            "no: but two replies have to be lost",
            loses(2),
            "However many are lost: what is known stays known.",
        ),
    ],
)


def owing(s: State) -> bool:
    """The client waits for its answer, or to ask again."""
    return s.client in ("queued", "waiting")


def done(s: State) -> bool:
    """The client has its answer."""
    return s.client == "done"


ANSWERED = leads_to(owing, done)

LUCKY = Prediction(
    "Duplicates are gone. Does the client get its answer in the end, if reply_250 is weakly fair, and if it is "
    "strongly fair?",
    [
        Question(
            remembering(attentive_server()),
            ANSWERED,
            "answered in the end, weak fairness",
        ),
        Question(
            replace(remembering(attentive_server()), strong=LUCK),
            ANSWERED,
            "answered in the end, strong fairness",
        ),
    ],
    [
        Choice(
            "yes with either",
            verdicts("holds", "holds"),
            "Weak fairness owes what stays possible; a reply that is lost does not stay possible.",
        ),
        Choice(
            "only with strong fairness",
            verdicts("violated", "holds"),
            "Lesson 4 again: memory makes repetition harmless, and only luck ends it.",
        ),
        Choice(
            "no with either",
            verdicts("violated", "violated"),
            "What is possible again and again is owed something, where fairness is strong.",
        ),
    ],
)

ADVERSARY = Adversary(
    "Another server, which may crash as soon as it has the message. Have the message delivered twice. You choose when "
    "it crashes; client and server do what they owe.",
    machine.SYSTEM,
    machine.AT_MOST_ONCE,
    machines=[machine.client, machine.server],
)

AS_HANDED_OUT = [
    ["send_message", "listening", "received"],
    ["deliver", "received", "delivered"],
    ["reply_250", "delivered", "listening"],
    ["lose_reply", "delivered", "listening"],
    ["give_up_waiting", "listening", "listening"],
]


def with_rows(rows: Sequence[TableRow]) -> System:
    """Return the client with these rows of a server that has a memory; reply_250 is strongly fair."""
    machine = Machine(
        states=["listening", "received", "delivered"],
        initial="listening",
        transitions=[*rows],
        auto_transitions=False,
    )
    return replace(remembering(machine), strong=LUCK)


def delivered_again(s: State) -> bool:
    """The message is in the mailbox twice."""
    return s.deliveries == "2 or more"


def done_undelivered(s: State) -> bool:
    """The client forgets a message that is not in the mailbox."""
    return s.client == "done" and s.deliveries == "0"


def loses_replies(s: State) -> bool:
    """The server listens, and the client waits in vain."""
    return s.client == "waiting" and s.server == "listening"


DESIGNER = Designer(
    "The server was given a memory, which keeps it from delivering a message that it knows. And then? Add one row to "
    "the server. Replies may still be lost; reply_250 is strongly fair.",
    "server",
    AS_HANDED_OUT,
    with_rows,
    [
        Requirement(
            "replies may still be lost",
            sometimes(loses_replies),
            "connections break: leave that row as it was.",
        ),
        Requirement(
            "nothing is forgotten that was not delivered",
            never(done_undelivered),
            "the client has its 250, and the message is not in the mailbox.",
        ),
        Requirement(
            "nothing is delivered twice",
            never(delivered_again),
            "the message is delivered twice.",
        ),
        Requirement(
            "the client gets its answer in the end",
            ANSWERED,
            "the client never gets its answer, although not every reply is lost.",
            stays="the server has a message that it may not deliver again, and does nothing with it. What does its "
            "memory offer?",
        ),
    ],
    machines=[client, memory],
)

LESSON = Lesson(
    "lesson-5",
    "Lost acknowledgements",
    "Lesson 2 mended a system by an answer. Now the answer itself gets lost.",
    [client, server],
    system(server()),
    predictions=[FORGETFUL, ATTENTIVE, LUCKY],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/5-duplicates.md",
)
