"""The sender of the message: told of non-delivery, or not."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import documented

SENDER = Component(
    "sender",
    states=["unaware", "bounced"],
    initial="unaware",
    # the report is itself queued as mail; the model stops at its being sent
    rows=[
        Row("expire", "unaware", "bounced", reference=documented("bb123745: a report is sent on expiry")),
        Row("report_failure", "unaware", "bounced", reference=documented("RFC 5321, 6.1: a failure must be notified")),
    ],
    alphabet={"expire", "report_failure"},
)
