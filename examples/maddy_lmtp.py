"""A mail server that says yes to the sender although the mailbox has said no to it.

Reported of maddy (foxcpp/maddy#453): it hands mail on to a mailbox server by LMTP; where that server answers with an
error, the error is dropped, and the sender is told of success. The sender forgets the message, and it is lost. What
should be looked at, the report says, is the answer for each recipient.

One message to one recipient. Assumed: the sender tries again after a failure that may pass, and the mailbox may refuse
each time.

    lifecheck verify examples.maddy_lmtp:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, can_always_reach, sometimes

MEANINGS = {
    "send": "The sender hands the message to the server.",
    "store": "The mailbox server stores the message, and says so.",
    "refuse": "The mailbox server answers with an error.",
    "report_success": "The server answers 250, and the sender forgets the message.",
    "report_failure": "The server answers that it could not deliver, and the sender keeps the message.",
}

SENDER = Component(
    "sender",
    states=["holding", "waiting", "released"],
    initial="holding",
    rows=[
        Row("send", "holding", "waiting"),
        Row("report_success", "waiting", "released"),
        Row("report_failure", "waiting", "holding"),
    ],
    alphabet={"send", "report_success", "report_failure"},
)

MAILBOX = Component(
    "mailbox",
    states=["empty", "holds_message"],
    initial="empty",
    rows=[Row("store", "empty", "holds_message"), Row("refuse", "empty", "=")],
    alphabet={"store", "refuse"},
)

DROPS_THE_ERROR = Row("report_success", "refused", "idle")
PASSES_IT_ON = Row("report_failure", "refused", "idle")


def _system(name: str, after_refusal: Row) -> System:
    server = Component(
        "server",
        states=["idle", "handing_on", "stored", "refused"],
        initial="idle",
        rows=[
            Row("send", "idle", "handing_on"),
            Row("store", "handing_on", "stored"),
            Row("refuse", "handing_on", "refused"),
            Row("report_success", "stored", "idle"),
            after_refusal,
        ],
        alphabet=set(MEANINGS),
    )
    return System(name, [SENDER, server, MAILBOX], environment={"refuse"}, meanings=MEANINGS)


SYSTEMS = {
    "reported": _system("a server that drops the error", DROPS_THE_ERROR),
    "corrected": _system("a server that passes it on", PASSES_IT_ON),
}


def released(s: State) -> bool:
    """The sender has been told of success, and has forgotten the message."""
    return s.sender == "released"


def in_mailbox(s: State) -> bool:
    """The mailbox holds the message."""
    return s.mailbox == "holds_message"


def refused(s: State) -> bool:
    """The mailbox server has just refused the message."""
    return s.server == "refused"


CLAIMS = (
    Claim(
        "released-is-stored",
        "the sender forgets only what is in the mailbox",
        always(in_mailbox, given=released),
        witness=sometimes(refused),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-arrive",
        "the message can always arrive",
        can_always_reach(in_mailbox),
        witness=sometimes(refused),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)
