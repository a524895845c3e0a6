"""The named variants of the mail system: each is a configuration, made into a system of components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from lifecheck import System
from model.age import AGE
from model.configuration import (
    REMARKS,
    Acknowledgements,
    Configuration,
    Correction,
    Fairness,
    Scanning,
    Switch,
    Vsapi,
)
from model.loss import loss
from model.message import message
from model.observers import DELETIONS, DELIVERIES
from model.queue import queue
from model.queue_file import QUEUE_FILE
from model.scanner import scanner
from model.sender import SENDER
from model.store import store
from model.triggers import ENVIRONMENT, MEANINGS

REPORT_GETS_THROUGH = "a report that is sent again and again is not lost every time"


def exchange(configuration: Configuration, name: str = "KB883522") -> System:
    """Compose the mail system of one message and one recipient.

    Every system trigger is weakly fair, the passing of time among them; the arrival of mail and the loss
    of a report owe nothing.

    Examples
    --------
    >>> [component.name for component in exchange(Configuration()).components]
    ['message', 'queue', 'queue_file', 'store', 'scanner', 'sender']
    """
    return System(
        name,
        [
            message(signatures_updated=bool(configuration.signatures_updated)),
            queue(expiry=bool(configuration.expiry)),
            QUEUE_FILE,
            store(configuration),
            scanner(configuration.vsapi),
            SENDER,
            *([AGE] if configuration.expiry else []),
            *([loss(configuration.acknowledgements)] if configuration.loses_reports else []),
        ],
        observers=[DELETIONS, DELIVERIES],
        environment=ENVIRONMENT,
        strong={"acknowledge": REPORT_GETS_THROUGH} if configuration.acknowledging is Fairness.STRONG else {},
        meanings=MEANINGS,
        settings=configuration.settings,
        remarks=REMARKS,
        messages=1,
    )


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
_LOSING_AGAIN = replace(_PATCHED, acknowledgements=Acknowledgements.LOST_AGAIN)

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
        "bouncing": Configuration(correction=Correction.REPORT_FAILURE),
        "patched-lost-once": replace(_PATCHED, acknowledgements=Acknowledgements.LOST_ONCE),
        "patched-lost-again": _LOSING_AGAIN,
        "patched-lost-again-expiry": replace(_LOSING_AGAIN, expiry=Switch.ON),
        "patched-lost-again-strong": replace(_LOSING_AGAIN, acknowledging=Fairness.STRONG),
        "patched-fails-closed": replace(_PATCHED, scanning=Scanning.FAILS_CLOSED),
        "patched-fails-open": replace(_PATCHED, scanning=Scanning.FAILS_OPEN),
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
