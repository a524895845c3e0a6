"""One answer for many recipients: as one of them cannot be reached, all others get the message again.

Reported of Metabase (metabase/metabase#47961): a subscription goes to several recipients, and where one of them fails
all are tried again, so that a customer got the same mail over and over. It asks to keep track of every recipient. The
same was reported of NServiceBus (Particular/NServiceBus#1052), with numbers: of twenty recipients one fails, and the
other nineteen get the same mail fifteen times.

Two recipients, of whom the second cannot be reached for a while. Assumed: its server comes back in the end. Left out:
the number of retries. NServiceBus limits it, and so the copies.

    lifecheck verify examples.metabase_recipients:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, can_always_reach, sometimes

MEANINGS = {
    "begin": "A mail to two recipients is due.",
    "send_first": "The first recipient gets the mail.",
    "send_second": "The second recipient gets the mail.",
    "fail_second": "The second recipient cannot be reached, and the sending has failed.",
    "retry": "The sending is tried again.",
    "lose_second": "The server of the second recipient goes away.",
    "restore_second": "The server of the second recipient comes back.",
}

SECOND_RECIPIENT = Component(
    "second_recipient",
    states=["reachable", "unreachable"],
    initial="reachable",
    rows=[
        Row("lose_second", "reachable", "unreachable"),
        Row("restore_second", "unreachable", "reachable"),
        Row("send_second", "reachable", "="),
        Row("fail_second", "unreachable", "="),
    ],
    alphabet={"lose_second", "restore_second", "send_second", "fail_second"},
)

COPIES = Component(
    "copies",
    states=["none", "one", "more"],
    initial="none",
    rows=[
        Row("send_first", "none", "one"),
        Row("send_first", "one", "more"),
        Row("send_first", "more", "="),
    ],
    alphabet={"send_first"},
)
"""Of the first recipient."""

BEGINS_AGAIN = Row("retry", "failed", "at_first")
GOES_ON = Row("retry", "failed", "at_second")


def _system(name: str, retry: Row) -> System:
    sending = Component(
        "sending",
        states=["idle", "at_first", "at_second", "failed", "finished"],
        initial="idle",
        rows=[
            Row("begin", "idle", "at_first"),
            Row("send_first", "at_first", "at_second"),
            Row("send_second", "at_second", "finished"),
            Row("fail_second", "at_second", "failed"),
            retry,
        ],
        alphabet={"begin", "send_first", "send_second", "fail_second", "retry"},
    )
    return System(
        name,
        [sending, SECOND_RECIPIENT],
        observers=[COPIES],
        environment={"begin", "lose_second"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a retry that begins with the first", BEGINS_AGAIN),
    "corrected": _system("a retry that knows who is still to be reached", GOES_ON),
}


def one_copy_at_most(s: State) -> bool:
    """The first recipient has no second copy."""
    return s.copies != "more"


def failed(s: State) -> bool:
    """The second recipient could not be reached."""
    return s.sending == "failed"


def finished_or_not_begun(s: State) -> bool:
    """Both recipients have the mail, or none is due."""
    return s.sending in ("finished", "idle")


CLAIMS = (
    Claim(
        "one-copy",
        "who can be reached gets the mail at most once",
        always(one_copy_at_most),
        witness=sometimes(failed),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "all-can-get-it",
        "after a failure everybody can still get the mail",
        can_always_reach(finished_or_not_begun),
        witness=sometimes(failed),
        expected={"reported": Verdict.HOLDS, "corrected": Verdict.HOLDS},
    ),
)
