"""How old the entry is, where expiry is on: an overdue entry is not attempted again but expires."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import article, assumption, documented

AGE = Component(
    "age",
    states=["fresh", "overdue"],
    initial="fresh",
    rows=[
        Row("attempt_delivery", "fresh", "=", reference=assumption("an overdue entry is not attempted again")),
        Row("grow_old", "fresh", "overdue", reference=documented("bb123745, KB 321757: local delivery expires")),
        Row("expire", "overdue", "=", reference=article("Symptoms, first paragraph")),
    ],
    alphabet={"attempt_delivery", "grow_old", "expire"},
)
