"""A broker with one message, good or poison, and a consumer whose rows are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import System, component_of
from lifecheck.lessons import TableRow
from lifecheck.system import counter


def broker() -> Machine:
    """The broker, which keeps a message until it has a word about it."""
    return Machine(
        states=[
            "empty",
            "ready",
            "unacknowledged",
            "acknowledged",
            "dead_letter",
        ],
        initial="empty",
        transitions=[
            ["publish_good", "empty", "ready"],
            ["publish_poison", "empty", "ready"],
            ["deliver", "ready", "unacknowledged"],
            ["acknowledge", "unacknowledged", "acknowledged"],
            ["reject", "unacknowledged", "dead_letter"],
            ["close_channel", "unacknowledged", "ready"],
        ],
        auto_transitions=False,
    )


def content() -> Machine:
    """What the message is: it can be handled, or the consumer fails on it."""
    return Machine(
        states=["unknown", "good", "poison"],
        initial="unknown",
        transitions=[
            ["publish_good", "unknown", "good"],
            ["publish_poison", "unknown", "poison"],
            ["handle", "good", "good"],
            ["fail", "poison", "poison"],
        ],
        auto_transitions=False,
    )


def consumer(rows: Sequence[TableRow]) -> Machine:
    """The consumer, with the rows that are asked for."""
    return Machine(
        states=["idle", "reading", "handled", "failed"],
        initial="idle",
        transitions=[*rows],
        auto_transitions=False,
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


def system(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the consumer."""
    alphabet = {"deliver", "handle", "fail", "acknowledge", "reject", "close_channel"}
    return System(
        "RabbitMQ",
        [
            component_of(broker(), "broker"),
            component_of(consumer(rows), "consumer", alphabet=alphabet),
            component_of(content(), "content"),
        ],
        observers=[counter("handle", name="handles")],
        environment={"publish_good", "publish_poison"},
        meanings=MEANINGS,
    )
