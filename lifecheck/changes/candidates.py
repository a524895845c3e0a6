"""The single changes of a system that can be tried: one switch, one assumption of fairness, one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from lifecheck.changes.mutants import Change, Mutant
from lifecheck.project import Configure, Switch
from lifecheck.system import Owing, System


class ChangeKind(StrEnum):
    """What a change changes."""

    SWITCH = "switch"
    FAIRNESS = "fairness"
    ROW = "row"


@dataclass(frozen=True)
class Candidate:
    """One change that can be tried.

    Parameters
    ----------
    kind
        What it changes.
    subject
        What it is about. Two changes of a row that differ in nothing but the state it leads to have the same.
    value
        The value the switch is set to, or the state the row leads to in the end; empty if there is none.
    ending
        What follows in the description.
    switch
        The switch that is set, if it is one.
    size
        How much it changes: an assumption of fairness least, a row that is gone most.
    mutant
        The change of a row, if it is one.
    """

    kind: ChangeKind
    subject: str
    value: str = ""
    ending: str = ""
    switch: str = ""
    size: int = 0
    mutant: Mutant | None = field(default=None, repr=False, compare=False)
    _make: Callable[[], System] = field(kw_only=True, repr=False, compare=False)

    @property
    def description(self) -> str:
        """The change in one line."""
        return f"{self.subject}{self.value}{self.ending}"

    def system(self) -> System:
        """Return the system with the change made.

        Raises
        ------
        LifecheckError
            If there is no such system: switches contradict each other, or components do not compose.
        """
        return self._make()


def switch_changes(system: System, switches: Iterable[Switch], configure: Configure) -> Iterator[Candidate]:
    """Yield each switch set to every other value, in the order of switches and values."""
    for switch in switches:
        now = system.settings.get(switch.name, switch.default)
        for value in switch.values:
            if value != now:
                settings: Mapping[str, str] = {**system.settings, switch.name: value}
                subject = f"{switch.name} {now} -> "
                make = partial(configure, settings)
                yield Candidate(ChangeKind.SWITCH, subject, value, switch=switch.name, size=1, _make=make)


def fairness_changes(system: System) -> Iterator[Candidate]:
    """Yield each trigger that owes nothing made weakly fair, and each weakly fair one or group strongly.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> [change.description for change in fairness_changes(System("lamp", [lamp], environment={"switch_on"}))]
    ['fairness of switch_on: weak instead of none']
    """
    every = {**system.owed_weakly, **system.owed_strongly}
    in_groups = {trigger for members in every.values() if len(members) > 1 for trigger in members}
    free = {trigger: (trigger,) for trigger in system.triggers if trigger not in {*every, *in_groups}}
    place = {trigger: number for number, trigger in enumerate(system.triggers)}
    for name, members in sorted({**every, **free}.items(), key=lambda one: [place[trigger] for trigger in one[1]]):
        owed: Owing = members[0] if len(members) == 1 else members
        if name in system.owed_weakly:
            told = "strong instead of weak"
            strong = {**system.strong, owed: "tried as a remedy"}
            make = partial(replace, system, strong=strong)
        elif name not in system.owed_strongly:
            told = "weak instead of none"
            fair = None if system.fair is None else frozenset(system.fair) | {owed}
            make = partial(replace, system, fair=fair, environment=frozenset(system.environment) - {name})
        else:
            continue
        yield Candidate(ChangeKind.FAIRNESS, f"fairness of {name}: {told}", _make=make)


def row_change(mutant: Mutant, system: System) -> Candidate:
    """Return the change of a row that a mutant makes."""
    size = _SIZES.index(mutant.kind) + 1
    make = partial(mutant.of, system)
    return Candidate(ChangeKind.ROW, *_around_destination(mutant), size=size, mutant=mutant, _make=make)


_SIZES = (
    Change.ADD_ROW,
    Change.REDIRECT_ROW,
    Change.REPLACE_ROW,
    Change.REMOVE_ROW,
    Change.REMOVE_FROM_ALPHABET,
)

LARGEST = len(_SIZES)
"""The size of the largest change."""


def _around_destination(mutant: Mutant) -> tuple[str, str, str]:
    """Return what a mutant is called up to the state its row leads to in the end, that state, and what follows."""
    if mutant.dest is None:
        return mutant.description, "", ""
    ending = " added" if mutant.kind is Change.ADD_ROW else ""
    return mutant.description.removesuffix(mutant.dest + ending), mutant.dest, ending
