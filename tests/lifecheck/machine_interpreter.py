"""A small interpreter of machine descriptions, in plain Python: it never runs `transitions` nor lifecheck.

It says what the library's documentation says: rows of one trigger and source are tried in order, innermost states
answer before their parents, each region answers for itself, and callbacks run in the order prepare, conditions, before,
leaving, entering, after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.lifecheck.machine_descriptions import (
    EVERYWHERE,
    SAME,
    Callbacks,
    Guard,
    MachineDescription,
    Path,
    RowDescription,
    StateDescription,
    SystemDescription,
)

Active = frozenset[Path]
"""Every active state, parents included."""

Kept = tuple[tuple[str, Any], ...]
"""The attributes with their values."""

GlobalState = tuple[str, ...]


class RaisedError(Exception):
    """A condition raised."""


@dataclass(frozen=True)
class Local:
    """The state of one machine: what is active, and what the attributes hold."""

    text: str
    active: Active
    kept: Kept

    @property
    def label(self) -> str:
        """The state as lifecheck shows it."""
        values = ", ".join(f"{name}={value!r}" for name, value in self.kept)
        return f"{self.text}({values})" if values else self.text

    def value(self, attribute: str) -> Any:
        """What an attribute holds."""
        return dict(self.kept)[attribute]

    def within(self, name: str) -> bool:
        """Whether a state is active."""
        return tuple(name.split("_")) in self.active


@dataclass(frozen=True)
class Mistake:
    """What an interpreter does wrong on purpose, to see that the comparison notices."""

    without: str = ""
    """The role whose callbacks it forgets, as ``after``."""
    ignores_guards: bool = False
    ignores_unless: bool = False
    last_row_first: bool = False
    parents_first: bool = False
    initial_child_forgotten: bool = False
    internal_leaves: bool = False


NO_MISTAKE = Mistake()


class Interpreter:
    """Interprets one machine."""

    def __init__(self, machine: MachineDescription, mistake: Mistake = NO_MISTAKE) -> None:
        self.machine = machine
        self.mistake = mistake
        self.states: Mapping[Path, StateDescription] = machine.by_path
        self.order = {path: number for number, path in enumerate(self.states)}
        self.answers: dict[tuple[str, Path], list[RowDescription]] = {}
        for row in machine.rows:
            for source in self._sources(row):
                self.answers.setdefault((row.trigger, source), []).append(row)

    @cached_property
    def start(self) -> Local:
        """Where a fresh machine is; nothing is called on the way there."""
        path = tuple(self.machine.initial.split("_"))
        active = {path[:depth] for depth in range(1, len(path) + 1)} | set(self._children_of(path))
        return self.local(frozenset(active), tuple(self.machine.start.items()))

    def local(self, active: Active, kept: Kept) -> Local:
        """Return a local state; its text names the innermost active states in their order."""
        leaves = [path for path in active if not any(other[:-1] == path for other in active)]
        return Local("|".join("_".join(path) for path in sorted(leaves, key=self.order.__getitem__)), active, kept)

    def fire(self, local: Local, trigger: str) -> tuple[bool, Local]:
        """Return whether a trigger is taken, and where it leads; what is refused may have changed attributes.

        Raises
        ------
        RaisedError
            If a condition does.
        """
        firing = _Firing(self, set(local.active), dict(local.kept))
        taken = False
        settled: set[Path] = set()
        outwards = 1 if self.mistake.parents_first else -1
        for path in sorted(local.active, key=lambda path: (outwards * len(path), self.order[path])):
            rows = self.answers.get((trigger, path), [])
            if path in settled or not rows:
                continue
            taken = firing.try_rows(path, rows[::-1] if self.mistake.last_row_first else rows)
            if taken:
                settled |= {path[:depth] for depth in range(1, len(path) + 1)}
        return taken, self.local(frozenset(firing.active), tuple(firing.values.items()))

    def _sources(self, row: RowDescription) -> Iterable[Path]:
        """The library's `*` is every state where the state stays the same, else every outermost one."""
        if row.source != EVERYWHERE:
            return [tuple(row.source.split("_"))]
        return [path for path in self.states if len(path) == 1 or row.dest == SAME]

    def _children_of(self, path: Path) -> list[Path]:
        """What is entered besides when a state is: its initial children, level by level."""
        found = [path]
        for parent in found:  # grows while it is walked
            if not self.mistake.initial_child_forgotten or parent == ():
                found += [(*parent, child) for child in self.states[parent].entered_children]
        return found[1:]


class _Firing:
    def __init__(self, interpreter: Interpreter, active: set[Path], values: dict[str, Any]) -> None:
        self.interpreter = interpreter
        self.mistake = interpreter.mistake
        self.active = active
        self.values = values

    def try_rows(self, path: Path, rows: Iterable[RowDescription]) -> bool:
        machine = self.interpreter.machine
        for row in rows:
            self._run("prepare", row.prepare)
            asked = sorted(row.guards, key=lambda guard: not guard.wanted)  # `conditions`, then `unless`
            if not all(self._passes(guard) for guard in asked):
                continue
            self._run("before_state_change", machine.before_state_change)
            self._run("before", row.before)
            if row.dest is not None or self.mistake.internal_leaves:
                self._move(path if row.dest in (SAME, None) else tuple(str(row.dest).split("_")))
            self._run("after", row.after)
            self._run("after_state_change", machine.after_state_change)
            return True
        return False

    def _passes(self, guard: Guard) -> bool:
        value = self.values[guard.attribute]
        if value in guard.raising:
            raise RaisedError
        if self.mistake.ignores_guards or (self.mistake.ignores_unless and not guard.wanted):
            return True
        return (value in guard.values) == guard.wanted

    def _run(self, role: str, callbacks: Callbacks) -> None:
        if role != self.mistake.without:
            for callback in callbacks:
                self.values[callback.attribute] = dict(callback.becomes)[self.values[callback.attribute]]

    def _move(self, dest: Path) -> None:
        """Leave whatever stands in the way of a state, innermost first, and enter it with its initial children.

        What is active above it stays; beside other regions only its own region is left.
        """
        states, order = self.interpreter.states, self.interpreter.order
        depth = next(size for size in range(len(dest) - 1, -1, -1) if size == 0 or dest[:size] in self.active)
        siblings = [path for path in self.active if len(path) == depth + 1 and path[:depth] == dest[:depth]]
        roots = [dest[: depth + 1]] if len(siblings) > 1 else siblings
        leaving = [path for path in self.active if path[: depth + 1] in roots]
        for path in sorted(leaving, key=lambda path: (-len(path), order[path])):
            self._run("on_exit", states[path].on_exit)
        self.active -= set(leaving)
        entering = [dest[:size] for size in range(depth + 1, len(dest) + 1)]
        entering += self.interpreter._children_of(dest)
        self.active |= set(entering)
        for path in entering:
            self._run("on_enter", states[path].on_enter)


@dataclass
class Table:
    """Where each trigger leads from each local state that a machine alone reaches."""

    start: Local
    moves: dict[tuple[Local, str], Local]
    states: list[Local]
    broken: list[tuple[Local, str]]
    """Where a trigger is refused and has changed something."""
    raising: list[tuple[Local, str]]


def table_of(machine: MachineDescription, mistake: Mistake = NO_MISTAKE, most: int = 24) -> Table | None:
    """Interpret every trigger in every local state; None if there are too many."""
    interpreter = Interpreter(machine, mistake)
    table = Table(interpreter.start, {}, [interpreter.start], [], [])
    for local in table.states:  # grows while it is walked
        for trigger in sorted(machine.alphabet):
            try:
                taken, after = interpreter.fire(local, trigger)
            except RaisedError:
                table.raising.append((local, trigger))
                continue
            if taken:
                table.moves[local, trigger] = after
                if after not in table.states:
                    table.states.append(after)
            elif after != local:
                table.broken.append((local, trigger))
        if len(table.states) > most:
            return None
    return table


@dataclass
class Composition:
    """Every global state that machines reach together, and where each trigger leads."""

    start: tuple[Local, ...]
    moves: dict[tuple[Local, ...], dict[str, tuple[Local, ...]]]
    blocked_together: bool
    """Whether a shared trigger was blocked by one machine although another could take it."""


def compose(
    system: SystemDescription, tables: Mapping[str, Table], names: Iterable[str], most: int = 1_000
) -> Composition | None:
    """Compose tables by rendezvous; None if the states are too many."""
    parts = [part for part in system.parts if part.name in set(names)]
    owners = {one: [at for at, part in enumerate(parts) if one in part.alphabet] for one in system.triggers}
    start = tuple(tables[part.name].start for part in parts)
    found: dict[tuple[Local, ...], dict[str, tuple[Local, ...]]] = {start: {}}
    blocked = False
    moves: list[Callable[[Local, str], Local | None]] = [
        lambda local, trigger, table=tables[part.name]: table.moves.get((local, trigger))  # type: ignore[misc]
        for part in parts
    ]
    for state in (pending := [start]):  # grows while it is walked
        for trigger, positions in owners.items():
            target = list(state)
            reached = [moves[at](state[at], trigger) for at in positions]
            if None in reached:
                blocked |= any(one is not None for one in reached)
                continue
            for at, local in zip(positions, reached, strict=True):
                assert local is not None
                target[at] = local
            found[state][trigger] = tuple(target)
            if tuple(target) not in found:
                found[tuple(target)] = {}
                pending.append(tuple(target))
        if len(pending) > most:
            return None
    return Composition(start, found, blocked)
