"""A shop that calls until it is answered, the event it calls about, and a receiver whose rows are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import System, component_of
from lifecheck.lessons import TableRow
from lifecheck.system import counter


def shop() -> Machine:
    """The shop, which calls about an event until somebody answers."""
    return Machine(
        states=["quiet", "due", "calling", "settled"],
        initial="quiet",
        transitions=[
            ["order_placed", "quiet", "due"],
            ["address_changed", "quiet", "due"],
            ["call", "due", "calling"],
            ["answer", "calling", "settled"],
            ["call_again", "calling", "due"],
        ],
        auto_transitions=False,
    )


def receiver(rows: Sequence[TableRow]) -> Machine:
    """The program that is called, with the rows that are asked for."""
    return Machine(
        states=["idle", "reading", "handled", "ignored", "finished"],
        initial="idle",
        transitions=[*rows],
        auto_transitions=False,
    )


def event() -> Machine:
    """What happened: the receiver handles orders, and ignores what is none."""
    return Machine(
        states=["none", "order", "other"],
        initial="none",
        transitions=[
            ["order_placed", "none", "order"],
            ["address_changed", "none", "other"],
            ["handle", "order", "order"],
            ["ignore", "other", "other"],
        ],
        auto_transitions=False,
    )


MEANINGS = {
    "order_placed": "A customer places an order.",
    "address_changed": "A customer changes an address.",
    "call": "The shop calls the receiver.",
    "handle": "The receiver deals with the order.",
    "ignore": "The receiver sees that it did not ask for this, and does nothing.",
    "answer": "The receiver answers, and the shop is content.",
    "call_again": "The shop, unanswered, will call again.",
}


def system(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the receiver."""
    alphabet = {"call", "handle", "ignore", "answer", "call_again"}
    return System(
        "webhook",
        [
            component_of(shop(), "shop"),
            component_of(receiver(rows), "receiver", alphabet=alphabet),
            component_of(event(), "event"),
        ],
        observers=[
            counter("handle", name="handles"),
            counter("ignore", name="ignores"),
            counter("ignore", name="was_ignored", most=1),
        ],
        environment={"order_placed", "address_changed"},
        meanings=MEANINGS,
    )
