"""Lints a system component by component: what never happens in any state that the components reach together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lifecheck.checking import EXPLICIT_STATES, sets_of
from lifecheck.linting.among_instances import uses_among_instances
from lifecheck.linting.finding import Finding, LintReport, Origin
from lifecheck.linting.shape import shape_of
from lifecheck.linting.system_by_sets import Ends, ReachedSets, Uses
from lifecheck.machines import Tables, place_of
from lifecheck.properties import Final, final_by_component
from lifecheck.reports import written
from lifecheck.statespace import STATE_LIMIT, Explorer, Graph, growth
from lifecheck.symbolic import SymbolicLimitError
from lifecheck.system import Component, State, System, unshared

Finals = Mapping[str, Collection[str]]


def lint_system(system: System, *, final: Final = (), name: str | None = None, limit: int | None = None) -> LintReport:
    """Lint a system of components.

    Components wait for one another, so that one in which nothing can happen is not stuck: where a run gets stuck,
    goes round for ever or cannot come to an end is judged of the whole system, and only where it is said where a run
    may end. A row that others never let happen is found, because only reached states count.

    Raises
    ------
    LifecheckError
        If the system cannot be explored, or a final state does not exist.
    """
    return lint_variants({system.name: system}, final=final, name=name or system.name, limit=limit)


def lint_variants(
    variants: Mapping[str, System], *, final: Final = (), name: str = "variants", limit: int | None = None
) -> LintReport:
    """Lint variants that share their tables: what never happens in one may be what another is there for.

    A state or a row is found if it is reached or taken in none of the variants that have it, and for no number of
    instances where each has components of its own; those of observers are not judged, because an observer that never
    blocks has rows for what may never come.

    Raises
    ------
    LifecheckError
        If a system cannot be explored, or a final state does not exist.
    """
    used: dict[tuple[str, str], bool] = {}
    never: dict[tuple[str, str], Finding] = {}
    findings: list[Finding] = []
    alone: dict[str, None] = {}  # what instances are called of which one alone could be looked at
    states = 0
    tables = Tables()
    finals = final_by_component(variants.values(), final)
    each = [(variant, one) for variant, system in variants.items() for one in system.by_start]
    for variant, system in each:
        seen = _seen(Explorer(tables), system, finals, limit or STATE_LIMIT)
        among = f", in variant {variant!r}" if len(variants) > 1 else ""
        states += seen.states
        if not seen.complete:
            findings.append(_too_many(seen, among))
        among_many = uses_among_instances(system, tables) if _has_instances(system) else None
        # observers are left out: one that never blocks has rows for what may never come
        for part in system.components:
            visited, taken = seen.uses[part.name]
            if among_many is not None:
                visited, taken = visited | among_many[part.name][0], taken | among_many[part.name][1]
            elif _has_instances(system):
                alone[system.instance_words] = None
            for finding, is_used in _uses(system, part, visited, taken):
                key = (finding.code, finding.place)
                never.setdefault(key, finding)
                used[key] = used.get(key, False) or is_used or not seen.complete
        findings += [_end(one, among) for one in seen.ends]
    findings = [finding for key, finding in never.items() if not used[key]] + findings
    remarks = [*_remarks(list(variants.values()), finals), *map(_ONE_ALONE.format, alone)]
    return LintReport(name, tuple(findings), tuple(remarks), states)


def _has_instances(system: System) -> bool:
    return any(part.name in system.copied for part in system.components)


_ONE_ALONE = (
    "what happens among several {} could not be counted: what is said never to happen never happens to one alone"
)


def _remarks(systems: Sequence[System], finals: Finals) -> Iterator[str]:
    if len(systems) > 1:
        yield f"{len(systems)} variants were explored; what is said never to happen happens in none of them"
    if not finals:
        yield "where a run may end is not said, so it was not asked whether one gets stuck; say it with final"
    parts = {part.name: part for system in systems for part in system.parts}.values()
    for part in parts:
        if part.left_out:
            yield f"the automatic triggers of {part.name!r} are left out: {', '.join(part.left_out)}"
    yield from dict.fromkeys(sentence for system in systems for sentence in unshared(system))
    if any(part.factory is not None for part in parts):
        yield "exploring ran the callbacks, on machines that the factories made"


@dataclass(frozen=True)
class _Seen:
    """What was seen of a system, by either engine."""

    system: System
    states: int
    complete: bool
    growth: str
    limit: int
    uses: Mapping[str, Uses]
    ends: tuple[Ends, ...] = ()


def _seen(explorer: Explorer, system: System, finals: Finals, limit: int) -> _Seen:
    """Visit states one by one, and hold sets of them where there are many and it can be done."""
    graph = explorer.explore(system, min(limit, EXPLICIT_STATES))
    if not graph.complete and limit > EXPLICIT_STATES:
        try:
            return _in_sets(explorer, system, finals, limit)
        except SymbolicLimitError:
            graph = explorer.explore(system, limit)
    ends: tuple[Ends, ...] = ()
    if finals and graph.complete:
        ends = tuple(_ends(explorer.explore(_reduced(system, finals), limit), finals))
    return _Seen(system, len(graph), graph.complete, growth(graph), graph.limit, _walked(graph), ends)


def _in_sets(explorer: Explorer, system: System, finals: Finals, limit: int) -> _Seen:
    sets = sets_of(explorer, system)
    states = sets.ask(lambda space: space.states)
    uses = sets.ask(lambda space: ReachedSets(space).uses())
    ends: tuple[Ends, ...] = ()
    if finals:
        seen = sets_of(explorer, _reduced(system, finals))
        ends = seen.ask(lambda space: tuple(ReachedSets(space).ends(lambda view: _is_final(view, finals))))
    return _Seen(system, states, True, "", limit, uses, ends)


def _reduced(system: System, finals: Finals) -> System:
    return system.with_observers(finals) if system.observers else system


def _walked(graph: Graph) -> dict[str, Uses]:
    """Return of each component what is reached and taken in a graph."""
    names, found = graph.system.triggers, {}
    for position, part in enumerate(graph.system.components):
        table = graph.tables[position]
        local = [str(table.states[graph.locals_of(state)[position]]) for state in range(len(graph))]
        taken = {
            (names[trigger], local[state], local[target])
            for state in range(graph.expanded)
            for trigger, target in graph.edges(state)
        }
        found[part.name] = set(local), taken
    return found


def _too_many(seen: _Seen, among: str) -> Finding:
    return Finding(
        "too-many-states",
        f"system {seen.system.name!r}",
        f"more than {seen.limit:,} states are reached{among}, so what was not found is unknown" + seen.growth,
        "let the states come to an end, or raise the limit",
        Origin.EXPLORING,
    )


def _uses(
    system: System, part: Component, visited: set[str], taken: set[tuple[str, str, str]]
) -> Iterator[tuple[Finding, bool]]:
    """Yield for each state and row of a part what there would be to say, and whether it is reached or taken."""
    for state_name in part.states:
        place = f"component {part.name!r}, state {state_name!r}"
        sentence, remedy = "the system never reaches it", "let a row lead to it, or remove it"
        yield Finding("unreachable-state", place, sentence, remedy, Origin.EXPLORING), state_name in visited
    for row in part.rows:
        others = [repr(other.name) for other in system.owners.get(row.trigger, ()) if other.name != part.name]
        by = f"; {' and '.join(others)} would have to take it at the same time" if others else ""
        finding = Finding(
            "unused-transition",
            f"component {part.name!r}, {place_of(row)}",
            f"it is never taken{by}",
            "let it become possible, or remove it",
            Origin.EXPLORING,
        )
        # where its source is not reached, that is what there is to say
        yield finding, row.source not in visited or (row.trigger, row.source, row.target) in taken


def _ends(graph: Graph, finals: Finals) -> Iterator[Ends]:
    final = {state for state in range(len(graph)) if _is_final(graph.view(state), finals)}
    successors = [list(dict.fromkeys(target for _, target in graph.edges(state))) for state in range(len(graph))]
    shape = shape_of(successors, final, ends=True, groups=[str(state) for state in range(len(graph))])
    kinds: list[tuple[str, tuple[int, ...]]] = [("stuck-state", (state,)) for state in shape.stuck]
    kinds += [("livelock", livelock) for livelock in shape.livelocks]
    kinds += [("no-way-to-final", shape.lost)] if shape.lost else []
    for code, states in kinds:
        first = min(states)
        yield Ends(code, len(states), graph.view(first), tuple(graph.path_to(first)))


def _end(one: Ends, among: str) -> Finding:
    sentence, remedy = _ENDS[one.code]
    path = " -> ".join(one.path)
    return Finding(
        one.code,
        f"state {written(one.first)!r}" + (f" and {one.states - 1:,} more" if one.states > 1 else ""),
        sentence + among + (f"; the way there: {path}" if path else "; it is where the system starts"),
        remedy,
        Origin.EXPLORING,
    )


_ENDS = {
    "stuck-state": ("nothing can happen there, and it is not final", "declare it as final, or let something happen"),
    "livelock": (
        "a run that comes there goes round for ever, and no final state can be reached",
        "add a row that leads out",
    ),
    "no-way-to-final": ("no final state can be reached from there", "add a way to a final state"),
}


def _is_final(view: State, finals: Finals) -> bool:
    return all(any(view[name].within(state) for state in states) for name, states in finals.items())
