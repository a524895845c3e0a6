"""The counter abstraction: instance 1 and what is shared as they are, the others counted, for every number at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lifecheck.errors import LifecheckError
from lifecheck.instances.conservation import Law, conservation_laws
from lifecheck.instances.copies import Sharing
from lifecheck.instances.decomposition import Decomposition
from lifecheck.instances.other_instances import OtherInstances, other_instances
from lifecheck.machines import BLOCKED
from lifecheck.symbolic import Progress

ABSTRACT_STATE_LIMIT = 150_000
"""How many abstract states are made; beyond it no verdict for every number is given."""

_TOLD_EVERY = 1_000


class AbstractState(NamedTuple):
    """What is shared, instance 1, and for each class of local states how many others are in it.

    In a class that a conservation law bounds the number is exact; in any other it is 0 for none and 1 for some. Of
    those that are out of play it is always 0; of those of which nothing is told, where anybody may be, it is always 1.
    """

    shared: int
    own: int
    others: tuple[int, ...]


class AbstractStep(NamedTuple):
    """A step: its trigger, between which classes another instance moves, and the number of the abstract state after it.

    No single other instance moves (`source` is None) in a step of instance 1, of what is shared, and in a broadcast.
    """

    trigger: str
    source: int | None
    target: int | None
    after: int


class LimitMetError(LifecheckError):
    """There are more abstract states than are made."""


@dataclass(frozen=True)
class CounterAbstraction:
    """All that any number of instances can do, as instance 1 sees it, and more.

    Parameters
    ----------
    decomposition
        The system, taken apart.
    others
        The local states of the other instances, in classes.
    laws
        What bounds how many instances are in some of them.
    states
        The abstract states.
    initial
        The numbers of those in which runs begin: without other instances, and with some.
    steps
        The steps of each.
    untold
        The classes of which it is not told whether anybody is there: any number may be, also none.
    """

    decomposition: Decomposition
    others: OtherInstances
    laws: tuple[Law, ...]
    states: tuple[AbstractState, ...]
    initial: tuple[int, ...]
    steps: tuple[tuple[AbstractStep, ...], ...]
    untold: frozenset[int] = frozenset()

    @property
    def counted(self) -> frozenset[int]:
        """The classes in which the number of other instances is exact."""
        return _counted(self.laws)

    def moved(self, state: int, step: AbstractStep) -> Iterator[tuple[int, int]]:
        """Yield between which classes other instances move in a step, in a broadcast all who are known to be there."""
        if step.source is not None and step.target is not None:
            yield step.source, step.target
        elif self.decomposition.sharing[step.trigger] is Sharing.BROADCAST:
            to = self.others.moves[step.trigger]
            others = enumerate(self.states[state].others)
            yield from ((place, to[place]) for place, many in others if many and place not in self.untold)

    def may_move(self, step: AbstractStep) -> Iterator[tuple[int, int]]:
        """Yield between which classes others move in a broadcast too, if there are any."""
        if step.source is None and self.decomposition.sharing[step.trigger] is Sharing.BROADCAST:
            to = self.others.moves[step.trigger]
            yield from ((place, to[place]) for place in sorted(self.untold))


def counter_abstraction(
    decomposition: Decomposition,
    limit: int = ABSTRACT_STATE_LIMIT,
    *,
    tell_some: bool = True,
    progress: Progress | None = None,
) -> CounterAbstraction:
    """Make every abstract state that some number of instances may be in.

    Pnueli, Xu and Zuck, Liveness with (0, 1, infinity)-counter abstraction (2002), with exact numbers where a
    conservation law bounds them. `docs/instances.md` has the argument why nothing that happens is missing.

    Parameters
    ----------
    decomposition
        The system, taken apart.
    limit
        How many abstract states to make.
    tell_some
        Whether to tell none from some where no law bounds the number. Otherwise any number may be there (the ω of Karp
        and Miller, Parallel program schemata, 1969): far fewer states, and more that is not.
    progress
        Told now and then how many there are.

    Raises
    ------
    LimitMetError
        If there are more.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.instances import decompose
    >>> takes = [Row("take", "new", "busy"), Row("give", "busy", "new")]
    >>> task = Component("task", ["new", "busy"], "new", takes, {"take", "give"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> found = counter_abstraction(decompose(System("work", [task, tool], copied={"task"})))
    >>> [tuple(state) for state in found.states]
    [(0, 0, (0, 0)), (0, 0, (1, 0)), (1, 1, (0, 0)), (1, 1, (1, 0)), (1, 0, (1, 1)), (1, 0, (0, 1))]
    """
    others = other_instances(decomposition)
    laws = conservation_laws(decomposition, others)
    uncounted = frozenset(range(len(others))) - _counted(laws) - {others.out_of_play}
    untold = frozenset() if tell_some else uncounted
    making = _Making(decomposition, others, _counted(laws), untold)
    states = list(making.initial())
    initial = tuple(range(len(states)))
    number = {state: place for place, state in enumerate(states)}
    steps: list[tuple[AbstractStep, ...]] = []
    for state in states:  # grows while it is walked
        if progress is not None and not len(steps) % _TOLD_EVERY:
            progress("what any number of instances can do", len(states))
        found = []
        for trigger, source, target, after in making.steps(state):
            if after not in number:
                number[after] = len(states)
                states.append(after)
            found.append(AbstractStep(trigger, source, target, number[after]))
        steps.append(tuple(found))
        if len(states) > limit:
            raise LimitMetError(f"the abstraction of every number of instances has more than {limit:,} states")
    return CounterAbstraction(decomposition, others, laws, tuple(states), initial, tuple(steps), untold)


def _counted(laws: tuple[Law, ...]) -> frozenset[int]:
    return frozenset(place for law in laws for place, weight in enumerate(law.weights) if weight)


@dataclass(frozen=True)
class _Making:
    decomposition: Decomposition
    others: OtherInstances
    counted: frozenset[int]
    untold: frozenset[int]

    def initial(self) -> Iterator[AbstractState]:
        nobody = tuple(int(place in self.untold) for place in range(len(self.others)))
        yield AbstractState(0, 0, nobody)
        if self.others.initial != self.others.out_of_play and self.others.initial not in self.untold:
            yield AbstractState(0, 0, _put(nobody, self.others.initial, 1))

    def steps(self, state: AbstractState) -> Iterator[tuple[str, int | None, int | None, AbstractState]]:
        own, shared = self.decomposition.own.moves, self.decomposition.shared.moves
        for trigger, kind in self.decomposition.sharing.items():
            after = shared[trigger][state.shared] if trigger in shared else state.shared
            if after == BLOCKED:
                continue
            own_after = own[trigger][state.own] if trigger in own else state.own
            if own_after != BLOCKED:
                together = self._all(trigger, state.others) if kind is Sharing.BROADCAST else state.others
                yield trigger, None, None, AbstractState(after, own_after, together)
            if kind is Sharing.INDEXED:
                to = self.others.moves[trigger]
                for source, many in enumerate(state.others):
                    if many and to[source] != BLOCKED:
                        for others in self._one(state.others, source, to[source]):
                            yield trigger, source, to[source], AbstractState(after, state.own, others)

    def _one(self, others: tuple[int, ...], source: int, target: int) -> Iterator[tuple[int, ...]]:
        """Yield what is left and come when one moves; where some were, there may be some left or none."""
        if source == target:
            yield others
        elif source in self.untold:
            yield self._come(others, target)
        elif source in self.counted:
            yield self._come(_put(others, source, others[source] - 1), target)
        else:
            yield self._come(others, target)
            yield self._come(_put(others, source, 0), target)

    def _come(self, others: tuple[int, ...], target: int) -> tuple[int, ...]:
        if target == self.others.out_of_play:
            return others
        return _put(others, target, others[target] + 1 if target in self.counted else 1)

    def _all(self, trigger: str, others: tuple[int, ...]) -> tuple[int, ...]:
        """Return where all are after a broadcast, which no law lets pass between counted and uncounted classes."""
        after = [int(place in self.untold) for place in range(len(others))]
        for source, many in enumerate(others):
            target = self.others.moves[trigger][source]
            if many and target != self.others.out_of_play:
                if target in self.counted and source not in self.counted:
                    raise LifecheckError(
                        f"system {self.decomposition.system.name!r}: broadcast {trigger!r} breaks a conservation law, "
                        "so no verdict is given; lifecheck is wrong"
                    )
                after[target] = after[target] + many if target in self.counted else 1
        return tuple(after)


def _put(others: tuple[int, ...], place: int, many: int) -> tuple[int, ...]:
    return (*others[:place], many, *others[place + 1 :])
