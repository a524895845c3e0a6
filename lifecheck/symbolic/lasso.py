"""Lassos taken out of sets of states: a path into a loop that a fair run can repeat for ever."""

from __future__ import annotations

from dataclasses import dataclass

from lifecheck.symbolic.encoding import Diagram, Locals
from lifecheck.symbolic.fairness import Duty, Owed, is_fair
from lifecheck.symbolic.paths import LAYER_EFFORT, Path, shortest_path, some_path
from lifecheck.symbolic.space import SymbolicSpace

TRIED_COMPONENTS = 50
"""How many of the nearest strongly connected sets are tried before one is taken that must be fair.

With one, a clean message behind a slot waited after 23 steps of five messages; with ten, after 2. Without an end, each
state on a long way to the loop would be tried.
"""


@dataclass(frozen=True)
class Lasso:
    """A stem and a loop; `shortest` is true only where no shorter one can be."""

    stem: Path
    loop: Path
    shortest: bool


def find_lasso(space: SymbolicSpace, opening: Diagram, due: Diagram, hull: Diagram, owed: Owed) -> Lasso:
    """Return a run that treats every trigger fairly while what was promised stays due for ever.

    It goes the shortest way to the nearest strongly connected part of the hull that is fair, and there from one
    trigger that is still owed something to the next nearest (Clarke, Grumberg, McMillan and Zhao 1995). A shorter
    lasso may exist, unless the run stays at once where the hull begins.

    Parameters
    ----------
    space
        The reachable states.
    opening
        Those in which the promise opens and is not met at once; for one that opens once, the initial state alone.
    due
        Those in which it is not met.
    hull
        What `fair_hull` found in the part of `due` that can be reached from `opening`; not empty.
    owed
        What a run owes.
    """
    stems = _Stems(space, opening, due)
    wanted, tried, first = hull, 0, None
    while True:
        found = stems.open[-1] & wanted
        if not found.satisfiable():
            if not stems.advance():
                return _far_lasso(space, opening, due, hull, owed)
            continue
        head = space.encoding.first(found)
        first = len(stems.open) if first is None else first
        tried += 1
        component = _component(space, head, hull)
        if is_fair(space, component, owed):
            break
        assert tried <= TRIED_COMPONENTS, "a part of the hull that leads to no other is fair"
        wanted = wanted & ~component if tried < TRIED_COMPONENTS else _last_component(space, head, hull)
    stem = stems.path_to(head)
    loop = _loop(space, component, head, owed)
    return Lasso(stem, loop, shortest=not loop.taken and len(stems.open) == first)


def _far_lasso(space: SymbolicSpace, opening: Diagram, due: Diagram, hull: Diagram, owed: Owed) -> Lasso:
    """Return a lasso whose stem is no shortest one, because layers on the way to it are too large to be made."""
    opens = opening & space.backwards(hull, due)
    to_opening = some_path(space, space.initial, opens, space.reachable)
    to_hull = some_path(space, to_opening.end, hull, due)
    component = _last_component(space, to_hull.end, hull)
    to_component = some_path(space, to_hull.end, component, hull)
    stem = to_opening.then(to_hull).then(to_component)
    return Lasso(stem, _loop(space, component, stem.end, owed), shortest=False)


class _Stems:
    """Breadth first from the initial state, together with whether the promise is open."""

    def __init__(self, space: SymbolicSpace, opening: Diagram, due: Diagram) -> None:
        self.space, self.opening, self.due = space, opening, due
        start = space.encoding.state(space.initial)
        self.any = [start]  # by layer, the states at that distance
        self.open = [start & opening]  # by layer, those that are met with the promise open for the first time
        self._met, self._met_open = self.any[0], self.open[0]
        self._effort = 0

    def advance(self) -> bool:
        """Make the next layer; False if that would take too long."""
        self._effort += (self.any[-1].node_count() + self.open[-1].node_count()) * len(self.space.relations)
        if self._effort > LAYER_EFFORT:
            return False
        layer = self.space.image(self.any[-1]) & ~self._met
        opened = (layer & self.opening) | (self.space.image(self.open[-1]) & self.due)
        opened &= ~self._met_open
        if not layer.satisfiable() and not opened.satisfiable():
            raise AssertionError("the hull lies where the promise can be open")
        self._met |= layer
        self._met_open |= opened
        self.any.append(layer)
        self.open.append(opened)
        return True

    def path_to(self, head: Locals) -> Path:
        """Return the shortest path to a state of the last layer at the end of which the promise is open."""
        space = self.space
        still_open = space.encoding.state(head)
        opened, not_yet = [still_open], [space.encoding.nothing]
        for place in reversed(range(len(self.open) - 1)):
            before = space.preimage(opened[-1] & self.opening) | space.preimage(not_yet[-1])
            not_yet.append(self.any[place] & before)
            opened.append(self.open[place] & space.preimage(opened[-1]))
        opened.reverse()
        not_yet.reverse()
        state = space.initial
        is_open = space.encoding.holds(self.opening, state)
        path = Path((state,))
        for place in range(1, len(opened)):
            for relation in space.relations:
                target = relation.successor(path.end)
                if target is None:
                    continue
                opens = space.encoding.holds(self.due if is_open else self.opening, target)
                # a promise that is open already does no harm on a way that opens it later
                leads = opened[place] | not_yet[place] if opens else not_yet[place]
                if space.encoding.holds(leads, target):
                    path, is_open = path.then(Path((path.end, target), (relation,))), opens
                    break
            else:
                raise AssertionError("each state of a layer leads to the next")
        return path


def _component(space: SymbolicSpace, state: Locals, hull: Diagram) -> Diagram:
    """Return the strongly connected part of the hull around one of its states."""
    here = space.encoding.state(state)
    return space.backwards(here, space.forwards(here, hull))


def _last_component(space: SymbolicSpace, state: Locals, hull: Diagram) -> Diagram:
    """Return a strongly connected part of the hull that can be reached and leads to no other; it is fair."""
    while True:
        here = space.encoding.state(state)
        reached = space.forwards(here, hull)
        component = space.backwards(here, reached)
        hull = reached & ~component
        if not hull.satisfiable():
            return component
        state = space.encoding.first(hull)


def _loop(space: SymbolicSpace, component: Diagram, head: Locals, owed: Owed) -> Path:
    """Return a way round a fair component that settles whatever a run owes there."""
    path = Path((head,))
    duties = owed.duties(space)
    if not any(duty.is_possible(head) for duty in duties):
        return path  # the run stays there
    due = [duty for duty in duties if not duty.is_strong or (component & duty.enabled).satisfiable()]
    due = _unsettled(due, path)
    while due:
        settling = space.encoding.union(duty.settled_in(component) for duty in due)
        way = _way(space, path.end, settling, component)
        path, due = path.then(way), _unsettled(due, way)
        for relation in [one for duty in due for one in duty.relations]:
            target = relation.successor(path.end)
            if target is not None and space.encoding.holds(component, target):
                step = Path((path.end, target), (relation,))
                path, due = path.then(step), _unsettled(due, step)
                break
    return path.then(_way(space, path.end, space.encoding.state(head), component))


def _way(space: SymbolicSpace, start: Locals, goal: Diagram, component: Diagram) -> Path:
    """Return a way to a part of a strongly connected set."""
    return shortest_path(space, start, goal, component) or some_path(space, start, goal, component)


def _unsettled(due: list[Duty], path: Path) -> list[Duty]:
    """Return what is neither taken on a path nor, if weakly fair, impossible somewhere on it."""
    return [
        duty
        for duty in due
        if not any(one in path.taken for one in duty.relations)
        and (duty.is_strong or all(map(duty.is_possible, path.states)))
    ]
