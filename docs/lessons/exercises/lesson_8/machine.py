"""A broker with one message, good or poison, and a consumer whose rows are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row, System

ASKED = "CONSUMER_ROWS"

broker = Component(
    "broker",
    states=["empty", "ready", "unacknowledged", "acknowledged", "dead_letter"],
    initial="empty",
    rows=[
        Row("publish_good", "empty", "ready"),
        Row("publish_poison", "empty", "ready"),
        Row("deliver", "ready", "unacknowledged"),
        Row("acknowledge", "unacknowledged", "acknowledged"),
        Row("reject", "unacknowledged", "dead_letter"),
        Row("close_channel", "unacknowledged", "ready"),
    ],
    alphabet={
        "publish_good",
        "publish_poison",
        "deliver",
        "acknowledge",
        "reject",
        "close_channel",
    },
)

content = Component(
    "content",
    states=["unknown", "good", "poison"],
    initial="unknown",
    rows=[
        Row("publish_good", "unknown", "good"),
        Row("publish_poison", "unknown", "poison"),
        Row("handle", "good", "good"),
        Row("fail", "poison", "poison"),
    ],
    alphabet={"publish_good", "publish_poison", "handle", "fail"},
)

MEANINGS = {
    "publish_good": "Somebody publishes a message that the consumer can read.",
    "publish_poison": "Somebody publishes a message that the consumer cannot read.",
    "deliver": "The broker hands the message to the consumer, and waits for a word.",
    "handle": "The consumer does its work.",
    "fail": "The consumer fails on the message.",
    "acknowledge": "basic.ack: the consumer reports the message as handled, and the broker forgets it.",
    "reject": "basic.reject: the consumer refuses the message, and the broker puts it aside.",
    "close_channel": "The broker closes the silent consumer's channel, and takes the message back.",
}


def counter(name: str, *triggers: str) -> Component:
    """Return an observer that counts triggers as far as it matters: none, once, again."""
    steps = (("none", "once"), ("once", "again"), ("again", "again"))
    rows = [
        Row(trigger, before, after) for trigger in triggers for before, after in steps
    ]
    return Component(name, ["none", "once", "again"], "none", rows, set(triggers))


def system(rows: Sequence[Row]) -> System:
    """Return the system with these rows of the consumer."""
    consumer = Component(
        "consumer",
        states=["idle", "reading", "handled", "failed"],
        initial="idle",
        rows=rows,
        alphabet={
            "deliver",
            "handle",
            "fail",
            "acknowledge",
            "reject",
            "close_channel",
        },
    )
    return System(
        "RabbitMQ",
        [broker, consumer, content],
        observers=[counter("handles", "handle")],
        environment={"publish_good", "publish_poison"},
        meanings=MEANINGS,
    )
