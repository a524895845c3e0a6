"""Exercise 8: a RabbitMQ consumer, and a message that it cannot read.

What was delivered and not acknowledged comes back when the channel closes, and the broker closes the channel of a
consumer that is silent for too long. Change one row of CONSUMER_ROWS, so that a poison message ends in the dead-letter
queue where somebody can look at it. The broker is right as it is.
"""

from lifecheck import Component, Row, System

CONSUMER_ROWS = [
    Row("deliver", "idle", "reading"),
    Row("handle", "reading", "handled"),
    Row("acknowledge", "handled", "idle"),
    Row("fail", "reading", "failed"),
    Row("close_channel", "failed", "idle"),
]

# Nothing below needs a change.

consumer = Component(
    "consumer",
    states=["idle", "reading", "handled", "failed"],
    initial="idle",
    rows=CONSUMER_ROWS,
    alphabet={"deliver", "handle", "fail", "acknowledge", "reject", "close_channel"},
)

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

SYSTEM = System(
    "RabbitMQ",
    [broker, consumer, content],
    environment={"publish_good", "publish_poison"},
)
