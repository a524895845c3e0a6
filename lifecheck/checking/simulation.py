"""A walk: a run that remembers its way, goes on by itself or along recorded steps, and says where it may stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from lifecheck.machines import Run
from lifecheck.properties import Predicate, evaluate
from lifecheck.statespace import Graph, names_of_owed
from lifecheck.system import State, System, local_states

STEP_LIMIT = 100
"""How many steps a walk takes by itself; nobody reads a longer story."""

Labels = Mapping[str, str]
"""Components with their local states as shown."""

Step = str | tuple[str, Labels]
"""A recorded step: a trigger, alone or with what it changes."""


class Walk:
    """The real machines of a system, with every state they were in.

    Parameters
    ----------
    system
        The system to start.

    Attributes
    ----------
    states
        Every state so far, the initial one first.
    possible
        For each of them the triggers that could be taken there.
    taken
        The triggers that were taken between them.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> rows = [Row("tick", "low", "high"), Row("tock", "high", "low"), Row("stop", "high", "still")]
    >>> clock = Component("clock", ["low", "high", "still"], "low", rows, {"tick", "tock", "stop"})
    >>> walk = Walk(System("clock", [clock], fair={"tick", "tock"}))
    >>> walk.go_on()
    0
    >>> walk.taken
    ['tick', 'tock']
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.run = Run(system)
        self.states = [self.run.state]
        self.possible = [self.run.possible()]
        self.taken: list[str] = []

    def take(self, trigger: str) -> None:
        """Take a trigger.

        Raises
        ------
        BlockedError
            If some component cannot take it.
        """
        self.run.trigger(trigger)
        self.taken.append(trigger)
        self.states.append(self.run.state)
        self.possible.append(self.run.possible())

    @property
    def steps(self) -> tuple[tuple[str, State, State], ...]:
        """Each trigger taken, with the states before and after it."""
        pairs = zip(self.taken, pairwise(self.states), strict=True)
        return tuple((trigger, before, after) for trigger, (before, after) in pairs)

    def owed(self, start: int) -> tuple[str, ...]:
        """Return the fair triggers and groups without which the steps since `start` cannot be repeated for ever.

        That is each weakly fair one that was possible all the time and not taken, and each strongly fair
        one that was possible at some time and not taken. Where no steps were taken since, it is each fair
        trigger that is possible now.
        """
        loop, taken = self.possible[start:-1] or self.possible[-1:], frozenset(self.taken[start:])

        def unpaid(members: Sequence[str], times: Callable[[Iterable[bool]], bool]) -> bool:
            return taken.isdisjoint(members) and times(not frozenset(members).isdisjoint(here) for here in loop)

        weak = {name for name, members in self.system.owed_weakly.items() if unpaid(members, all)}
        strong = {name for name, members in self.system.owed_strongly.items() if unpaid(members, any)}
        return tuple(name for name in names_of_owed(self.system) if name in weak | strong)

    def stays(self) -> int | None:
        """Return after how many steps the loop begins with which the walk can go on for ever, if it can.

        The number of all steps so far means that it can stay where it is.
        """
        return next(
            (
                start
                for start in range(len(self.taken), -1, -1)
                if self.states[start] == self.states[-1] and not self.owed(start)
            ),
            None,
        )

    def go_on(self) -> int | None:
        """Take fair triggers until the walk can stay or repeat its steps for ever; return where that loop begins.

        Of those possible it takes the one that was taken longest ago, in the system's order among those
        never taken. A walk that goes on like this is fair in the end, weakly and strongly: a trigger that is
        passed over grows older than all others. None if `STEP_LIMIT` steps did not suffice.
        """
        owed = [*self.system.owed_weakly.values(), *self.system.owed_strongly.values()]
        fair = frozenset(trigger for members in owed for trigger in members)
        for _ in range(STEP_LIMIT):
            start = self.stays()
            if start is not None:
                return start
            last = {trigger: number for number, trigger in enumerate(self.taken)}
            self.take(min((name for name in self.possible[-1] if name in fair), key=lambda name: last.get(name, -1)))
        return self.stays()


def way_to(graph: Graph, taken: Sequence[str], goal: Predicate) -> tuple[str, ...] | None:
    """Return the fewest system triggers that lead to a goal, the first in row order among equals.

    Parameters
    ----------
    graph
        The explored system.
    taken
        The triggers that lead to where the way begins.
    goal
        Where it ends.

    Returns
    -------
    tuple of str or None
        None if system triggers lead nowhere, as far as the graph was explored.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, explore
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> graph = explore(System("bell", [bell], environment={"ring"}))
    >>> way_to(graph, ["ring"], lambda s: s.bell == "quiet")
    ('answer',)
    >>> way_to(graph, [], lambda s: s.bell == "rung") is None
    True
    """
    names = graph.system.triggers
    state = 0
    for trigger in taken:
        if state >= graph.expanded:
            return None
        state = dict(graph.edges(state))[names.index(trigger)]
    environment = graph.mask(frozenset(graph.system.environment))
    ways: dict[int, tuple[str, ...]] = {state: ()}
    for current in (found := [state]):  # grows while it is walked: breadth first
        if evaluate(goal, graph.view(current)):
            return ways[current]
        for number, target in graph.edges(current) if current < graph.expanded else ():
            if not environment >> number & 1 and target not in ways:
                ways[target] = (*ways[current], names[number])
                found.append(target)
    return None


def labels(state: State) -> dict[str, str]:
    """Return each component with its local state as shown.

    Examples
    --------
    >>> from lifecheck.system import LocalState
    >>> labels(State({"door": LocalState("closed", "door", ("closed", "open"), {"pushes": 2})}))
    {'door': 'closed(pushes=2)'}
    """
    return {name: local.label for name, local in local_states(state).items()}


def is_at(state: State, expected: Labels) -> bool:
    """Whether the components of a record are in their local states; others may be anywhere."""
    there = labels(state)
    return all(there.get(name) == label for name, label in expected.items())


def missing(system: System, start: Labels, steps: Sequence[Step]) -> str | None:
    """Return what a recorded run names and the system does not have any more, if there is something.

    Parameters
    ----------
    system
        The system of today.
    start
        Where everything was.
    steps
        Each trigger, with what it changed.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = System("lamp", [Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})])
    >>> missing(lamp, {"lamp": "off"}, [("switch", {"lamp": "bright"})])
    "state 'bright' of 'lamp'"
    >>> missing(lamp, {"lamp": "off"}, ["press"])
    "trigger 'press'"
    >>> missing(lamp, {"lamp": "off"}, [("switch", {"lamp": "on"})]) is None
    True
    """
    known = {part.name: part.states for part in system.parts}
    recorded = [_recorded(step) for step in steps]
    for trigger, _ in recorded:
        if trigger not in system.triggers:
            return f"trigger {trigger!r}"
    for where in (start, *(changed for _, changed in recorded)):
        for component, label in where.items():
            if component not in known:
                return f"component {component!r}"
            if not any(label == state or label.startswith(f"{state}(") for state in known[component]):
                return f"state {label!r} of {component!r}"
    return None


def replayed(system: System, start: Labels, steps: Sequence[Step]) -> Walk | None:
    """Return the walk along recorded steps, if the real machines still take each of them to where it led.

    Parameters
    ----------
    system
        The system of today.
    start
        Where everything was; what is not named may be anywhere.
    steps
        Each trigger, alone or with what it changed.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> lamp = System("lamp", [Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})])
    >>> replayed(lamp, {"lamp": "off"}, [("switch", {"lamp": "on"})]).taken
    ['switch']
    >>> replayed(lamp, {"lamp": "off"}, ["switch", "switch"]) is None
    True
    """
    walk, expected = Walk(system), dict(start)
    if not is_at(walk.states[-1], expected):
        return None
    for trigger, changed in map(_recorded, steps):
        if not walk.run.may(trigger):
            return None
        walk.take(trigger)
        expected |= changed
        if not is_at(walk.states[-1], expected):
            return None
    return walk


def _recorded(step: Step) -> tuple[str, Labels]:
    return (step, {}) if isinstance(step, str) else step
