"""What a log says: which trigger fired, in which case, and what was seen of the state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lifecheck.errors import InputError

ONE_CASE = "log"
"""How the only case of a log is called whose lines name none."""


class Sign(NamedTuple):
    """What a line says, without where and when: equal signs are answered alike.

    Parameters
    ----------
    triggers
        The triggers of which one fired; none where the line only tells where components are.
    seen
        Components with the state they were in after it.
    before
        Components with the state they were in before it.
    """

    triggers: tuple[str, ...]
    seen: tuple[tuple[str, str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class LogEvent:
    """One line of a log, as a mapping reads it.

    Parameters
    ----------
    trigger
        The trigger that fired, or several of which one did; none where the line only tells where components are.
    case
        Which order, message or job it is about.
    line
        The number of the line; 0 where there is no file, and the position is taken.
    time
        When, as the log says it: a clock that goes backwards is told. The order is that of the lines.
    seen
        Components with the state they were in after it: the state's name, or with its attributes as reports show it.
    before
        Likewise before it.

    Raises
    ------
    InputError
        If it says neither a trigger nor a state, or what is seen is no mapping of components to states.

    Examples
    --------
    >>> LogEvent("pay", case="order 7", seen={"order": "paid"}).sign
    Sign(triggers=('pay',), seen=(('order', 'paid'),), before=())
    """

    trigger: str | tuple[str, ...] = ()
    case: str = ONE_CASE
    line: int = 0
    time: str | float | None = None
    seen: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.trigger and not self.seen:
            raise InputError("an event of a log says neither a trigger nor a state; write one of them")
        triggers = (self.trigger,) if isinstance(self.trigger, str) else self.trigger
        if not isinstance(triggers, tuple | list) or not all(isinstance(one, str) and one for one in triggers):
            raise InputError(f"an event of a log has trigger {self.trigger!r}; write its name, or several in a tuple")
        for seen in (self.seen, self.before):
            if not isinstance(seen, Mapping) or not all(isinstance(text, str) for one in seen.items() for text in one):
                raise InputError(
                    f"an event of a log has seen {seen!r}; write components with the names of their states: "
                    "{'order': 'paid'}"
                )
        object.__setattr__(self, "case", str(self.case))  # an order's number is a name as well

    @property
    def sign(self) -> Sign:
        """What it says, without where and when."""
        triggers = (self.trigger,) if isinstance(self.trigger, str) else tuple(self.trigger)
        return Sign(triggers, tuple(self.seen.items()), tuple(self.before.items()))


Written = LogEvent | str | tuple[str, Mapping[str, str]]
"""An event as a test writes it: a trigger, alone or with what was seen after it, or a whole `LogEvent`."""


PythonMapping = Callable[[str], LogEvent | None]
"""A mapping written in Python: what a line shows, None where that is nothing."""


class Line(NamedTuple):
    """A line of a log that was understood."""

    number: int
    case: str
    sign: Sign
    time: str | float | None = None


class Remark(NamedTuple):
    """A line of a log that was not understood, or only in part, and why."""

    number: int
    reason: str


def lines_of(events: Iterable[Written], meant_by: Callable[[str], tuple[str, ...]]) -> Iterable[Line]:
    """Yield events as lines; one without a number has that of its position.

    Parameters
    ----------
    events
        What was written down.
    meant_by
        Says of which triggers a name may mean one.

    Raises
    ------
    InputError
        If one is no event.

    Examples
    --------
    >>> list(lines_of(["pay", ("ship", {"order": "shipped"})], lambda name: (name,)))[1]
    Line(number=2, case='log', sign=Sign(triggers=('ship',), seen=(('order', 'shipped'),), before=()), time=None)
    """
    for number, event in enumerate(events, start=1):
        if isinstance(event, str):
            event = LogEvent(event)
        elif isinstance(event, tuple | list) and len(event) == 2:
            event = LogEvent(event[0], seen=event[1])
        elif not isinstance(event, LogEvent):
            raise InputError(
                f"event {number} of the log is {event!r}; write a trigger, a trigger with what was seen after it, as "
                "in ('pay', {'order': 'paid'}), or a LogEvent"
            )
        triggers, seen, before = event.sign
        meant = tuple(one for name in triggers for one in meant_by(name))
        yield Line(event.line or number, event.case, Sign(meant, seen, before), event.time)
