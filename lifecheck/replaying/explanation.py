"""Answers for one case: the cheapest explanation, why a line could not be, and what is open where the log ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from lifecheck.properties import Property, evaluate
from lifecheck.replaying.alignment import Alignment
from lifecheck.replaying.answer import Answer, Broken, LoopSoFar, OpenObligation, Outcome, Refusal, ReplayedStep
from lifecheck.replaying.event import Sign
from lifecheck.replaying.loop import repetition_of
from lifecheck.replaying.observed import Belief, Move, ObservedSystem, Place, StepKind
from lifecheck.replaying.watching import Watch
from lifecheck.system import Row, State, local_states


class Lines(NamedTuple):
    """The lines of one case.

    Parameters
    ----------
    signs
        What they say, up to the one that no run has.
    numbers
        The number of each.
    died
        Whether no run has the last one.
    limited
        Whether a limit kept some of the states from being looked at.
    """

    signs: Sequence[Sign]
    numbers: Sequence[int]
    died: bool = False
    limited: bool = False


class Explainer:
    """Explains cases on one system.

    Parameters
    ----------
    observed
        The system, and what a log shows of it.
    properties
        What is promised: liveness is looked at where the log ends, safety all along.
    """

    def __init__(self, observed: ObservedSystem, properties: Sequence[Property] = ()) -> None:
        self.observed = observed
        self._names = observed.graph.system.triggers
        self._watching = len(observed.graph.system.components)  # from here on, what only watches
        self._views: dict[int, State] = {}
        self._live = [one for one in properties if one.kind.is_liveness]
        self._safe = [one for one in properties if one.kind.is_safety]
        self._watches: dict[int, Watch] = {}
        self._taken: set[tuple[int, int]] = set()  # states with the triggers that were taken there
        self._known: dict[tuple[int, bool, int], bool] = {}  # by property, whether its goal is asked, and state

    def explain(self, case: str, lines: Lines) -> Answer:
        """Return the answer for one case."""
        explained = lines.signs[:-1] if lines.died else lines.signs
        alignment = Alignment(self.observed, explained)
        states = [alignment.start, *(move.place.state for move in alignment.moves)]
        self._taken.update(
            (state, move.trigger) for state, move in zip(states, alignment.moves, strict=False) if move.trigger >= 0
        )
        steps = tuple(self._steps(alignment.moves, lines.numbers))
        answer = Answer(
            self.observed.graph.system,
            case,
            _outcome(lines),
            steps,
            tuple(map(self._view, states)),
            tuple(lines.signs),
            broken=tuple(self._broken(steps, states, explained, lines.limited)),
        )
        if lines.died:
            return self._refused(answer, lines)
        return self._ended(answer, states, alignment.moves, lines.limited)

    def never_exercised(self) -> Iterator[tuple[str, Row]]:
        """Yield the rows of components that nothing explained so far takes, each with its component."""
        graph = self.observed.graph
        for position, part in enumerate(graph.system.components):
            moves = {
                (graph.beginning_of(state), graph.locals_of(state)[position], number): state
                for state, number in self._taken
            }
            taken = {
                row
                for (*_, number), state in moves.items()
                if self._names[number] in part.alphabet
                for row in graph.rows_taken(state, self._names[number], position)
            }
            yield from ((part.name, row) for row in part.rows if row not in taken)

    def _refused(self, answer: Answer, lines: Lines) -> Answer:
        """Return the answer with what the line says that no run has, and why none does."""
        belief: Belief | None = self.observed.first
        for sign in lines.signs[:-1]:
            assert belief is not None, "the last line alone could not be"
            belief = self.observed.after(belief, sign)
        assert belief is not None, "likewise"
        sign = lines.signs[-1]
        return replace(
            answer,
            line=lines.numbers[-1],
            sign=sign,
            possible=self._possible(belief),
            refused=tuple(dict.fromkeys(one for place in belief.places for one in self._why_not(place, sign))),
        )

    def _ended(self, answer: Answer, states: list[int], moves: Sequence[Move], limited: bool) -> Answer:
        graph = self.observed.graph  # an observer that counts would make the first rounds unlike the others
        places = [graph.locals_of(state)[: self._watching] for state in states[1:]]
        compared = [(move.kind, move.trigger, place) for move, place in zip(moves, places, strict=True)]
        repeated = repetition_of(compared)
        loop = None
        if repeated is not None and any(step.trigger for step in answer.steps[repeated.begins :]):
            loop = LoopSoFar(*repeated, _line_from(answer.steps, repeated.begins))
        return replace(answer, owed=tuple(self._owed(answer, states, limited)), loop=loop)

    def _steps(self, moves: Sequence[Move], numbers: Sequence[int]) -> Iterator[ReplayedStep]:
        left = iter(numbers)
        for move in moves:
            takes_line = move.kind not in (StepKind.SILENT, StepKind.LOST)
            name = "" if move.trigger < 0 else self._names[move.trigger]
            yield ReplayedStep(move.kind, name, next(left) if takes_line else None)

    def _possible(self, belief: Belief) -> tuple[str, ...]:
        found = {
            number
            for place in belief.places
            for number, _ in self.observed.edges(place.state)
            if number in self.observed.visible
        }
        return tuple(self._names[number] for number in sorted(found))

    def _why_not(self, place: Place, sign: Sign) -> Iterator[Refusal]:
        observed, state = self.observed, place.state
        known = set(self._names)
        before = self._elsewhere(state, sign.before)
        if not sign.triggers:
            yield Refusal("", elsewhere=before + self._elsewhere(state, sign.seen))
        for trigger in sign.triggers:
            if trigger not in known:
                yield Refusal(trigger, unknown=True)
            elif by := observed.blockers(state, trigger):
                yield Refusal(trigger, by, before)
            else:
                targets = dict(observed.edges(state))
                target = targets.get(observed.numbers[trigger])
                if target is not None:
                    yield Refusal(trigger, elsewhere=before or self._elsewhere(target, sign.seen))

    def _elsewhere(self, state: int, seen: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
        """Return what was seen that is not so in a state: the component, where it is, and where it was seen."""
        there = local_states(self._view(state))
        return tuple(
            (name, there[name].label if name in there else "", label)
            for name, label in seen
            if not self.observed.agrees(state, ((name, label),))
        )

    def _owed(self, answer: Answer, states: list[int], limited: bool) -> Iterator[OpenObligation]:
        """Yield what is open in the last state; what is beyond a limit was not looked at, so nothing is sure then."""
        for asked in self._live:
            since: int | None = None
            for at, state in enumerate(states):
                if self._holds(asked, state):
                    since = None
                    if asked.given is None:
                        break  # `eventually` is kept once and for all
                elif since is None and self._arises(asked, state):
                    since = at
            if since is not None:
                is_sure = not limited and not self._may_be_met(asked, answer.signs)
                yield OpenObligation(asked, _line_to(answer.steps, since), is_sure)

    def _broken(
        self, steps: Sequence[ReplayedStep], states: list[int], signs: Sequence[Sign], limited: bool
    ) -> Iterator[Broken]:
        for asked in self._safe:
            at = next((at for at, state in enumerate(states) if self._is_bad(asked, state)), None)
            if at is not None:
                yield Broken(asked, _line_to(steps, at), not limited and not self._can_avoid(asked, signs))

    def _can_avoid(self, asked: Property, signs: Sequence[Sign]) -> bool:
        """Whether some run has these lines and never violates a property."""

        def kept(state: int) -> bool | None:
            return None if self._is_bad(asked, state) else True

        return bool(self._watch(asked, kept, lambda _, state: kept(state)).ends(signs))

    def _may_be_met(self, asked: Property, signs: Sequence[Sign]) -> bool:
        """Whether some run has these lines, and perhaps silent steps after them, and owes nothing where it ends."""

        def first(state: int) -> bool:
            return self._arises(asked, state) and not self._holds(asked, state)

        def later(is_open: bool, state: int) -> bool:
            arises = asked.given is not None and self._arises(asked, state)
            return (is_open or arises) and not self._holds(asked, state)

        return False in self._watch(asked, first, later).ends(signs)

    def _watch(
        self, asked: Property, first: Callable[[int], bool | None], later: Callable[[bool, int], bool | None]
    ) -> Watch:
        """Return what follows all runs for a property; kept, for what it worked out."""
        if id(asked) not in self._watches:
            self._watches[id(asked)] = Watch(self.observed, first, later)
        return self._watches[id(asked)]

    def _is_bad(self, asked: Property, state: int) -> bool:
        return self._arises(asked, state) and self._holds(asked, state) is asked.kind.settling

    def _arises(self, asked: Property, state: int) -> bool:
        key = (id(asked), False, state)
        if key not in self._known:
            self._known[key] = asked.arises_in(self._view(state))
        return self._known[key]

    def _holds(self, asked: Property, state: int) -> bool:
        key = (id(asked), True, state)
        if key not in self._known:
            self._known[key] = evaluate(asked.goal, self._view(state))
        return self._known[key]

    def _view(self, state: int) -> State:
        if state not in self._views:
            self._views[state] = self.observed.graph.view(state)
        return self._views[state]


def _outcome(lines: Lines) -> Outcome:
    if not lines.died:
        return Outcome.EXPLAINED
    return Outcome.UNKNOWN if lines.limited else Outcome.IMPOSSIBLE


def _line_to(steps: Sequence[ReplayedStep], state: int) -> int | None:
    """Return the last line up to a state, which is the first of those that could show it; None at the start."""
    return next((step.line for step in reversed(steps[:state]) if step.line is not None), None)


def _line_from(steps: Sequence[ReplayedStep], first: int) -> int | None:
    return next((step.line for step in steps[first:] if step.line is not None), None)
