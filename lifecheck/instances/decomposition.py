"""One instance's components composed into one local table, and the shared components into another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lifecheck.errors import CompositionError
from lifecheck.instances.copies import Sharing, sharing_of
from lifecheck.machines import BLOCKED, Table, Tables, check_observers, refuse_shared_chains
from lifecheck.statespace import Explorer
from lifecheck.system import Component, LocalState, State, System

COMPOSED_STATE_LIMIT = 100_000
"""How many states one instance, or what is shared, may have; beyond it no population of it could be explored."""


@dataclass(frozen=True)
class Side:
    """Components composed without regard to the other side: states in the order found, 0 the initial one.

    Parameters
    ----------
    tables
        The tables of the components composed.
    states
        Each state as the numbers of its components' local states, as these tables number them.
    moves
        For each trigger of these components the next state of every state, or `BLOCKED`.
    """

    tables: tuple[Table, ...]
    states: tuple[tuple[int, ...], ...]
    moves: dict[str, tuple[int, ...]]

    @property
    def parts(self) -> tuple[Component, ...]:
        """The components composed."""
        return tuple(table.component for table in self.tables)

    def __len__(self) -> int:
        return len(self.states)

    def steps(self, trigger: str) -> Iterator[tuple[int, int]]:
        """Yield each state in which a trigger can be taken with the next one; in any, if it is not theirs."""
        targets = self.moves.get(trigger, range(len(self.states)))
        return ((state, target) for state, target in enumerate(targets) if target != BLOCKED)

    def locals_of(self, state: int) -> dict[str, LocalState]:
        """Return every component with its local state."""
        return {
            table.component.name: table.states[local]
            for table, local in zip(self.tables, self.states[state], strict=True)
        }


@dataclass(frozen=True)
class Decomposition:
    """A system taken apart into what each instance has for itself and what all share.

    What one side reaches is found as if the other never hindered it: a few states may be there that no run
    visits, and none is missing.

    Parameters
    ----------
    system
        The system of one instance.
    sharing
        Whose each trigger is.
    own
        What each instance has its own copy of, with the observers that watch the instance asked about.
    others
        The same without them: what the other instances have, whom nobody watches.
    shared
        What all instances share.
    """

    system: System
    sharing: dict[str, Sharing]
    own: Side
    others: Side
    shared: Side

    def view(self, own: int, shared: int) -> State:
        """Return one instance beside what is shared, as predicates read it."""
        found = {**self.own.locals_of(own), **self.shared.locals_of(shared)}
        return State({part.name: found[part.name] for part in self.system.parts}, self.system.left_out)


class Decompositions:
    """Takes each system apart once, for as long as this object is there.

    Parameters
    ----------
    tables
        Where the fired tables are kept, for systems that have components in common; without it, its own.

    Attributes
    ----------
    explorer
        Explores the systems of one instance, and has the tables of all.

    Examples
    --------
    >>> from lifecheck import Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> known, system = Decompositions(), System("work", [task], copied={"task"})
    >>> known.of(system) is known.of(system), known.of(system) is decompose(system)
    (True, False)
    """

    def __init__(self, tables: Tables | None = None) -> None:
        self.explorer = Explorer(tables)
        self._found: dict[int, Decomposition] = {}  # a decomposition keeps its system, so that the id stays its own

    def of(self, system: System) -> Decomposition:
        """Return the decomposition of a system; see `decompose`."""
        if id(system) not in self._found:
            self._found[id(system)] = _decomposed(system, self.explorer.tables)
        return self._found[id(system)]


def decompose(system: System) -> Decomposition:
    """Take a system apart by what is copied, and verify that no instance ever blocks a broadcast.

    Raises
    ------
    CompositionError
        If nothing is copied, a broadcast is none or blocks, or one side has too many states.

    Examples
    --------
    >>> from lifecheck import Row
    >>> task = Component("task", ["new", "done"], "new", [Row("do", "new", "done")], {"do"})
    >>> tool = Component("tool", ["sharp", "blunt"], "sharp", [Row("do", "sharp", "blunt")], {"do"})
    >>> decomposition = decompose(System("work", [task, tool], copied={"task"}))
    >>> decomposition.own.moves, decomposition.shared.moves
    ({'do': (1, -1)}, {'do': (1, -1)})
    """
    return _decomposed(system, Tables())


def _decomposed(system: System, tables: Tables) -> Decomposition:
    check_observers(system, tables)
    sharing = sharing_of(system)
    own = [part for part in system.parts if part.name in system.copied]
    others = [part for part in system.components if part.name in system.copied]
    shared = [part for part in system.parts if part.name not in system.copied]
    decomposition = Decomposition(system, sharing, *(_side(system, parts, tables) for parts in (own, others, shared)))
    refuse_shared_chains(system, map(tables.of, system.parts))
    for trigger, kind in sharing.items():
        if kind is Sharing.BROADCAST:
            _refuse_blocking(decomposition, trigger)
    return decomposition


def _side(system: System, parts: Sequence[Component], known: Tables) -> Side:
    tables = tuple(known.of(part) for part in parts)
    movers = {
        trigger: [place for place, part in enumerate(parts) if trigger in part.alphabet] for trigger in system.triggers
    }
    movers = {trigger: places for trigger, places in movers.items() if places}
    number = {(0,) * len(parts): 0}
    states = list(number)
    moves: dict[str, list[int]] = {trigger: [] for trigger in movers}
    for current in states:  # grows while it is walked
        for trigger, places in movers.items():
            target = list(current)
            for place in places:
                target[place] = tables[place].move(current[place], trigger)
                if target[place] == BLOCKED:
                    moves[trigger].append(BLOCKED)
                    break
            else:
                reached = tuple(target)
                if reached not in number:
                    number[reached] = len(states)
                    states.append(reached)
                moves[trigger].append(number[reached])
        if len(states) > COMPOSED_STATE_LIMIT:
            raise CompositionError(
                f"system {system.name!r}: {', '.join(part.name for part in parts)} have more than "
                f"{COMPOSED_STATE_LIMIT:,} states together, too many for a population; let them stop counting"
            )
    for table in tables:
        table.drive(complete=False)
    return Side(tables, tuple(states), {trigger: tuple(targets) for trigger, targets in moves.items()})


def _refuse_blocking(decomposition: Decomposition, trigger: str) -> None:
    side = decomposition.own
    for state, target in enumerate(side.moves[trigger]):
        if target == BLOCKED:
            table, local = next(
                (table, local)
                for table, local in zip(side.tables, side.states[state], strict=True)
                if trigger in table.component.alphabet and table.move(local, trigger) == BLOCKED
            )
            name = table.states[local].label
            raise CompositionError(
                f"system {decomposition.system.name!r}: broadcast {trigger!r} is blocked by "
                f"{table.component.name!r} in state "
                f"{name!r}; every copy must take it in every state: add a row ({trigger}, {name}, ...)"
            )
