"""A naive judge for systems of a few global states: it composes the rows itself and tries every set of states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from types import SimpleNamespace

from lifecheck import Property, System, Verdict
from lifecheck.properties import Kind

GlobalState = tuple[str, ...]
"""The state of each component, in the order of the system's components and observers."""

Places = frozenset[GlobalState]
"""Some global states."""


@dataclass(frozen=True)
class Fairness:
    """Who owes what: the weakly and the strongly fair triggers, and groups of them of which one is enough."""

    weak: frozenset[str]
    strong: frozenset[str]
    weak_groups: frozenset[frozenset[str]] = frozenset()
    strong_groups: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, system: System) -> Fairness:
        """Read it off a system; a trigger that is declared strongly fair is not weakly fair besides."""
        everything = {trigger for component in system.components for trigger in component.alphabet}
        granted = everything if system.fair is None else {one for one in system.fair if isinstance(one, str)}
        strong = frozenset(one for one in system.strong if isinstance(one, str))
        return cls(
            frozenset(granted - set(system.environment)) - strong,
            strong,
            frozenset(frozenset(one) for one in system.fair or () if not isinstance(one, str)),
            frozenset(frozenset(one) for one in system.strong if not isinstance(one, str)),
        )


class NaiveJudge:
    """Judges properties of one system by closures of relations and by trying every set of states."""

    def __init__(self, system: System) -> None:
        self.names = tuple(part.name for part in system.parts)
        self.start: GlobalState = tuple(part.initial for part in system.parts)
        self.starts: Places = frozenset(product(*(part.starts or (part.initial,) for part in system.parts)))
        self.fairness = Fairness.of(system)
        self.environment = frozenset(system.environment)
        self.moves = compose(system)

    @cached_property
    def reachable(self) -> Places:
        """Every state that some run visits."""
        return closure(self.starts, self.successors)

    @cached_property
    def successors(self) -> Mapping[GlobalState, Places]:
        """The states one step away, whoever takes it."""
        return {state: frozenset(moves.values()) for state, moves in self.moves.items()}

    @cached_property
    def system_successors(self) -> Mapping[GlobalState, Places]:
        """The states one step away by a trigger that is not the environment's."""
        return {
            state: frozenset(target for trigger, target in moves.items() if trigger not in self.environment)
            for state, moves in self.moves.items()
        }

    @cached_property
    def connected_sets(self) -> list[Places]:
        """Every set of reachable states in which each state leads to each other one by edges inside the set."""
        return [inside for inside in non_empty_subsets(self.reachable) if self._is_connected(inside)]

    def where(self, predicate: Callable[..., bool]) -> Places:
        """Return the reachable states that satisfy a predicate."""
        return frozenset(state for state in self.reachable if predicate(self.view(state)))

    def view(self, state: GlobalState) -> SimpleNamespace:
        """Return a state as predicates read it: by component name."""
        return SimpleNamespace(**dict(zip(self.names, state, strict=True)))

    def able_to_reach(self, goal: Places) -> Places:
        """Return the reachable states from which triggers that are not the environment's can lead to a goal."""
        return frozenset(one for one in self.reachable if closure({one}, self.system_successors) & goal)

    def distance(self, targets: Places) -> int:
        """Return how many steps the nearest of some reachable states is away."""
        steps, layer = 0, set(self.starts)
        while not layer & targets:
            steps, layer = steps + 1, {target for state in layer for target in self.successors[state]}
        return steps

    def walk(self, triggers: Iterable[str]) -> list[GlobalState]:
        """Return the states that triggers lead through, the initial one first; it ends before one that is blocked."""
        states = [self.start]
        for trigger in triggers:
            if trigger not in self.moves[states[-1]]:
                break
            states.append(self.moves[states[-1]][trigger])
        return states

    def verdict(self, asked: Property, fairness: Fairness | None = None) -> Verdict:
        """Judge a property, under the system's own fairness unless another is given."""
        goal = self.where(asked.goal)
        given = self.reachable if asked.given is None else self.where(asked.given)
        if asked.given is not None and not given:
            return Verdict.VACUOUS
        match asked.kind:
            case Kind.ALWAYS:
                holds = given <= goal
            case Kind.NEVER:
                holds = not goal
            case Kind.SOMETIMES:
                holds = bool(goal)
            case Kind.CAN_ALWAYS_REACH:
                holds = self.able_to_reach(goal) == self.reachable
            case Kind.EVENTUALLY | Kind.LEADS_TO:
                holds = not self.refuting_sets(asked, fairness or self.fairness)
        return Verdict.HOLDS if holds else Verdict.VIOLATED

    def refuting_sets(self, asked: Property, fairness: Fairness) -> list[Places]:
        """Return the sets in which a fair run can stay for ever while what a liveness property promised is due."""
        missing = self.reachable - self.where(asked.goal)
        opening = self.starts if asked.given is None else self.where(asked.given)
        due = closure(opening & missing, {state: self.successors[state] & missing for state in missing})
        # A connected set that is due in one state is due in all, so it does not matter where the run enters it.
        return [
            inside
            for inside in self.connected_sets
            if inside <= missing and inside & due and self.is_fair_place(inside, fairness)
        ]

    def is_fair_place(self, inside: Places, fairness: Fairness) -> bool:
        """Whether a run that stays in a connected set, and goes everywhere in it, gives every trigger its due.

        For one state without a move of its own this asks that no fair trigger is possible there, which is
        when a run may stutter.
        """
        taken = {trigger for state in inside for trigger, target in self.moves[state].items() if target in inside}
        always_possible = frozenset.intersection(*(frozenset(self.moves[state]) for state in inside))
        once_possible = frozenset().union(*(self.moves[state] for state in inside))
        if not (fairness.weak & always_possible <= taken and fairness.strong & once_possible <= taken):
            return False
        for group in fairness.weak_groups:  # at each state some member, not always the same one
            if all(group & set(self.moves[state]) for state in inside) and not group & taken:
                return False
        return not any(group & once_possible and not group & taken for group in fairness.strong_groups)

    def _is_connected(self, inside: Places) -> bool:
        inner = {state: self.successors[state] & inside for state in inside}
        return all(closure({state}, inner) == inside for state in inside)


def compose(system: System) -> dict[GlobalState, dict[str, GlobalState]]:
    """Return the move of each trigger in each combination of component states where it can fire.

    A trigger fires if every component that has it in its alphabet has a row for it; the others stay.
    """
    tables = [
        {(row.trigger, row.source): row.source if row.dest == "=" else row.dest for row in part.rows}
        for part in system.parts
    ]
    triggers = sorted({trigger for component in system.components for trigger in component.alphabet})
    moves: dict[GlobalState, dict[str, GlobalState]] = {}
    for state in product(*(part.states for part in system.parts)):
        moves[state] = {}
        for trigger in triggers:
            target = [
                table.get((trigger, local)) if trigger in part.alphabet else local
                for part, table, local in zip(system.parts, tables, state, strict=True)
            ]
            if None not in target:
                moves[state][trigger] = tuple(str(local) for local in target)
    return moves


def closure(start: Set[GlobalState], successors: Mapping[GlobalState, Places]) -> Places:
    """Return the states that lie any number of steps from some states, themselves included."""
    found = set(start)
    waiting = list(start)
    while waiting:
        new = successors[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def non_empty_subsets(states: Places) -> Iterator[Places]:
    """Yield every non-empty set of some states, smaller ones first."""
    for size in range(1, len(states) + 1):
        yield from map(frozenset, combinations(sorted(states), size))
