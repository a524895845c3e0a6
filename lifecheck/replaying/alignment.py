"""The cheapest run that explains lines: fewest lost and surplus lines, then fewest silent steps, then row order.

Found over (position in the log, place): forwards all that can be, backwards what the rest costs, and forwards again
along the cheapest. Alignments of process mining do the same on Petri nets (van der Aalst, Adriansyah and van Dongen,
WIREs Data Mining and Knowledge Discovery 2012).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from lifecheck.replaying.event import Sign
from lifecheck.replaying.observed import Move, ObservedSystem, Place, StepKind

Cost = tuple[int, int]
"""Lost and surplus lines, and silent steps."""

_COSTS: dict[StepKind, Cost] = {
    StepKind.OBSERVED: (0, 0),
    StepKind.SHOWN: (0, 0),
    StepKind.SILENT: (0, 1),
    StepKind.LOST: (1, 0),
    StepKind.SURPLUS: (1, 0),
}


class Alignment:
    """The cheapest explanation of some lines.

    Parameters
    ----------
    observed
        The system, and what a log shows of it.
    signs
        What the lines of one case say, in order. Some run must have them.

    Attributes
    ----------
    start
        The state in which it begins.
    moves
        Its steps.
    cost
        How many lines are lost or surplus in it, and how many steps silent.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("open", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "open"})
    >>> observed = ObservedSystem(explore(System("door", [bell])), {"ring"})
    >>> found = Alignment(observed, [Sign(("ring",)), Sign(("ring",))])
    >>> [str(move.kind) for move in found.moves], found.cost
    (['shown', 'silent', 'shown'], (0, 1))
    """

    def __init__(self, observed: ObservedSystem, signs: Sequence[Sign]) -> None:
        self._observed = observed
        self._signs = signs
        layers = self._layers()
        costs = self._costs(layers)
        starts = [Place(state) for state in observed.starts if Place(state) in costs[0]]
        start = min(starts, key=lambda place: (costs[0][place], place))
        self.start = start.state
        self.cost = costs[0][start]
        self.moves = self._cheapest(start, costs)

    def _layers(self) -> list[list[Place]]:
        """Return for each position in the log the places where a case can be."""
        observed = self._observed
        layers = [observed.closure([Place(state) for state in observed.starts])]
        for sign in self._signs:
            reached = [move.place for place in layers[-1] for move in observed.with_line(place, sign)]
            layers.append(observed.closure(reached))
        return layers

    def _costs(self, layers: list[list[Place]]) -> list[dict[Place, Cost]]:
        """Return for each position and place what the rest of the log costs, where it can be explained."""
        costs: list[dict[Place, Cost]] = [{} for _ in layers]
        costs[-1] = dict.fromkeys(layers[-1], (0, 0))  # a log may end anywhere
        for position in range(len(self._signs) - 1, -1, -1):
            sign, later = self._signs[position], costs[position + 1]
            least: dict[Place, Cost] = {}
            for place in layers[position]:
                found = [
                    _sum(_COSTS[move.kind], later[move.place])
                    for move in self._observed.with_line(place, sign)
                    if move.place in later
                ]
                if found:
                    least[place] = min(found)
            costs[position] = self._relaxed(layers[position], least)
        return costs

    def _relaxed(self, places: list[Place], least: dict[Place, Cost]) -> dict[Place, Cost]:
        """Return the costs where steps without a line may be taken first (Dijkstra, against their direction)."""
        back: dict[Place, list[tuple[Place, Cost]]] = {}
        for place in places:
            for move in self._observed.without_line(place):
                back.setdefault(move.place, []).append((place, _COSTS[move.kind]))
        if not back:
            return least
        settled: dict[Place, Cost] = {}
        heap = [(cost, place) for place, cost in least.items()]
        heapq.heapify(heap)
        while heap:
            cost, place = heapq.heappop(heap)
            if place in settled:
                continue
            settled[place] = cost
            for before, step in back.get(place, ()):
                if before not in settled:
                    heapq.heappush(heap, (_sum(step, cost), before))
        return settled

    def _cheapest(self, start: Place, costs: list[dict[Place, Cost]]) -> tuple[Move, ...]:
        """Return the steps of the cheapest explanation, the first in row order among equals."""
        moves: list[Move] = []
        place, position = start, 0
        while position < len(self._signs):
            candidates = [(move, 1) for move in self._observed.with_line(place, self._signs[position])]
            candidates += [(move, 0) for move in self._observed.without_line(place)]
            candidates.sort(key=lambda found: _in_row_order(found[0]))
            for move, taken in candidates:
                rest = costs[position + taken].get(move.place)
                if rest is not None and _sum(_COSTS[move.kind], rest) == costs[position][place]:
                    moves.append(move)
                    place, position = move.place, position + taken
                    break
        return tuple(moves)


_ORDER = {kind: number for number, kind in enumerate(StepKind)}


def _in_row_order(move: Move) -> tuple[bool, int, int]:
    return move.kind is StepKind.SURPLUS, move.trigger, _ORDER[move.kind]


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1]
