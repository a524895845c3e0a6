"""What a counterexample shows: its states, its numbered steps, and what is remarkable about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lifecheck.checking import Evidence, Result
from lifecheck.diagrams.limits import check_size
from lifecheck.diagrams.text import visible
from lifecheck.errors import InputError
from lifecheck.properties import Decisive, Property, Verdict, evaluate
from lifecheck.system import State, System, local_states
from lifecheck.text import repeated_steps

CLOSED_LIMIT = 12
"""Of a closed set with more states than this, only what its components do is told."""

INSTEAD = "read it as a story instead, as lifecheck explain tells it"


@dataclass(frozen=True)
class StateBox:
    """One state on the way.

    Parameters
    ----------
    lines
        Component and its state, for each component that changes on the way.
    changed
        The components that the step before changed.
    remark
        What is remarkable about it; empty if nothing is.
    """

    lines: tuple[tuple[str, str], ...]
    changed: frozenset[str] = frozenset()
    remark: str = ""


@dataclass(frozen=True)
class StepArrow:
    """One trigger on the way, from one box to another, by their numbers."""

    source: int
    target: int
    text: str
    meaning: str
    in_loop: bool = False


@dataclass(frozen=True)
class CounterexampleContent:
    """A whole counterexample.

    Parameters
    ----------
    boxes, steps
        The way.
    enclosed
        The boxes that are drawn inside a frame: the loop, or the closed set.
    frame
        What is written at the frame.
    stays
        Whether the run stays at the last box for ever.
    """

    boxes: tuple[StateBox, ...]
    steps: tuple[StepArrow, ...]
    enclosed: range
    frame: str
    stays: bool


def read_counterexample(result: Result) -> CounterexampleContent:
    """Read from a result what its counterexample shows.

    Raises
    ------
    InputError
        If the property is not violated, or its violation is not a run: that nothing satisfies a
        `sometimes` is shown by no path.
    TooLargeError
        If the run is longer than can be read.
    """
    evidence, asked = result.counterexample, result.property
    if result.verdict is not Verdict.VIOLATED or result.evidence is None:
        raise InputError(f"{asked.formula}: the verdict is {result.verdict}, so there is no counterexample to draw")
    if evidence is None:
        raise InputError(f"{asked.formula} is violated because no reachable state satisfies it; no path can be drawn")
    check_size(asked.formula, INSTEAD, steps=len(evidence.states) - 1)
    states = evidence.states[:-1] if evidence.loop else evidence.states
    last = len(states) - 1
    shown = _shown((*states, *evidence.closed))
    boxes = [StateBox(_lines(states[0], shown), remark=_remark(result, 0, last))]
    for number, (before, after) in enumerate(pairwise(states), start=1):
        boxes.append(StateBox(_lines(after, shown), _changed(before, after), _remark(result, number, last)))
    steps = list(_steps(result.system, evidence, last))
    if asked.kind.decided_by is Decisive.CLOSED_SET:
        enclosed, frame = range(last, last + 1), _closed_frame(evidence, asked)
        if len(evidence.closed) <= CLOSED_LIMIT:
            enclosed = range(last, last + len(evidence.closed))
            others = [state for state in evidence.closed if state != states[-1]]
            boxes += [StateBox(_lines(state, shown)) for state in others]
            places = {state: place for place, state in enumerate([states[-1], *others], start=last)}
            steps += _closed_steps(result.system, evidence, places)
        else:
            enclosed = range(last, last + 2)
            boxes.append(
                StateBox(_ranges(evidence.closed, shown), remark=f"All {len(evidence.closed):,} states together")
            )
        return CounterexampleContent(tuple(boxes), tuple(steps), enclosed, frame, stays=False)
    loop = range(len(evidence.stem), last + 1) if evidence.loop else range(0)
    frame = repeated_steps(loop.start, len(loop)) if loop else ""
    return CounterexampleContent(tuple(boxes), tuple(steps), loop, frame, stays=evidence.loop == ())


def _shown(states: Sequence[State]) -> tuple[str, ...]:
    """Return the components that change; all if none does."""
    first = local_states(states[0])
    changing = {name for state in states for name, local in local_states(state).items() if local.key != first[name].key}
    return tuple(name for name in first if name in changing or not changing)


def _lines(state: State, shown: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((visible(name), visible(state[name].label)) for name in shown)


def _changed(before: State, after: State) -> frozenset[str]:
    then = local_states(after)
    return frozenset(name for name, local in local_states(before).items() if local.key != then[name].key)


def _remark(result: Result, number: int, last: int) -> str:
    asked, evidence = result.property, result.evidence
    assert evidence is not None, "it is read from evidence only"
    if asked.kind.is_safety and number == last:
        return "Here the property is violated"
    if asked.kind.is_liveness and asked.given is not None and number == _promised_at(asked, evidence.states):
        return "Here the promise is made"
    return ""


def _promised_at(asked: Property, states: Sequence[State]) -> int:
    """Return the first state whose promise is not kept in any state after it."""
    kept = [number for number, state in enumerate(states) if evaluate(asked.goal, state)]
    start = kept[-1] + 1 if kept else 0
    return next(number for number in range(start, len(states)) if asked.arises_in(states[number]))


def _steps(system: System, evidence: Evidence, last: int) -> Iterator[StepArrow]:
    loop = evidence.loop or ()
    for number, trigger in enumerate((*evidence.stem, *loop)):
        target = number + 1 if number < last else len(evidence.stem)
        meaning = system.meanings.get(trigger, "")
        yield StepArrow(number, target, f"{number + 1}. {visible(trigger)}", meaning, number >= len(evidence.stem))


def _closed_frame(evidence: Evidence, asked: Property) -> str:
    count = len(evidence.closed)
    if count == 1:
        return f"No system trigger leaves this state, and {asked.goal_name} does not hold in it"
    return f"No system trigger leaves these {count:,} states, and {asked.goal_name} holds in none of them"


def _ranges(states: Sequence[State], shown: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return for each component the states that it takes in any of the given ones."""
    return tuple((name, ", ".join(dict.fromkeys(state[name].label for state in states))) for name in shown)


def _closed_steps(system: System, evidence: Evidence, number: Mapping[State, int]) -> Iterator[StepArrow]:
    """Yield what system triggers do inside a closed set; those between the same two states share an arrow."""
    between: dict[tuple[int, int], list[str]] = {}
    for trigger, before, after in evidence.closed_steps:
        between.setdefault((number[before], number[after]), []).append(trigger)
    for (source, target), triggers in sorted(between.items(), key=lambda found: found[0][0]):
        meaning = system.meanings.get(triggers[0], "") if len(triggers) == 1 else ""
        yield StepArrow(source, target, ", ".join(triggers), meaning)
