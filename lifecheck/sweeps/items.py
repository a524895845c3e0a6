"""What a sweep asks about: settings of switches, and mutants of what they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from lifecheck.errors import InputError

ITEM_LIMIT = 100_000
"""How many settings, mutants of them included, are asked about at most, unless told otherwise."""


@dataclass(frozen=True)
class Item:
    """One system to judge.

    Parameters
    ----------
    variant
        The named variant, if it is one.
    settings
        Each switch with the value it is set to.
    mutants
        What is changed in it: the descriptions of one mutant, or of two that are made together.

    Examples
    --------
    >>> str(Item(settings=(("expiry", "on"), ("imf", "off"))))
    'expiry=on imf=off'
    """

    variant: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    mutants: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = [self.variant, " ".join(f"{switch}={value}" for switch, value in self.settings)]
        return " | ".join([*filter(None, [" ".join(filter(None, named))]), *self.mutants]) or "as it is"


@dataclass(frozen=True)
class Grid(Sequence[Item]):
    """Every combination of some values, made when it is asked for; the last switch varies fastest.

    Parameters
    ----------
    over
        The values of each switch.
    fixed
        What is set in all of them.
    variant
        The named variant that they are settings of, if it is one.

    Examples
    --------
    >>> grid = Grid({"expiry": ("off", "on"), "tries": ("1", "2", "3")})
    >>> len(grid), str(grid[4])
    (6, 'expiry=on tries=2')
    """

    over: Mapping[str, tuple[str, ...]]
    fixed: tuple[tuple[str, str], ...] = ()
    variant: str = ""

    def __len__(self) -> int:
        return prod(len(values) for values in self.over.values())

    def __getitem__(self, number: int) -> Item:  # type: ignore[override]
        if not 0 <= number < len(self):
            raise IndexError(number)
        chosen: list[tuple[str, str]] = []
        for switch, values in reversed(list(self.over.items())):
            number, at = divmod(number, len(values))
            chosen.append((switch, values[at]))
        return Item(self.variant, (*self.fixed, *reversed(chosen)))

    def __iter__(self) -> Iterator[Item]:
        return (self[number] for number in range(len(self)))


def over_of(written: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Read what a sweep goes over, as it is written: ``switch=a,b,c`` or ``limit=1..10``.

    Raises
    ------
    InputError
        If it cannot be read, a switch is there twice, or a value is.

    Examples
    --------
    >>> over_of(["expiry=off,on", "limit=1..3,10"])
    {'expiry': ('off', 'on'), 'limit': ('1', '2', '3', '10')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for text in written:
        switch, equals, values = text.partition("=")
        if not (switch and equals and values):
            raise InputError(f"--over {text}: write switch=a,b,c or limit=1..10")
        if switch in found:
            raise InputError(f"--over {text}: {switch!r} is there twice; write its values together")
        found[switch] = _values(values, text)
    return found


def _values(values: str, text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values.split(","):
        for one in _numbers(value, text) or (value,):
            if not one:
                raise InputError(f"--over {text}: a value is empty; write switch=a,b,c")
            if one in found:
                raise InputError(f"--over {text}: {one!r} is there twice; leave one out")
            found[one] = None
    return tuple(found)


def _numbers(value: str, text: str) -> tuple[str, ...]:
    """Return the numbers of a range; none where it is something else."""
    numbers = re.fullmatch(r"(-?\d+)\.\.(-?\d+)", value)
    if numbers is None:
        return ()
    first, last = int(numbers[1]), int(numbers[2])
    if last < first:
        raise InputError(f"--over {text}: there is no number from {first} to {last}; write the smaller one first")
    if last - first >= 10 * ITEM_LIMIT:
        raise InputError(f"--over {text}: these are {last - first + 1:,} values; write fewer")
    return tuple(map(str, range(first, last + 1)))
