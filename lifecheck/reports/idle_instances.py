"""Instances that only stand by in a story: told once, instead of with all their components in each state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lifecheck.checking import Evidence
from lifecheck.system import State, System, local_states


@dataclass(frozen=True)
class Idle:
    """Instances of which no component ever changes in a story.

    Parameters
    ----------
    numbers
        Which they are.
    components
        The names of their components.
    """

    numbers: tuple[int, ...]
    components: frozenset[str]

    def told(self, system: System) -> str:
        """Return that they stand idle, in the words of the system; nothing if there are none.

        Examples
        --------
        >>> from lifecheck import Component
        >>> system = System("post", [Component("letter[1]", ["new"], "new", [], ())], instance="letter")
        >>> Idle((2, 4, 5, 6), frozenset()).told(system)
        'letters 2 and 4 to 6 begin as letter 1 does, and stand idle'
        """
        if not self.numbers:
            return ""
        *others, last = _ranges(self.numbers)
        which = f"{', '.join(others)} and {last}" if others else last
        if len(self.numbers) == 1:
            return f"{system.instance} {which} begins as {system.instance} 1 does, and stands idle"
        return f"{system.instance_words} {which} begin as {system.instance} 1 does, and stand idle"


def idle_instances(system: System, evidence: Evidence) -> Idle:
    """Return the instances, other than the first, that are in each state of some evidence as they were in its first.

    Parameters
    ----------
    system
        Many instances written out, as `copies` does it; of any other system nobody stands idle.
    evidence
        What is told.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> from lifecheck.instances import check_instances
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> result = check_instances(System("work", [task], copied={"task"}), never("task == 'done'"), 5, cutoff=False)
    >>> idle_instances(result.system, result.evidence).numbers
    (2, 3, 4, 5)
    """
    copies = _components_of_instances(system)
    states = [*evidence.states, *(evidence.closed or ())]
    moved = {name for name in set().union(*copies.values()) if _changes(name, states)} if copies else set()
    idle = {number: names for number, names in copies.items() if number > 1 and moved.isdisjoint(names)}
    return Idle(tuple(idle), frozenset(name for names in idle.values() for name in names))


def _components_of_instances(system: System) -> dict[int, list[str]]:
    """Return the components of each instance, which are called ``queue[1]``, ``queue[2]`` and so on to the last."""
    numbers = range(1, (system.instances or 0) + 1)
    names = {part.name for part in system.components}
    first = [found[1] for name in names if (found := re.fullmatch(r"(.+)\[1\]", name, re.DOTALL))]
    copied = [name for name in first if all(f"{name}[{number}]" in names for number in numbers)]
    return {number: [f"{name}[{number}]" for name in copied] for number in numbers} if copied else {}


def _changes(name: str, states: Sequence[State]) -> bool:
    first, *others = [local_states(state)[name].key for state in states]
    return any(other != first for other in others)


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Yield runs of numbers in words.

    Examples
    --------
    >>> list(_ranges([2, 3, 5, 7, 8, 9]))
    ['2', '3', '5', '7 to 9']
    """
    for start in numbers:
        if start - 1 in numbers:
            continue
        end = start
        while end + 1 in numbers:
            end += 1
        if end - start > 1:
            yield f"{start} to {end}"
        else:
            yield from map(str, range(start, end + 1))
