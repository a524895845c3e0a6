"""The state graph of a system: every global state that its components reach together."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from lifecheck.machines import BLOCKED, LOCAL_STATE_LIMIT, Table, runs_code
from lifecheck.system import Component, Row, State, System

if TYPE_CHECKING:
    import networkx

Kept = TypeVar("Kept")

STATE_LIMIT = 1_000_000
"""How many global states are explored unless told otherwise."""

_NONE = -1


class Graph:
    """States and transitions in order of first visit, breadth first from state 0.

    States are numbers, triggers are positions in the system's order. Where `complete` is false, only
    the first `expanded` states have their transitions.

    Parameters
    ----------
    system
        The system explored.
    tables
        The table of each part.
    limit
        The largest number of states to visit.
    local_limit
        The largest number of local states of one component that has attributes, which may make them without end.

    Attributes
    ----------
    overgrown
        The component that met `local_limit`, if one did.

    Examples
    --------
    >>> from lifecheck import Component, Row, explore
    >>> rows = [Row("push", "closed", "open"), Row("pull", "open", "closed")]
    >>> graph = explore(System("door", [Component("door", ["closed", "open"], "closed", rows, {"push", "pull"})]))
    >>> [(graph.view(state), list(graph.edges(state))) for state in range(len(graph))]
    [(State(door=closed), [(0, 1)]), (State(door=open), [(1, 0)])]
    """

    def __init__(
        self, system: System, tables: tuple[Table, ...], limit: int, local_limit: int = LOCAL_STATE_LIMIT
    ) -> None:
        self.system = system
        self.tables = tables
        self.limit = limit
        self.local_limit = local_limit
        self.overgrown: Component | None = None
        self._kept: dict[Hashable, object] = {}
        self._depths = array("i", [0])
        self._locals: list[tuple[int, ...]] = [(0,) * len(tables)]
        self._first = array("q", [0])
        self._triggers = array("i")
        self._targets = array("q")
        self._parents = array("q", [_NONE])
        self._arrivals = array("i", [_NONE])  # the trigger that leads there from the parent
        if any(runs_code(part) or part.attributes for part in system.parts):
            self._explore()
        else:
            self._explore_rows()

    def __len__(self) -> int:
        return len(self._locals)

    @property
    def transitions(self) -> int:
        """Number of transitions found."""
        return len(self._targets)

    @property
    def expanded(self) -> int:
        """Number of states whose transitions are known; the others follow them in the numbering."""
        return len(self._first) - 1

    @property
    def complete(self) -> bool:
        """Whether every reachable state was visited."""
        return self.expanded == len(self)

    def edges(self, state: int) -> Iterator[tuple[int, int]]:
        """Return trigger and target of each transition of an expanded state, in trigger order."""
        here = slice(self._first[state], self._first[state + 1])
        return zip(self._triggers[here], self._targets[here], strict=True)

    def targets(self, state: int) -> Sequence[int]:
        """Return the target of each transition of an expanded state, in trigger order."""
        return self._targets[self._first[state] : self._first[state + 1]]

    @cached_property
    def enabled(self) -> list[int]:
        """For each expanded state a bit mask of the triggers that can fire there."""
        masks = []
        for state in range(self.expanded):
            mask = 0
            for trigger in self._triggers[self._first[state] : self._first[state + 1]]:
                mask |= 1 << trigger
            masks.append(mask)
        return masks

    def mask(self, triggers: frozenset[str]) -> int:
        """Return the bit mask of a set of triggers."""
        return sum(1 << number for number, name in enumerate(self.system.triggers) if name in triggers)

    def path_to(self, state: int) -> list[str]:
        """Return the triggers of the shortest path to a state, the first in row order among equals."""
        path = []
        while self._parents[state] != _NONE:
            path.append(self.system.triggers[self._arrivals[state]])
            state = self._parents[state]
        return path[::-1]

    def kept(self, what: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what somebody makes of states and transitions alone, made once and kept as long as they are."""
        if what not in self._kept:
            self._kept[what] = make()
        return cast(Kept, self._kept[what])

    @property
    def depth(self) -> int:
        """The greatest distance of a state from the initial one."""
        return self._depths[-1]

    def depth_of(self, state: int) -> int:
        """Return the distance of a state from the initial one, in transitions."""
        return self._depths[state]

    @property
    def combinations(self) -> Sequence[tuple[int, ...]]:
        """For each state the number of each part's local state, in the order of the parts."""
        return self._locals

    def locals_of(self, state: int) -> tuple[int, ...]:
        """Return the number of each part's local state, in the order of the parts."""
        return self._locals[state]

    def view(self, state: int) -> State:
        """Return a state as predicates read it."""
        return self.view_of(self._locals[state])

    def view_of(self, locals_: tuple[int, ...]) -> State:
        """Return any combination of local states as predicates read it."""
        parts = zip(self.system.parts, self.tables, locals_, strict=True)
        return State({part.name: table.states[local] for part, table, local in parts}, self.system.left_out)

    def rows_taken(self, state: int, trigger: str, part: int) -> tuple[Row, ...]:
        """Return the rows that one part may take when a trigger is fired in a state; one, unless that is not known."""
        return self.tables[part].rows(self._locals[state][part], trigger)

    def to_networkx(self) -> networkx.MultiDiGraph[int]:
        """Return the graph with states as node attribute ``state`` and triggers as edge keys.

        Examples
        --------
        >>> from lifecheck import Component, Row, System, explore
        >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
        >>> list(explore(System("lamp", [lamp])).to_networkx().edges(keys=True))
        [(0, 1, 'switch_on')]
        """
        import networkx  # a heavy import that exploring itself does not need

        graph: networkx.MultiDiGraph[int] = networkx.MultiDiGraph()
        for state in range(len(self)):
            graph.add_node(state, state=self.view(state))
        for state in range(self.expanded):
            for trigger, target in self.edges(state):
                graph.add_edge(state, target, key=self.system.triggers[trigger])
        return graph

    def _explore(self) -> None:
        movers = list(enumerate(self._mover(trigger) for trigger in self.system.triggers))
        locals_, triggers, targets = self._locals, self._triggers, self._targets  # looked up millions of times
        parents, arrivals, depths = self._parents, self._arrivals, self._depths
        number = {locals_[0]: 0}
        # only attributes make local states without end; a table numbers them as it finds them
        growing = [at for at, table in enumerate(self.tables) if table.component.attributes]
        for source, current in enumerate(locals_):  # grows while it is walked
            if growing and (over := [at for at in growing if current[at] >= self.local_limit]):
                self.overgrown = self.tables[over[0]].component
                return  # as below
            found = [(trigger, target) for trigger, move in movers if (target := move(current)) is not None]
            if len(locals_) + len(found) > self.limit:  # only then is it worth asking how many are new
                new = {target for _, target in found if target not in number}
                if len(locals_) + len(new) > self.limit:
                    return  # this state stays unexpanded, and so do all after it
            for trigger, target in found:
                reached = number.setdefault(target, len(locals_))
                if reached == len(locals_):
                    locals_.append(target)
                    parents.append(source)
                    arrivals.append(trigger)
                    depths.append(depths[source] + 1)
                triggers.append(trigger)
                targets.append(reached)
            self._first.append(len(targets))

    def _explore_rows(self) -> None:
        """Do the same where rows alone decide, so that a component may be fired where another would block first.

        Which triggers are possible is then the conjunction of what each component allows in its own state, bit by bit.
        """
        known = [_Allowed(table, self.system.triggers) for table in self.tables]
        allowed, lists = [one.allowed for one in known], [one.allowed.__getitem__ for one in known]
        owners = [
            [(at, one.targets[trigger]) for at, one in enumerate(known) if trigger in one.targets]
            for trigger in self.system.triggers
        ]
        locals_, triggers, targets = self._locals, self._triggers, self._targets  # looked up millions of times
        parents, arrivals, depths, first = self._parents, self._arrivals, self._depths, self._first
        number = {locals_[0]: 0}
        of_mask: dict[int, tuple[array[int], list[list[tuple[int, list[int]]]]]] = {}
        enabled: list[int] = []
        everything = (1 << len(self.system.triggers)) - 1
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
            found = []
            for parts in possible[1]:
                target = list(current)
                for at, moves in parts:
                    target[at] = moves[target[at]]
                found.append(tuple(target))
            if len(locals_) + len(found) > self.limit:  # only then is it worth asking how many are new
                new = {reached for reached in found if reached not in number}
                if len(locals_) + len(new) > self.limit:
                    break  # this state stays unexpanded, and so do all after it
            further = depths[source] + 1
            for trigger, reached in zip(possible[0], found, strict=True):
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
            enabled.append(mask)
        self.enabled = enabled

    def _mover(self, trigger: str) -> Callable[[tuple[int, ...]], tuple[int, ...] | None]:
        """Return a function from a state to the one that a trigger leads to, None where some component blocks it."""
        parts = [(at, table) for at, table in enumerate(self.tables) if trigger in table.component.alphabet]
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
