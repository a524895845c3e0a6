"""A system as a regression file names it: machines and what was said of them, composed when the test runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lifecheck.machines import component_of, compose
from lifecheck.system import Component, Owing, System, left_of, members_of


@dataclass(frozen=True)
class RecordedSystem:
    """What a system was composed of when a counterexample was recorded.

    Nothing is read or run before it is composed. A mend may take away a trigger that was fair, shared or the
    environment's: what is left is composed without it, and says so.

    Parameters
    ----------
    machines
        Each machine, or the function that makes it, by the name that predicates and reports use.
    name, shared, alphabets, attributes, ignored, arguments, observers, environment, fair, strong
        As for `compose`.

    Examples
    --------
    >>> from transitions import Machine
    >>> lamp = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> system, gone = RecordedSystem({"lamp": lamp}, fair=["switch", "press"]).composed()
    >>> system.weakly_fair, gone
    (frozenset({'switch'}), "trigger 'press'")
    """

    machines: Mapping[str, Any]
    name: str = "system"
    shared: Iterable[str] = ()
    alphabets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    attributes: Mapping[str, Iterable[str]] = field(default_factory=dict)
    ignored: Mapping[str, Iterable[str]] = field(default_factory=dict)
    arguments: Mapping[str, Mapping[str, Iterable[Any]]] = field(default_factory=dict)
    observers: Iterable[str] = ()
    environment: Iterable[str] = ()
    fair: Iterable[Owing] = ()
    strong: Mapping[Owing, str] = field(default_factory=dict)

    def composed(self) -> tuple[System, str | None]:
        """Return the system of today, and the first trigger said something of that it does not have any more.

        Raises
        ------
        CompositionError
            If what is left cannot be composed as it was, as where a trigger that two machines shared is left in one.
        ComponentError
            If a machine cannot be explored.
        """
        known = frozenset().union(*(self._triggers(name, machine) for name, machine in self.machines.items()))
        owed = [trigger for one in (*self.fair, *self.strong) for trigger in members_of(one)]
        named = dict.fromkeys((*self.shared, *self.environment, *owed))
        system = compose(
            self.machines,
            name=self.name,
            shared=[trigger for trigger in self.shared if trigger in known],
            alphabets=self.alphabets,
            attributes=self.attributes,
            ignored=self.ignored,
            arguments=self.arguments,
            observers=self.observers,
            environment=[trigger for trigger in self.environment if trigger in known],
            fair=[left for one in self.fair for left in left_of(one, known)],
            strong={left: reason for one, reason in self.strong.items() for left in left_of(one, known)},
        )
        return system, next((f"trigger {trigger!r}" for trigger in named if trigger not in known), None)

    def _triggers(self, name: str, machine: Any) -> frozenset[str]:
        if name in self.alphabets:
            return frozenset(self.alphabets[name])
        if isinstance(machine, Component):
            return frozenset(machine.alphabet)
        made = component_of(
            machine,
            name,
            attributes=tuple(self.attributes.get(name, ())),
            ignored=tuple(self.ignored.get(name, ())),
            arguments=self.arguments.get(name),
        )
        return frozenset(made.alphabet)
