"""The sender of the message: told of non-delivery, or not."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import documented

REPORTS = ("expire", "report_failure")

WHY = {
    "expire": documented("bb123745: a report is sent on expiry"),
    "report_failure": documented("RFC 5321, 6.1: a failure must be notified"),
}


def sender(*, again: bool = False) -> Component:
    """Return the sender; where an entry can come back after it was settled, the sender may be told again.

    Examples
    --------
    >>> len(sender().rows), len(sender(again=True).rows)
    (2, 4)
    """
    # the report is itself queued as mail; the model stops at its being sent
    return Component(
        "sender",
        states=["unaware", "bounced"],
        initial="unaware",
        rows=[
            *(Row(trigger, "unaware", "bounced", reference=WHY[trigger]) for trigger in REPORTS),
            *(Row(trigger, "bounced", "=", reference=WHY[trigger]) for trigger in REPORTS if again),
        ],
        alphabet=set(REPORTS),
    )
