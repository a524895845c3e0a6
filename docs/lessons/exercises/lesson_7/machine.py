"""A queue, a scanner whose signatures are mistaken until they are updated, and a store whose rows are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row, System

ASKED = "STORE_ROWS"

queue = Component(
    "queue",
    states=["queued", "delivering", "removed"],
    initial="queued",
    rows=[
        Row("attempt_delivery", "queued", "delivering"),
        Row("acknowledge", "delivering", "removed"),
        Row("abandon_attempt", "delivering", "queued"),
    ],
    alphabet={"attempt_delivery", "acknowledge", "abandon_attempt"},
)

signatures = Component(
    "signatures",
    states=["mistaken", "updated"],
    initial="mistaken",
    rows=[
        Row("suspect", "mistaken", "mistaken"),
        Row("update_signatures", "mistaken", "updated"),
        Row("deliver", "updated", "updated"),
        Row("release", "updated", "updated"),
    ],
    alphabet={"suspect", "update_signatures", "deliver", "release"},
)

MEANINGS = {
    "attempt_delivery": "The queue hands a copy of the message to the store.",
    "deliver": "The scanner finds nothing, and the store delivers the copy.",
    "suspect": "The scanner takes the message for a virus.",
    "acknowledge": "The store says that it has dealt with the message, and the queue removes its entry.",
    "abandon_attempt": "The queue, unanswered, gives up on this attempt and keeps its entry.",
    "release": "The store delivers the copy from the quarantine.",
    "update_signatures": "The scanner learns that the message is harmless.",
}


def counter(name: str, *triggers: str) -> Component:
    """Return an observer that counts triggers as far as it matters: none, once, again."""
    steps = (("none", "once"), ("once", "again"), ("again", "again"))
    rows = [
        Row(trigger, before, after) for trigger in triggers for before, after in steps
    ]
    return Component(name, ["none", "once", "again"], "none", rows, set(triggers))


def system(rows: Sequence[Row]) -> System:
    """Return the system with these rows of the store."""
    store = Component(
        "store",
        states=[
            "absent",
            "received",
            "delivered",
            "suspected",
            "quarantined",
            "released",
            "settled",
        ],
        initial="absent",
        rows=rows,
        alphabet={
            "attempt_delivery",
            "deliver",
            "suspect",
            "acknowledge",
            "abandon_attempt",
            "release",
        },
    )
    return System(
        "quarantine",
        [queue, store, signatures],
        observers=[
            counter("suspicions", "suspect"),
            counter("releases", "release"),
            counter("arrivals", "deliver", "release"),
        ],
        environment={"update_signatures"},
        meanings=MEANINGS,
    )
