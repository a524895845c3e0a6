"""Causes: the smallest settings of a project's switches under which a claim is violated, whatever else is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from lifecheck.changes.implicants import Box, Point, cover, prime_implicants
from lifecheck.checking import judge
from lifecheck.errors import InputError, LifecheckError
from lifecheck.machines import Tables
from lifecheck.project import Configure, Switch, SwitchKind
from lifecheck.properties import Claim, Verdict
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import System

POINT_LIMIT = 100_000
"""How many settings are enumerated at most; each of them is a system to check."""


@dataclass(frozen=True)
class Cause:
    """One partial setting under which a claim is violated, however the other switches are set.

    Parameters
    ----------
    fixed
        Each switch that matters with the values it must have one of, in the order of the switches.

    Examples
    --------
    >>> print(Cause({"expiry": ("off",), "delivery": ("first", "after")}))
    expiry off, delivery first or after
    """

    fixed: Mapping[str, tuple[str, ...]]

    def __str__(self) -> str:
        return ", ".join(f"{switch} {' or '.join(values)}" for switch, values in self.fixed.items())


@dataclass(frozen=True)
class Causes:
    """Where in a lattice of settings a claim is violated.

    Parameters
    ----------
    claim
        The claim.
    minimal
        Every cause of which no switch can be left out, nor a value added; those with the fewest switches
        first.
    told
        Some of them that together are everywhere the claim is violated, none of them in vain.
    verdicts
        How many settings have each verdict. A vacuous one is no violation; one that is unknown is neither a
        violation nor a setting that a cause may extend to.
    refused
        How many settings contradict themselves, and so do not exist.
    undecided
        Why a setting could not be judged, the first such reason; empty if all could. They count as unknown.

    Examples
    --------
    >>> from lifecheck import never
    >>> always_cold = Claim("cold", "it stays cold", never(lambda s: s.oven == "warm"))
    >>> nowhere = Causes(always_cold, minimal=(), told=(), verdicts={Verdict.HOLDS: 4}, refused=2)
    >>> nowhere.settings, nowhere.is_always
    (4, False)
    """

    claim: Claim
    minimal: tuple[Cause, ...]
    told: tuple[Cause, ...]
    verdicts: Mapping[Verdict, int]
    refused: int
    undecided: str = ""

    @property
    def settings(self) -> int:
        """How many settings there are."""
        return sum(self.verdicts.values())

    @property
    def is_always(self) -> bool:
        """Whether the claim is violated whatever is set."""
        return any(not cause.fixed for cause in self.minimal)

    def as_json(self) -> dict[str, Any]:
        """Return the causes as plain data."""
        return {
            "minimal": [{switch: list(values) for switch, values in cause.fixed.items()} for cause in self.minimal],
            "settings": {str(verdict): self.verdicts.get(verdict, 0) for verdict in Verdict},
            "refused": self.refused,
        }


class Lattice:
    """Every setting of the switches that are choices, each made into a system; faults stay at their defaults.

    Parameters
    ----------
    switches
        All switches; those that are no choices are left alone.
    configure
        Makes a system from a setting. Where it raises `InputError` the setting contradicts itself: it is no
        point of the lattice, and is counted.

    Attributes
    ----------
    switches
        The switches that span the lattice.
    systems
        The system of each point.
    refused
        How many settings contradict themselves.

    Raises
    ------
    InputError
        If a switch is declared twice, or there are more settings than can be checked.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> def configure(settings):
    ...     rows = [Row("heat", "cold", "warm" if settings["guard"] == "on" else "burning")]
    ...     return System("oven", [Component("oven", ["cold", "warm", "burning"], "cold", rows, {"heat"})])
    >>> lattice = Lattice([Switch("guard", ("on", "off"), "on"), Switch("light", ("on", "off"), "on")], configure)
    >>> claim = Claim("no-fire", "no fire", never(lambda s: s.oven == "burning"))
    >>> print(*lattice.causes_of(claim).told)
    guard off
    """

    def __init__(self, switches: Iterable[Switch], configure: Configure) -> None:
        self.switches = tuple(switch for switch in switches if switch.kind is SwitchKind.CHOICE)
        number = prod(len(switch.values) for switch in self.switches)
        if number > POINT_LIMIT:
            raise InputError(
                f"the switches have {number:,} settings, and at most {POINT_LIMIT:,} are checked; "
                "declare some of them with kind=SwitchKind.FAULT"
            )
        names = [switch.name for switch in self.switches]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"switch {name!r} is declared twice; leave one of them out")
        self.systems: dict[Point, System] = {}
        self.refused = 0
        for point in product(*(range(len(switch.values)) for switch in self.switches)):
            try:
                self.systems[point] = configure(self.setting(point))
            except InputError:
                self.refused += 1

    def setting(self, point: Point) -> dict[str, str]:
        """Return a point as switches and values."""
        return {switch.name: switch.values[value] for switch, value in zip(self.switches, point, strict=True)}

    def causes_of(self, claim: Claim, *, limit: int = STATE_LIMIT) -> Causes:
        """Judge a claim at every point, and return its causes.

        A cause is a prime implicant of the violated points; see `lifecheck.changes.implicants`.

        Parameters
        ----------
        claim
            The claim.
        limit
            The largest number of states to visit at each point.
        """
        verdicts: dict[Point, Verdict] = {}
        undecided = ""
        tables = Tables()
        for point, system in self.systems.items():
            try:
                verdicts[point] = judge(system.name, system, claim, limit=limit, explorer=Explorer(tables)).verdict
            except LifecheckError as error:
                verdicts[point] = Verdict.UNKNOWN
                undecided = undecided or " ".join(str(error).split())
        return self.causes_among(claim, verdicts, undecided)

    def causes_among(self, claim: Claim, verdicts: Mapping[Point, Verdict], undecided: str = "") -> Causes:
        """Return the causes of a claim, where its verdict at every point is known.

        Parameters
        ----------
        claim
            The claim.
        verdicts
            Its verdict at each point of the lattice.
        undecided
            Why a point could not be judged.
        """
        inside = [point for point, verdict in verdicts.items() if verdict is Verdict.VIOLATED]
        outside = [point for point, verdict in verdicts.items() if verdict is not Verdict.VIOLATED]
        sizes = [len(switch.values) for switch in self.switches]
        minimal = prime_implicants(sizes, inside, outside)
        told = cover(minimal, tuple((1 << size) - 1 for size in sizes), inside)
        return Causes(
            claim,
            tuple(map(self._cause, minimal)),
            tuple(map(self._cause, told)),
            Counter(verdicts.values()),
            self.refused,
            undecided,
        )

    def _cause(self, box: Box) -> Cause:
        return Cause(dict(self._literals(box)))

    def _literals(self, box: Box) -> Iterator[tuple[str, tuple[str, ...]]]:
        for switch, allowed in zip(self.switches, box, strict=True):
            values = tuple(value for number, value in enumerate(switch.values) if allowed >> number & 1)
            if len(values) < len(switch.values):
                yield switch.name, values
