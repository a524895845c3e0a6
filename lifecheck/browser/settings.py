"""Fairness as the page sets it: for each trigger and group one of four words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lifecheck.errors import InputError, did_you_mean
from lifecheck.statespace import names_of_owed
from lifecheck.system import Owing, System

OFF, WEAK, STRONG, ENVIRONMENT = "off", "weak", "strong", "environment"
SETTINGS = (OFF, WEAK, STRONG, ENVIRONMENT)
"""What a trigger may be: the system's and owed nothing, weakly fair, strongly fair, or the environment's."""

_REASON = "set so in the browser"


def declared_fairness(system: System) -> dict[str, str]:
    """Return what each trigger and group is as the system declares it, triggers first.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> declared_fairness(System("door", [bell], environment={"ring"}))
    {'ring': 'environment', 'answer': 'weak'}
    """
    found = {trigger: ENVIRONMENT if trigger in system.environment else OFF for trigger in system.triggers}
    strong = system.owed_strongly
    return found | {name: STRONG if name in strong else WEAK for name in names_of_owed(system)}


def with_fairness(system: System, settings: Mapping[str, str]) -> System:
    """Return the system under other fairness; itself where nothing changes.

    Parameters
    ----------
    system
        The system as declared.
    settings
        One of `SETTINGS` for triggers and declared groups by name; what is not named stays as declared.

    Raises
    ------
    InputError
        If a name or a setting is unknown, a group is said to be the environment's, or guards may answer either way.
    CompositionError
        If what is the environment's belongs to a group that is fair.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> hall = System("hall", [lamp])
    >>> with_fairness(hall, {"switch": "strong"}).owed_strongly, with_fairness(hall, {"switch": "weak"}) is hall
    ({'switch': ('switch',)}, True)
    """
    declared = declared_fairness(system)
    owed = names_of_owed(system)
    for name, setting in settings.items():
        if name not in declared:
            raise InputError(f"there is no trigger {name!r} to set fairness of; " + did_you_mean(name, declared))
        if setting not in SETTINGS:
            raise InputError(f"{name!r} cannot be {setting!r}; " + did_you_mean(setting, SETTINGS))
        if setting == ENVIRONMENT and name not in system.triggers:
            raise InputError(f"{name!r} is a group, and only a trigger is the environment's; set its members so")
    wanted = declared | dict(settings)
    if wanted == declared:
        return system
    if any(part.guards == "either" for part in system.parts):  # which way a guard answers is owed by nobody
        raise InputError("where guards may answer either way, fairness stays as declared; name it with fair=[...]")

    def members(name: str) -> Owing:
        group = owed.get(name, (name,))
        return group if len(group) > 1 else group[0]

    return replace(
        system,
        environment={name for name, setting in wanted.items() if setting == ENVIRONMENT},
        fair=[members(name) for name, setting in wanted.items() if setting == WEAK],
        strong={
            members(name): system.strong.get(members(name), _REASON)
            for name, setting in wanted.items()
            if setting == STRONG
        },
    )
