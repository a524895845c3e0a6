"""Explores breadth first: composes the tables of components, or adds observers to what is known without them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lifecheck.machines import BLOCKED, Table, runs_code
from lifecheck.system import Component, System

NONE = -1


@dataclass
class Explored:
    """States and transitions in order of first visit, breadth first from state 0, as plain numbers.

    Attributes
    ----------
    locals
        For each state, the number of each part's local state.
    first
        For each expanded state, where its transitions begin; and where the last one's end.
    triggers, targets
        Of each transition, the position of its trigger and the number of its target.
    parents, arrivals, depths
        For each state, whence it was first reached, by which trigger, and how far it is from state 0.
    enabled
        For each expanded state, a bit mask of the triggers that can fire there.
    overgrown
        The component that met the limit of local states, if one did.
    """

    locals: list[tuple[int, ...]]
    first: array[int] = field(default_factory=lambda: array("q", [0]))
    triggers: array[int] = field(default_factory=lambda: array("i"))
    targets: array[int] = field(default_factory=lambda: array("q"))
    parents: array[int] = field(default_factory=lambda: array("q", [NONE]))
    arrivals: array[int] = field(default_factory=lambda: array("i", [NONE]))
    depths: array[int] = field(default_factory=lambda: array("i", [0]))
    enabled: list[int] = field(default_factory=list)
    overgrown: Component | None = None

    @property
    def complete(self) -> bool:
        """Whether every state that was reached has its transitions."""
        return len(self.first) - 1 == len(self.locals)


def compose(system: System, tables: Sequence[Table], limit: int, local_limit: int) -> Explored:
    """Compose the tables of all parts of a system.

    Parameters
    ----------
    system
        The system.
    tables
        The table of each part.
    limit
        The largest number of states; the first state that would go beyond it stays unexpanded, and all after it.
    local_limit
        The largest number of local states of one component that has attributes, which may make them without end.
    """
    found = Explored([(0,) * len(tables)])
    if any(runs_code(part) or part.attributes for part in system.parts):
        _compose_machines(found, system, tables, limit, local_limit)
    else:
        _compose_rows(found, system, tables, limit)
    return found


def observe(known: Explored, system: System, tables: Sequence[Table], limit: int) -> Explored:
    """Add observers to what was explored without them: the same states and transitions in the same order, but faster.

    An observer never blocks, so each state of the system with its observers allows what the state without them does,
    and what follows is the known target beside the observers' next states.

    Parameters
    ----------
    known
        The system without observers, complete.
    system
        The system with them.
    tables
        The table of each observer.
    limit
        As for `compose`.
    """
    seen = _Seen(tables, system.triggers)
    found = Explored([known.locals[0] + seen.states[0]])
    locals_, triggers, targets, first = found.locals, found.triggers, found.targets, found.first
    parents, arrivals, depths, enabled = found.parents, found.arrivals, found.depths, found.enabled
    size = len(known.locals)
    number, pairs = {0: 0}, [(0, 0)]  # a pair is looked up as one number
    for source, (inner, observed) in enumerate(pairs):  # grows while it is walked
        here = slice(known.first[inner], known.first[inner + 1])
        names, follow = known.triggers[here], seen.after(observed)
        moved = [size * follow[trigger] + target for trigger, target in zip(names, known.targets[here], strict=True)]
        if len(locals_) + len(moved) > limit:  # only then is it worth asking how many are new
            new = {reached for reached in moved if reached not in number}
            if len(locals_) + len(new) > limit:
                break  # this state stays unexpanded, and so do all after it
        further = depths[source] + 1
        for trigger, reached in zip(names, moved, strict=True):
            place = number.get(reached)
            if place is None:
                place = number[reached] = len(locals_)
                after, target = divmod(reached, size)
                pairs.append((target, after))
                locals_.append(known.locals[target] + seen.states[after])
                parents.append(source)
                arrivals.append(trigger)
                depths.append(further)
            targets.append(place)
        triggers.extend(names)
        first.append(len(targets))
        enabled.append(known.enabled[inner])
    return found


def _compose_machines(found: Explored, system: System, tables: Sequence[Table], limit: int, local_limit: int) -> None:
    """Fire each component only where no other before it blocks: what it would do elsewhere is not asked for."""
    movers = list(enumerate(_mover(tables, trigger) for trigger in system.triggers))
    locals_, triggers, targets = found.locals, found.triggers, found.targets  # looked up millions of times
    number = {locals_[0]: 0}
    # only attributes make local states without end; a table numbers them as it finds them
    growing = [at for at, table in enumerate(tables) if table.component.attributes]
    for source, current in enumerate(locals_):  # grows while it is walked
        if growing and (over := [at for at in growing if current[at] >= local_limit]):
            found.overgrown = tables[over[0]].component
            return  # as below
        moves = [(trigger, target) for trigger, move in movers if (target := move(current)) is not None]
        if len(locals_) + len(moves) > limit:  # only then is it worth asking how many are new
            new = {target for _, target in moves if target not in number}
            if len(locals_) + len(new) > limit:
                return  # this state stays unexpanded, and so do all after it
        mask = 0
        for trigger, target in moves:
            reached = number.setdefault(target, len(locals_))
            if reached == len(locals_):
                locals_.append(target)
                found.parents.append(source)
                found.arrivals.append(trigger)
                found.depths.append(found.depths[source] + 1)
            triggers.append(trigger)
            targets.append(reached)
            mask |= 1 << trigger
        found.first.append(len(targets))
        found.enabled.append(mask)


def _mover(tables: Sequence[Table], trigger: str) -> Callable[[tuple[int, ...]], tuple[int, ...] | None]:
    """Return a function from a state to the one that a trigger leads to, None where some component blocks it."""
    parts = [(at, table) for at, table in enumerate(tables) if trigger in table.component.alphabet]
    if len(parts) == 1:  # most triggers are one component's own
        ((alone, its_table),) = parts
        known: dict[int, int] = {}

        def move_alone(current: tuple[int, ...]) -> tuple[int, ...] | None:
            here = current[alone]
            if here not in known:
                known[here] = its_table.move(here, trigger)
            there = known[here]
            return None if there == BLOCKED else (*current[:alone], there, *current[alone + 1 :])

        return move_alone

    def move_together(current: tuple[int, ...]) -> tuple[int, ...] | None:
        target = list(current)
        for at, table in parts:
            target[at] = table.move(current[at], trigger)
            if target[at] == BLOCKED:
                return None
        return tuple(target)

    return move_together


def _compose_rows(found: Explored, system: System, tables: Sequence[Table], limit: int) -> None:
    """Do the same where rows alone decide, so that a component may be fired where another would block first.

    Which triggers are possible is then the conjunction of what each component allows in its own state, bit by bit.
    """
    known = [_Allowed(table, system.triggers) for table in tables]
    allowed, lists = [one.allowed for one in known], [one.allowed.__getitem__ for one in known]
    owners = [
        [(at, one.targets[trigger]) for at, one in enumerate(known) if trigger in one.targets]
        for trigger in system.triggers
    ]
    locals_, triggers, targets = found.locals, found.triggers, found.targets  # looked up millions of times
    parents, arrivals, depths, first = found.parents, found.arrivals, found.depths, found.first
    number = {locals_[0]: 0}
    of_mask: dict[int, tuple[array[int], list[list[tuple[int, list[int]]]]]] = {}
    everything = (1 << len(system.triggers)) - 1
    for source, current in enumerate(locals_):  # grows while it is walked
        mask = everything
        try:
            for allows, local in zip(lists, current, strict=True):
                mask &= allows(local)
        except IndexError:  # some component is in a state of its own for the first time
            for one in known:
                one.fill()
            mask = everything
            for masks, local in zip(allowed, current, strict=True):
                mask &= masks[local]
        possible = of_mask.get(mask)
        if possible is None:
            names = array("i", [at for at in range(len(owners)) if mask >> at & 1])
            possible = of_mask[mask] = (names, [owners[at] for at in names])
        moved = []
        for parts in possible[1]:
            target = list(current)
            for at, moves in parts:
                target[at] = moves[target[at]]
            moved.append(tuple(target))
        if len(locals_) + len(moved) > limit:  # only then is it worth asking how many are new
            new = {reached for reached in moved if reached not in number}
            if len(locals_) + len(new) > limit:
                break  # this state stays unexpanded, and so do all after it
        further = depths[source] + 1
        for trigger, reached in zip(possible[0], moved, strict=True):
            place = number.get(reached)
            if place is None:
                place = number[reached] = len(locals_)
                locals_.append(reached)
                parents.append(source)
                arrivals.append(trigger)
                depths.append(further)
            targets.append(place)
        triggers.extend(possible[0])
        first.append(len(targets))
        found.enabled.append(mask)


class _Allowed:
    """What one component allows in each of its local states, as a bit mask of triggers, and where each leads.

    Parameters
    ----------
    table
        Its table; of a component that is rows alone.
    triggers
        The system's triggers in order.
    """

    def __init__(self, table: Table, triggers: Sequence[str]) -> None:
        self._table = table
        self._own = [(1 << at, name) for at, name in enumerate(triggers) if name in table.component.alphabet]
        self._others = (1 << len(triggers)) - 1 - sum(bit for bit, _ in self._own)
        self.allowed: list[int] = []
        self.targets: dict[str, list[int]] = {name: [] for _, name in self._own}
        self.fill()

    def fill(self) -> None:
        """Fire it in every local state found so far."""
        for local in range(len(self.allowed), len(self._table.states)):
            mask = self._others
            for bit, name in self._own:
                target = self._table.move(local, name)
                self.targets[name].append(target)
                mask |= bit if target != BLOCKED else 0
            self.allowed.append(mask)


class _Seen:
    """What observers have seen together: each combination of their local states has a number, and leads on.

    Parameters
    ----------
    tables
        Their tables; of observers that are rows alone, and never block.
    triggers
        The system's triggers in order.
    """

    def __init__(self, tables: Sequence[Table], triggers: Sequence[str]) -> None:
        self._tables = tables
        self._triggers = triggers
        self.states: list[tuple[int, ...]] = [(0,) * len(tables)]
        self._numbers = {self.states[0]: 0}
        self._after: list[list[int] | None] = [None]

    def after(self, seen: int) -> list[int]:
        """Return for each trigger which combination follows one."""
        known = self._after[seen]
        if known is None:
            known = self._after[seen] = [self._next(self.states[seen], trigger) for trigger in self._triggers]
        return known

    def _next(self, seen: tuple[int, ...], trigger: str) -> int:
        after = tuple(
            table.move(local, trigger) if trigger in table.component.alphabet else local
            for table, local in zip(self._tables, seen, strict=True)
        )
        number = self._numbers.setdefault(after, len(self.states))
        if number == len(self.states):
            self.states.append(after)
            self._after.append(None)
        return number
