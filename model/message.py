"""The message that arrived: its content decides what the scanner can find."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import article, documented

MESSAGE = Component(
    "message",
    states=["unknown", "clean", "infected"],
    initial="unknown",
    rows=[
        Row("accept_clean_message", "unknown", "clean", reference=article("Cause, step 1")),
        Row("accept_infected_message", "unknown", "infected", reference=article("Cause, step 1")),
        # the scanner is never wrong: what it finds is a guard on the content
        Row("find_clean", "clean", "=", reference=article("Cause, step 2")),
        Row("request_deletion", "infected", "=", reference=article("Cause, step 3")),
        Row("request_replacement", "infected", "=", reference=documented("KB 285667")),
    ],
    alphabet={
        "accept_clean_message",
        "accept_infected_message",
        "find_clean",
        "request_deletion",
        "request_replacement",
    },
)
