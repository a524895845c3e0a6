"""Services that crash and are restarted: while one is down, nothing that it does can happen."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck import Component, Row
from model.sources import assumption, documented


def _service(name: str, crash: str, restart: str, does: tuple[str, ...]) -> Component:
    """Return a service that is up or down, with what it does as guards on its being up."""
    why = assumption("a service may crash at any point, and is restarted in the end")
    return Component(
        name,
        states=["up", "down"],
        initial="up",
        rows=[
            Row(crash, "up", "down", reference=why),
            Row(restart, "down", "up", reference=why),
            *(Row(trigger, "up", "=", reference=why) for trigger in does),
        ],
        alphabet={crash, restart, *does},
    )


def smtp_service(reports: Sequence[str]) -> Component:
    """Return the SMTP service, which takes the reports of the store.

    Examples
    --------
    >>> smtp_service(["acknowledge"]).rows[:2]
    (Row('crash_smtp', 'up', 'down'), Row('restart_smtp', 'down', 'up'))
    """
    accepts = ("accept_clean_message", "accept_infected_message")
    return _service("smtp_service", "crash_smtp", "restart_smtp", (*accepts, *served(reports), "rebuild_queue"))


def served(reports: Sequence[str]) -> tuple[str, ...]:
    """Return what the SMTP service does with an entry that it knows.

    Examples
    --------
    >>> served(["acknowledge"])
    ('attempt_delivery', 'acknowledge', 'abandon_attempt', 'remove_file', 'expire')
    """
    return ("attempt_delivery", *reports, "abandon_attempt", "remove_file", "expire")


def store_service(deliveries: Sequence[str], reports: Sequence[str]) -> Component:
    """Return the store's service, which delivers to each recipient and reports.

    Examples
    --------
    >>> store_service(["deliver"], ["acknowledge"]).initial
    'up'
    """
    requests = ("fail_to_scan", "find_clean", "request_deletion", "request_replacement")
    return _service(
        "store_service",
        "crash_store",
        "restart_store",
        ("attempt_delivery", "begin_scan", *requests, *deliveries, "delete", "replace", *reports),
    )


SCANNER_SERVICE = _service(
    "scanner_service",
    "crash_scanner",
    "restart_scanner",
    ("begin_scan", "find_clean", "request_deletion", "request_replacement"),
)

REBUILT = documented("Platform SDK, SMTP events: after a failure the message is rebuilt from disk")
