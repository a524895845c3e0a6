"""Judges a run that somebody closed by hand: whether its loop is real and fair, and which claims it refutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lifecheck.checking import Evidence, Walk, labels
from lifecheck.errors import LifecheckError
from lifecheck.properties import Property, evaluate
from lifecheck.statespace import with_needed_observers
from lifecheck.system import State, System


@dataclass(frozen=True)
class Said:
    """What a run says of one property.

    Parameters
    ----------
    words
        It in a sentence.
    refutes
        Whether the run is a counterexample.
    system
        The system with the observers that the property reads; None where it could not be asked.
    evidence
        The counterexample, as `check` would give it.
    """

    words: str
    refutes: bool = False
    system: System | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True)
class ClosedLoop:
    """A stem and a loop, replayed on the real machines.

    Parameters
    ----------
    closes
        Whether the loop returns to where it began, whatever the observers say.
    owed
        The fair triggers and groups without which it cannot be repeated for ever.
    said
        What it says of each property asked.

    Examples
    --------
    >>> from lifecheck import Component, Row, leads_to
    >>> rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung", "open"], "quiet", rows, {"ring", "give_up", "answer"})
    >>> system = System("door", [bell], environment={"ring"}, fair={"give_up"}, strong={"answer": "they hear it"})
    >>> found = closed_loop(system, [leads_to("bell == 'rung'", "bell == 'open'")], [], ["ring", "give_up"])
    >>> found.closes, found.owed, found.said[0].refutes
    (True, ('answer',), False)
    """

    closes: bool
    owed: tuple[str, ...]
    said: tuple[Said, ...]

    @property
    def is_fair(self) -> bool:
        """Whether the loop can be repeated for ever."""
        return self.closes and not self.owed


def closed_loop(system: System, asked: Iterable[Property], stem: Sequence[str], loop: Sequence[str]) -> ClosedLoop:
    """Replay a stem and a loop, and judge them.

    Parameters
    ----------
    system
        The system, with its fairness.
    asked
        The properties.
    stem, loop
        Triggers; an empty loop is a run that stays where the stem ends.

    Raises
    ------
    BlockedError
        If some component cannot take a trigger.
    """
    plain = walked(system.with_observers(()), (*stem, *loop))
    closes = plain.states[len(stem)] == plain.states[-1]
    owed = plain.owed(len(stem))
    return ClosedLoop(closes, owed, tuple(_said(system, one, stem, loop) for one in asked))


def walked(system: System, taken: Iterable[str]) -> Walk:
    """Drive a system's real machines along some triggers.

    Raises
    ------
    BlockedError
        If some component cannot take one.
    """
    walk = Walk(system)
    for trigger in taken:
        walk.take(trigger)
    return walk


def _said(system: System, asked: Property, stem: Sequence[str], loop: Sequence[str]) -> Said:
    try:
        said = with_needed_observers(
            lambda read: _judged(walked(system.with_observers(read), (*stem, *loop)), asked, len(stem))
        )
    except LifecheckError as error:
        return Said(str(error))
    if said.refutes and any(part.guards == "either" for part in system.parts):  # the machines may have no such run
        return Said(f"{said.words} That is possible, if the guards answer so.")
    return said


def _judged(walk: Walk, asked: Property, stem: int) -> Said:
    if asked.kind.is_liveness:
        return _judged_promise(walk, asked, stem)
    if not asked.kind.is_judged_on_runs and not asked.kind.is_reachability:
        return Said("No single run decides this.")
    settled = next((number for number, state in enumerate(walk.states) if asked.is_settled_in(state)), None)
    if asked.kind.is_reachability:
        return Said("This run does not show it." if settled is None else f"Shown {after(settled)}.")
    if settled is None:
        return Said("This run does not refute it.")
    evidence = Evidence(tuple(walk.taken[:settled]), None, tuple(walk.states[: settled + 1]), shortest=False)
    return Said(f"Refuted {after(settled)}.", True, walk.system, evidence)


def _judged_promise(walk: Walk, asked: Property, stem: int) -> Said:
    """Say whether a promise is open all through the loop, and the loop real and fair."""
    goals = [evaluate(asked.goal, state) for state in walk.states]
    since = open_since(asked, walk.states, goals)
    if since is None or any(goals[stem:]):
        return Said("Kept, as often as the loop is repeated." if any(goals[stem:]) else "Nothing is due in the loop.")
    opened = f"Open {after(since)}"
    if walk.states[stem] != walk.states[-1]:
        return Said(f"{opened}, but the loop does not close: {_differing(walk.states[stem], walk.states[-1])}.")
    owed = walk.owed(stem)
    if owed:
        return Said(f"{opened}, but the loop is not fair: it owes {', '.join(owed)}.")
    evidence = Evidence(tuple(walk.taken[:stem]), tuple(walk.taken[stem:]), tuple(walk.states), shortest=False)
    return Said(f"Refuted: {opened[0].lower()}{opened[1:]}, and never kept.", True, walk.system, evidence)


def open_since(asked: Property, states: Sequence[State], goals: Sequence[bool]) -> int | None:
    """Return after how many steps the promise was made that is open at the end, if one is."""
    since: int | None = None
    for number, (state, goal) in enumerate(zip(states, goals, strict=True)):
        opens = number == 0 if asked.given is None else asked.arises_in(state)
        if goal:
            since = None
        elif opens and since is None:
            since = number
    return since


def after(number: int) -> str:
    """Return in words after how many steps.

    Examples
    --------
    >>> after(0), after(2)
    ('at the start', 'after step 2')
    """
    return f"after step {number}" if number else "at the start"


def _differing(one: State, other: State) -> str:
    before, after = labels(one), labels(other)
    return ", ".join(f"{name} {label} is {after[name]}" for name, label in before.items() if after[name] != label)
