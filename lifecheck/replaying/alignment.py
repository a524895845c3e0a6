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

Costs = dict[Place, Cost]
"""What the rest of a log costs from each place."""

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
        self._layer_known: dict[tuple[int, Sign], list[Place]] = {}
        self._costs_known: dict[tuple[int, Sign, int], tuple[Costs, Cost]] = {}
        self._same: dict[frozenset[tuple[Place, Cost]], Costs] = {}
        costs = self._costs(self._layers())
        first, base = costs[0]
        start = min(
            (Place(state) for state in observed.starts if Place(state) in first), key=lambda at: (first[at], at)
        )
        self.start = start.state
        self.cost = _sum(base, first[start])
        self.moves = self._cheapest(start, costs)

    def _layers(self) -> list[list[Place]]:
        """Return for each position in the log the places where a case can be; the same list where it is the same."""
        observed, known = self._observed, self._layer_known
        layers = [observed.closure([Place(state) for state in observed.starts])]
        same = {tuple(layers[0]): layers[0]}
        for sign in self._signs:
            key = (id(layers[-1]), sign)
            if key not in known:
                reached = [move.place for place in layers[-1] for move in observed.with_line(place, sign)]
                layer = observed.closure(reached)
                known[key] = same.setdefault(tuple(layer), layer)
            layers.append(known[key])
        return layers

    def _costs(self, layers: list[list[Place]]) -> list[tuple[Costs, Cost]]:
        """Return for each position what the rest of the log costs from each place, where it can be explained.

        Costs are told beyond those of the cheapest place, so that they are the same again and again where a case goes
        round: a long log takes little memory, and each round is worked out once.
        """
        nothing = (0, 0)
        costs = [(self._shared(dict.fromkeys(layers[-1], nothing)), nothing)]  # a log may end anywhere
        for position in range(len(self._signs) - 1, -1, -1):
            (later, base), layer, sign = costs[-1], layers[position], self._signs[position]
            key = (id(layer), sign, id(later))
            if key not in self._costs_known:
                found = self._relaxed(layer, self._with_line(layer, sign, later))
                least = min(found.values())
                relative = {place: (cost[0] - least[0], cost[1] - least[1]) for place, cost in found.items()}
                self._costs_known[key] = self._shared(relative), least
            here, more = self._costs_known[key]
            costs.append((here, _sum(base, more)))
        return costs[::-1]

    def _shared(self, costs: Costs) -> Costs:
        return self._same.setdefault(frozenset(costs.items()), costs)

    def _with_line(self, places: list[Place], sign: Sign, later: Costs) -> Costs:
        """Return what the rest costs where the next line is taken at once."""
        least: Costs = {}
        for place in places:
            found = [
                _sum(_COSTS[move.kind], later[move.place])
                for move in self._observed.with_line(place, sign)
                if move.place in later
            ]
            if found:
                least[place] = min(found)
        return least

    def _relaxed(self, places: list[Place], least: Costs) -> Costs:
        """Return the costs where steps without a line may be taken first (Dijkstra, against their direction)."""
        back: dict[Place, list[tuple[Place, Cost]]] = {}
        for place in places:
            for move in self._observed.without_line(place):
                back.setdefault(move.place, []).append((place, _COSTS[move.kind]))
        if not back:
            return least
        settled: Costs = {}
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

    def _cheapest(self, start: Place, costs: list[tuple[Costs, Cost]]) -> tuple[Move, ...]:
        """Return the steps of the cheapest explanation, the first in row order among equals."""
        moves: list[Move] = []
        place, position = start, 0
        while position < len(self._signs):
            here, base = costs[position]
            left = _sum(base, here[place])
            candidates = [(move, 1) for move in self._observed.with_line(place, self._signs[position])]
            candidates += [(move, 0) for move in self._observed.without_line(place)]
            candidates.sort(key=lambda found: _in_row_order(found[0]))
            for move, taken in candidates:
                there, its_base = costs[position + taken]
                rest = there.get(move.place)
                if rest is not None and _sum(_COSTS[move.kind], _sum(its_base, rest)) == left:
                    moves.append(move)
                    place, position = move.place, position + taken
                    break
            else:
                raise AssertionError("the cheapest explanation goes on from each of its places")
        return tuple(moves)


_ORDER = {kind: number for number, kind in enumerate(StepKind)}


def _in_row_order(move: Move) -> tuple[bool, int, int]:
    return move.kind is StepKind.SURPLUS, move.trigger, _ORDER[move.kind]


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1]
