"""The message's entry in the SMTP local delivery queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecheck import Component, Row
from model.configuration import Configuration
from model.recipients import EACH
from model.service import REBUILT
from model.sources import article, assumption, documented
from model.switches import AcknowledgedPer, Correction

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

CONSUMED_ROWS = (
    Row("report_consumed", "delivering", "discarded", reference=documented("RFC 5228: what is discarded is done")),
    Row("remove_file", "discarded", "=", reference=assumption("the original goes however its entry was settled")),
)
"""The entry is settled, and nobody is told that the message arrived."""

RECIPIENT_ROW = Row("acknowledge_recipient", "delivering", "=", reference=EACH)
"""A report about one recipient leaves the entry to those that are still to be served."""

EXPIRY_ROWS = (
    Row("grow_old", "queued", "=", reference=documented("bb123745, KB 321757: local delivery expires")),
    Row("grow_old", "delivering", "=", reference=documented("bb123745, KB 321757: local delivery expires")),
    Row("expire", "queued", "expired", reference=article("Symptoms, first paragraph")),
)
"""With expiry off these rows are missing, and the queue blocks both triggers."""

SETTLED = ("removed", "discarded", "expired")
STATES = ("empty", "queued", "delivering", *SETTLED)

ALPHABET = frozenset(
    {
        "accept_clean_message",
        "accept_infected_message",
        "attempt_delivery",
        "acknowledge",
        "report_consumed",
        "report_failure",
        "abandon_attempt",
        "remove_file",
        "grow_old",
        "expire",
    }
)


def queue(configuration: Configuration) -> Component:
    """Return the queue entry, with the rows that the configuration selects.

    Examples
    --------
    >>> from model import Switch
    >>> with_expiry = queue(Configuration(expiry=Switch.ON))
    >>> len(with_expiry.rows) - len(queue(Configuration()).rows)
    3
    """
    consumes = configuration.correction is Correction.REPORT_CONSUMED
    rows = [*ROWS]
    if consumes:
        rows += CONSUMED_ROWS
    if configuration.acknowledged_per is AcknowledgedPer.RECIPIENT:
        rows.append(RECIPIENT_ROW)
    if configuration.expiry:
        rows += EXPIRY_ROWS
    states = [state for state in STATES if consumes or state != "discarded"]
    if configuration.smtp_crashes:
        rows += _rebuilding([state for state in SETTLED if state in states])
    return Component(
        "queue",
        states=states,
        initial="empty",
        rows=rows,
        alphabet=ALPHABET | {row.trigger for row in rows},
    )


def _rebuilding(settled: Sequence[str]) -> Iterator[Row]:
    """Yield what becomes of the entry when the restarted SMTP service finds its file."""
    yield Row("rebuild_queue", "queued", "=", reference=REBUILT)
    # it is queued again also if it had been settled already; without a file there is nothing to rebuild
    yield from (Row("rebuild_queue", state, "queued", reference=REBUILT) for state in ("delivering", *settled))
