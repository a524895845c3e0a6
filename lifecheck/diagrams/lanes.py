"""What happens in each lane of a lifecycle: the moves that really fire, and which are made together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lifecheck.component import Component
from lifecheck.graph import Graph
from lifecheck.row import Row


@dataclass(frozen=True)
class Move:
    """One component's way from a state to another, by one trigger or by any of several.

    Parameters
    ----------
    lane
        Number of the component's lane, from the left.
    source, target
        The component's states.
    triggers
        What makes the move.
    highlighted
        Whether a row that is to stand out makes it.
    """

    lane: int
    source: str
    target: str
    triggers: tuple[str, ...]
    highlighted: bool = False


@dataclass(frozen=True)
class Lanes:
    """The moves of all lanes.

    Parameters
    ----------
    components
        The component of each lane, from the left.
    states
        The states that each lane's component ever takes, in the order it declares them.
    moves
        The moves of all lanes.
    meetings
        Pairs of moves that one trigger makes together, by their numbers; each joins two lanes between which
        no other takes part.
    first
        For each move after how many steps of the system it can first be made.
    """

    components: tuple[Component, ...]
    states: tuple[tuple[str, ...], ...]
    moves: tuple[Move, ...]
    meetings: tuple[tuple[int, int], ...]
    first: tuple[int, ...]

    def leading_on(self, lane: int) -> set[str]:
        """Return the states from which a move leads to another."""
        return {move.source for move in self.moves if move.lane == lane and move.source != move.target}

    def partners(self, move: int) -> list[int]:
        """Return the lanes that take part in a move, by itself or through others, without its own."""
        together = {move}
        for number in (reached := [move]):  # grows while it is walked
            for pair in self.meetings:
                new = set(pair) - together if number in pair else set()
                together |= new
                reached += new
        return sorted({self.moves[number].lane for number in together} - {self.moves[move].lane})


def read_lanes(graph: Graph, names: Sequence[str], highlight: Collection[Row] = ()) -> Lanes:
    """Read from the explored graph what each of the named components really does.

    A move is left out if it can never be made, or if it leaves the component where it is and is not
    highlighted.

    Parameters
    ----------
    graph
        The complete graph of a system.
    names
        The components, in the order of their lanes.
    highlight
        Rows whose moves are to stand out.
    """
    positions = [[part.name for part in graph.system.parts].index(name) for name in names]
    components = tuple(graph.system.parts[position] for position in positions)
    visited: list[set[str]] = [set() for _ in positions]
    first: dict[Move, int] = {}
    met: dict[tuple[Move, Move], None] = {}

    def local(state: int, lane: int) -> str:
        position = positions[lane]
        return str(graph.tables[position].states[graph.locals_of(state)[position]])

    for state in range(len(graph)):
        for lane, seen in enumerate(visited):
            seen.add(local(state, lane))
        for number, target in graph.edges(state):
            trigger = graph.system.triggers[number]
            made = [
                _move(lane, component, trigger, local(state, lane), local(target, lane), highlight)
                for lane, component in enumerate(components)
                if trigger in component.alphabet
            ]
            made = [move for move in made if move.source != move.target or move.highlighted]
            for move in made:
                first.setdefault(move, graph.depth_of(state))
            met.update(dict.fromkeys(pairwise(made)))
    states = tuple(
        tuple(state for state in component.states if state in seen)
        for component, seen in zip(components, visited, strict=True)
    )
    return _merged(components, states, first, list(met))


def _move(lane: int, component: Component, trigger: str, source: str, target: str, highlight: Collection[Row]) -> Move:
    highlighted = any(
        row in highlight and (row.trigger, row.source, row.target) == (trigger, source, target)
        for row in component.rows
    )
    return Move(lane, source, target, (trigger,), highlighted)


def _merged(
    components: tuple[Component, ...],
    states: tuple[tuple[str, ...], ...],
    first: Mapping[Move, int],
    met: Sequence[tuple[Move, Move]],
) -> Lanes:
    """Make one move of those between the same states that differ in nothing but their triggers."""
    partners: dict[Move, set[tuple[int, str, str]]] = {move: set() for move in first}
    for one, other in met:
        partners[one].add((other.lane, other.source, other.target))
        partners[other].add((one.lane, one.source, one.target))
    alike: dict[tuple[object, ...], list[Move]] = {}
    for move in sorted(first, key=lambda move: _place(move, components)):
        key = (move.lane, move.source, move.target, move.highlighted, frozenset(partners[move]))
        alike.setdefault(key, []).append(move)
    number = {move: place for place, moves in enumerate(alike.values()) for move in moves}
    return Lanes(
        components,
        states,
        tuple(replace(moves[0], triggers=tuple(move.triggers[0] for move in moves)) for moves in alike.values()),
        tuple(sorted({(number[one], number[other]) for one, other in met})),
        tuple(min(first[move] for move in moves) for moves in alike.values()),
    )


def _place(move: Move, components: Sequence[Component]) -> tuple[int, ...]:
    """Return where a move stands in the order of lanes, triggers and states."""
    component = components[move.lane]
    states = component.states
    return (
        move.lane,
        component.triggers.index(move.triggers[0]),
        states.index(move.source),
        states.index(move.target),
    )
