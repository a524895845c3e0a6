"""The named variants of the mail system: each is a configuration, made into a system of components."""

from __future__ import annotations

from types import MappingProxyType

from lifecheck import System
from model.age import AGE
from model.configuration import REMARKS, Configuration, Correction, Vsapi
from model.message import MESSAGE
from model.observers import DELETIONS, DELIVERIES
from model.queue import queue
from model.queue_file import QUEUE_FILE
from model.scanner import scanner
from model.sender import SENDER
from model.store import store
from model.triggers import ENVIRONMENT, MEANINGS


def exchange(configuration: Configuration, name: str = "KB883522") -> System:
    """Compose the mail system of one message and one recipient.

    Every system trigger is weakly fair, the passing of time among them; the arrival of mail owes nothing.

    Examples
    --------
    >>> [component.name for component in exchange(Configuration()).components]
    ['message', 'queue', 'queue_file', 'store', 'scanner', 'sender']
    """
    return System(
        name,
        [
            MESSAGE,
            queue(expiry=configuration.expiry),
            QUEUE_FILE,
            store(configuration),
            scanner(configuration.vsapi),
            SENDER,
            *([AGE] if configuration.expiry else []),
        ],
        observers=[DELETIONS, DELIVERIES],
        environment=ENVIRONMENT,
        meanings=MEANINGS,
        settings=configuration.settings,
        remarks=REMARKS,
        messages=1,
    )


def _variants() -> dict[str, System]:
    setups = {
        "unpatched": Configuration(),
        "patched": Configuration(correction=Correction.REPORT_SUCCESS),
        "without-imf": Configuration(imf=False),
        "with-vsapi-2.0": Configuration(vsapi=Vsapi.V2_0),
    }
    variants = {}
    for name, setup in setups.items():
        variants[name] = exchange(setup, f"KB883522, {name}")
        with_expiry = Configuration(setup.vsapi, setup.imf, setup.correction, expiry=True)
        variants[f"{name}-expiry"] = exchange(with_expiry, f"KB883522, {name}, expiry on")
    return variants


VARIANTS = MappingProxyType(_variants())
"""Every named variant; those that end in ``-expiry`` let an entry expire, the others do not."""

UNPATCHED = VARIANTS["unpatched"]
PATCHED = VARIANTS["patched"]
WITHOUT_IMF = VARIANTS["without-imf"]
WITH_VSAPI_2_0 = VARIANTS["with-vsapi-2.0"]
