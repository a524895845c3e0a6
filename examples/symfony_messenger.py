"""A message that is lost because the place for failures is down, too.

Reported of Symfony's Messenger (symfony/symfony#36870): the handler writes to a database, and failed messages are kept
in the same database. While it is down the handler fails, and the failure cannot be kept; the message stays with the
broker, as it should. When it is delivered again and fails again it is rejected, as it was delivered before, and is
gone. Expected was that it stays with the broker until it is handled or kept among the failures.

The report was closed with a reference to symfony/symfony#51848, which was taken back later because what failed went
round for ever (symfony/symfony#63275); symfony/symfony#64865 tells, six years later, of messages that are lost so.

One message, no retries (one of the report's two cases). Assumed: the database comes back in the end. The correction is
what the first reporter expects.

    lifecheck verify examples.symfony_messenger:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, can_always_reach, never, sometimes

MEANINGS = {
    "dispatch": "Somebody sends a message.",
    "deliver": "The broker delivers the message to a consumer.",
    "deliver_again": "The broker delivers the message again.",
    "handle": "The handler writes to the database, and the message is acknowledged.",
    "fail": "The handler fails, as the database is down, and the failure cannot be kept there: the message stays.",
    "reject_redelivered": "The message fails again, and is rejected because it was delivered before.",
    "lose_database": "The database goes down.",
    "restore_database": "The database comes back.",
}

DATABASE = Component(
    "database",
    states=["up", "down"],
    initial="up",
    rows=[
        Row("lose_database", "up", "down"),
        Row("restore_database", "down", "up"),
        Row("handle", "up", "="),
        Row("fail", "down", "="),
        Row("reject_redelivered", "down", "="),
    ],
    alphabet={"lose_database", "restore_database", "handle", "fail", "reject_redelivered"},
)

REJECTS = Row("reject_redelivered", "delivered_again", "rejected")
KEEPS = Row("fail", "delivered_again", "returned")


def _system(name: str, second_failure: Row) -> System:
    broker = Component(
        "broker",
        states=["empty", "queued", "delivered", "returned", "delivered_again", "acknowledged", "rejected"],
        initial="empty",
        rows=[
            Row("dispatch", "empty", "queued"),
            Row("deliver", "queued", "delivered"),
            Row("handle", "delivered", "acknowledged"),
            Row("fail", "delivered", "returned"),
            Row("deliver_again", "returned", "delivered_again"),
            Row("handle", "delivered_again", "acknowledged"),
            second_failure,
        ],
        alphabet={"dispatch", "deliver", "deliver_again", "handle", "fail", "reject_redelivered"},
    )
    return System(
        name,
        [broker, DATABASE],
        environment={"dispatch", "lose_database"},
        meanings=MEANINGS,
    )


SYSTEMS = {
    "reported": _system("a consumer that rejects what comes again", REJECTS),
    "corrected": _system("a consumer that leaves it with the broker", KEEPS),
}


def dispatched(s: State) -> bool:
    """Somebody has sent the message."""
    return s.broker != "empty"


def handled_if_sent(s: State) -> bool:
    """The message was handled, or there is none."""
    return s.broker == "acknowledged" or not dispatched(s)


def rejected(s: State) -> bool:
    """The message is gone, neither handled nor kept among the failures."""
    return s.broker == "rejected"


def delivered_again(s: State) -> bool:
    """The message was delivered a second time."""
    return s.broker == "delivered_again"


CLAIMS = (
    Claim(
        "nothing-is-lost",
        "no message is lost while the database is down",
        never(rejected),
        witness=sometimes(delivered_again),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-be-handled",
        "a message that was sent can always be handled",
        can_always_reach(handled_if_sent),
        witness=sometimes(dispatched),
        assumptions="Asks what is possible: a database that is down at every attempt keeps any consumer from it.",
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)
