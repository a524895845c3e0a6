"""Delivery slots: how many more deliveries to the store can be under way, where their number is limited."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import assumption
from model.switches import Slots

WHY = assumption("a delivery that is under way takes one of a limited number of slots")
ENDS_OF_ATTEMPTS = ("acknowledge", "report_consumed", "report_failure", "abandon_attempt")


def slots(number: Slots, *, crashes: bool = False) -> Component:
    """Return the slots that are free: an attempt takes one, and whatever ends it gives it back.

    Examples
    --------
    >>> slots(Slots.ONE).rows[:2]
    (Row('attempt_delivery', '1', '0'), Row('acknowledge', '0', '1'))
    """
    counts = [str(count) for count in range(int(number) + 1)]
    fewer = list(zip(counts[1:], counts[:-1], strict=True))
    rows = [
        *(Row("attempt_delivery", more, less, reference=WHY) for more, less in fewer),
        *(Row(trigger, less, more, reference=WHY) for trigger in ENDS_OF_ATTEMPTS for more, less in fewer),
    ]
    if crashes:
        why = assumption("no delivery outlives the service that makes it")
        rows += [Row("crash_smtp", count, counts[-1], reference=why) for count in counts]
    return Component(
        "slots",
        states=counts[::-1],
        initial=counts[-1],
        rows=rows,
        alphabet={row.trigger for row in rows},
    )
