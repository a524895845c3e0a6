"""The switches of the configuration as data: which values each has, and which are choices and which faults."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from lifecheck import Switch
from lifecheck.project import SwitchKind
from model.configuration import Configuration

KINDS = MappingProxyType(
    {
        "vsapi": SwitchKind.CHOICE,
        "imf": SwitchKind.CHOICE,
        "correction": SwitchKind.CHOICE,
        "expiry": SwitchKind.CHOICE,
        "delivery": SwitchKind.CHOICE,
        "acknowledgements": SwitchKind.FAULT,
        "scanning": SwitchKind.FAULT,
        "smtp_crashes": SwitchKind.FAULT,
        "store_crashes": SwitchKind.FAULT,
        "scanner_crashes": SwitchKind.FAULT,
        "outages": SwitchKind.FAULT,
        "fairness": SwitchKind.FAULT,  # no fault, but what is granted where there are faults
        "signatures_updated": SwitchKind.FAULT,
    }
)
"""Whether causes are looked for among the values of a switch."""

POPULATION = frozenset({"recipients", "acknowledged_per", "slots"})
"""Switches that say how many there are of something, and what comes with that: no causes; left as they are."""


def _switch(name: str, kind: SwitchKind) -> Switch:
    default: StrEnum = getattr(Configuration, name)
    return Switch(name, tuple(str(value) for value in type(default)), str(default), kind)


SWITCHES = tuple(_switch(name, kind) for name, kind in KINDS.items())
"""Every switch that may be a cause, its values and its default read from the configuration."""
