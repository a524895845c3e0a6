"""What is wrong with the ways through a machine, as its rows say or as firing showed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

from lifecheck.linting.definition import reached_by_rows, usable_rows
from lifecheck.linting.finding import Finding, Origin
from lifecheck.linting.shape import shape_of
from lifecheck.machines import INSTEAD_OF_FIRING, Definition, Exploration, Read, name_of_code, place_of
from lifecheck.system import TOGETHER

FEW = 5
"""How many states a sentence lists."""


@dataclass(frozen=True)
class Ways:
    """States, and where they lead.

    Parameters
    ----------
    names, labels
        What each state is called apart from its attributes, and with them.
    successors
        Numbers of the states that each leads to.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]
    successors: tuple[tuple[int, ...], ...]


def ways_of_rows(definition: Definition) -> Ways:
    """Return the ways of a flat machine that rows give, whatever conditions say."""
    import networkx  # a heavy import, for small graphs

    rows = [definition.rows[position] for position in usable_rows(definition)]
    graph = networkx.DiGraph((row.source, row.target) for row in rows)
    graph.add_node(definition.initial)
    names = [definition.initial, *(name for _, name in networkx.bfs_edges(graph, definition.initial))]
    number = {name: position for position, name in enumerate(names)}
    successors = tuple(tuple(number[target] for target in graph.successors(name)) for name in names)
    return Ways(tuple(names), tuple(names), successors)


def ways_explored(found: Exploration) -> Ways:
    """Return the ways that firing showed."""
    targets: list[dict[int, None]] = [{} for _ in found.states]
    for (source, _), target in found.moves.items():
        targets[source][target] = None
    return Ways(
        tuple(str(state) for state in found.states),
        tuple(state.label for state in found.states),
        tuple(map(tuple, targets)),
    )


def moves_as_rows_say(definition: Definition, found: Exploration) -> bool:
    """Whether each firing of a flat machine led where one of its rows does, so that no callback moved it further."""
    rows = {(row.trigger, row.source, row.target) for row in definition.rows}
    return all(
        (trigger, str(found.states[source]), str(found.states[target])) in rows
        for (source, trigger), target in found.moves.items()
    )


def unreachable_states(definition: Definition, found: Exploration | None) -> Iterator[Finding]:
    """Yield each state that is not reached; a parent of a reached state is reached."""
    by_rows = reached_by_rows(definition)
    reached: Set[str] = by_rows
    if found is not None:
        leaves = {
            leaf for state in found.entered for leaf in (state.split(TOGETHER) if definition.nesting else [state])
        }
        nesting = definition.nesting
        reached = {name for leaf in leaves for name in nesting.within(leaf)} if nesting else leaves
    elsewhere = _behind_what_reads_outside(definition, found) if found is not None and found.watched else ()
    for state in definition.states:
        if state not in reached and state not in elsewhere:
            by_definition = state not in by_rows
            yield Finding(
                "unreachable-state",
                f"state {state!r}",
                "no transition leads to it from the initial state"
                if by_definition
                else "no firing led to it"
                if found is None or found.watched
                else "no firing ended in it",
                "add a transition that leads to it, or remove it"
                if by_definition
                else "look at the conditions on the way to it, or remove it",
                Origin.DEFINITION if by_definition else Origin.EXPLORING,
            )


def unused_transitions(definition: Definition, found: Exploration) -> Iterator[Finding]:
    """Yield each transition that no firing took, although its source was reached."""
    nesting = definition.nesting
    resting = {leaf for state in found.states for leaf in (str(state).split(TOGETHER) if nesting else [str(state)])}
    if nesting is not None:
        resting = {name for leaf in resting for name in nesting.within(leaf)}
    for position in usable_rows(definition):
        row = definition.rows[position]
        if position not in found.taken and row.source in resting:
            outside = _outside(definition, found, position)
            if outside is not None:
                who = outside.readers[0] if len(outside.readers) == 1 else ", ".join(outside.readers)
                yield Finding(
                    "reads-outside",
                    place_of(row),
                    f"it is taken nowhere while {outside.attribute!r} is {outside.value}, which {who!r} reads and "
                    "nothing in the machine changes",
                    "change it in a callback and declare it in attributes=[...], or lint a factory for each of its "
                    f"values; or do not fire it: {INSTEAD_OF_FIRING}",
                    Origin.EXPLORING,
                )
                continue
            guarded = bool(row.conditions or row.unless) and found.guards is None  # they answered in every way there
            yield Finding(
                "unused-transition",
                place_of(row),
                "its conditions never hold where it starts" if guarded else "others are always taken before it",
                "correct its conditions, declare the attributes that decide them, or remove it"
                if guarded
                else "remove it, or give the others conditions",
                Origin.EXPLORING,
            )


def _outside(definition: Definition, found: Exploration, position: int) -> Read | None:
    """Return what decides a transition, or one before it, and nothing in the machine changes; None if nothing does."""
    row = definition.rows[position]
    deciding = [
        other for other in definition.rows[: position + 1] if (other.trigger, other.source) == (row.trigger, row.source)
    ]
    asked = {name_of_code(guard) for other in deciding for guard in (*other.conditions, *other.unless)}
    return next((read for read in found.outside if asked.intersection(read.readers)), None)


def _behind_what_reads_outside(definition: Definition, found: Exploration) -> Set[str]:
    """Return the states to which rows lead from transitions that are taken nowhere because of what they read."""
    usable = [definition.rows[position] for position in usable_rows(definition)]
    states = [
        definition.rows[position].target
        for position in usable_rows(definition)
        if position not in found.taken and _outside(definition, found, position) is not None
    ]
    for state in states:  # grows while it is walked
        states += [row.target for row in usable if row.source == state and row.target not in states]
    return set(states)


def ends_of_ways(ways: Ways, final: Callable[[str], bool], *, ends: bool, origin: Origin) -> Iterator[Finding]:
    """Yield where a run gets stuck, goes round for ever, or cannot come to an end.

    Parameters
    ----------
    ways
        The states reached, and where they lead.
    final
        Whether a state of this name is final.
    ends
        Whether any final state is declared.
    origin
        Where the ways come from.
    """
    finals = {number for number, name in enumerate(ways.names) if final(name)}
    shape = shape_of(ways.successors, finals, ends=ends, groups=ways.names)
    for name, numbers in _by_name(ways, shape.stuck):
        yield Finding(
            "stuck-state",
            f"state {name!r}",
            "nothing can happen there, and it is not final" + _where(ways, numbers, name),
            "declare it as final if a run may end there (final=True in the library, or final=[...] here), or add a "
            "transition that leaves it",
            origin,
        )
    told: set[frozenset[str]] = set()
    for livelock in shape.livelocks:
        names = dict.fromkeys(ways.names[number] for number in livelock)
        if frozenset(names) not in told:
            told.add(frozenset(names))
            many = len(names) > 1
            yield Finding(
                "livelock",
                f"state{'s' if many else ''} {_listed(list(names))}",
                (
                    "a run that comes there goes round among them for ever"
                    if many
                    else "a run that comes there stays there for ever"
                )
                + (", and no final state can be reached" if ends else ", while others end elsewhere"),
                f"add a transition that leads out, or declare {'one of them' if many else 'it'} as final",
                origin,
            )
    for name, numbers in _by_name(ways, shape.lost):
        yield Finding(
            "no-way-to-final",
            f"state {name!r}",
            "no final state can be reached from there" + _where(ways, numbers, name),
            "add a way to a final state, or declare where a run may end",
            origin,
        )


def _by_name(ways: Ways, numbers: Sequence[int]) -> list[tuple[str, list[int]]]:
    found: dict[str, list[int]] = {}
    for number in numbers:
        found.setdefault(ways.names[number], []).append(number)
    return list(found.items())


def _where(ways: Ways, numbers: Sequence[int], name: str) -> str:
    labels = [ways.labels[number] for number in numbers]
    return "" if labels == [name] else f", in {_listed(labels)}"


def _listed(labels: Sequence[str]) -> str:
    shown = ", ".join(repr(label) for label in labels[:FEW])
    return shown + (f" and {len(labels) - FEW:,} more" if len(labels) > FEW else "")
