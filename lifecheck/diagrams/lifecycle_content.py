"""What happens in each lane of a lifecycle: the moves that really fire, and which are made together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from lifecheck.statespace import Graph
from lifecheck.system import Component, Row


@dataclass(frozen=True)
class LaneMove:
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
    mark
        What is written at it besides.
    is_second
        Of two systems in one picture, whether only the second makes it.
    """

    lane: int
    source: str
    target: str
    triggers: tuple[str, ...]
    highlighted: bool = False
    mark: str = ""
    is_second: bool = False


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
    moves: tuple[LaneMove, ...]
    meetings: tuple[tuple[int, int], ...]
    first: tuple[int, ...]

    def leading_on(self, lane: int) -> set[str]:
        """Return the states from which a move leads to another."""
        return {move.source for move in self.moves if move.lane == lane and move.source != move.target}

    def partners(self, move: int) -> list[int]:
        """Return the lanes that take part in a move, by itself or through others, without its own."""
        import networkx  # a heavy import, for small graphs

        graph = networkx.Graph(self.meetings)
        together = networkx.node_connected_component(graph, move) if move in graph else set()
        return sorted({self.moves[number].lane for number in together} - {self.moves[move].lane})


@dataclass
class _Found:
    """What was seen of each lane while a graph was walked."""

    components: tuple[Component, ...]
    visited: list[set[str]]
    first: dict[LaneMove, int] = field(default_factory=dict)
    met: dict[tuple[LaneMove, LaneMove], None] = field(default_factory=dict)


def read_lanes(graph: Graph, names: Sequence[str], highlight: Collection[Row] = (), mark: str = "") -> Lanes:
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
    mark
        What is written at their moves.
    """

    def marked(move: LaneMove, rows: Collection[Row]) -> LaneMove:
        return move if frozenset(rows).isdisjoint(highlight) else replace(move, highlighted=True, mark=mark)

    return _merged([_walked(graph, names, marked)])


def read_pair(graphs: Sequence[Graph], names: Sequence[str], systems: Sequence[str]) -> Lanes:
    """Read what the named components do in two systems; what only one of them does is marked with its name.

    A move stands out if the other system has no such row.

    Parameters
    ----------
    graphs
        The complete graphs of both.
    names
        The components, in the order of their lanes.
    systems
        What to call each system.
    """
    rows = [{part.name: set(part.rows) for part in graph.system.parts} for graph in graphs]
    plain = [_walked(graph, names, lambda move, rows: move) for graph in graphs]
    # a row that stays is drawn only where it is what differs
    shared = plain[0].first.keys() & plain[1].first.keys()
    found = []
    for number, graph in enumerate(graphs):

        def marked(move: LaneMove, taken: Collection[Row], number: int = number) -> LaneMove:
            own = rows[number][names[move.lane]] - rows[1 - number][names[move.lane]]
            differs = not own.isdisjoint(taken)
            if move in shared or (move.source == move.target and not differs):
                return move
            return replace(move, highlighted=differs, mark=f"only in {systems[number]}", is_second=number == 1)

        found.append(_walked(graph, names, marked))
    return _merged(found)


def _walked(graph: Graph, names: Sequence[str], marked: Callable[[LaneMove, Collection[Row]], LaneMove]) -> _Found:
    positions = [[part.name for part in graph.system.parts].index(name) for name in names]
    components = tuple(graph.system.parts[position] for position in positions)
    found = _Found(components, [set() for _ in positions])

    def local(state: int, lane: int) -> str:
        position = positions[lane]
        return str(graph.tables[position].states[graph.locals_of(state)[position]])

    for state in range(len(graph)):
        for lane, seen in enumerate(found.visited):
            seen.add(local(state, lane))
        for number, target in graph.edges(state):
            trigger = graph.system.triggers[number]
            made = [
                marked(
                    LaneMove(lane, local(state, lane), local(target, lane), (trigger,)),
                    graph.rows_taken(state, trigger, positions[lane]),
                )
                for lane, component in enumerate(components)
                if trigger in component.alphabet
            ]
            made = [move for move in made if move.source != move.target or move.highlighted]
            for move in made:
                found.first.setdefault(move, graph.depth_of(state))
            found.met.update(dict.fromkeys(pairwise(made)))
    return found


def _merged(found: Sequence[_Found]) -> Lanes:
    """Make one move of those between the same states that differ in nothing but their triggers."""
    components = found[0].components
    orders = [
        (_union(one.components[lane].triggers for one in found), _union(one.components[lane].states for one in found))
        for lane in range(len(components))
    ]
    first: dict[LaneMove, int] = {}
    for one in found:
        for move, depth in one.first.items():
            first[move] = min(depth, first.get(move, depth))
    met = _union(one.met for one in found)
    partners: dict[LaneMove, set[tuple[int, str, str]]] = {move: set() for move in first}
    for left, right in met:
        partners[left].add((right.lane, right.source, right.target))
        partners[right].add((left.lane, left.source, left.target))
    alike: dict[tuple[object, ...], list[LaneMove]] = {}
    for move in sorted(first, key=lambda move: _place(move, orders)):
        key = (replace(move, triggers=()), frozenset(partners[move]))
        alike.setdefault(key, []).append(move)
    number = {move: place for place, moves in enumerate(alike.values()) for move in moves}
    return Lanes(
        components,
        tuple(
            tuple(state for state in states if any(state in one.visited[lane] for one in found))
            for lane, (_, states) in enumerate(orders)
        ),
        tuple(replace(moves[0], triggers=tuple(move.triggers[0] for move in moves)) for moves in alike.values()),
        tuple(sorted({(number[left], number[right]) for left, right in met})),
        tuple(min(first[move] for move in moves) for moves in alike.values()),
    )


_Item = TypeVar("_Item")


def _union(sequences: Iterable[Iterable[_Item]]) -> list[_Item]:
    return list(dict.fromkeys(item for sequence in sequences for item in sequence))


def _place(move: LaneMove, orders: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[int, ...]:
    """Return where a move stands in the order of lanes, triggers and states."""
    triggers, states = orders[move.lane]
    return (
        move.lane,
        triggers.index(move.triggers[0]),
        states.index(move.source),
        states.index(move.target),
        move.is_second,
    )
