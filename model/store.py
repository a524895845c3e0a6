"""The copy of the message that the Information Store was handed. KB883522 is a row that is missing here."""

from __future__ import annotations

from lifecheck import Component, Row
from model.configuration import Configuration
from model.recipients import EACH, TURN, deliveries_of
from model.sources import article, assumption, documented
from model.store_faults import ANSWERS, fault_alphabet, fault_rows, states_of
from model.switches import AcknowledgedPer, Correction, Delivery, Vsapi

STATES = (
    "absent",
    "received",
    "accepted",
    "recognised",
    "scanning",
    "passed",
    "served",
    "delivered",
    "condemned",
    "replaced",
    "deleted",
    "silent",
    "settled",
)
"""Every state that some configuration uses, in the order to show them."""

ROWS = (
    Row("attempt_delivery", "absent", "received", reference=article("Cause, step 2")),
    Row("begin_scan", "received", "scanning", reference=article("Cause, step 2")),
    Row("find_clean", "scanning", "passed", reference=article("Cause, step 2")),
    Row("acknowledge", "delivered", "settled", reference=article("Cause, after step 4")),
)

DELIVERED = documented("aa998408, KB 821879")

REMOVAL_ROWS = {
    Vsapi.V2_5: (
        Row("request_deletion", "scanning", "condemned", reference=article("Cause, step 3")),
        Row("delete", "condemned", "deleted", reference=article("Cause, step 4")),
    ),
    Vsapi.V2_0: (
        Row("request_replacement", "scanning", "condemned", reference=documented("KB 285667")),
        Row("replace", "condemned", "replaced", reference=assumption("version 2.0 delivers the replacement")),
        Row("acknowledge", "replaced", "settled", reference=assumption("a replacement is a delivery")),
    ),
}
"""What becomes of a copy with a virus: version 2.5 can delete it, version 2.0 cannot."""

# no row acknowledges a deleted copy: this is KB883522
AS_SHIPPED = Row("abandon_attempt", "deleted", "absent", reference=article("Cause, after step 4"))

# the correction is this row in its place
CORRECTION = Row(
    "acknowledge",
    "deleted",
    "settled",
    reference=assumption("how the update works is not described", "Resolution, files"),
)

# no public source explains why the filter matters: without it we assume the same row as the correction's
WITHOUT_IMF = Row(
    "acknowledge",
    "deleted",
    "settled",
    reference=assumption("a bare condition; no source explains the filter's part", "Cause, conditions"),
)


# other ways to answer: nobody is told that the message arrived, or the sender is told that it failed
REPORT_CONSUMED = Row(
    "report_consumed",
    "deleted",
    "settled",
    reference=assumption("the interface of the store driver knows a status for what is discarded"),
)
REPORT_FAILURE = Row(
    "report_failure", "deleted", "settled", reference=assumption("a permanent failure instead of a success")
)

AFTER_DELETION = {
    Correction.NONE: AS_SHIPPED,
    Correction.REPORT_SUCCESS: CORRECTION,
    Correction.REPORT_CONSUMED: REPORT_CONSUMED,
    Correction.REPORT_FAILURE: REPORT_FAILURE,
}
"""What becomes of a deleted copy where the filter is installed."""

EARLY_ROWS = (
    Row("acknowledge", "received", "accepted", reference=assumption("a store may answer before it has done the work")),
    Row("begin_scan", "accepted", "scanning", reference=article("Cause, step 2")),
)
"""At most once: the queue is told at once, and forgets the message."""

RECOGNISING_ROWS = (
    Row("recognise", "received", "recognised", reference=assumption("the copy was dealt with in an earlier attempt")),
    Row("acknowledge", "recognised", "settled", reference=assumption("what was dealt with is reported as such")),
)
"""Effectively once: what comes again is recognised, and only reported."""

REPORTING_DELETION_ROWS = {
    Correction.REPORT_CONSUMED: Row("report_consumed", "recognised", "settled", reference=REPORT_CONSUMED.reference),
    Correction.REPORT_FAILURE: Row("report_failure", "recognised", "settled", reference=REPORT_FAILURE.reference),
}
"""What was deleted is reported as the correction reports it, also when it comes again; memory tells which it was."""

ALPHABET = frozenset(
    {
        "attempt_delivery",
        "recognise",
        "begin_scan",
        "fail_to_scan",
        "find_clean",
        "acknowledge",
        "report_consumed",
        "report_failure",
        "lose_acknowledgement",
        "request_deletion",
        "delete",
        "request_replacement",
        "replace",
        "abandon_attempt",
    }
)


def store(configuration: Configuration) -> Component:
    """Return the copy in the store, with the rows that the configuration selects.

    Examples
    --------
    >>> AS_SHIPPED in store(Configuration()).rows
    True
    >>> CORRECTION in store(Configuration(correction=Correction.REPORT_SUCCESS)).rows
    True
    """
    after_deletion = AFTER_DELETION[configuration.correction] if configuration.imf else WITHOUT_IMF
    rows = [*ROWS, *delivery_rows(configuration), *REMOVAL_ROWS[configuration.vsapi], after_deletion]
    if configuration.delivery is Delivery.ACKNOWLEDGE_FIRST:
        rows = [*(row for row in rows if row.trigger not in ANSWERS and row.trigger != "begin_scan"), *EARLY_ROWS]
    if configuration.delivery is Delivery.REMEMBERING:
        rows += RECOGNISING_ROWS
        if configuration.correction in REPORTING_DELETION_ROWS:
            rows.append(REPORTING_DELETION_ROWS[configuration.correction])
    rows += fault_rows(configuration, rows, STATES)
    used = states_of([*rows, after_deletion])  # what nothing leads to here is still asked about
    return Component(
        "store",
        states=[state for state in STATES if state in used],  # a row that names any other state is refused
        initial="absent",
        rows=rows,
        alphabet=ALPHABET | {row.trigger for row in rows} | fault_alphabet(configuration),
    )


def delivery_rows(configuration: Configuration) -> list[Row]:
    """Return what puts a copy that passed into each mailbox, and reports it if each is reported.

    Examples
    --------
    >>> delivery_rows(Configuration())
    [Row('deliver', 'passed', 'delivered')]
    >>> from model import Recipients
    >>> delivery_rows(Configuration(recipients=Recipients.TWO))
    [Row('deliver_to_first', 'passed', '='), Row('deliver_to_second', 'passed', 'delivered')]
    """
    *earlier, last = deliveries_of(configuration)
    rows = [Row(last, "passed", "delivered", reference=DELIVERED)]
    if configuration.acknowledged_per is AcknowledgedPer.MESSAGE:
        return [*(Row(trigger, "passed", "=", reference=TURN) for trigger in earlier), *rows]
    return [
        *(Row(trigger, "passed", "served", reference=TURN) for trigger in earlier),
        Row("acknowledge_recipient", "served", "passed", reference=EACH),
        *rows,
    ]
