"""The named variants of the mail system: each is a configuration, made into a system of components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from lifecheck import Component, System
from model.age import AGE
from model.configuration import REMARKS, Configuration
from model.interruptions import interrupted
from model.loss import loss
from model.memory import memory
from model.message import message
from model.observers import deletions, deliveries
from model.outage import outage
from model.queue import queue
from model.queue_file import queue_file
from model.recipients import deliveries_of, recipient
from model.scanner import scanner
from model.sender import sender
from model.service import SCANNER_SERVICE, served, smtp_service, store_service
from model.slots import slots
from model.store import store
from model.store_faults import ANSWERS
from model.switches import (
    AcknowledgedPer,
    Acknowledgements,
    Correction,
    Delivery,
    Fairness,
    Outages,
    Recipients,
    Scanning,
    Slots,
    Switch,
    Vsapi,
)
from model.triggers import ENVIRONMENT, FAULTS, MEANINGS

SHARED = frozenset({"smtp_service", "store_service", "scanner_service", "outage", "slots"})
"""What many messages would share: the services with their crashes, and the delivery slots.

The rest each message has for itself. Its entry, file, copy, age and sender are its own by what they are. A scan is
one copy's: nothing public says that a scanner looks at one message at a time, so one scan hinders no other. A loss
is counted message by message, as faults are: each may lose its report, not one in all.
"""

BROADCASTS = frozenset({"crash_smtp", "crash_store", "crash_scanner"})
"""What happens to every message at once: no message keeps a service from crashing.

A service comes back by itself; the SMTP service then queues one message after the other again.
"""

IN_THE_END = "what faults interrupt is tried again and again, and gets through in the end"


def exchange(configuration: Configuration, name: str = "KB883522") -> System:
    """Compose the mail system of one message.

    Every system trigger is weakly fair, the passing of time among them; the arrival of mail and faults owe
    nothing. Strong fairness, where it is configured, is declared for what the faults interrupt, as
    firing the machines shows it.

    Examples
    --------
    >>> [component.name for component in exchange(Configuration()).components]
    ['message', 'queue', 'queue_file', 'store', 'scanner', 'sender']
    """
    smtp_crashes = bool(configuration.smtp_crashes)
    store_copy = store(configuration)
    services = _services(configuration, store_copy)
    interruptions = {
        "crash_store": configuration.store_crashes,
        "crash_scanner": configuration.scanner_crashes,
        "rebuild_queue": configuration.smtp_crashes,
    }
    components = [
        message(signatures_updated=bool(configuration.signatures_updated)),
        queue(configuration),
        queue_file(served=served(_reports_of(store_copy)) if smtp_crashes else ()),
        store_copy,
        scanner(configuration.vsapi, interrupted_by=[trigger for trigger, is_on in interruptions.items() if is_on]),
        sender(again=smtp_crashes),
        *([recipient(configuration)] if configuration.recipients is not Recipients.ONE else []),
        *([AGE] if configuration.expiry else []),
        *([loss(configuration.acknowledgements)] if configuration.loses_reports else []),
        *([memory(configuration)] if configuration.delivery is Delivery.REMEMBERING else []),
        *([slots(configuration.slots, crashes=smtp_crashes)] if configuration.slots is not Slots.UNLIMITED else []),
        *services,
        *([outage([_crash_of(service) for service in services])] if _is_limited(configuration) else []),
    ]
    observers = [deletions(), deliveries(configuration)]
    known = {trigger for component in components for trigger in component.alphabet}
    components, observers = [*map(_as_before, components)], [*map(_as_before, observers)]
    system = System(
        name,
        components,
        observers=observers,
        environment=ENVIRONMENT & known,
        meanings={trigger: meaning for trigger, meaning in MEANINGS.items() if trigger in known},
        settings=configuration.settings,
        remarks=REMARKS,
        instances=1,
        instance="message",
        copied={part.name for part in (*components, *observers)} - SHARED,
        broadcast=BROADCASTS & known,
    )
    if configuration.fairness is Fairness.WEAK:
        return system
    return replace(system, strong=dict.fromkeys(sorted(interrupted(system, FAULTS)), IN_THE_END))


_MADE: dict[Component, Component] = {}


def _as_before(component: Component) -> Component:
    """Return the equal component that another configuration has, if one has it: what is one object is fired once."""
    return _MADE.setdefault(component, component)


def _services(configuration: Configuration, store_copy: Component) -> list[Component]:
    reports = _reports_of(store_copy)
    crashing = (
        (smtp_service(reports), configuration.smtp_crashes),
        (store_service(deliveries_of(configuration), reports), configuration.store_crashes),
        (SCANNER_SERVICE, configuration.scanner_crashes),
    )
    return [service for service, is_on in crashing if is_on]


def _reports_of(store_copy: Component) -> list[str]:
    return sorted(ANSWERS & store_copy.alphabet)


def _crash_of(service: Component) -> str:
    return next(row.trigger for row in service.rows if (row.source, row.dest) == ("up", "down"))


def _is_limited(configuration: Configuration) -> bool:
    return configuration.has_crashes and configuration.outages is Outages.ONCE


def configured(settings: Mapping[str, str]) -> System:
    """Compose the mail system from switches and values as text.

    Examples
    --------
    >>> configured({"expiry": "on", "correction": "report-success"}) is VARIANTS["patched-expiry"]
    True
    """
    configuration = Configuration.of(settings)
    for system in VARIANTS.values():
        if system.settings == configuration.settings:
            return system
    return exchange(configuration)


_PATCHED = Configuration(correction=Correction.REPORT_SUCCESS)
_CRASHING = Configuration(smtp_crashes=Switch.ON, store_crashes=Switch.ON, scanner_crashes=Switch.ON)
_PATCHED_CRASHING = replace(_CRASHING, correction=Correction.REPORT_SUCCESS)
_LOSING_AGAIN = replace(_PATCHED, acknowledgements=Acknowledgements.LOST_AGAIN)
_TWO_LOSING_ONCE = replace(_PATCHED, acknowledgements=Acknowledgements.LOST_ONCE, recipients=Recipients.TWO)

CONFIGURATIONS = MappingProxyType(
    {
        "unpatched": Configuration(),
        "unpatched-expiry": Configuration(expiry=Switch.ON),
        "patched": _PATCHED,
        "patched-expiry": replace(_PATCHED, expiry=Switch.ON),
        "without-imf": Configuration(imf=Switch.OFF),
        "without-imf-expiry": Configuration(imf=Switch.OFF, expiry=Switch.ON),
        "with-vsapi-2.0": Configuration(vsapi=Vsapi.V2_0),
        "with-vsapi-2.0-expiry": Configuration(vsapi=Vsapi.V2_0, expiry=Switch.ON),
        # other ways to correct it, and what faults and updates do to it
        "consuming": Configuration(correction=Correction.REPORT_CONSUMED),
        "bouncing": Configuration(correction=Correction.REPORT_FAILURE),
        "patched-lost-once": replace(_PATCHED, acknowledgements=Acknowledgements.LOST_ONCE),
        "patched-lost-again": _LOSING_AGAIN,
        "patched-lost-again-expiry": replace(_LOSING_AGAIN, expiry=Switch.ON),
        "patched-lost-again-strong": replace(_LOSING_AGAIN, fairness=Fairness.STRONG),
        "patched-fails-closed": replace(_PATCHED, scanning=Scanning.FAILS_CLOSED),
        "patched-fails-open": replace(_PATCHED, scanning=Scanning.FAILS_OPEN),
        # services that crash, at any point
        "unpatched-crash": _CRASHING,
        "patched-crash": _PATCHED_CRASHING,
        "patched-crashes-again-strong": replace(_PATCHED_CRASHING, outages=Outages.AGAIN, fairness=Fairness.STRONG),
        # when the store answers
        "at-most-once": replace(_PATCHED, delivery=Delivery.ACKNOWLEDGE_FIRST),
        "at-most-once-crash": replace(_PATCHED_CRASHING, delivery=Delivery.ACKNOWLEDGE_FIRST),
        "remembering": Configuration(delivery=Delivery.REMEMBERING),
        "remembering-lost-again-strong": replace(
            _LOSING_AGAIN, delivery=Delivery.REMEMBERING, fairness=Fairness.STRONG
        ),
        "remembering-crash": replace(_PATCHED_CRASHING, delivery=Delivery.REMEMBERING),
        # more than one recipient, reported together or each alone
        "two-recipients": replace(_PATCHED, recipients=Recipients.TWO),
        "two-recipients-lost-once": _TWO_LOSING_ONCE,
        "per-recipient-lost-once": replace(_TWO_LOSING_ONCE, acknowledged_per=AcknowledgedPer.RECIPIENT),
        "three-recipients-crash": replace(_PATCHED, recipients=Recipients.THREE, store_crashes=Switch.ON),
        # signatures that change between attempts
        "unpatched-signatures": Configuration(signatures_updated=Switch.ON),
        "patched-signatures": replace(_PATCHED, signatures_updated=Switch.ON),
    }
)
"""The named variants as configurations."""

VARIANTS = MappingProxyType(
    {name: exchange(configuration, f"KB883522, {name}") for name, configuration in CONFIGURATIONS.items()}
)
"""The named variants as systems; those that end in ``-expiry`` let an entry expire, the others do not."""

UNPATCHED = VARIANTS["unpatched"]
PATCHED = VARIANTS["patched"]
WITHOUT_IMF = VARIANTS["without-imf"]
WITH_VSAPI_2_0 = VARIANTS["with-vsapi-2.0"]
