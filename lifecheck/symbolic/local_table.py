"""What each component does in every one of its own states, fired before sets of states are made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lifecheck.machines import (
    BLOCKED,
    LOCAL_STATE_LIMIT,
    Table,
    Tables,
    check_observers,
    refuse_shared_chains,
    runs_code,
    shared_places,
)
from lifecheck.symbolic.limits import SymbolicLimitError
from lifecheck.system import Component, LocalState, System, refuse_several_starts


@dataclass(frozen=True)
class LocalTable:
    """The moves of one component, over all the local states that it can reach by itself.

    Parameters
    ----------
    component
        The component.
    states
        Its local states by number; 0 is the initial one.
    moves
        For each trigger of its alphabet, source and target of every move; where there is none, it blocks.
    told
        What its callbacks read that firing did not see, in sentences.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> rows = [Row("open", "closed", "opened"), Row("close", "opened", "closed")]
    >>> door = Component("door", ["closed", "opened"], "closed", rows, {"open", "close"})
    >>> [table] = fire(System("door", [door]))
    >>> table.moves
    {'open': ((0, 1),), 'close': ((1, 0),)}
    """

    component: Component
    states: Sequence[LocalState]
    moves: Mapping[str, tuple[tuple[int, int], ...]]
    told: tuple[str, ...] = ()


def fire(system: System, tables: Tables | None = None, local_limit: int = LOCAL_STATE_LIMIT) -> tuple[LocalTable, ...]:
    """Fire every component in every local state that it can reach by itself.

    Sets of states need the whole table of a component, also where the others never let it go. So a component with
    code of its own is fired anew unless it was fired so far already, and an error where no run leads leaves no trace
    in tables that others use.

    Parameters
    ----------
    system
        The system.
    tables
        Where tables may be kept already; without it, nowhere.
    local_limit
        The largest number of local states of one component that has attributes. Of one without it is no fewer than
        `LOCAL_STATE_LIMIT`: it declares all that it can have.

    Raises
    ------
    SymbolicLimitError
        If a component has more local states.
    LifecheckError
        If one cannot be fired as declared, or an observer blocks.
    """
    refuse_several_starts(system, "a set of states")
    shared = shared_places(system.parts)
    known = tables or Tables()
    own = Tables()
    whole = [(own if runs_code(part) and not known.of(part).is_whole else known).of(part) for part in system.parts]
    check_observers(system, own if any(runs_code(part) for part in system.observers) else known)
    fired = tuple(_whole(table, local_limit) for table in whole)
    refuse_shared_chains(system, whole)
    for place in shared:
        place.refuse_if_changed()
    return fired


def _whole(table: Table, local_limit: int) -> LocalTable:
    component = table.component
    limit = local_limit if component.attributes else max(local_limit, LOCAL_STATE_LIMIT)
    moves: dict[str, list[tuple[int, int]]] = {trigger: [] for trigger in component.triggers}
    for local, _ in enumerate(table.states):  # grows while it is walked
        if local >= limit:
            raise SymbolicLimitError(
                f"component {component.name!r} has more than {limit:,} local states by itself, too many to list for "
                "sets of states" + ("; let it stop counting" if component.attributes else ""),
                ", or check with engine='explicit'" if component.attributes else "; check with engine='explicit'",
            )
        for trigger, found in moves.items():
            target = table.move(local, trigger)
            if target != BLOCKED:
                found.append((local, target))
    table.drive(complete=True)
    told = tuple(table.not_seen())
    return LocalTable(component, table.states, {trigger: tuple(found) for trigger, found in moves.items()}, told)
