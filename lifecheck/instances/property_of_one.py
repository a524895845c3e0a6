"""What a property says about one instance among many, and the refusal of one that speaks of none or of several."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from lifecheck.checking import Result
from lifecheck.errors import PredicateError
from lifecheck.properties import Expression, Predicate, Property, name_of
from lifecheck.system import LocalState, State, System, local_states


@dataclass(frozen=True)
class PropertyOfOne:
    """A property of one instance, asked of the system of one instance; all are alike, so that it is instance 1.

    Parameters
    ----------
    asked
        The property.
    system
        The system of one instance, with all its observers.
    read
        The names of the components that the predicates have read so far.
    """

    asked: Property
    system: System
    read: set[str] = field(default_factory=set)

    @cached_property
    def of_one(self) -> Property:
        """The same property, taking down what it reads."""
        return self.asked.with_predicates(self._noting)

    def answered(self, result: Result) -> Result:
        """Return the answer as one to the property as it was asked.

        Raises
        ------
        PredicateError
            If the predicates have read no instance's component.
        """
        if not self.read & self.system.copied:
            raise PredicateError(
                f"property {self.asked.formula} reads no component that each {self.system.instance} has for itself, "
                "so it is not about one of many; read one that is copied: " + ", ".join(sorted(self.system.copied))
            )
        return replace(result, property=self.asked)

    def _noting(self, predicate: Predicate) -> Predicate:
        # text compares its names with what there is once: new text does it again, so that each name is noted
        fresh = Expression(predicate.text) if isinstance(predicate, Expression) else predicate

        def asks(state: State) -> bool:
            return fresh(_OneOfMany(state, self.system, self.read))

        asks.__name__ = name_of(predicate)
        return asks


class _OneOfMany(State):
    """A state of one instance, which goes also by the names that instance 1 has in a story: ``s["queue[1]"]``."""

    __slots__ = ("_system",)

    def __init__(self, state: State, system: System, read: set[str]) -> None:
        super().__init__(local_states(state), state._left_out, read)
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
