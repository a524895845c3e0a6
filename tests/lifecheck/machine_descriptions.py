"""What a machine of `transitions` with attributes and callbacks is made of, as data that no library has read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

Path = tuple[str, ...]
"""The names of a nested state, outermost first."""

Values = Mapping[str, Any]
"""The values of a model's attributes, by name."""

SAME = "="
EVERYWHERE = "*"


class Mode(Enum):
    """What an attribute of a model may hold."""

    LOW = "lowest"
    HIGH = "highest"


class Written(StrEnum):
    """How a condition or a callback is given to the library."""

    METHOD = "the name of a method"
    PROPERTY = "the name of a property"
    ATTRIBUTE = "the name of the attribute itself"
    BOUND = "a bound method"
    LAMBDA = "a lambda"
    PARTIAL = "a partial"


class Carrier(StrEnum):
    """What a factory returns."""

    MODEL = "a model that carries its machine"
    SHARED = "a model whose machine moves many"
    BESIDE = "a machine that moves a model"
    MACHINE = "a machine that is its own model"


@dataclass(frozen=True)
class Guard:
    """Whether an attribute has one of some values, asked in `conditions`, or in `unless`; it may raise instead."""

    attribute: str
    values: frozenset[Any]
    wanted: bool
    written: Written
    raising: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Callback:
    """What changes an attribute: each value that it can have becomes another, or stays."""

    attribute: str
    becomes: tuple[tuple[Any, Any], ...]
    written: Written


Callbacks = tuple[Callback, ...]


@dataclass(frozen=True)
class RowDescription:
    """A transition; the destination is a state, `=`, or None where it is internal."""

    trigger: str
    source: str
    dest: str | None
    guards: tuple[Guard, ...] = ()
    prepare: Callbacks = ()
    before: Callbacks = ()
    after: Callbacks = ()

    @property
    def callbacks(self) -> Callbacks:
        return (*self.prepare, *self.before, *self.after)


@dataclass(frozen=True)
class StateDescription:
    """A state, with children or with parallel regions."""

    name: str
    children: tuple[StateDescription, ...] = ()
    initial: str | None = None
    parallel: bool = False
    on_enter: Callbacks = ()
    on_exit: Callbacks = ()

    @property
    def entered_children(self) -> tuple[str, ...]:
        """The children in which it starts: all regions, one child, or none."""
        if self.parallel:
            return tuple(child.name for child in self.children)
        return () if self.initial is None else (self.initial,)


@dataclass(frozen=True)
class MachineDescription:
    """One machine, and how it is given to lifecheck."""

    name: str
    states: tuple[StateDescription, ...]
    initial: str
    rows: tuple[RowDescription, ...]
    start: Values = field(default_factory=dict)
    before_state_change: Callbacks = ()
    after_state_change: Callbacks = ()
    hierarchical: bool = False
    carrier: Carrier = Carrier.MODEL
    states_as_enumeration: bool = False
    journal: bool = False
    auto_transitions: bool = False
    never_answered: frozenset[str] = frozenset()

    @property
    def alphabet(self) -> frozenset[str]:
        """The triggers of its rows, and those that it takes part in only to block them."""
        return frozenset(row.trigger for row in self.rows) | self.never_answered

    @property
    def by_path(self) -> Mapping[Path, StateDescription]:
        """Every state, parents before their children."""
        return dict(_walk(self.states, ()))

    @property
    def callbacks(self) -> Callbacks:
        """All that changes attributes, in a fixed order."""
        found = [one for row in self.rows for one in row.callbacks]
        found += [one for state in self.by_path.values() for one in (*state.on_enter, *state.on_exit)]
        return tuple(dict.fromkeys((*found, *self.before_state_change, *self.after_state_change)))

    @property
    def guards(self) -> tuple[Guard, ...]:
        """Every condition."""
        return tuple(dict.fromkeys(guard for row in self.rows for guard in row.guards))


@dataclass(frozen=True)
class SystemDescription:
    """Machines that meet on the triggers that they share, and who owes what."""

    name: str
    machines: tuple[MachineDescription, ...]
    observers: tuple[MachineDescription, ...]
    environment: frozenset[str]
    weak: frozenset[str]
    strong: frozenset[str]

    @property
    def parts(self) -> tuple[MachineDescription, ...]:
        """Machines, then observers."""
        return (*self.machines, *self.observers)

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger, by name."""
        return tuple(sorted({trigger for machine in self.machines for trigger in machine.alphabet}))

    @property
    def shared(self) -> tuple[str, ...]:
        """The triggers that more than one part has."""
        return tuple(one for one in self.triggers if sum(one in part.alphabet for part in self.parts) > 1)


def _walk(states: tuple[StateDescription, ...], above: Path) -> Iterator[tuple[Path, StateDescription]]:
    for state in states:
        yield (*above, state.name), state
        yield from _walk(state.children, (*above, state.name))
