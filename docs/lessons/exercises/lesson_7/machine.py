"""A queue, a scanner whose signatures are mistaken until they are updated, and a store whose rows are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import System, component_of
from lifecheck.lessons import TableRow
from lifecheck.system import counter


def queue() -> Machine:
    """The queue, which tries until it is answered."""
    return Machine(
        states=["queued", "delivering", "removed"],
        initial="queued",
        transitions=[
            ["attempt_delivery", "queued", "delivering"],
            ["acknowledge", "delivering", "removed"],
            ["abandon_attempt", "delivering", "queued"],
        ],
        auto_transitions=False,
    )


def signatures() -> Machine:
    """What the scanner knows of the message, which looks like a virus."""
    return Machine(
        states=["mistaken", "updated"],
        initial="mistaken",
        transitions=[
            ["suspect", "mistaken", "mistaken"],
            ["update_signatures", "mistaken", "updated"],
            ["deliver", "updated", "updated"],
            ["release", "updated", "updated"],
        ],
        auto_transitions=False,
    )


STORE_STATES = [
    "absent",
    "received",
    "delivered",
    "suspected",
    "quarantined",
    "released",
    "settled",
]


def store(rows: Sequence[TableRow]) -> Machine:
    """The store, with the rows that are asked for."""
    return Machine(
        states=STORE_STATES,
        initial="absent",
        transitions=[*rows],
        auto_transitions=False,
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


def system(rows: Sequence[TableRow]) -> System:
    """Return the system with these rows of the store."""
    alphabet = {
        "attempt_delivery",
        "deliver",
        "suspect",
        "acknowledge",
        "abandon_attempt",
        "release",
    }
    return System(
        "quarantine",
        [
            component_of(queue(), "queue"),
            component_of(store(rows), "store", alphabet=alphabet),
            component_of(signatures(), "signatures"),
        ],
        observers=[
            counter("suspect", name="suspicions"),
            counter("release", name="releases"),
            counter("deliver", "release", name="arrivals"),
        ],
        environment={"update_signatures"},
        meanings=MEANINGS,
    )
