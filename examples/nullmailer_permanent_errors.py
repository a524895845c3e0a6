"""A relay's queue that takes a refusal for good for one that passes, and tries again for ever.

Reported of nullmailer (bruceg/nullmailer#1, 2012, with Debian bug 329192): a message that the server refuses for good,
to a wrong address say, is tried again for ever, and its sender is not told. What was asked for is a bounce; and a
limit of age after which a passing failure counts as a lasting one.

One message to one recipient, and a server that always answers. Assumed: what was refused for good stays refused. Left
out: the limit of age, and what becomes of the bounce (`nullmailer_bounces` tells that).

    lifecheck verify examples.nullmailer_permanent_errors:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, always, leads_to, sometimes

MEANINGS = {
    "try_sending": "The queue hands the message to the server.",
    "accept": "The server takes the message (250).",
    "refuse_for_now": "The server refuses for a reason that may pass (4xx).",
    "refuse_for_good": "The server refuses for a reason that will not pass (5xx).",
    "retry": "The queue keeps the message, to try again later.",
    "bounce": "The queue gives the message up, and tells the sender.",
}

RECIPIENT = Component(
    "recipient",
    states=["unknown", "wrong"],
    initial="unknown",
    rows=[
        Row("accept", "unknown", "="),
        Row("refuse_for_now", "unknown", "="),
        Row("refuse_for_good", "unknown", "wrong"),
        Row("refuse_for_good", "wrong", "="),
    ],
    alphabet={"accept", "refuse_for_now", "refuse_for_good"},
)

RETRIES = Row("retry", "refused", "queued")
BOUNCES = Row("bounce", "refused", "bounced")


def _system(name: str, after_refusal: Row) -> System:
    queue = Component(
        "queue",
        states=["queued", "sending", "refused", "sent", "bounced"],
        initial="queued",
        rows=[
            Row("try_sending", "queued", "sending"),
            Row("accept", "sending", "sent"),
            Row("refuse_for_now", "sending", "queued"),
            Row("refuse_for_good", "sending", "refused"),
            after_refusal,
        ],
        alphabet={"try_sending", "accept", "refuse_for_now", "refuse_for_good", after_refusal.trigger},
    )
    return System(
        name,
        [queue, RECIPIENT],
        meanings={trigger: MEANINGS[trigger] for trigger in MEANINGS if trigger in queue.alphabet},
    )


SYSTEMS = {
    "reported": _system("a queue that retries whatever was refused", RETRIES),
    "corrected": _system("a queue that bounces what was refused for good", BOUNCES),
}


def refused_for_good(s: State) -> bool:
    """The server has said that it will never take the message."""
    return s.recipient == "wrong"


def sender_knows(s: State) -> bool:
    """The sender was told that the message was not delivered."""
    return s.queue == "bounced"


CLAIMS = (
    Claim(
        "refused-is-told",
        "the sender of what was refused for good is told",
        leads_to(refused_for_good, sender_knows),
        witness=sometimes(refused_for_good),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "bounced-is-refused",
        "nothing bounces that was refused for now only",
        always(refused_for_good, given=sender_knows),
        witness=sometimes(sender_knows),
        assumptions="Where nothing bounces it says nothing.",
        expected={"reported": Verdict.VACUOUS, "corrected": Verdict.HOLDS},
    ),
)
