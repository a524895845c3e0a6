"""What a sequence diagram shows: who takes part in each step of a run, and what goes on for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from string import ascii_lowercase

from lifecheck.checking import KeptRun, Result
from lifecheck.diagrams.counterexample_content import INSTEAD, CounterexampleContent, read_counterexample
from lifecheck.diagrams.limits import check_size
from lifecheck.diagrams.text import visible
from lifecheck.errors import InputError, did_you_mean
from lifecheck.properties import Decisive, Verdict
from lifecheck.reports import ending, loop_ending
from lifecheck.system import State, System, local_states


@dataclass(frozen=True)
class Event:
    """One step: a trigger, and the lifelines that take it together.

    Parameters
    ----------
    text
        The number of the step and its trigger.
    meaning
        What the trigger means; empty if nobody says.
    source
        The lifeline at which it begins; None if it comes from outside, or nobody says where it begins.
    targets
        The other lifelines that take part, from left to right.
    from_outside
        Whether it comes from none of the lifelines: the environment does it.
    owed
        Whether the system does it; the environment owes nothing.
    entered
        The state that each lifeline enters, if it is another than before.
    elsewhere
        What changes in components that have no lifeline, as ``component: state``.
    remark
        What is remarkable after the step.
    """

    text: str
    meaning: str
    source: int | None
    targets: tuple[int, ...]
    from_outside: bool
    owed: bool
    entered: tuple[tuple[int, str], ...]
    elsewhere: tuple[str, ...]
    remark: str = ""

    @property
    def ends(self) -> tuple[int, ...]:
        """Every lifeline that takes part, from left to right."""
        return tuple(sorted({*self.targets, *([] if self.source is None else [self.source])}))


@dataclass(frozen=True)
class Interaction:
    """A whole run.

    Parameters
    ----------
    system
        Whose run it is.
    lifelines
        The titles, from left to right.
    initial
        The state in which each begins.
    remark
        What is remarkable before the first step.
    events
        The steps.
    loop
        Which of them can be repeated for ever, by their place.
    ending
        What is said below the last step.
    closed
        Where system triggers never lead to what is wanted: that they do not, and what they do instead, a line each.
    """

    system: System
    lifelines: tuple[str, ...]
    initial: tuple[str, ...]
    remark: str
    events: tuple[Event, ...]
    loop: range
    ending: str
    closed: tuple[str, ...] = ()


def read_result(result: Result, lifelines: Mapping[str, str] | None = None) -> Interaction:
    """Read the run that violates a property, or that shows that something sometimes happens.

    Parameters
    ----------
    result
        What `check` returned.
    lifelines
        Title of each lifeline by the name of its component, from left to right; without it, every component.

    Raises
    ------
    InputError
        If there is no run to draw, or a lifeline names no component.
    """
    evidence = result.evidence
    reached = result.property.kind.is_reachability and result.verdict is Verdict.HOLDS
    closed: tuple[str, ...] = ()
    if reached and evidence is not None:
        remarks = {len(evidence.stem): f"Here {result.property.goal_name} holds"}
        loop, told = range(0), ""
    else:
        content = read_counterexample(result)  # says why, if there is no run to draw
        assert evidence is not None, "what is violated by a run has evidence"
        remarks = {number: box.remark for number, box in enumerate(content.boxes) if box.remark}
        loop = range(len(evidence.stem), len(evidence.stem) + len(evidence.loop or ()))
        told = _told(result, loop)
        if result.property.kind.decided_by is Decisive.CLOSED_SET:
            closed = (content.frame, *_closed(content))
    taken = (*evidence.stem, *(evidence.loop or ()))
    remarks = {number: remark for number, remark in remarks.items() if number <= len(taken)}
    return replace(_read(result.system, lifelines, taken, evidence.states, remarks, loop, told), closed=closed)


def read_kept_run(run: KeptRun, lifelines: Mapping[str, str] | None = None) -> Interaction:
    """Read a run on which a promise is kept.

    Raises
    ------
    InputError
        If a lifeline names no component.
    """
    remarks = {run.made: "Here the promise is made", run.kept: "Here the promise is kept"}
    if run.made == run.kept:
        remarks = {run.kept: "Here the promise is made and kept"}
    total = len(run.triggers)
    loop = range(total if run.stem is None else run.stem, total)
    return _read(run.system, lifelines, run.triggers, run.states, remarks, loop, "" if loop else _stays(run))


def read_run(
    system: System,
    taken: Sequence[str],
    states: Sequence[State],
    stem: int | None,
    lifelines: Mapping[str, str] | None = None,
) -> Interaction:
    """Read any run: what was taken, the states along it, and after how many steps it repeats, if it does.

    Raises
    ------
    InputError
        If a lifeline names no component.
    """
    loop = range(0) if stem is None else range(stem, len(taken))
    return _read(system, lifelines, taken, states, {}, loop, "")


def _told(result: Result, loop: range) -> str:
    """Return what is said below the last step; a loop is told at its frame."""
    if loop or result.evidence is None:
        return ""
    lines = ending(result, result.evidence)
    return lines[0].partition(";")[0].rstrip(".:") if lines else ""


def _closed(content: CounterexampleContent) -> Iterator[str]:
    """Yield what each state of a closed set is, and where system triggers lead from it."""
    inside = content.boxes[content.enclosed.start : content.enclosed.stop]
    if len(inside) > 1 and inside[-1].remark:  # too many to name: what they are together
        yield f"{inside[-1].remark}: {'; '.join(f'{name}: {states}' for name, states in inside[-1].lines)}"
        return
    changing = {new[0] for box in inside for old, new in zip(inside[0].lines, box.lines, strict=True) if old != new}
    letters = dict(zip(content.enclosed, ascii_lowercase, strict=False))
    for place, box in zip(content.enclosed, inside, strict=True):
        lines = [line for line in box.lines if line[0] in changing or not changing]
        within = [step for step in content.steps if step.source == place and step.target in letters]
        moves = [f"{step.text} leads to {letters[step.target]}" for step in within]
        states = ", ".join(f"{name} {state}" for name, state in lines)
        yield f"{letters[place]}. {states}: {' and '.join(moves) or 'no system trigger is possible'}"


def _stays(run: KeptRun) -> str:
    if run.stem is None:
        return "The run goes on; it was followed no further"
    return loop_ending(len(run.triggers), 0).rstrip(".")


def _read(
    system: System,
    lifelines: Mapping[str, str] | None,
    taken: Sequence[str],
    states: Sequence[State],
    remarks: Mapping[int, str],
    loop: range,
    told: str,
) -> Interaction:
    check_size(f"the run of {system.name!r}", INSTEAD, steps=len(taken))
    titles = _titles(system, lifelines)
    names = list(titles)
    return Interaction(
        system,
        tuple(visible(title) for title in titles.values()),
        tuple(visible(states[0][name].label) for name in names),
        remarks.get(0, ""),
        tuple(
            replace(
                _event(system, titles, f"{number}. {visible(trigger)}", trigger, before, after),
                remark=remarks.get(number, ""),
            )
            for number, (trigger, (before, after)) in enumerate(zip(taken, pairwise(states), strict=True), start=1)
        ),
        loop,
        told,
    )


def _titles(system: System, lifelines: Mapping[str, str] | None) -> Mapping[str, str]:
    known = [part.name for part in system.parts]
    if lifelines is None:
        return {component.name: component.name for component in system.components}
    if not lifelines:
        raise InputError(f"system {system.name!r}: a sequence diagram needs at least one lifeline")
    for name in lifelines:
        if name not in known:
            raise InputError(
                f"system {system.name!r} has no component {name!r} for a lifeline; " + did_you_mean(name, known)
            )
    return lifelines


def _event(system: System, titles: Mapping[str, str], text: str, trigger: str, before: State, after: State) -> Event:
    names = list(titles)
    meaning = system.meanings.get(trigger, "")
    owners = [names.index(part.name) for part in system.owners[trigger] if part.name in titles]
    begins = _begins(meaning, owners, titles)
    owed = trigger not in system.environment
    from_outside = begins is None and not owed
    if begins is None and len(owners) == 1 and owed:
        begins = owners[0]
    then = local_states(after)
    changed = [name for name, local in local_states(before).items() if local.key != then[name].key]
    return Event(
        text,
        meaning,
        begins,
        tuple(sorted(owner for owner in owners if owner != begins)),
        from_outside,
        owed,
        tuple((names.index(name), visible(then[name].label)) for name in names if name in changed),
        tuple(f"{visible(name)}: {visible(then[name].label)}" for name in changed if name not in titles),
    )


def _begins(meaning: str, owners: Sequence[int], titles: Mapping[str, str]) -> int | None:
    """Return the lifeline that the sentence of a trigger names first.

    Components that meet on a trigger take it together; the tables do not say which of them begins. The sentence
    does: "The guest rings, and the porter opens." begins at the guest.
    """
    found: dict[int, int] = {}
    for owner in owners:
        name, title = list(titles.items())[owner]
        place = re.search(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(title)})(?!\w)", meaning, re.IGNORECASE)
        if place:
            found[owner] = place.start()
    return min(found, key=lambda owner: (found[owner], owner)) if found else None
