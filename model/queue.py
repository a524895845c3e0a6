"""The message's entry in the SMTP local delivery queue."""

from __future__ import annotations

from lifecheck import Component, Row
from model.service import REBUILT, RESTARTS
from model.sources import article, assumption, documented

ROWS = (
    Row("accept_clean_message", "empty", "queued", reference=article("Cause, step 1")),
    Row("accept_infected_message", "empty", "queued", reference=article("Cause, step 1")),
    Row("attempt_delivery", "queued", "delivering", reference=article("Cause, step 1")),
    # the only ways to `removed`: the queue must hear of a successful delivery, or of a permanent failure
    Row("acknowledge", "delivering", "removed", reference=article("Cause, after step 4")),
    Row("report_failure", "delivering", "removed", reference=assumption("a permanent failure settles the entry")),
    Row("abandon_attempt", "delivering", "queued", reference=article("Cause, after step 4")),
    Row("remove_file", "removed", "=", reference=documented("Platform SDK, SMTP events: destroyed after delivery")),
    Row("remove_file", "expired", "=", reference=assumption("the original goes however its entry was settled")),
)

EXPIRY_ROWS = (
    Row("grow_old", "queued", "=", reference=documented("bb123745, KB 321757: local delivery expires")),
    Row("grow_old", "delivering", "=", reference=documented("bb123745, KB 321757: local delivery expires")),
    Row("expire", "queued", "expired", reference=article("Symptoms, first paragraph")),
)
"""With expiry off these rows are missing, and the queue blocks both triggers."""

RESTART_ROWS = (
    # without a file there is nothing to rebuild: nothing was accepted, or all is done
    *(Row("restart_smtp", state, "=", reference=REBUILT) for state in ("empty", "removed", "expired")),
    # with one the entry is queued again, also if it had been settled already
    Row("rebuild_queue", "queued", "=", reference=REBUILT),
    *(Row("rebuild_queue", state, "queued", reference=REBUILT) for state in ("delivering", "removed", "expired")),
)
"""What becomes of the entry when the SMTP service comes back."""


def queue(*, expiry: bool, restarts: bool = False) -> Component:
    """Return the queue entry, with or without the rows that let it expire, and be rebuilt after a crash.

    Examples
    --------
    >>> len(queue(expiry=True).rows) - len(queue(expiry=False).rows)
    3
    """
    return Component(
        "queue",
        states=["empty", "queued", "delivering", "removed", "expired"],
        initial="empty",
        rows=[*ROWS, *(EXPIRY_ROWS if expiry else ()), *(RESTART_ROWS if restarts else ())],
        alphabet={
            "accept_clean_message",
            "accept_infected_message",
            "attempt_delivery",
            "acknowledge",
            "report_failure",
            "abandon_attempt",
            "remove_file",
            "grow_old",
            "expire",
        }
        | (RESTARTS if restarts else set()),
    )
