"""The naive judge on interpreted machines, and its comparison with what lifecheck answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transitions import Machine

from lifecheck import Property, Result, State, System, Verdict
from lifecheck.properties import Kind
from lifecheck.system.state import local_states
from tests.lifecheck.described_machines import factory_of
from tests.lifecheck.machine_descriptions import MachineDescription, SystemDescription
from tests.lifecheck.machine_interpreter import Composition, Local, Table, compose
from tests.lifecheck.naive_judge import Fairness, GlobalState, NaiveJudge, Places
from tests.lifecheck.naive_lasso import LassoJudge
from tests.lifecheck.random_callback_systems import Question


class InterpretedJudge(NaiveJudge):
    """The naive judge, given the moves that the interpreter found instead of the rows of a system."""

    def __init__(self, description: SystemDescription, composition: Composition, names: Iterable[str]) -> None:
        wanted = set(names)
        self.names = tuple(part.name for part in description.parts if part.name in wanted)
        self.fairness = Fairness(description.weak, description.strong)
        self.environment = description.environment
        self.locals: dict[GlobalState, tuple[Local, ...]] = {labels(state): state for state in composition.moves}
        self.start = labels(composition.start)
        self.starts = frozenset({self.start})
        self.moves = {
            labels(state): {trigger: labels(target) for trigger, target in moves.items()}
            for state, moves in composition.moves.items()
        }

    def view(self, state: GlobalState) -> Any:
        """Return a state as the judge's predicates read it: by name, what is active and what attributes hold."""
        return dict(zip(self.names, self.locals[state], strict=True))


def labels(state: Iterable[Local]) -> GlobalState:
    """Return how lifecheck would show a state."""
    return tuple(local.label for local in state)


def shown(states: Iterable[State]) -> list[GlobalState]:
    """Return how lifecheck does show states."""
    return [tuple(local.label for local in local_states(state).values()) for state in states]


@dataclass(frozen=True)
class Compared:
    """What both say of one question."""

    asked: Question
    expected: Verdict
    result: Result
    faults: tuple[str, ...]

    @property
    def kind(self) -> str:
        given = self.asked.asked.kind is Kind.ALWAYS and self.asked.asked.given is not None
        return str(self.asked.asked.kind) + (" given" if given else "")


class JudgedSystem:
    """A system as the interpreter judges it, beside what the checker says.

    Parameters
    ----------
    description, tables
        The system, and what the interpreter says of each machine.
    fairness
        What the judge is told, where that is not what the system declares.
    """

    def __init__(
        self, description: SystemDescription, tables: Mapping[str, Table], fairness: Fairness | None = None
    ) -> None:
        self.description = description
        self.tables = tables
        self.fairness = fairness
        self._judges: dict[tuple[str, ...], InterpretedJudge] = {}
        self.whole = self.judge(part.name for part in description.parts)

    def judge(self, names: Iterable[str]) -> InterpretedJudge:
        """Return the judge of some parts."""
        wanted = tuple(names)
        if wanted not in self._judges:
            composition = compose(self.description, self.tables, wanted)
            assert composition is not None
            self._judges[wanted] = InterpretedJudge(self.description, composition, wanted)
        return self._judges[wanted]

    def compared(self, questions: Sequence[Question], results: Iterable[Result]) -> Iterator[Compared]:
        """Yield for each question what is expected, what came, and everything in which they differ."""
        for question, result in zip(questions, results, strict=True):
            expected = self.whole.verdict(question.judged, self.fairness)
            yield Compared(question, expected, result, tuple(self._faults(question.judged, expected, result)))

    def _faults(self, judged: Property, expected: Verdict, result: Result) -> Iterator[str]:
        if result.verdict is not expected:
            yield f"expected {expected}, came {result.verdict}"
        seen = self.judge(part.name for part in result.system.parts)
        counted = len(seen.reachable), sum(len(seen.moves[state]) for state in seen.reachable)
        if (result.states, result.transitions) != counted:
            yield f"expected {counted} states and transitions, came {(result.states, result.transitions)}"
        elif result.verdict is expected and result.evidence is not None:
            yield from self._faults_of_evidence(judged, seen, result)

    def _faults_of_evidence(self, judged: Property, seen: InterpretedJudge, result: Result) -> Iterator[str]:
        evidence = result.evidence
        assert evidence is not None
        triggers = (*evidence.stem, *(evidence.loop or ()))
        walked = seen.walk(triggers)
        if shown(evidence.states) != walked:
            yield f"the evidence leads through {shown(evidence.states)}, and the interpreter through {walked}"
        elif judged.kind.is_liveness:
            fault = LassoJudge(seen, judged).fault(evidence.stem, evidence.loop or ())
            if fault:
                yield f"the lasso refutes nothing: {fault}"
        elif targets := looked_for(self.whole, judged):  # an observer that was never read may be left out of `seen`
            if self.whole.walk(triggers)[-1] not in targets:
                yield f"the evidence ends in {walked[-1]}"
            if len(evidence.stem) != self.whole.distance(targets):
                yield f"the evidence has {len(evidence.stem)} steps, and {self.whole.distance(targets)} suffice"


def looked_for(judge: NaiveJudge, judged: Property) -> Places:
    """Return the states of which one is the evidence of a safety property."""
    goal = judge.where(judged.goal)
    match judged.kind:
        case Kind.ALWAYS:
            return (judge.reachable if judged.given is None else judge.where(judged.given)) - goal
        case Kind.CAN_ALWAYS_REACH:
            return judge.reachable - judge.able_to_reach(goal)
    return goal


def drive(description: SystemDescription, system: System, triggers: Iterable[str]) -> list[GlobalState]:
    """Fire triggers on real machines of the library by their own methods, and return the states they come to."""
    kept = {part.name for part in system.parts}
    parts = [part for part in description.parts if part.name in kept]
    models = {part.name: _model(factory_of(part)()) for part in parts}
    states = [_labels(parts, models)]
    for trigger in triggers:
        for part in parts:
            if trigger in part.alphabet:
                assert models[part.name].trigger(trigger), trigger
        states.append(_labels(parts, models))
    return states


def _model(made: Any) -> Any:
    return made.models[0] if isinstance(made, Machine) else made


def _labels(parts: Iterable[MachineDescription], models: Mapping[str, Any]) -> GlobalState:
    return tuple(_label(part, models[part.name]) for part in parts)


def _label(part: MachineDescription, model: Any) -> str:
    state = model.state
    text = "|".join(_flat(state)) if isinstance(state, list) else str(getattr(state, "name", state))
    values = ", ".join(f"{name}={getattr(model, name)!r}" for name in part.start)
    return f"{text}({values})" if values else text


def _flat(state: list[Any]) -> list[str]:
    return [one for part in state for one in (_flat(part) if isinstance(part, list) else [part])]
