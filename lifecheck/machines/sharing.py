"""What the code of several components shares beside their triggers, and whether firing changes it.

Components share nothing but triggers: what one keeps in a list that another's condition reads would make the outcome
depend on the order in which they are fired. So what two of them reach is looked up before they are fired, in the
attributes of their models and in the closures and globals that their callbacks read, and compared afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

from lifecheck.errors import CompositionError
from lifecheck.machines.component_machine import Live, runs_code
from lifecheck.machines.snapshot import Look, changes, machine_attributes
from lifecheck.machines.table import Table
from lifecheck.machines.unseen import functions_of
from lifecheck.system import Component, System

Place = tuple[object, ...]
"""What tells one place from another: the identity of an object, of a closure's cell, or of a module's name."""

_CODE = (FunctionType, ModuleType, type)
_NEVER_CHANGED = (str, bytes, int, float, complex, type(None), *_CODE)


@dataclass(frozen=True)
class SharedPlace:
    """A place that the code of two components reaches.

    Parameters
    ----------
    name
        How the code calls it.
    components
        The names of the two.
    value
        Returns what is there now.
    before
        A copy of what was there before anything was fired.
    ignored
        Names of what may change.
    """

    name: str
    components: tuple[str, str]
    value: Callable[[], Any]
    before: Any
    ignored: frozenset[str]

    def refuse_if_changed(self) -> None:
        """Raise if firing has changed what is there.

        Raises
        ------
        CompositionError
            If it has; names both components and the place.
        """
        if any(True for _ in changes(self.before, Look(self.ignored).at(self.value(), self.name), self.name)):
            one, other = self.components
            raise CompositionError(
                f"components {one!r} and {other!r} share {self.name!r}, which firing changes; components may share "
                "nothing but triggers: make it inside the function that returns the machine, or let one component own "
                "it and meet the other on a trigger"
            )


def shared_places(components: Sequence[Component]) -> list[SharedPlace]:
    """Return every place that the code of two components reaches, as it is before they are fired.

    Parameters
    ----------
    components
        The parts of a system; those that run no code of their author's are not looked at.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck.machines import component_of
    >>> seen = []
    >>> def writer():
    ...     row = {"trigger": "write", "source": "a", "dest": "b", "after": lambda: seen.append(1)}
    ...     return Machine(states=["a", "b"], initial="a", transitions=[row], auto_transitions=False)
    >>> def reader():
    ...     row = {"trigger": "read", "source": "a", "dest": "b", "conditions": lambda: bool(seen)}
    ...     return Machine(states=["a", "b"], initial="a", transitions=[row], auto_transitions=False)
    >>> {place.name for place in shared_places([component_of(writer, "writer"), component_of(reader, "reader")])}
    {'seen'}
    """
    coded = [component for component in components if runs_code(component)]
    if len(coded) < 2:
        return []
    first: dict[Place, str] = {}
    found: dict[Place, SharedPlace] = {}
    # machines are kept until all are looked at, so that no identity is used again
    machines = [(component, Live(component)) for component in coded]
    for component, machine in machines:
        ignored = frozenset(component.ignored)
        reached = {place: (name, value) for place, name, value in _places(machine)}
        for place, (name, value) in reached.items():
            if name in ignored:
                continue
            owner = first.setdefault(place, component.name)
            if owner != component.name and place not in found:
                before = Look(ignored).at(value(), name)
                found[place] = SharedPlace(name, (owner, component.name), value, before, ignored)
    return list(found.values())


def refuse_shared_chains(system: System, tables: Iterable[Table]) -> None:
    """Refuse a callback that fires a trigger which another component shares, and which that one would not take.

    Parameters
    ----------
    system
        The system.
    tables
        The tables of its parts, with what was fired so far.

    Raises
    ------
    CompositionError
        If one does; names the component, what was fired, and who shares what the callback fires.
    """
    for table in tables:
        for trigger, local, chained in table.chains():
            for other in chained:
                partners = [part.name for part in system.owners.get(other, ()) if part.name != table.component.name]
                if partners:
                    raise CompositionError(
                        f"component {table.component.name!r}, trigger {trigger!r} in state {local.label!r}: a "
                        f"callback fires {other!r}, which {' and '.join(map(repr, partners))} "
                        f"{'take' if len(partners) > 1 else 'takes'} too and would not hear of; let callbacks fire "
                        "nothing that is shared, so that the components meet on it"
                    )


def _places(real: Live) -> Iterator[tuple[Place, str, Callable[[], Any]]]:
    """Yield what the code of one machine reaches: each place, how it is called, and what returns its value."""
    model, machine = real.model, real.machine
    library = machine_attributes(type(machine))
    for holder in {id(model): model, id(machine): machine}.values():
        for name, value in getattr(holder, "__dict__", {}).items():
            if value is not machine and value is not model and not (holder is machine and name in library):
                yield from _object(name, value)
    for function in functions_of(machine, model):
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            try:
                value = cell.cell_contents
            except ValueError:  # nothing is in it yet
                continue
            if value is model or value is machine:
                continue
            yield (id(cell),), name, partial(getattr, cell, "cell_contents")
            yield from _object(name, value)
        for name in function.__code__.co_names:
            if name in function.__globals__ and not isinstance(function.__globals__[name], _CODE):
                value = function.__globals__[name]
                yield (id(function.__globals__), name), name, partial(function.__globals__.get, name)
                yield from _object(name, value)


def _object(name: str, value: Any) -> Iterator[tuple[Place, str, Callable[[], Any]]]:
    if not isinstance(value, _NEVER_CHANGED) and not callable(value):
        yield (id(value),), name, lambda: value
