"""What a store remembers that recognises a message it has dealt with: the way to do the work effectively once."""

from __future__ import annotations

from lifecheck import Component, Row
from model.configuration import Configuration
from model.recipients import deliveries_of
from model.sources import assumption

WHY = assumption("a store may remember durably what it dealt with, in one step with dealing with it")


def memory(configuration: Configuration) -> Component:
    """Return what the store remembers: a message is dealt with when its last recipient has it, or nobody will.

    Examples
    --------
    >>> memory(Configuration()).rows[0]
    Row('deliver', 'nothing', 'settled')
    """
    rows = [
        *(Row(trigger, "nothing", "settled", reference=WHY) for trigger in _ends(configuration)),
        *(Row(trigger, "nothing", "=", reference=WHY) for trigger in ("begin_scan", "fail_to_scan")),
        Row("recognise", "settled", "=", reference=WHY),
    ]
    return Component(
        "memory",
        states=["nothing", "settled"],
        initial="nothing",
        rows=rows,
        alphabet={row.trigger for row in rows},
    )


def _ends(configuration: Configuration) -> tuple[str, ...]:
    return (deliveries_of(configuration)[-1], "replace", "delete")
