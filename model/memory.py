"""What a store remembers that recognises a message it has dealt with: the way to do the work effectively once."""

from __future__ import annotations

from lifecheck import Component, Row
from model.configuration import Configuration
from model.recipients import deliveries_of
from model.sources import assumption
from model.store import REPORTING_DELETION_ROWS

WHY = assumption("a store may remember durably what it dealt with, in one step with dealing with it")


def memory(configuration: Configuration) -> Component:
    """Return what the store remembers: a message is dealt with when its last recipient has it, or nobody will.

    What was deleted is told from what was delivered, so that each is reported as what it is.

    Examples
    --------
    >>> memory(Configuration()).rows[0]
    Row('deliver', 'nothing', 'delivered')
    """
    of_delivery, of_deletion = "acknowledge", _report_of_deletion(configuration)
    triggers = {
        "delivered": (deliveries_of(configuration)[-1], "replace"),  # a replacement is a delivery
        "deleted": ("delete",),
    }
    rows = [
        *(Row(trigger, "nothing", end, reference=WHY) for end, ends in triggers.items() for trigger in ends),
        *(Row(trigger, "nothing", "=", reference=WHY) for trigger in ("begin_scan", "fail_to_scan")),
        *(Row("recognise", end, "=", reference=WHY) for end in triggers),
        Row(of_delivery, "delivered", "=", reference=WHY),
        Row(of_deletion, "deleted", "=", reference=WHY),
    ]
    return Component(
        "memory",
        states=["nothing", *triggers],
        initial="nothing",
        rows=rows,
        alphabet={row.trigger for row in rows},
    )


def _report_of_deletion(configuration: Configuration) -> str:
    row = REPORTING_DELETION_ROWS.get(configuration.correction)
    return "acknowledge" if row is None else row.trigger
