"""The message that arrived: its content decides what the scanner can find."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import article, assumption, documented

ROWS = (
    Row("accept_clean_message", "unknown", "clean", reference=article("Cause, step 1")),
    Row("accept_infected_message", "unknown", "infected", reference=article("Cause, step 1")),
    # the scanner is never wrong by its signatures: what it finds is a guard on the content
    Row("find_clean", "clean", "=", reference=article("Cause, step 2")),
    Row("request_deletion", "infected", "=", reference=article("Cause, step 3")),
    Row("request_replacement", "infected", "=", reference=documented("KB 285667")),
)

UPDATE_ROW = Row(
    "update_signatures",
    "infected",
    "clean",
    reference=assumption("what was taken for infected may later be found clean"),
)


def message(*, signatures_updated: bool) -> Component:
    """Return the message; where signatures are updated, an infected one may turn out to be clean.

    Examples
    --------
    >>> UPDATE_ROW in message(signatures_updated=True).rows
    True
    """
    return Component(
        "message",
        states=["unknown", "clean", "infected"],
        initial="unknown",
        rows=[*ROWS, *([UPDATE_ROW] if signatures_updated else [])],
        alphabet={
            "accept_clean_message",
            "accept_infected_message",
            "find_clean",
            "request_deletion",
            "request_replacement",
            "update_signatures",
        },
    )
