"""The line on which the store's reports travel to the queue, where reports can be lost."""

from __future__ import annotations

from lifecheck import Component, Row
from model.sources import documented
from model.switches import Acknowledgements

WHY = documented("RFC 1047: a report of success can be lost after the work is done")

FIRST = Row("lose_acknowledgement", "none", "happened", reference=WHY)
FURTHER = Row("lose_acknowledgement", "happened", "=", reference=WHY)

ROWS = {
    Acknowledgements.LOST_ONCE: (FIRST,),
    Acknowledgements.LOST_AGAIN: (FIRST, FURTHER),
}


def loss(acknowledgements: Acknowledgements) -> Component:
    """Return what limits the losses: one at most, or any number.

    Examples
    --------
    >>> len(loss(Acknowledgements.LOST_ONCE).rows), len(loss(Acknowledgements.LOST_AGAIN).rows)
    (1, 2)
    """
    return Component(
        "loss",
        states=["none", "happened"],
        initial="none",
        rows=ROWS[acknowledgements],
        alphabet={"lose_acknowledgement"},
    )
