"""The virus scanner behind VSAPI, as it looks at the copy of one message."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row
from model.sources import article, assumption, documented
from model.switches import Vsapi

ROWS = (
    Row("begin_scan", "idle", "scanning", reference=article("Cause, step 2")),
    Row("find_clean", "scanning", "idle", reference=article("Cause, step 2")),
)

FINDING_ROWS = {
    Vsapi.V2_5: Row("request_deletion", "scanning", "idle", reference=article("Cause, note to step 3")),
    Vsapi.V2_0: Row("request_replacement", "scanning", "idle", reference=documented("KB 285667")),
}
"""What the scanner may ask for when it finds a virus."""


def scanner(vsapi: Vsapi, *, interrupted_by: Sequence[str] = ()) -> Component:
    """Return the scanner that speaks the given version of the interface.

    Parameters
    ----------
    vsapi
        The version.
    interrupted_by
        Triggers that end a scan without a result.

    Examples
    --------
    >>> [row.trigger for row in scanner(Vsapi.V2_5).rows]
    ['begin_scan', 'find_clean', 'request_deletion']
    """
    why = assumption("what was being scanned is forgotten")
    interruptions = [
        Row(trigger, state, "idle", reference=why) for trigger in interrupted_by for state in ("idle", "scanning")
    ]
    return Component(
        "scanner",
        states=["idle", "scanning"],
        initial="idle",
        rows=[*ROWS, FINDING_ROWS[vsapi], *interruptions],
        alphabet={"begin_scan", "find_clean", "request_deletion", "request_replacement", *interrupted_by},
    )
