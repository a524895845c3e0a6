"""Looks in the counter abstraction for loops that some number of instances may go round fairly; see `fair_loop`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from lifecheck.instances.copies import Sharing
from lifecheck.instances.counter_abstraction import AbstractStep, CounterAbstraction
from lifecheck.machines import BLOCKED
from lifecheck.statespace import strongly_connected

Moves = frozenset[tuple[int, int]]
"""Between which classes an instance moves."""

Members = tuple[str, ...]
"""A trigger that is fair by itself, or those of a group of which one is enough."""


def fair_loop(
    abstraction: CounterAbstraction,
    region: Iterable[int],
    weak: Iterable[Members] | None = None,
    strong: Iterable[Members] | None = None,
) -> list[int] | None:
    """Return abstract states of a region that fair runs of some number of instances may visit for ever; None if none.

    What runs visit for ever lies in a strongly connected part. What they cannot do there is taken away, part by part,
    until nothing is left or nothing more can be taken away:

    * a step in which another instance goes where no step of the part brings it back: each takes it once;
    * a part in which something stays fairly owed to instance 1, to what is shared, or to another instance, which is
      somewhere in a set of local states that none leaves, and never gets its due there.

    Where fairness is strong only the states that make the trigger possible are taken away, and the rest is examined
    (Emerson and Lei 1987).

    Parameters
    ----------
    abstraction
        All that any number of instances can do, and more.
    region
        The abstract states in which the promise is due.
    weak, strong
        What is fair, each trigger or group by its members; what the system declares, unless given.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.instances import decompose
    >>> from lifecheck.instances.counter_abstraction import counter_abstraction
    >>> takes = [Row("take", "new", "busy"), Row("give", "busy", "new")]
    >>> task = Component("task", ["new", "busy"], "new", takes, {"take", "give"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> weak = System("work", [task, tool], copied={"task"})
    >>> strong = System("work", [task, tool], copied={"task"}, strong={"take": "turns are taken"})
    >>> for system in (weak, strong):
    ...     found = counter_abstraction(decompose(system))
    ...     waiting = [number for number, state in enumerate(found.states) if state.own == 0]
    ...     print(fair_loop(found, waiting))
    [1, 4, 5]
    None
    """
    system = abstraction.decomposition.system
    owed = [(members, False) for members in (system.owed_weakly.values() if weak is None else weak)]
    owed += [(members, True) for members in (system.owed_strongly.values() if strong is None else strong)]
    looking = _Looking(abstraction, owed)
    pending: list[tuple[list[int], Moves]] = [(sorted(region), frozenset())]
    while pending:
        states, once = pending.pop()
        for part in _parts(looking, states, once):
            inside = set(part)
            steps = [(state, step) for state in part for step in looking.kept(state, once) if step.after in inside]
            leaving, together = _taken_once(abstraction, steps)
            if leaving:
                pending.append((part, once | leaving))
                continue
            unfair = looking.unfair(part, steps, together)
            if not unfair:
                return part
            rest = [state for state in part if state not in unfair]
            if rest:
                pending.append((rest, once))
    return None


def _parts(looking: _Looking, states: Sequence[int], once: Moves) -> Iterator[list[int]]:
    return strongly_connected(states, lambda state: [step.after for step in looking.kept(state, once)])


def _taken_once(
    abstraction: CounterAbstraction, steps: Iterable[tuple[int, AbstractStep]]
) -> tuple[Moves, dict[int, int]]:
    """Return the moves of other instances that no moves of the steps undo, and for each class the set it lies in.

    What moves in a broadcast only if it is there may undo a move, and is none that is taken once: for the broadcast
    may be taken again and again, with nobody there.
    """
    moves = {move for state, step in steps for move in abstraction.moved(state, step)}
    may_move = {move for _, step in steps for move in abstraction.may_move(step)}
    leads: dict[int, list[int]] = {place: [] for place in range(len(abstraction.others))}
    for source, target in sorted(moves | may_move):
        leads[source].append(target)
    together = {
        place: number for number, part in enumerate(strongly_connected(leads, leads.__getitem__)) for place in part
    }
    return frozenset((source, target) for source, target in moves if together[source] != together[target]), together


class _Looking:
    """What is owed, and where it is possible; each is looked up once."""

    def __init__(self, abstraction: CounterAbstraction, owed: Sequence[tuple[Members, bool]]) -> None:
        self.abstraction = abstraction
        self.decomposition = abstraction.decomposition
        self.owed = owed

    def kept(self, state: int, once: Moves) -> Iterable[AbstractStep]:
        """Return the steps of a state without those in which an instance moves as each does once."""
        steps = self.abstraction.steps[state]
        if not once:
            return steps
        return [step for step in steps if not any(move in once for move in self.abstraction.moved(state, step))]

    def unfair(
        self, part: Sequence[int], steps: Sequence[tuple[int, AbstractStep]], together: dict[int, int]
    ) -> set[int]:
        """Return states of a part that no fair run visits for ever, as long as it visits no others; none if it may."""
        seen = {step.trigger for _, step in steps if step.source is None}
        by_others = {(step.trigger, together[step.source]) for _, step in steps if step.source is not None}
        for members, is_strong in self.owed:
            if seen.isdisjoint(members):
                possible = {state for state in part if not self._seen[state].isdisjoint(members)}
                if possible and (is_strong or len(possible) == len(part)):
                    return possible
            if self.decomposition.sharing[members[0]] is Sharing.INDEXED:
                unfair = self._unfair_to_others(part, members, is_strong, by_others, together)
                if unfair:
                    return unfair
        return set()

    def _unfair_to_others(
        self,
        part: Sequence[int],
        members: Members,
        is_strong: bool,
        taken: set[tuple[str, int]],
        together: dict[int, int],
    ) -> set[int]:
        """Return states in which an instance is that, for as long as it stays where none leaves, is refused its due.

        Who is not told of may be where nothing is possible, and need not be where something is.
        """
        served = {place for trigger, place in taken if trigger in members}
        possible: dict[int, set[int]] = {}
        impossible: dict[int, set[int]] = {}
        for state in part:
            shared, _, others = self.abstraction.states[state]
            for place, many in enumerate(others):
                if not many or together[place] in served:
                    continue
                if not self._possible_for_others(shared, place, members):
                    impossible.setdefault(together[place], set()).add(state)
                elif place not in self.abstraction.untold:
                    possible.setdefault(together[place], set()).add(state)
        for place, states in possible.items():
            if is_strong or place not in impossible:
                return states
        return set()

    def _possible_for_others(self, shared: int, place: int, members: tuple[str, ...]) -> bool:
        return any(
            self.abstraction.others.moves[trigger][place] != BLOCKED and self._is_open(shared, trigger)
            for trigger in members
        )

    def _is_open(self, shared: int, trigger: str) -> bool:
        moves = self.decomposition.shared.moves
        return trigger not in moves or moves[trigger][shared] != BLOCKED

    @cached_property
    def _seen(self) -> list[frozenset[str]]:
        """For each state the triggers of instance 1, of what is shared, and of all, that are possible there."""
        return [frozenset(step.trigger for step in steps if step.source is None) for steps in self.abstraction.steps]
