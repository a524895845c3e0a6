"""The mutants of a system: each differs from it by one row, or by one trigger of an alphabet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from lifecheck.changes.changed_machine import ChangedMachine, ExtendedMachine
from lifecheck.errors import ComponentError
from lifecheck.system import Component, Row, System, left_of


class Change(StrEnum):
    """What is done to a component to make a mutant."""

    REMOVE_ROW = "remove-row"
    REDIRECT_ROW = "redirect-row"
    REMOVE_FROM_ALPHABET = "remove-from-alphabet"
    REPLACE_ROW = "replace-row"
    ADD_ROW = "add-row"


@dataclass(frozen=True)
class Mutant:
    """One change of one component.

    Parameters
    ----------
    kind
        What is done.
    component
        The component as it is in the original.
    position
        Which of its rows is changed, or which of its triggers, counted from 0; of an added row, which it
        becomes.
    dest
        Where a redirected row leads.
    description
        The change in one line, the component's name first; no other mutant of the system has the same.
    row
        The row that is there in the end, if one is there that was not.
    """

    kind: Change
    component: Component
    position: int
    dest: str | None
    description: str
    row: Row | None = None

    @property
    def changed(self) -> Component:
        """The component with the change made."""
        if self.kind is Change.ADD_ROW and self.row is not None:
            return _extended(self.component, len(self.component.rows), self.row)
        if self.kind is Change.REPLACE_ROW and self.row is not None:
            return _extended(_with_row(self.component, self.position, None), self.position, self.row)
        if self.kind is not Change.REMOVE_FROM_ALPHABET:
            return _with_row(self.component, self.position, self.dest)
        trigger = self.component.triggers[self.position]
        rows = [row for row in self.component.rows if row.trigger != trigger]
        left_out = self.component.left_out
        if self.component.factory is not None:  # its machine still has the trigger
            left_out += (self.component.machine_triggers.get(trigger, trigger),)
        return replace(self.component, rows=rows, alphabet=self.component.alphabet - {trigger}, left_out=left_out)

    def of(self, system: System) -> System:
        """Return the system with the change made.

        What the system says of a trigger that no component takes part in any more is dropped.

        Raises
        ------
        CompositionError
            If the changed components do not compose, as where a trigger is left to observers alone.
        """
        components = [self.changed if part.name == self.component.name else part for part in system.components]
        kept = {trigger for part in components for trigger in part.alphabet}
        return replace(
            system,
            components=components,
            environment=frozenset(system.environment) & kept,
            fair=None if system.fair is None else [one for owed in system.fair for one in left_of(owed, kept)],
            strong={one: reason for owed, reason in system.strong.items() for one in left_of(owed, kept)},
            meanings={trigger: meaning for trigger, meaning in system.meanings.items() if trigger in kept},
        )


def mutants_of(system: System) -> Iterator[Mutant]:
    """Yield every mutant of a system: component by component, its rows in order, then its alphabet.

    Each row is removed, and redirected to every other state of its component; each trigger is taken out of
    the alphabet, and its rows with it, so that the component no longer takes part. Observers stay as they are.

    Examples
    --------
    >>> from lifecheck import Row
    >>> rows = [Row("switch_on", "off", "on")]
    >>> lamp = Component("lamp", ["off", "on"], "off", rows, {"switch_on", "break"})
    >>> for mutant in mutants_of(System("house", [lamp])):
    ...     print(mutant.description)
    lamp: row switch_on, off -> on removed
    lamp: row switch_on, off -> on redirected to off
    lamp: switch_on removed from the alphabet
    lamp: break removed from the alphabet
    """
    for component in _changeable(system):
        for position, name in enumerate(_row_names(component)):
            yield _mutant(Change.REMOVE_ROW, component, position, None, f"row {name} removed")
            for state in component.states:
                if state != component.rows[position].target:
                    yield _mutant(Change.REDIRECT_ROW, component, position, state, f"row {name} redirected to {state}")
        for position, trigger in enumerate(component.triggers):
            told = f"{trigger} removed from the alphabet"
            yield _mutant(Change.REMOVE_FROM_ALPHABET, component, position, None, told)


def added_rows(system: System) -> Iterator[Mutant]:
    """Yield every mutant with one row more: component by component, triggers, sources and destinations in order.

    A row is added where the component blocks a trigger of its alphabet, and leads to a state it already has.

    Examples
    --------
    >>> rows = [Row("switch_on", "off", "on")]
    >>> lamp = Component("lamp", ["off", "on"], "off", rows, {"switch_on", "break"})
    >>> for mutant in list(added_rows(System("house", [lamp])))[1:4]:
    ...     print(mutant.description)
    lamp: row switch_on, on -> on added
    lamp: row break, off -> off added
    lamp: row break, off -> on added
    """
    for component in _changeable(system):
        for trigger in component.triggers:
            for source in component.states:
                if not _takes(component, trigger, source):
                    for dest in component.states:
                        row = Row(trigger, source, dest)
                        yield _mutant(Change.ADD_ROW, component, len(component.rows), dest, f"{_told(row)} added", row)


def replaced_rows(system: System) -> Iterator[Mutant]:
    """Yield every mutant with another row in the place of one: from the same state, by another trigger.

    The trigger is one of the component's alphabet that it blocks in that state.

    Examples
    --------
    >>> rows = [Row("switch_on", "off", "on")]
    >>> lamp = Component("lamp", ["off", "on"], "off", rows, {"switch_on", "break"})
    >>> for mutant in replaced_rows(System("house", [lamp])):
    ...     print(mutant.description)
    lamp: row switch_on, off -> on replaced by break, off -> off
    lamp: row switch_on, off -> on replaced by break, off -> on
    """
    for component in _changeable(system):
        for position, name in enumerate(_row_names(component)):
            source = component.rows[position].source
            for trigger in component.triggers:
                if not _takes(component, trigger, source):
                    for dest in component.states:
                        row = Row(trigger, source, dest)
                        told = f"row {name} replaced by {_told(row).removeprefix('row ')}"
                        yield _mutant(Change.REPLACE_ROW, component, position, dest, told, row)


def _changeable(system: System) -> list[Component]:
    """Return the components each of whose rows is one transition; where triggers take arguments, several are one."""
    return [component for component in system.components if not component.arguments]


def _takes(component: Component, trigger: str, source: str) -> bool:
    """Whether some row answers a trigger in a state, under whatever conditions."""
    return any((row.trigger, row.source) == (trigger, source) for row in component.rows)


def _told(row: Row) -> str:
    return f"row {row.trigger}, {row.source} -> {row.target}"


def _mutant(
    kind: Change, component: Component, position: int, dest: str | None, told: str, row: Row | None = None
) -> Mutant:
    return Mutant(kind, component, position, dest, " ".join(f"{component.name}: {told}".split()), row)


def _row_names(component: Component) -> list[str]:
    """Return each row in words; rows that only their conditions tell apart also get their position."""
    names = [f"{row.trigger}, {row.source} -> {row.target}" for row in component.rows]
    return [
        name if names.count(name) == 1 else f"{name} (row {position})" for position, name in enumerate(names, start=1)
    ]


def _with_row(component: Component, position: int, dest: str | None) -> Component:
    """Return the component with the row at a position redirected, or without it where `dest` is None."""
    rows = list(component.rows)
    rows[position : position + 1] = [] if dest is None else [replace(rows[position], dest=dest)]
    factory = _factory_to_change(component)
    if factory is not None:
        factory = ChangedMachine(factory, component.left_out, position, dest)
    return replace(component, rows=rows, factory=factory)


def _extended(component: Component, position: int, row: Row) -> Component:
    """Return the component with one row more, at a position among its rows."""
    rows = [*component.rows[:position], row, *component.rows[position:]]
    factory = _factory_to_change(component)
    if factory is not None:
        factory = ExtendedMachine(factory, row.trigger, row.source, row.dest)
    return replace(component, rows=rows, factory=factory)


def _factory_to_change(component: Component) -> Callable[[], object] | None:
    """Return what makes the machine that a change is made to; None where the rows alone are changed."""
    if component.nesting is None:
        return component.factory
    if component.attributes:
        raise ComponentError(
            f"component {component.name!r}: it cannot be mutated, because the rows of a hierarchical machine are "
            "read from firing it, and do not say what its attributes decide; leave the attributes out"
        )
    return None  # without attributes its rows are all that it does
