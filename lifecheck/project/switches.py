"""What a project's systems can be set to: each switch with its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lifecheck.errors import InputError, did_you_mean
from lifecheck.system import System

Configure = Callable[[Mapping[str, str]], System]
"""Makes a system from switches and values as text; raises `InputError` where two contradict each other."""


class SwitchKind(StrEnum):
    """What a switch is where causes are looked for.

    Examples
    --------
    >>> SwitchKind("fault")
    <SwitchKind.FAULT: 'fault'>
    """

    CHOICE = "choice"
    """How the system is set up: causes are looked for among these."""

    FAULT = "fault"
    """What goes wrong, or what is granted about it: left as it is, and tried only as a single change."""


@dataclass(frozen=True)
class Switch:
    """One switch of a project's systems.

    Parameters
    ----------
    name
        How settings call it.
    values
        What it can be set to, as text, in the order to show.
    default
        What it is where nothing is set.
    kind
        Whether causes are looked for among its values.

    Raises
    ------
    InputError
        If it has no values, has one twice, or its default is none of them.

    Examples
    --------
    >>> Switch("expiry", ("off", "on"), "off").kind
    <SwitchKind.CHOICE: 'choice'>
    """

    name: str
    values: tuple[str, ...]
    default: str
    kind: SwitchKind = SwitchKind.CHOICE

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(self.values))
        for value in self.values:
            if self.values.count(value) > 1:
                raise InputError(f"switch {self.name!r}: value {value!r} is declared twice")
        if self.default not in self.values:
            raise InputError(
                f"switch {self.name!r}: its default {self.default!r} is not one of its values; "
                + did_you_mean(self.default, self.values)
            )
