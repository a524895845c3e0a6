"""A full disk, reported to the sender as a refusal for good: mail bounces that would have fitted an hour later.

Reported of Haraka (haraka/Haraka#1263): where the disk of the queue is full, the server answers 5xx, and the sender's
server gives the message up. Asked for is 4xx, so that it tries again once the disk has room, and haraka/Haraka#1264
does so.

One message, and no other reason to refuse it. Assumed: somebody makes room in the end. The mistake is that of
nullmailer's permanent errors, the other way round.

    lifecheck verify examples.haraka_full_disk:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, can_always_reach, never, sometimes

MEANINGS = {
    "send": "The sender's server hands the message over.",
    "queue_message": "The message is written to the disk, and the answer is 250.",
    "meet_full_disk": "The message cannot be written.",
    "refuse_for_good": "The answer is 5xx: the sender's server gives up, and the message bounces.",
    "refuse_for_now": "The answer is 4xx: the sender's server keeps the message, to try again.",
    "fill_disk": "The disk becomes full.",
    "make_room": "Somebody makes room.",
}

DISK = Component(
    "disk",
    states=["has_room", "full"],
    initial="has_room",
    rows=[
        Row("fill_disk", "has_room", "full"),
        Row("make_room", "full", "has_room"),
        Row("queue_message", "has_room", "="),
        Row("meet_full_disk", "full", "="),
    ],
    alphabet={"fill_disk", "make_room", "queue_message", "meet_full_disk"},
)

SENDER = Component(
    "sender",
    states=["holding", "waiting", "released", "bounced"],
    initial="holding",
    rows=[
        Row("send", "holding", "waiting"),
        Row("queue_message", "waiting", "released"),
        Row("refuse_for_now", "waiting", "holding"),
        Row("refuse_for_good", "waiting", "bounced"),
    ],
    alphabet={"send", "queue_message", "refuse_for_now", "refuse_for_good"},
)

FOR_GOOD = Row("refuse_for_good", "cannot_write", "idle")
FOR_NOW = Row("refuse_for_now", "cannot_write", "idle")


def _system(name: str, answer: Row) -> System:
    server = Component(
        "server",
        states=["idle", "writing", "cannot_write"],
        initial="idle",
        rows=[
            Row("send", "idle", "writing"),
            Row("queue_message", "writing", "idle"),
            Row("meet_full_disk", "writing", "cannot_write"),
            answer,
        ],
        alphabet={"send", "queue_message", "meet_full_disk", "refuse_for_now", "refuse_for_good"},
    )
    return System(
        name,
        [SENDER, server, DISK],
        environment={"fill_disk"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a server that refuses for good", FOR_GOOD),
    "corrected": _system("a server that refuses for now", FOR_NOW),
}


def bounced(s: State) -> bool:
    """The sender's server has given the message up."""
    return s.sender == "bounced"


def met_full_disk(s: State) -> bool:
    """The message could not be written."""
    return s.server == "cannot_write"


def taken(s: State) -> bool:
    """The server has taken the message on."""
    return s.sender == "released"


CLAIMS = (
    Claim(
        "no-bounce",
        "a full disk makes no mail bounce",
        never(bounced),
        witness=sometimes(met_full_disk),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-be-taken",
        "the message can always be taken on",
        can_always_reach(taken),
        witness=sometimes(met_full_disk),
        assumptions="Asks what is possible: a disk that is full at every attempt turns the message away each time.",
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)
