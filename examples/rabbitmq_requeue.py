"""A consumer that hands every message back, and a broker that delivers it again at once.

Reported of RabbitMQ (rabbitmq/rabbitmq-server#1020): a customer's consumer took thousands of messages, rejected them
all with the wish to have them queued again, and so round and round; about five thousand a second, a busy processor,
and a queue of constant length, so that no limit on publishing helped. It was closed as a duplicate;
rabbitmq/rabbitmq-server#502 tells that quorum queues, since 3.8, count the deliveries, and have a limit for them.

One message and one consumer that never wants it. Assumed: the limit is two, and what is over it is put aside.

    lifecheck verify examples.rabbitmq_requeue:SYSTEMS
"""

from __future__ import annotations

from lifecheck import Claim, Component, Row, State, System, Verdict, can_always_reach, leads_to, sometimes

MEANINGS = {
    "publish": "A producer publishes a message that the consumer will not want.",
    "deliver": "The broker delivers the message to the consumer.",
    "acknowledge": "basic.ack: the consumer has done its work, and the broker forgets the message.",
    "requeue": "basic.nack with requeue: the consumer hands the message back.",
    "put_aside": "The broker sees that the limit is reached, and puts the message aside instead of delivering it.",
}

# no row acknowledges, whatever is delivered
CONSUMER = Component(
    "consumer",
    states=["idle", "looking"],
    initial="idle",
    rows=[Row("deliver", "idle", "looking"), Row("requeue", "looking", "idle")],
    alphabet={"deliver", "acknowledge", "requeue"},
)

DELIVERIES = Component(
    "deliveries",
    states=["none", "one", "two"],
    initial="none",
    rows=[Row("deliver", "none", "one"), Row("deliver", "one", "two"), Row("put_aside", "two", "=")],
    alphabet={"deliver", "put_aside"},
)
"""A quorum queue's count of deliveries, with delivery-limit=2."""


def _system(name: str, *, limited: bool = False) -> System:
    queue = Component(
        "queue",
        states=["empty", "ready", "unacknowledged", "acknowledged", "aside"],
        initial="empty",
        rows=[
            Row("publish", "empty", "ready"),
            Row("deliver", "ready", "unacknowledged"),
            Row("acknowledge", "unacknowledged", "acknowledged"),
            Row("requeue", "unacknowledged", "ready"),
            *([Row("put_aside", "ready", "aside")] if limited else []),
        ],
        alphabet={"publish", "deliver", "acknowledge", "requeue", *(["put_aside"] if limited else [])},
    )
    return System(
        name,
        [queue, CONSUMER, *([DELIVERIES] if limited else [])],
        environment={"publish"},
        meanings={trigger: MEANINGS[trigger] for trigger in MEANINGS if limited or trigger != "put_aside"},
    )


SYSTEMS = {
    "reported": _system("a classic queue"),
    "corrected": _system("a queue with a limit of deliveries", limited=True),
}


def in_queue(s: State) -> bool:
    """The message is in the queue, waiting or with the consumer."""
    return s.queue in {"ready", "unacknowledged"}


def out_of_queue(s: State) -> bool:
    """The message is not in the queue."""
    return not in_queue(s)


CLAIMS = (
    Claim(
        "leaves-queue",
        "no message stays in the queue for ever",
        leads_to(in_queue, out_of_queue),
        witness=sometimes(in_queue),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
    Claim(
        "can-leave",
        "a message can always leave the queue",
        can_always_reach(out_of_queue),
        witness=sometimes(in_queue),
        expected={"reported": Verdict.VIOLATED, "corrected": Verdict.HOLDS},
    ),
)
