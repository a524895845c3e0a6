"""Where the moves of a lifecycle stand: how far down in time, and in which column of their lane."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count, product

from lifecheck.diagrams.lifecycle_content import Lanes

Place = tuple[int, str] | int
"""A state, by lane and name, or a move, by number."""

Below = tuple[Place, Place, int]
"""The second place stands at least so many levels below the first."""


@dataclass(frozen=True)
class Placement:
    """Levels and columns of states and moves.

    Parameters
    ----------
    level
        How far down each place stands: states at even levels, moves at odd ones.
    column
        Which places of a lane's level stand further right.
    level_groups
        Moves that are made together and stand at one level, by number.
    backward
        Moves that lead back up, by number.
    """

    level: dict[Place, int]
    column: dict[Place, int]
    level_groups: tuple[tuple[int, ...], ...]
    backward: frozenset[int]


def placed(lanes: Lanes) -> Placement:
    """Place moves that are made together at one level, each such group at a level of its own, the first on top.

    Where these wishes contradict one another or the order of moves in a lane, the later wish is given up.
    """
    column: dict[Place, int] = {}
    backward: set[int] = set()
    for lane in range(len(lanes.components)):
        backward |= _walk(lanes, lane, column)
    level = _Levels(column, _in_lanes(lanes, backward))
    groups = _level_groups(lanes, level)
    for upper, lower in combinations(groups, 2):
        if _overlap(lanes, upper, lower):
            level.wish((upper[0], lower[0], 2))
    group_of = {number: group for group in groups for number in group}
    lone = [number for number in range(len(lanes.moves)) if number not in group_of]
    for alone, (number, group) in product(lone, group_of.items()):
        if level.of[alone] == level.of[number] and _in_the_way(lanes, column, group, number, alone):
            level.wish((number, alone, 2))
    for lane, component in enumerate(lanes.components):
        leaving = [level.of[number] for number, move in enumerate(lanes.moves) if move.lane == lane]
        # a component that waits at first starts where it is needed
        level.of[lane, component.initial] = min(leaving, default=1) - 1
    return Placement(level.of, column, tuple(groups), frozenset(backward))


class _Levels:
    """The highest levels that meet every constraint; a wish that contradicts those met so far is not met."""

    def __init__(self, places: Iterable[Place], below: Sequence[Below]) -> None:
        self.below = list(below)
        self.of = dict.fromkeys(places, 0)
        self.wish()

    def wish(self, *below: Below) -> bool:
        """Add constraints, all or none, and return whether they can be met (Bellman and Ford)."""
        level = dict(self.of)
        for _ in range(len(level) + 1):
            settled = True
            for upper, lower, distance in (*self.below, *below):
                if level[lower] < level[upper] + distance:
                    level[lower] = level[upper] + distance
                    settled = False
            if settled:
                self.of = level
                self.below += below
                return True
        return False


def _level_groups(lanes: Lanes, level: _Levels) -> list[tuple[int, ...]]:
    """Put moves that meet at one level, and return the groups, the earliest first."""
    groups = [{number} for number in range(len(lanes.moves))]
    for one, other in sorted(lanes.meetings, key=lambda pair: (max(lanes.first[number] for number in pair), pair)):
        if level.wish((one, other, 0), (other, one, 0)):
            joined = groups[one] | groups[other]
            for number in joined:
                groups[number] = joined
    distinct = dict.fromkeys(tuple(sorted(group)) for group in groups if len(group) > 1)
    return sorted(distinct, key=lambda group: max(lanes.first[number] for number in group))


def _walk(lanes: Lanes, lane: int, column: dict[Place, int]) -> set[int]:
    """Walk a lane depth first: give each branch a column, and return the moves that lead back up the path."""
    leaving: dict[str, list[int]] = {}
    for number, move in enumerate(lanes.moves):
        if move.lane == lane:
            leaving.setdefault(move.source, []).append(number)
    back: set[int] = set()
    columns = count(1)
    initial = lanes.components[lane].initial
    column[lane, initial] = 0
    path = [(initial, iter(leaving.get(initial, [])))]
    branched: set[str] = set()
    while path:
        source, remaining = path[-1]
        number = next(remaining, -1)
        if number < 0:
            path.pop()
            continue
        column[number] = next(columns) if source in branched else column[lane, source]
        branched.add(source)
        target = lanes.moves[number].target
        if any(target == state for state, _ in path):
            back.add(number)
        elif (lane, target) not in column:
            column[lane, target] = column[number]
            path.append((target, iter(leaving.get(target, []))))
    return back


def _in_lanes(lanes: Lanes, backward: Collection[int]) -> list[Below]:
    below: list[Below] = []
    for number, move in enumerate(lanes.moves):
        below.append(((move.lane, move.source), number, 1))
        if number not in backward:
            below.append((number, (move.lane, move.target), 1))
    return below


def _overlap(lanes: Lanes, one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the dashed lines of two groups would pass through the same lane."""
    first, second = ([lanes.moves[number].lane for number in group] for group in (one, other))
    return min(first) <= max(second) and min(second) <= max(first)


def _in_the_way(lanes: Lanes, column: Mapping[Place, int], group: Sequence[int], number: int, alone: int) -> bool:
    """Whether a move stands between one of a group, in the same lane, and the lanes of the others."""
    here = lanes.moves[number].lane
    others = [lanes.moves[other].lane for other in group]
    if lanes.moves[alone].lane != here:
        return False
    return max(others) > here if column[alone] > column[number] else min(others) < here
