"""The two engines that decide a property, and when which of them does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lifecheck.checking import liveness, safety
from lifecheck.checking.by_sets import decide_by_sets
from lifecheck.checking.result import EXPLICIT, SYMBOLIC, Evidence, Result
from lifecheck.checking.suspicious_start import doubtful_start
from lifecheck.errors import InputError, LifecheckError
from lifecheck.machines import LOCAL_STATE_LIMIT
from lifecheck.properties import Decisive, Property, Verdict
from lifecheck.statespace import Explorer, Graph, growth
from lifecheck.symbolic import DEFAULT_MEMORY, GrowingSpace, MemoryLimitError, SymbolicLimitError, fire
from lifecheck.system import System, unshared

Engine = Literal["explicit", "symbolic"]
"""The name of an engine."""

EXPLICIT_STATES = 10_000
"""How many states are visited one by one before sets of them are held instead.

About what takes as long as loading the library for decision diagrams; below it evidence is proven shortest more often.
"""

_ON_GRAPH = {
    Decisive.STATE: safety.decide_by_state,
    Decisive.CLOSED_SET: safety.decide_by_closed_set,
    Decisive.LOOP: liveness.decide_by_loop,
}


@dataclass(frozen=True)
class Engines:
    """Decides one property by either engine.

    Parameters
    ----------
    explorer
        Owns what is explored.
    asked
        The property.
    limit, local_limit, memory
        As for `check`.
    evidence
        Whether evidence is wanted, or the verdict alone where states are visited one by one.
    """

    explorer: Explorer
    asked: Property
    limit: int
    local_limit: int = LOCAL_STATE_LIMIT
    memory: int = DEFAULT_MEMORY
    evidence: bool = True

    def named(self, engine: Engine | None) -> Callable[[System], Result]:
        """Return what decides on a system: the engine of that name, or without one whichever fits.

        Raises
        ------
        InputError
            If there is no engine of that name.
        """
        known = {None: self.whichever_fits, EXPLICIT: self.explicit, SYMBOLIC: self.symbolic}
        if engine not in known:
            raise InputError(f"engine is {engine!r}; name 'explicit' or 'symbolic', or none for whichever fits")
        return known[engine]

    def explicit(self, system: System) -> Result:
        """Decide by visiting states one by one, up to the limit."""
        return self._on_graph(self._graph(system, self.limit))

    def symbolic(self, system: System) -> Result:
        """Decide on sets of states, as far as memory goes.

        Raises
        ------
        SymbolicLimitError
            If there can be no such sets.
        """
        try:
            return self._by_sets(self._space(system))
        except MemoryLimitError as error:
            return out_of_memory(system, self.asked, error)

    def whichever_fits(self, system: System) -> Result:
        """Decide by visiting states one by one, and on sets of states where there are more than `EXPLICIT_STATES`.

        Where there can be no sets, all states are visited one by one after all, up to the limit.
        """
        first = min(self.limit, EXPLICIT_STATES)
        graph = self._graph(system, first)
        if graph.complete or first == self.limit or graph.overgrown is not None:
            return self.explicit(system) if graph.overgrown is not None else self._on_graph(graph)
        try:
            return self._by_sets(self._space(system), graph)
        except SymbolicLimitError as error:
            result = self.explicit(system)
            if result.verdict is not Verdict.UNKNOWN:
                return result
            return replace(result, note=f"{result.note}; and no sets of states were held: {error.reason}")

    def _graph(self, system: System, limit: int) -> Graph:
        return self.explorer.explore(system, limit, self.local_limit)

    def _on_graph(self, graph: Graph) -> Result:
        result = _ON_GRAPH[self.asked.kind.decided_by](graph, self.asked, evidence=self.evidence)
        if result.verdict is Verdict.UNKNOWN:
            doubt = covered(graph)
        else:
            doubt = doubtful_start(graph.system, stands_still=graph.complete and graph.transitions == 0)
        return replace(result, note="; ".join(filter(None, [doubt, *self._unshared(graph.system), *not_seen(graph)])))

    def _unshared(self, system: System) -> tuple[str, ...]:
        return self.explorer.kept(system, "unshared", lambda: tuple(unshared(system)))

    def _space(self, system: System) -> GrowingSpace:
        return sets_of(self.explorer, system, self.local_limit, self.memory)

    def _by_sets(self, space: GrowingSpace, graph: Graph | None = None) -> Result:
        def near() -> Evidence | None:
            """Look for evidence in the part of the graph that was explored, where a path is a shortest one."""
            if graph is None or self.asked.kind.decided_by is Decisive.CLOSED_SET:
                return None
            return _ON_GRAPH[self.asked.kind.decided_by](graph, self.asked).evidence

        result = decide_by_sets(space, self.asked, near)
        doubt = doubtful_start(space.system, stands_still=result.transitions == 0)
        unseen = _told((table.component.name, table.told) for table in space.tables)
        return replace(result, note="; ".join(filter(None, [doubt, *self._unshared(space.system), *unseen])))


def sets_of(
    explorer: Explorer, system: System, local_limit: int = LOCAL_STATE_LIMIT, memory: int = DEFAULT_MEMORY
) -> GrowingSpace:
    """Return the states of a system as sets; made once for all that is asked of an explorer.

    Raises
    ------
    SymbolicLimitError
        If there can be none, because a component has too many local states, or cannot be fired in one of its own
        that no run of the system may lead to.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> sets_of(Explorer(), System("lamp", [lamp])).ask(lambda space: space.states)
    2
    """

    def make() -> GrowingSpace | SymbolicLimitError:
        try:
            return GrowingSpace(system, fire(system, explorer.tables, local_limit), memory)
        except SymbolicLimitError as error:
            return error
        except LifecheckError as error:
            return SymbolicLimitError(f"{error} (in a local state that the system itself may never reach)")

    made = explorer.kept(system, (SYMBOLIC, local_limit, memory), make)
    if isinstance(made, SymbolicLimitError):
        raise made
    return made


def out_of_memory(system: System, asked: Property, error: MemoryLimitError) -> Result:
    """Return what is known where sets of states took more memory than they may."""
    return Result(system, asked, Verdict.UNKNOWN, error.states, 0, note=str(error), engine=SYMBOLIC)


def covered(graph: Graph) -> str:
    """Return what limits an answer: which limit was met, and what was explored by then."""
    limit = f"{graph.limit:,} states"
    if graph.overgrown is not None:
        limit = f"{graph.local_limit:,} local states of component {graph.overgrown.name!r}"
    return (
        f"the limit of {limit} was met: {len(graph):,} states were found and the transitions of "
        f"{graph.expanded:,} of them explored, breadth first to depth {graph.depth}{growth(graph)}"
    )


def not_seen(graph: Graph) -> Iterator[str]:
    """Yield what firing did not see of each component, in sentences without an end."""
    return _told((table.component.name, table.not_seen()) for table in graph.tables)


def _told(unseen: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    for name, told in unseen:
        if told:
            yield f"component {name!r}: {', and '.join(told)}"
