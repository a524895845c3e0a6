"""Whether a population fits in memory, told before it is explored."""

from __future__ import annotations

from collections import deque
from itertools import takewhile

from lifecheck.errors import InputError
from lifecheck.instances.decomposition import Decomposition, Decompositions
from lifecheck.instances.layout import Layout
from lifecheck.instances.limits import MemoryLimitError
from lifecheck.system import System

RANK_BITS = 64
"""Bits of the number of a combination of local states; also for how many instances an array of numpy has an axis."""

EXPLORING = 4
"""How many sets of states exploring holds at once."""

CHECKING = 20
"""How many sets of states a check holds at once, besides those that keep in which step of a search a state was found.

They are one for each digit of the number of steps, and no search takes more steps than there are states.
"""


def refuse_what_does_not_fit(
    system: System, instances: int, memory: int, *, checking: bool, known: Decompositions | None = None
) -> int:
    """Return how many bytes the sets of states of a population take at most, if that is within the limit.

    Parameters
    ----------
    system
        The system of one instance, with the observers that are to be explored.
    instances
        How many instances.
    memory
        The limit, in bytes.
    checking
        Whether a property is to be checked on what is explored.
    known
        Owns what was fired, where more is asked; without it, all is fired anew.

    Raises
    ------
    MemoryLimitError
        If not; says how much they take and how many instances would fit.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> refuse_what_does_not_fit(System("work", [task], copied={"task"}), 40, 1 << 30, checking=False)
    Traceback (most recent call last):
    lifecheck.instances.limits.MemoryLimitError: system 'work': 40 instances take 2.0 TiB ...
    """
    if instances < 1:
        raise InputError(f"{system.counted_instances(instances)} cannot be explored; name a number from 1 on")
    decomposition = (known or Decompositions()).of(system)
    layout = Layout(decomposition, instances)
    if not _has_ranks(layout):
        too_many = (
            f"more than 2**{RANK_BITS} combinations of local states"
            if len(layout.decomposition.others) > 1
            else f"more than the {RANK_BITS} axes that an array can have"
        )
        raise MemoryLimitError(
            f"system {system.name!r}: {system.counted_instances(instances)} have {too_many}; "
            + _largest(decomposition, instances, memory, checking)
        )
    needed = _needed(layout, checking)
    if needed > memory:
        raise MemoryLimitError(
            f"system {system.name!r}: {system.counted_instances(instances)} take {in_words(needed)} of memory, "
            f"{_sets(layout, checking)} sets of {in_words(layout.bytes)}, and the limit is {in_words(memory)}; "
            + _largest(decomposition, instances, memory, checking)
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


def _has_ranks(layout: Layout) -> bool:
    return layout.instances <= RANK_BITS and layout.ranks <= 1 << RANK_BITS  # the first keeps the second small


def _sets(layout: Layout, checking: bool) -> int:
    return CHECKING + layout.ranks.bit_length() if checking else EXPLORING


def _needed(layout: Layout, checking: bool) -> int:
    return _sets(layout, checking) * layout.bytes


def _largest(decomposition: Decomposition, instances: int, memory: int, checking: bool) -> str:
    layouts = (Layout(decomposition, number) for number in range(1, instances))
    fitting = deque(takewhile(lambda one: _has_ranks(one) and _needed(one, checking) <= memory, layouts), maxlen=1)
    if not fitting:
        return f"not even {decomposition.system.counted_instances(1)} fits; raise the limit with --memory"
    return (
        f"at most {fitting[0].instances} would fit; explore these, raise the limit with --memory, or hold sets of "
        "states as decision diagrams with --engine symbolic"
    )
