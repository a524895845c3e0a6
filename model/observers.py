"""Observers: they count what happened to the message and never block it."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import assumption


def _counter(name: str, *triggers: str) -> Component:
    """Return a component that counts the triggers up to two: none, once, again."""
    why = assumption("counts, and changes nothing")
    steps = (("none", "once"), ("once", "again"), ("again", "="))
    return Component(
        name,
        states=["none", "once", "again"],
        initial="none",
        rows=[Row(trigger, source, dest, reference=why) for trigger in triggers for source, dest in steps],
        alphabet=set(triggers),
    )


DELETIONS = _counter("deletions", "delete")
DELIVERIES = _counter("deliveries", "deliver", "replace")
