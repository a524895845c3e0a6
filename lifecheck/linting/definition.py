"""What is wrong with a machine by its definition alone; runs no callback."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from enum import Enum
from types import CodeType
from typing import TYPE_CHECKING, Any

from transitions import Machine

from lifecheck.errors import did_you_mean
from lifecheck.linting.finding import Finding, Origin
from lifecheck.linting.hidden import hidden_findings
from lifecheck.machines import Definition, entered, place_of, scopes, user_code
from lifecheck.system import TOGETHER, Row

if TYPE_CHECKING:
    import networkx


def definition_findings(definition: Definition) -> Iterator[Finding]:
    """Yield what the definition says about transitions, callbacks and regions."""
    yield from _unknown_states(definition)
    yield from _rows_that_never_win(definition)
    yield from hidden_findings(definition)
    yield from _unknown_callbacks(definition)
    yield from _collapsing_regions(definition)
    yield from _initial_without_exit(definition)


def usable_rows(definition: Definition) -> tuple[int, ...]:
    """Return the positions of the rows that can be taken, as far as the definition says."""
    hidden = {position for position, _ in _hidden_rows(definition.rows)}
    return tuple(
        position
        for position, row in enumerate(definition.rows)
        if position not in hidden and row.source in definition.states and row.target in definition.states
    )


def reached_by_rows(definition: Definition) -> frozenset[str]:
    """Return the states to which rows lead from the initial one, whatever conditions say.

    In a hierarchical machine a parent is reached with its children, and the children it starts in with it. A state
    that a callback names by its automatic trigger counts as reached.
    """
    import networkx  # a heavy import, for small graphs

    nesting = definition.nesting
    graph: networkx.DiGraph[tuple[str, str]] = networkx.DiGraph()  # who enters a state may be in others besides

    def enter(state: str) -> tuple[str, str]:
        inside = entered(definition.machine, state, nesting.separator) if nesting else [state]
        graph.add_edges_from((("entering", state), ("in", name)) for name in inside)
        return "entering", state

    for position in usable_rows(definition):
        row = definition.rows[position]
        graph.add_edge(("in", row.source), enter(row.target))
    starts = [enter(state) for state in (definition.initial.split(TOGETHER) if nesting else [definition.initial])]
    reached = _names_reached(graph, starts)
    if not reached >= set(definition.states):
        reached = _names_reached(graph, [*starts, *map(enter, automatic_calls(definition))])
    return reached


def _names_reached(graph: networkx.DiGraph[tuple[str, str]], starts: Sequence[tuple[str, str]]) -> frozenset[str]:
    import networkx

    reached = (networkx.descendants(graph, start) for start in starts)
    return frozenset(name for kind, name in set().union(*reached) if kind == "in")


def automatic_calls(definition: Definition) -> list[str]:
    """Return the states to which the code of a model or callback may go by an automatic trigger; runs nothing."""
    if not definition.callbacks or not definition.left_out:
        return []
    model = definition.model or next(iter(definition.machine.models), None)
    code: list[object] = [found for _, found in user_code(definition.machine)]
    for kind in type(model).__mro__ if model is not None else ():
        if not kind.__module__.startswith(("transitions.", "builtins")):
            code += vars(kind).values()
    named = {name for one in code for name in ([one] if isinstance(one, str) else _names_in(one))}
    prefixes = ("to_", f"to_{definition.machine.model_attribute}_")
    called = [name for name in definition.left_out if name in named]
    return [state for state in definition.states if any(f"{prefix}{state}" in called for prefix in prefixes)]


def _names_in(code: object) -> Iterator[str]:
    """Yield every name and text in the code of a function, and of those inside it."""
    code = getattr(code, "__func__", code)
    found = code if isinstance(code, CodeType) else getattr(code, "__code__", None)
    if isinstance(code, property):
        yield from _names_in(code.fget)
    if isinstance(found, CodeType):
        yield from found.co_names
        for constant in found.co_consts:
            if isinstance(constant, str):
                yield constant
            elif isinstance(constant, CodeType):
                yield from _names_in(constant)


def _finding(code: str, place: str, sentence: str, remedy: str) -> Finding:
    return Finding(code, place, sentence, remedy, Origin.DEFINITION)


def _unknown_states(definition: Definition) -> Iterator[Finding]:
    for row in definition.rows:
        if row.source not in definition.states:
            yield _finding(
                "unknown-source",
                place_of(row),
                f"there is no state {row.source!r}, so it can never be taken",
                f"correct its source: {did_you_mean(row.source, definition.states)}",
            )
        elif row.target not in definition.states and row.dest != "None":
            yield _finding(
                "unknown-destination",
                place_of(row),
                f"there is no state {row.target!r}, so it raises when it is taken",
                f"correct its destination: {did_you_mean(row.target, definition.states)}",
            )


def _rows_that_never_win(definition: Definition) -> Iterator[Finding]:
    for position, first in _hidden_rows(definition.rows):
        row = definition.rows[position]
        if first is None:
            guard = next(guard for guard in row.conditions if guard in row.unless)
            reason, remedy = f"it asks for {told_guard(guard)!r} and for its opposite", "remove it, or one of both"
        elif first == row:
            reason, remedy = "the same stands before it", "remove one of the two"
        else:
            reason = f"the {place_of(first)} stands before it and is always taken first"
            remedy = "remove it, or give what stands before it a condition"
        yield _finding("never-wins", place_of(row), f"it can never be taken, because {reason}", remedy)


def _hidden_rows(rows: Sequence[Row]) -> Iterator[tuple[int, Row | None]]:
    """Yield the position of each row that can never be taken, and the row before it for which it is; None if none."""
    before: dict[tuple[str, str], list[Row]] = {}
    for position, row in enumerate(rows):
        earlier = before.setdefault((row.trigger, row.source), [])
        first = next((other for other in earlier if other.shadows(row)), None)
        if first is not None:
            yield position, first
        elif any(guard in row.unless for guard in row.conditions):
            yield position, None
        else:
            earlier.append(row)


def told_guard(guard: Any) -> str:
    """Return how a condition or callback is called."""
    if isinstance(guard, str):
        return guard
    return str(getattr(guard, "__qualname__", None) or type(guard).__qualname__).removeprefix("<locals>.")


def _unknown_callbacks(definition: Definition) -> Iterator[Finding]:
    model = definition.model or next(iter(definition.machine.models), None)
    if model is None or _answers_any_name(model):
        return
    places: dict[str, list[str]] = {}
    for place, code in user_code(definition.machine):
        # a name with a dot may be imported, which would run code; so it is not looked up
        if isinstance(code, str) and "." not in code and inspect.getattr_static(model, code, places) is places:
            places.setdefault(code, []).append(place)
    if model is definition.machine and places and type(model).__module__.startswith("transitions."):
        names = " and ".join(map(repr, places))
        yield _finding(
            "unknown-callback",
            "the machine",
            f"it has no model yet, and nothing of its own that is called {names}, as its transitions and states say",
            "give the model, or a function that returns one, so that its conditions and callbacks are found",
        )
        return
    known = [name for name in dir(type(model)) if not name.startswith("_")]
    for name, found in places.items():
        more = f", and in {len(found) - 1} more places" if len(found) > 2 else f", and {found[1]}" if found[1:] else ""
        yield _finding(
            "unknown-callback",
            found[0] + more,
            f"the model of type {type(model).__name__} has no {name!r}, so it raises when it is needed",
            f"define it, or correct the name: {did_you_mean(name, known)}" if known else "define it",
        )


def _answers_any_name(model: object) -> bool:
    dynamic = inspect.getattr_static(type(model), "__getattr__", None)
    return dynamic is not None and dynamic is not inspect.getattr_static(Machine, "__getattr__")


def _collapsing_regions(definition: Definition) -> Iterator[Finding]:
    if definition.nesting is None:
        return
    places: dict[Enum, list[tuple[str, ...]]] = {}
    for path, scope in scopes(definition.machine):
        for name, state in scope.states.items():
            if isinstance(state.value, Enum):
                places.setdefault(state.value, []).append((*path, name))
    told: set[frozenset[tuple[str, ...]]] = set()
    for member, paths in places.items():
        parents = frozenset(path[:-1] for path in paths)
        if len(paths) > 1 and parents not in told:  # once for all members of an enum
            told.add(parents)
            names = " and ".join(repr(definition.nesting.separator.join(path)) for path in paths)
            yield _finding(
                "collapsing-regions",
                f"states {names}",
                f"both are {member!s}, so that the library takes one for the other",
                "use an enum of its own in each place, or names",
            )


def _initial_without_exit(definition: Definition) -> Iterator[Finding]:
    if not definition.rows or not _leaves_no_row(definition):
        return
    others = [state for state in definition.states if state != definition.initial]
    misspelt = [row for row in definition.rows if row.source not in definition.states]
    remedy = "add a transition that leaves it"
    if misspelt:
        remedy += f", or correct the source of the {place_of(misspelt[0])}, which may mean it"
    elif others and definition.states[-1] == definition.initial == "initial":  # what the library calls its own
        remedy = f"say where it starts, as initial={others[0]!r}: without it the library adds a state 'initial'"
    elif others and definition.states[-1] == definition.initial:  # where the library puts one that is not among them
        remedy = f"correct initial=...: {did_you_mean(definition.initial, others)}"
    yield _finding(
        "initial-without-exit",
        f"state {definition.initial!r}",
        "it is the initial state, and no transition leaves it",
        remedy,
    )


def _leaves_no_row(definition: Definition) -> bool:
    nesting = definition.nesting
    names = {definition.initial}
    if nesting is not None:
        names = {name for leaf in definition.initial.split(TOGETHER) for name in nesting.within(leaf)}
    return not any(row.source in names for row in definition.rows)
