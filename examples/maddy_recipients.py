"""One answer for many recipients: as one of them cannot be reached, all others get the message again and again.

Reported of maddy (foxcpp/maddy#704): an alias stands for many addresses, some of which refuse. The reporter found that
the client had handed the message in twelve times, while the others got a growing number of copies and the sender a
number of notices; the reporter's guess is that the client was answered with an error, and so tried again. What RFC
5321 asks of a server that has delivered to some is quoted in chatmail/async-smtp#72: it must answer with success, and
tell of the rest separately.

Two recipients, the second of whom refuses for good. Assumed: the guess; a client that tries again after any error; and
that a message handed in again is delivered anew, as a message of its own.

    lifecheck verify examples.maddy_recipients:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, leads_to, sometimes

MEANINGS = {
    "hand_in": "The client hands the message in, for the alias.",
    "deliver_first": "The first recipient gets a copy.",
    "refuse_second": "The second recipient's server refuses for good.",
    "answer_error": "The server answers with an error, and the client keeps the message.",
    "answer_success": "The server answers that it has taken the message on, and the client forgets it.",
    "notify_sender": "The server sends a notice: who did not get the message.",
}

CLIENT = Component(
    "client",
    states=["holding", "waiting", "content"],
    initial="holding",
    rows=[
        Row("hand_in", "holding", "waiting"),
        Row("answer_error", "waiting", "holding"),
        Row("answer_success", "waiting", "content"),
    ],
    alphabet={"hand_in", "answer_error", "answer_success"},
)

COPIES = Component(
    "copies",
    states=["none", "one", "more"],
    initial="none",
    rows=[
        Row("deliver_first", "none", "one"),
        Row("deliver_first", "one", "more"),
        Row("deliver_first", "more", "="),
    ],
    alphabet={"deliver_first"},
)
"""Of the first recipient."""

ANSWERS_FOR_ALL = (Row("answer_error", "refused", "idle"),)
TAKES_IT_ON = (Row("answer_success", "refused", "owing_notice"), Row("notify_sender", "owing_notice", "settled"))


def _system(name: str, answer: tuple[Row, ...]) -> System:
    server = Component(
        "server",
        states=["idle", "expanding", "half_delivered", "refused", "owing_notice", "settled"],
        initial="idle",
        rows=[
            Row("hand_in", "idle", "expanding"),
            Row("deliver_first", "expanding", "half_delivered"),
            Row("refuse_second", "half_delivered", "refused"),
            *answer,
        ],
        alphabet=set(MEANINGS),
    )
    return System(name, [CLIENT, server], observers=[COPIES], meanings=MEANINGS)


SYSTEMS = {
    "reported": _system("a server that answers for all at once", ANSWERS_FOR_ALL),
    "corrected": _system("a server that takes the message on, and tells of the rest", TAKES_IT_ON),
}


def one_copy_at_most(s: State) -> bool:
    """The first recipient has no second copy."""
    return s.copies != "more"


def refused(s: State) -> bool:
    """The second recipient's server has just refused."""
    return s.server == "refused"


def settled(s: State) -> bool:
    """The client has forgotten the message, and the sender knows who did not get it."""
    return s.client == "content" and s.server == "settled"


CLAIMS = (
    Claim(
        "one-copy",
        "who can be reached gets the message at most once",
        always(one_copy_at_most),
        witness=sometimes(refused),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "refused-is-settled",
        "a refusal is told once, and the client rests",
        leads_to(refused, settled),
        witness=sometimes(refused),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)
