"""A shop that calls until it is answered, the event it calls about, and a receiver whose rows are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row, System

ASKED = "RECEIVER_ROWS"

shop = Component(
    "shop",
    states=["quiet", "due", "calling", "settled"],
    initial="quiet",
    rows=[
        Row("order_placed", "quiet", "due"),
        Row("address_changed", "quiet", "due"),
        Row("call", "due", "calling"),
        Row("answer", "calling", "settled"),
        Row("call_again", "calling", "due"),
    ],
    alphabet={"order_placed", "address_changed", "call", "answer", "call_again"},
)

event = Component(
    "event",
    states=["none", "order", "other"],
    initial="none",
    rows=[
        Row("order_placed", "none", "order"),
        Row("address_changed", "none", "other"),
        Row("handle", "order", "order"),
        Row("ignore", "other", "other"),
    ],
    alphabet={"order_placed", "address_changed", "handle", "ignore"},
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


def counter(name: str, *triggers: str) -> Component:
    """Return an observer that counts triggers as far as it matters: none, once, again."""
    steps = (("none", "once"), ("once", "again"), ("again", "again"))
    rows = [
        Row(trigger, before, after) for trigger in triggers for before, after in steps
    ]
    return Component(name, ["none", "once", "again"], "none", rows, set(triggers))


def system(rows: Sequence[Row]) -> System:
    """Return the system with these rows of the receiver."""
    receiver = Component(
        "receiver",
        states=["idle", "reading", "handled", "ignored", "finished"],
        initial="idle",
        rows=rows,
        alphabet={"call", "handle", "ignore", "answer", "call_again"},
    )
    return System(
        "webhook",
        [shop, receiver, event],
        observers=[counter("handles", "handle"), counter("ignores", "ignore")],
        environment={"order_placed", "address_changed"},
        meanings=MEANINGS,
    )
