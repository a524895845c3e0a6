"""The switches of the configuration as data: which values each has, and which are choices and which faults."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType

from lifecheck.switches import Part, Switch
from model.configuration import Configuration

PARTS = MappingProxyType(
    {
        "vsapi": Part.CHOICE,
        "imf": Part.CHOICE,
        "correction": Part.CHOICE,
        "expiry": Part.CHOICE,
        "delivery": Part.CHOICE,
        "acknowledgements": Part.FAULT,
        "scanning": Part.FAULT,
        "smtp_crashes": Part.FAULT,
        "store_crashes": Part.FAULT,
        "scanner_crashes": Part.FAULT,
        "outages": Part.FAULT,
        "fairness": Part.FAULT,  # no fault, but what is granted about faults
        "signatures_updated": Part.FAULT,
    }
)
"""The part of each switch where causes are looked for."""

POPULATION: frozenset[str] = frozenset()
"""Switches that say how many there are of something: no cause, and not tried as one."""

SWITCHES = tuple(
    Switch(name, tuple(map(str, type(default))), str(default), part)
    for name, part in PARTS.items()
    for default in [next(field.default for field in fields(Configuration) if field.name == name)]
)
"""Every switch that may be a cause, its values read from the configuration."""
