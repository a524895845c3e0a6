"""Whether a change makes any difference that triggers or predicates could tell, by either engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lifecheck.checking import EXPLICIT_STATES
from lifecheck.errors import PredicateError
from lifecheck.properties import Predicate, reading_as
from lifecheck.statespace import Explorer, bisimilar
from lifecheck.symbolic import (
    Diagram,
    GrowingSpace,
    LocalTable,
    SymbolicLimitError,
    SymbolicSpace,
    fire,
    satisfying,
)
from lifecheck.system import System


class Equivalence:
    """Compares changed systems with the original.

    Parameters
    ----------
    system
        The original.
    explorer
        Owns what was explored of it.
    predicates
        What tells states apart.
    limit
        The largest number of states to visit one by one where there can be no sets of them.
    """

    def __init__(self, system: System, explorer: Explorer, predicates: Sequence[Predicate], limit: int) -> None:
        self._system = system
        self._explorer = explorer
        self._predicates = tuple(predicates)
        self._limit = limit

    def holds(self, changed: System, explorer: Explorer) -> bool:
        """Whether a changed system, of which an explorer has the tables, is bisimilar to the original.

        Where neither can be told within the limit the answer is no.
        """
        few = min(self._limit, EXPLICIT_STATES)
        graphs = self._explorer.explore(self._system, few), explorer.explore(changed, few)
        if all(graph.complete for graph in graphs) or self._limit == few:
            return bisimilar(*graphs, self._predicates)
        try:
            own, others = fire(self._system, self._explorer.tables), fire(changed, explorer.tables)
            return equal_by_sets(self._system, own, others, self._predicates)
        except SymbolicLimitError:
            graphs = self._explorer.explore(self._system, self._limit), explorer.explore(changed, self._limit)
            return bisimilar(*graphs, self._predicates)


def equal_by_sets(
    system: System, own: Sequence[LocalTable], changed: Sequence[LocalTable], predicates: Sequence[Predicate]
) -> bool:
    """Whether a system and a changed one, side by side on the same triggers, can ever be told apart.

    From one state a trigger has one outcome, so that both are bisimilar where no run of the two together leads to a
    state in which a trigger is possible in one of them alone, or a predicate answers differently.

    Parameters
    ----------
    system
        The original.
    own, changed
        The tables of both; the names of components are the same.
    predicates
        What tells states apart; where one raises, nothing is known, and the answer is no.

    Raises
    ------
    SymbolicLimitError
        If the sets take more than they may, or a predicate reads too much.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> def lamp(*rows):
    ...     return System("lamp", [Component("lamp", ["off", "on", "broken"], "off", rows, {"switch"})])
    >>> plain, same = lamp(Row("switch", "off", "on")), lamp(Row("switch", "off", "on"), Row("switch", "broken", "off"))
    >>> other = lamp(Row("switch", "off", "broken"))
    >>> def is_on(state): return state.lamp == "on"
    >>> [equal_by_sets(plain, fire(plain), fire(one), [is_on]) for one in (same, other)]
    [True, False]
    """
    places = {table.component.name: f"{table.component.name} changed" for table in changed}
    renamed = [_renamed(table, places) for table in changed]
    # one beside the other: what is alike in both is then a small diagram
    beside = [table for pair in zip(own, renamed, strict=True) for table in pair]
    both = System(f"{system.name}, beside a change", [table.component for table in beside])

    def alike(space: SymbolicSpace) -> bool:
        for trigger in both.triggers:
            here, there = _possible(space, trigger, own), _possible(space, trigger, renamed)
            if (space.reachable & (here ^ there)).satisfiable():
                return False
        for predicate in predicates:
            try:
                here = satisfying(space, predicate)
                there = satisfying(space, reading_as(predicate, places, system.left_out))
            except PredicateError:
                return False
            if here != there:
                return False
        return True

    return GrowingSpace(both, beside).ask(alike)


def _renamed(table: LocalTable, places: Mapping[str, str]) -> LocalTable:
    component = replace(table.component, name=places[table.component.name])
    return LocalTable(component, table.states, table.moves, table.told)


def _possible(space: SymbolicSpace, trigger: str, tables: Sequence[LocalTable]) -> Diagram:
    owners = [table for table in tables if trigger in table.component.alphabet]
    if not owners:  # a trigger of nobody does not happen
        return space.encoding.nothing
    found = space.reachable
    for table in owners:
        sources = [source for source, _ in table.moves.get(trigger, ())]
        found &= space.encoding.current(space.at[table.component.name], sources)
    return found
