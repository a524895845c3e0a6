r"""The original on disk, under `Mailroot\vsi 1\queue`; it outlives the entry until it is removed."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import article, documented

QUEUE_FILE = Component(
    "queue_file",
    states=["absent", "present"],
    initial="absent",
    rows=[
        Row("accept_clean_message", "absent", "present", reference=article("Symptoms, note")),
        Row("accept_infected_message", "absent", "present", reference=article("Symptoms, note")),
        Row(
            "remove_file",
            "present",
            "absent",
            reference=documented("Platform SDK, SMTP events: destroyed after delivery"),
        ),
    ],
    alphabet={"accept_clean_message", "accept_infected_message", "remove_file"},
)
