"""A property of one instance among many: by the plain names of its components, or by those that stories give it."""

from __future__ import annotations

import re

from lifecheck.errors import PredicateError
from lifecheck.instances.copies import indexed
from lifecheck.properties import Predicate, Property, Translated, name_of, reading_as
from lifecheck.system import LocalState, State, System, known_components


def of_one(asked: Property, system: System) -> Property:
    """Return a property of one instance, or of what is shared, as one to ask of the system of one instance.

    All instances are alike, so that it is instance 1, and goes by that name too: what stories call ``queue[1]`` is
    ``queue``. One that reads another instance is refused when it does.

    Parameters
    ----------
    asked
        The property.
    system
        The system of one instance.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, never
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> system = System("work", [task], copied={"task"})
    >>> check(system, of_one(never(lambda s: s["task[1]"] == "done"), system)).evidence.stem
    ('do',)
    >>> check(system, of_one(never(lambda s: s["task[2]"] == "done"), system))
    Traceback (most recent call last):
    lifecheck.errors.PredicateError: predicate ...: 'task[2]' is of another instance; a verdict is about one ...
    """

    def asking(predicate: Predicate, state: State) -> bool:
        return predicate(_OneOfMany(state, system))

    return asked.with_predicates(lambda predicate: Translated(predicate, asking, name_of(predicate)))


def of_first(asked: Property, system: System) -> Property:
    """Return a property of one instance as one of the first among many; it is asked what it was asked before.

    Examples
    --------
    >>> from lifecheck import Component, Row, check, never
    >>> from lifecheck.instances.copies import copies
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> system = System("work", [task], copied={"task"})
    >>> check(copies(system, 2), of_first(never("task == 'done'"), system)).evidence.stem
    ('do[1]',)
    """
    places = {part.name: indexed(part.name, 1) if part.name in system.copied else part.name for part in system.parts}
    return asked.with_predicates(lambda predicate: reading_as(predicate, places, system.left_out))


class _OneOfMany(State):
    """A state of one instance, which goes also by the names that instance 1 has in a story: ``s["queue[1]"]``."""

    __slots__ = ("_system",)

    def __init__(self, state: State, system: System) -> None:
        super().__init__(known_components(state), state._left_out, state._read)
        self._system = system

    def __getitem__(self, name: str) -> LocalState:
        found = re.fullmatch(r"(.+)\[(\d+)\]", name)
        if not found or found[1] not in self._system.copied:
            return super().__getitem__(name)
        if found[2] != "1":
            raise PredicateError(
                f"{name!r} is of another {self._system.instance}; a verdict is about one among many, not about "
                f"several, and all are alike: read {found[1]!r} alone"
            )
        return super().__getitem__(found[1])
