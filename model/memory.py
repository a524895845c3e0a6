"""What a store remembers that recognises a message it has dealt with: the way to do the work effectively once."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import assumption

WHY = assumption("a store may remember durably what it dealt with, in one step with dealing with it")

MEMORY = Component(
    "memory",
    states=["nothing", "settled"],
    initial="nothing",
    rows=[
        *(Row(trigger, "nothing", "settled", reference=WHY) for trigger in ("deliver", "replace", "delete")),
        *(Row(trigger, "nothing", "=", reference=WHY) for trigger in ("begin_scan", "fail_to_scan")),
        Row("recognise", "settled", "=", reference=WHY),
    ],
    alphabet={"deliver", "replace", "delete", "begin_scan", "fail_to_scan", "recognise"},
)
