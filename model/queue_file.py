r"""The original on disk, under `Mailroot\vsi 1\queue`; it outlives the entry until it is removed."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row
from model.service import REBUILT
from model.sources import article, assumption, documented

ROWS = (
    Row("accept_clean_message", "absent", "present", reference=article("Symptoms, note")),
    Row("accept_infected_message", "absent", "present", reference=article("Symptoms, note")),
    Row(
        "remove_file",
        "present",
        "absent",
        reference=documented("Platform SDK, SMTP events: destroyed after delivery"),
    ),
)

CRASH_ROWS = (
    *(Row("crash_smtp", state, "=", reference=REBUILT) for state in ("absent", "forgotten")),
    Row("crash_smtp", "present", "forgotten", reference=REBUILT),
    Row("rebuild_queue", "forgotten", "present", reference=REBUILT),
)
"""What the service knew of the file is gone with it, until the queue is rebuilt."""


def queue_file(*, served: Sequence[str] = ()) -> Component:
    """Return the file; where the SMTP service can crash, the queue is rebuilt from it.

    Parameters
    ----------
    served
        What the service does with the entries that it knows, where it can crash and forget them.

    Examples
    --------
    >>> queue_file().states, queue_file(served=["expire"]).states
    (('absent', 'present'), ('absent', 'present', 'forgotten'))
    """
    why = assumption("a restarted service does nothing with a file before it has queued it again")
    own = {row.trigger for row in ROWS}
    known = [Row(trigger, "present", "=", reference=why) for trigger in served if trigger not in own]
    rows = [*ROWS, *CRASH_ROWS, *known] if served else ROWS
    return Component(
        "queue_file",
        states=["absent", "present", *(["forgotten"] if served else [])],
        initial="absent",
        rows=rows,
        alphabet={row.trigger for row in rows},
    )
