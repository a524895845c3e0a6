"""Follows many cases of a log at once, each line as it comes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from lifecheck.replaying.event import Line, Remark, Sign
from lifecheck.replaying.explanation import Lines
from lifecheck.replaying.observed import Belief, ObservedSystem


class Case:
    """What was read of one case.

    Parameters
    ----------
    name
        Which case.
    belief
        Where it can be.

    Attributes
    ----------
    signs, numbers
        What its lines say, and their numbers, up to the one that no run has.
    died
        Whether no run has the last of them.
    limited
        Whether a limit kept some of the states from being looked at.
    later
        How many lines came after the one that no run has.
    """

    __slots__ = ("belief", "died", "later", "limited", "name", "numbers", "signs", "time")

    def __init__(self, name: str, belief: Belief) -> None:
        self.name = name
        self.belief = belief
        self.signs: list[Sign] = []
        self.numbers = array("q")
        self.died = False
        self.limited = belief.limited
        self.later = 0
        self.time: str | float | None = None

    @property
    def lines(self) -> Lines:
        """What there is to explain."""
        return Lines(self.signs, self.numbers, self.died, self.limited)


class Cases:
    """Every case of a log, by name.

    Parameters
    ----------
    observed
        The system, and what a log shows of it.
    refuse_unknown
        Raises where what a line says, given with its number, is of no component or state; without it, where the system
        has none, as `ObservedSystem.refuse_unknown` does.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("open", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "open"})
    >>> cases = Cases(ObservedSystem(explore(System("door", [bell])), {"ring", "open"}))
    >>> for number, trigger in enumerate(["ring", "open", "open"], start=1):
    ...     case = cases.take(Line(number, "front door", Sign((trigger,))))
    >>> case.died, list(case.numbers)
    (True, [1, 2, 3])
    """

    def __init__(self, observed: ObservedSystem, refuse_unknown: Callable[[Sign, int], None] | None = None) -> None:
        self.observed = observed
        self._refuse_unknown = refuse_unknown or observed.refuse_unknown
        self.open: dict[str, Case] = {}
        self.backwards: dict[str, Remark] = {}
        self._looked_at: set[Sign] = set()

    def __iter__(self) -> Iterator[Case]:
        return iter(self.open.values())

    def take(self, line: Line) -> Case:
        """Take one line, and return its case.

        Raises
        ------
        InputError
            If it names a component or a state that there is not.
        """
        number, name, sign, time = line
        case = self.open.get(name)
        if case is None:
            case = self.open[name] = Case(name, self.observed.first)
        if time is not None:
            last = case.time
            case.time = time
            if last is not None and is_before(time, last):
                told = Remark(number, f"its time, {time}, is before that of the line before it, {last}")
                self.backwards.setdefault(name, told)
        if case.died:
            case.later += 1
            return case
        belief = case.belief
        try:
            after = belief.after[sign]
        except KeyError:
            if sign not in self._looked_at:
                self._refuse_unknown(sign, number)
                self._looked_at.add(sign)
            after = self.observed.after(belief, sign)
        case.signs.append(sign)
        case.numbers.append(number)
        if after is None:
            case.died = True
        elif after is not belief:
            case.belief = after
            case.limited = case.limited or after.limited
        return case

    def close(self, name: str) -> Case:
        """Forget a case that has come to its end; the name may come again and is another case then."""
        self.backwards.pop(name, None)
        return self.open.pop(name)


_DIGITS = 40
"""A number with so many digits is no time."""


def is_before(one: str | float, other: str | float) -> bool:
    """Whether a time is before another, both numbers or both as ISO 8601 writes them; what is neither, never.

    Examples
    --------
    >>> is_before("2026-01-01T10:00:00+01:00", "2026-01-01T09:30:00+00:00"), is_before(2, 1.5), is_before("x", "y")
    (True, False, False)
    """
    if type(one) is float is type(other):  # by far the most
        return one < other
    if isinstance(one, str) and isinstance(other, str):
        if one.isdecimal() and other.isdecimal() and len(one) < _DIGITS > len(other):
            return int(one) < int(other)  # nanoseconds, which are more than a float can tell apart
        with suppress(ValueError):
            return float(one) < float(other)
        with suppress(ValueError, TypeError):  # one of them may say its zone, and the other not
            return datetime.fromisoformat(one) < datetime.fromisoformat(other)
        return False
    return not isinstance(one, str) and not isinstance(other, str) and one < other
