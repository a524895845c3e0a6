r"""The original on disk, under `Mailroot\vsi 1\queue`; it outlives the entry until it is removed."""

from __future__ import annotations

from lifecheck import Component, Row
from model.service import REBUILT, RESTARTS
from model.sources import article, documented

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

RESTART_ROWS = (
    Row("restart_smtp", "absent", "=", reference=REBUILT),
    Row("rebuild_queue", "present", "=", reference=REBUILT),
)


def queue_file(*, restarts: bool = False) -> Component:
    """Return the file; where the SMTP service can crash, the queue is rebuilt from it.

    Examples
    --------
    >>> queue_file().states
    ('absent', 'present')
    """
    return Component(
        "queue_file",
        states=["absent", "present"],
        initial="absent",
        rows=[*ROWS, *(RESTART_ROWS if restarts else ())],
        alphabet={"accept_clean_message", "accept_infected_message", "remove_file"} | (RESTARTS if restarts else set()),
    )
