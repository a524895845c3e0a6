"""Whether a population fits in memory, told before it is explored."""

from __future__ import annotations

from lifecheck.composition import compose
from lifecheck.errors import InputError, LifecheckError
from lifecheck.population.layout import Layout
from lifecheck.system import System

EXPLORING = 4
"""How many sets of states exploring holds at once."""

CHECKING = 32
"""How many sets of states a check holds at once, the search for a counterexample of up to 63 steps included."""

RANK_BITS = 64


class MemoryLimitError(LifecheckError):
    """A population that would not fit in memory, or in a rank of 64 bits."""


def refuse_what_does_not_fit(system: System, messages: int, memory: int, sets: int) -> int:
    """Return how many bytes the sets of states of a population take, if that is within the limit.

    Raises
    ------
    MemoryLimitError
        If not; says how much they take and how many messages would fit.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> refuse_what_does_not_fit(System("work", [task], copied={"task"}), 40, 1 << 30, EXPLORING)
    Traceback (most recent call last):
    lifecheck.population.memory.MemoryLimitError: system 'work': 40 messages take 2.0 TiB ...
    """
    if messages < 1:
        raise InputError(f"{messages} messages cannot be explored; name a number from 1 on")
    layout = Layout(compose(system), messages)
    if layout.ranks > 1 << RANK_BITS:
        raise MemoryLimitError(
            f"system {system.name!r}: {messages} messages have more than 2**{RANK_BITS} combinations of local states; "
            + _largest(system, messages, memory // sets)
        )
    needed = sets * layout.bytes
    if needed > memory:
        raise MemoryLimitError(
            f"system {system.name!r}: {messages} messages take {in_words(needed)} of memory, {sets} sets of "
            f"{in_words(layout.bytes)}, and the limit is {in_words(memory)}; "
            + _largest(system, messages, memory // sets)
        )
    return needed


def in_words(size: int) -> str:
    """Return a number of bytes as people write it.

    Examples
    --------
    >>> in_words(12), in_words(3 << 19)
    ('12 bytes', '1.5 MiB')
    """
    units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    value, unit = float(size), 0
    while value >= 1024 and unit < len(units) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.1f} {units[unit]}" if unit else f"{size:,} bytes"


def _largest(system: System, messages: int, size: int) -> str:
    fitting = [number for number in range(1, messages) if Layout(compose(system), number).bytes <= size]
    if not fitting:
        return "not even 1 message fits; raise the limit with --memory"
    return f"at most {fitting[-1]} would fit; explore these, or raise the limit with --memory"
