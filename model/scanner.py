"""The virus scanner behind VSAPI: looks at one copy at a time."""

from __future__ import annotations

from lifecheck import Component, Row
from model.configuration import Vsapi
from model.sources import article, documented

ROWS = (
    Row("begin_scan", "idle", "scanning", reference=article("Cause, step 2")),
    Row("find_clean", "scanning", "idle", reference=article("Cause, step 2")),
)

FINDING_ROWS = {
    Vsapi.V2_5: Row("request_deletion", "scanning", "idle", reference=article("Cause, step 3 and its note")),
    Vsapi.V2_0: Row("request_replacement", "scanning", "idle", reference=documented("KB 285667")),
}
"""What the scanner may ask for when it finds a virus."""


def scanner(vsapi: Vsapi) -> Component:
    """Return the scanner that speaks the given version of the interface.

    Examples
    --------
    >>> [row.trigger for row in scanner(Vsapi.V2_5).rows]
    ['begin_scan', 'find_clean', 'request_deletion']
    """
    return Component(
        "scanner",
        states=["idle", "scanning"],
        initial="idle",
        rows=[*ROWS, FINDING_ROWS[vsapi]],
        alphabet={"begin_scan", "find_clean", "request_deletion", "request_replacement"},
    )
