"""A record that is stored, whose event is lost: two writes, and something between them.

Reported of Eclipse Dirigible (eclipse-dirigible/dirigible#6816): the generated code commits a row, and then publishes
its event. If the broker is away just then the event is lost for good, and the caller gets an error for a write that
has succeeded. The correction (#6854) writes the event into a table beside the row, in one transaction; what could not
be published is published from there until the broker takes it.

One record. Assumed: the broker comes back in the end, and each time stays long enough now and then. Left out: the
caller, who may try again and so store the record twice.

    lifecheck verify examples.dirigible_outbox:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, can_always_reach, leads_to, sometimes

MEANINGS = {
    "commit": "The record is committed.",
    "publish": "The broker takes the event.",
    "fail_to_publish": "The broker is away, and the publication fails.",
    "lose_broker": "The broker goes away.",
    "restore_broker": "The broker comes back.",
}

BROKER = Component(
    "broker",
    states=["there", "away"],
    initial="there",
    rows=[
        Row("lose_broker", "there", "away"),
        Row("restore_broker", "away", "there"),
        Row("publish", "there", "="),
        Row("fail_to_publish", "away", "="),
    ],
    alphabet={"lose_broker", "restore_broker", "publish", "fail_to_publish"},
)

FORGETS = Row("fail_to_publish", "to_be_published", "forgotten")
REMEMBERS = Row("fail_to_publish", "to_be_published", "=")


def _system(name: str, after_failure: Row) -> System:
    event = Component(
        "event",
        states=["none", "to_be_published", "published", "forgotten"],
        initial="none",
        rows=[
            Row("commit", "none", "to_be_published"),
            Row("publish", "to_be_published", "published"),
            after_failure,
        ],
        alphabet={"commit", "publish", "fail_to_publish"},
    )
    record = Component(
        "record",
        states=["absent", "stored"],
        initial="absent",
        rows=[Row("commit", "absent", "stored")],
        alphabet={"commit"},
    )
    return System(
        name,
        [record, event, BROKER],
        environment={"commit", "lose_broker"},
        strong={"publish": "the broker stays long enough now and then"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a row, and then an event", FORGETS),
    "corrected": _system("a row and its event in one transaction", REMEMBERS),
}


def stored(s: State) -> bool:
    """The record is stored."""
    return s.record == "stored"


def published(s: State) -> bool:
    """The broker has the event."""
    return s.event == "published"


def published_or_not_stored(s: State) -> bool:
    """No stored record is without its event."""
    return published(s) or not stored(s)


CLAIMS = (
    Claim(
        "stored-is-published",
        "the event of a stored record is published in the end",
        leads_to(stored, published),
        witness=sometimes(stored),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-be-published",
        "the event of a stored record can always be published",
        can_always_reach(published_or_not_stored),
        witness=sometimes(stored),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)
