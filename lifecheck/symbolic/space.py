"""Every reachable state of a system as one set, and what can be counted on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from lifecheck.symbolic.encoding import Diagram, Encoding, Locals
from lifecheck.symbolic.limits import BYTES_PER_NODE, DEFAULT_MEMORY, MemoryLimitError
from lifecheck.symbolic.local_table import LocalTable
from lifecheck.symbolic.relation import Relation
from lifecheck.symbolic.saturation import Grown, Progress, Saturation
from lifecheck.system import State, System

Answer = TypeVar("Answer")

NODES_AT_FIRST = ((64, 1 << 17), (160, 1 << 20))
"""How many nodes all diagrams of a system of at most so many bits may have before an answer is begun again."""

NODES_OF_MANY_BITS = 1 << 22

GROWTH = 8
"""How many times as many nodes there may be when it is."""

MOST_NODES = (1 << 31) - 1
"""How many can be numbered."""

_REACHABLE = "reachable states"


class SymbolicSpace:
    """The reachable states of a system as a decision diagram.

    Parameters
    ----------
    system
        The system with its observers.
    tables
        The table of each part.
    nodes
        How many nodes all diagrams together may have.
    progress
        Told in the course of each closure what is being looked for, and how many states are known.
    patient
        Whether to go on where nodes are given back again and again; otherwise that is a `MemoryError`.

    Attributes
    ----------
    encoding
        The variables.
    relations
        One for each trigger, in the system's order.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> from lifecheck.symbolic.local_table import fire
    >>> rows = [Row("push", "closed", "open"), Row("pull", "open", "closed")]
    >>> doors = System("doors", [Component("door", ["closed", "open"], "closed", rows, {"push", "pull"})])
    >>> space = SymbolicSpace(doors, fire(doors))
    >>> space.states, space.transitions, space.depth
    (2, 2, 1)
    """

    def __init__(
        self,
        system: System,
        tables: Sequence[LocalTable],
        nodes: int | None = None,
        progress: Progress | None = None,
        *,
        patient: bool = True,
    ) -> None:
        self.system = system
        self.progress = progress
        self._patient = patient
        self.encoding = Encoding(tables, nodes or nodes_at_first(tables))
        self.at = {part.name: position for position, part in enumerate(system.parts)}
        self.relations = [
            Relation(self.encoding, trigger, number, tuple(self.at[owner.name] for owner in system.owners[trigger]))
            for number, trigger in enumerate(system.triggers)
        ]
        self.initial: Locals = (0,) * len(tables)
        self._reached = self.encoding.nothing  # what is known of the reachable states

    @cached_property
    def reachable(self) -> Diagram:
        """Every reachable state."""
        self._reached = self.forwards(self.encoding.state(self.initial), None, _REACHABLE)
        return self._reached

    @cached_property
    def states(self) -> int:
        """Number of reachable states."""
        return self.encoding.count(self.reachable)

    @cached_property
    def transitions(self) -> int:
        """Number of transitions of reachable states."""
        return sum(self.encoding.count(self.reachable & relation.enabled) for relation in self.relations)

    @cached_property
    def depth(self) -> int:
        """The greatest distance of a reachable state from the initial one."""
        depth, found = 0, self.encoding.state(self.initial)
        layer = found
        while (layer := self.image(layer) & ~found).satisfiable():
            depth, found = depth + 1, found | layer
        return depth

    @cached_property
    def deadlocks(self) -> Diagram:
        """The reachable states in which no trigger can be taken."""
        stuck = self.reachable
        for relation in self.relations:
            stuck &= ~relation.enabled
        return stuck

    def forwards(self, start: Diagram, within: Diagram | None, looked_for: str = "what can be reached") -> Diagram:
        """Return what can be reached from a set without leaving another, in which it lies."""
        return self._unless_crowded(self._saturation.forwards(start, within, self._told(looked_for)))

    def backwards(
        self,
        goal: Diagram,
        within: Diagram,
        looked_for: str = "what leads there",
        *,
        because_of: Relation | None = None,
        grown: Grown | None = None,
    ) -> Diagram:
        """Return the states of a set from which a part of it can be reached without leaving it.

        Parameters
        ----------
        goal, within
            The part and the set.
        looked_for
            What is told of it.
        because_of
            The trigger that is asked about: its neighbours are tried before others, because they may be enough.
        grown
            Told in place of that what each trigger adds.
        """
        told = grown or self._told(looked_for)
        return self._unless_crowded(self._saturation.backwards(goal, within, told, because_of=because_of))

    def backwards_by_system(self, goal: Diagram, within: Diagram) -> Diagram:
        """Return the same by triggers that are not the environment's alone."""
        by_system = Saturation(self.system_relations)
        return by_system.backwards(goal, within, self._told("states from which the system leads there"))

    @cached_property
    def system_relations(self) -> list[Relation]:
        """The triggers that are not the environment's."""
        return [one for one in self.relations if one.trigger not in self.system.environment]

    def image(self, states: Diagram) -> Diagram:
        """Return where any trigger leads from some states."""
        return self.encoding.union(relation.image(states) for relation in self.relations)

    def preimage(self, states: Diagram) -> Diagram:
        """Return from where any trigger leads to some states."""
        return self.encoding.union(relation.preimage(states) for relation in self.relations)

    def view(self, state: Locals) -> State:
        """Return a state as predicates read it."""
        parts = zip(self.system.parts, self.encoding.tables, state, strict=True)
        return State({part.name: table.states[local] for part, table, local in parts}, self.system.left_out)

    @cached_property
    def _saturation(self) -> Saturation:
        return Saturation(self.relations)

    def _unless_crowded(self, found: Diagram) -> Diagram:
        if not self._patient and self.encoding.is_crowded():
            raise MemoryError
        return found

    @property
    def known(self) -> int:
        """How many reachable states are known, also where memory was not enough for all."""
        return self.encoding.count(self._reached)

    def _told(self, looked_for: str) -> Grown | None:
        if self.progress is None and not self._patient:  # where memory is not enough, all is begun again
            return None

        def told(_: Relation | None, found: Diagram) -> None:
            if looked_for == _REACHABLE:
                self._reached = found
            if self.progress is not None:
                self.progress(looked_for, self.encoding.count(found))

        return told


def nodes_at_first(tables: Sequence[LocalTable]) -> int:
    """Return how many nodes to begin with: what suffices for most systems of their size."""
    bits = sum((len(table.states) - 1).bit_length() for table in tables)
    return next((nodes for most, nodes in NODES_AT_FIRST if bits <= most), NODES_OF_MANY_BITS)


class GrowingSpace:
    """Answers from the states of a system, begun again with more memory where diagrams outgrow what they have.

    Most are small, and memory that is not asked for need not be cleared.

    Parameters
    ----------
    system, tables, progress
        As for `SymbolicSpace`.
    memory
        How many bytes diagrams may take.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> from lifecheck.symbolic.local_table import fire
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> system = System("lamp", [lamp])
    >>> GrowingSpace(system, fire(system)).ask(lambda space: space.states)
    2
    """

    def __init__(
        self,
        system: System,
        tables: Sequence[LocalTable],
        memory: int = DEFAULT_MEMORY,
        progress: Progress | None = None,
    ) -> None:
        self.system = system
        self.tables = tuple(tables)
        self.memory = memory
        self._progress = progress
        self._known: SymbolicSpace | None = None
        self._nodes = nodes_at_first(self.tables)

    def ask(self, question: Callable[[SymbolicSpace], Answer]) -> Answer:
        """Return the answer to a question, asked from the start as often as memory is not enough.

        Raises
        ------
        MemoryLimitError
            If it takes more memory than it may.
        """
        most = min(self.memory // BYTES_PER_NODE, MOST_NODES)
        self._nodes = min(self._nodes, most)
        while True:
            try:
                if self._known is None:
                    self._known = SymbolicSpace(
                        self.system, self.tables, self._nodes, self._progress, patient=self._nodes >= most
                    )
                return question(self._known)
            except MemoryError:
                states = self._known.known if self._known is not None else 0
                self._known = None
                if self._nodes >= most:
                    raise MemoryLimitError(self.system.name, self.memory, states) from None
                self._nodes = min(GROWTH * self._nodes, most)
