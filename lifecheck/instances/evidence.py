"""Paths and lassos taken out of sets of states, as triggers that replay on the real machines."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck.checking import Evidence
from lifecheck.errors import LifecheckError
from lifecheck.instances.copies import indexed
from lifecheck.instances.exploration import InstanceSpace
from lifecheck.instances.fair import Duty, Owed, is_fair
from lifecheck.instances.fixpoints import Layers, backwards, forwards, successor
from lifecheck.instances.layout import Bits, Point
from lifecheck.instances.move import SetMove
from lifecheck.system import LocalState, State

Steps = list[tuple[Point, SetMove]]
"""A path: each state with the move taken there."""

TRIED_COMPONENTS = 50
"""How many of the nearest strongly connected sets are tried before one is taken that must be fair.

With one, the clean instance behind a slot waits after 23 steps of five instances; with ten, after 2. Without an end,
each state on a long way to the loop is tried: 900 for two instances of 30 steps, in seven times the time.
"""


def shortest_path(space: InstanceSpace, goal: Bits) -> tuple[Point, Evidence]:
    """Return the nearest state of a set, and the way to it; some state of the set must be reachable."""
    steps, point = _way(space, space.initial, goal)
    return point, _evidence(space, steps, None, point, shortest=True)


def lasso(space: InstanceSpace, opening: Bits, due: Bits, hull: Bits, owed: Owed) -> Evidence:
    """Return a run that treats every trigger fairly while what was promised stays due for ever.

    It goes the shortest way to the nearest strongly connected part of the hull that is fair, and there from
    one trigger that is still owed something to the next nearest; a shorter lasso may exist.

    Parameters
    ----------
    space
        The reachable states.
    opening
        Those in which the promise opens; for one that opens once, the initial state alone.
    due
        Those in which it is not met.
    hull
        What `fair_hull` found in the part of `due` that can be reached from `opening`; not empty.
    owed
        What a run owes.
    """
    layout, moves = space.layout, space.moves
    before = Layers(layout, moves, layout.one(space.initial), traced=False)
    after = Layers(layout, moves, before.last & opening, due)
    wanted, tried = hull.copy(), 0
    while True:
        found = after.last & wanted
        if not found.any():
            goes_on = before.advance()
            if not after.advance(before.last & opening) and not goes_on:
                raise _nowhere(space)
            continue
        head = layout.first(found)
        tried += 1
        component = _component(space, head, hull)
        if is_fair(moves, component, owed):
            break
        if tried < TRIED_COMPONENTS:
            wanted &= ~component
        elif tried == TRIED_COMPONENTS:
            wanted = _last_component(space, head, hull)
        else:
            raise _nowhere(space)
    open_steps, start = after.path_to(head, after.depth)
    del before, after, wanted, found  # the sets of one search fit beside those of no other
    steps, _ = _way(space, space.initial, layout.one(start))
    loop = _loop(space, component, head, owed)
    return _evidence(space, steps + open_steps, loop, head, shortest=False)


def _component(space: InstanceSpace, point: Point, hull: Bits) -> Bits:
    """Return the strongly connected part of the hull around one of its states."""
    here = space.layout.one(point)
    return backwards(space.moves, here, forwards(space.moves, here, hull))


def _last_component(space: InstanceSpace, point: Point, hull: Bits) -> Bits:
    """Return a strongly connected part of the hull that can be reached and leads to no other; it is fair."""
    while True:
        here = space.layout.one(point)
        reached = forwards(space.moves, here, hull)
        component = backwards(space.moves, here, reached)
        hull = reached & ~component
        if not hull.any():
            return component
        point = space.layout.first(hull)


def _loop(space: InstanceSpace, component: Bits, head: Point, owed: Owed) -> Steps:
    """Return a way round a fair component that settles whatever a run owes there."""
    layout = space.layout
    duties = owed.duties(space.moves)

    def is_possible(duty: Duty, point: Point) -> bool:
        return any(successor(layout, move, point) is not None for move in duty.moves)

    if not any(is_possible(duty, head) for duty in duties):
        return []  # the run stays there
    due = [duty for duty in duties if not duty.is_strong or duty.enabled(component).any()]
    steps: Steps = []
    at, unsettled = head, -1
    while True:
        due = [duty for duty in due if duty.is_strong or is_possible(duty, at)]
        if len(due) == unsettled:
            raise _nowhere(space)
        unsettled = len(due)
        goal = layout.empty() if due else layout.one(head)
        for duty in due:  # one by one, as each set may be large
            goal |= duty.settled_in(component)
        way, at = _way(space, at, goal, component)
        for point, taken in way:
            steps.append((point, taken))
            due = [duty for duty in due if taken not in duty.moves and (duty.is_strong or is_possible(duty, point))]
        if not due and at == head:
            return steps
        for move in [move for duty in due for move in duty.moves]:
            target = successor(layout, move, at)
            if target is not None and layout.holds(component, target):
                steps.append((at, move))
                due = [duty for duty in due if move not in duty.moves]
                at = target
                break


def _way(space: InstanceSpace, start: Point, goal: Bits, within: Bits | None = None) -> tuple[Steps, Point]:
    """Return a shortest way from a state to the nearest one of a set, and that one."""
    layout = space.layout
    layers = Layers(layout, space.moves, layout.one(start), within)
    while not (found := layers.last & goal).any():
        if not layers.advance():
            raise _nowhere(space)
    end = layout.first(found)
    return layers.path_to(end, layers.depth)[0], end


def _nowhere(space: InstanceSpace) -> LifecheckError:
    return LifecheckError(
        f"system {space.system.name!r}: no run leads to a state that was found, so no verdict is given; "
        "lifecheck is wrong"
    )


def _evidence(space: InstanceSpace, stem: Steps, loop: Steps | None, end: Point, *, shortest: bool) -> Evidence:
    points = [point for point, _ in [*stem, *(loop or [])]] + [end]
    return Evidence(
        tuple(move.name for _, move in stem),
        None if loop is None else tuple(move.name for _, move in loop),
        views(space, points),
        shortest,
    )


def views(space: InstanceSpace, points: Sequence[Point]) -> tuple[State, ...]:
    """Return states of a population as predicates read those of `copies`."""
    layout, system = space.layout, space.system

    def view(point: Point) -> State:
        owned = [layout.side(number).locals_of(own) for number, own in enumerate(point[1:], 1)]
        shared = layout.decomposition.shared.locals_of(point[0])
        found: dict[str, LocalState] = {}
        for parts in (system.components, system.observers):
            for number, own in enumerate(owned, 1):
                names = [part.name for part in parts if part.name in own]
                found |= {indexed(name, number): _of(own[name], indexed(name, number)) for name in names}
            found |= {part.name: shared[part.name] for part in parts if part.name in shared}
        return State(found, system.left_out)

    return tuple(view(point) for point in points)


def _of(local: LocalState, component: str) -> LocalState:
    return LocalState(str(local), component, local.known, local.attributes)
