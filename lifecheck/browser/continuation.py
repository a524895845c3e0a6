"""Finds the shortest way from the end of a run to a violation: the system, made to begin with that run."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace

from lifecheck.browser.closed_loop import after, open_since, walked
from lifecheck.checking import Evidence, about_states_alone, as_far_as_proven, check_by, labels
from lifecheck.errors import InputError
from lifecheck.properties import Decisive, Property, Verdict, can_always_reach, evaluate, leads_to, never
from lifecheck.statespace import Explorer, with_needed_observers
from lifecheck.system import Component, Row, State, System
from lifecheck.text import counted

MOST_STEPS = 2_000
"""How long a run may be that is continued."""

_HERE, _ON = "here", "on"


@dataclass(frozen=True)
class Continuation:
    """What was found from the end of a run.

    Parameters
    ----------
    words
        It in a sentence.
    evidence
        The whole run, the part that was given first; None where no violation can be reached.
    """

    words: str
    evidence: Evidence | None = None


def nearest_violation(
    system: System, asked: Property, taken: Sequence[str], *, limit: int, explorer: Explorer
) -> Continuation:
    """Return the shortest run that goes on from another and violates a property.

    The system is composed with one component more, which takes the triggers of the run one after the other and from
    there on any; the property is asked of what comes after. So every engine that decides a property decides this.

    Parameters
    ----------
    system
        The system, with its fairness.
    asked
        The property.
    taken
        The triggers of the run.
    limit
        How many states are visited.
    explorer
        What explores; what it fired is shared.

    Raises
    ------
    BlockedError
        If the run cannot be taken.
    InputError
        If it is too long.

    Examples
    --------
    >>> rows = [Row("push", "shut", "open"), Row("pull", "open", "shut"), Row("slam", "open", "jammed")]
    >>> door = System("house", [Component("door", ["shut", "open", "jammed"], "shut", rows, {"push", "pull", "slam"})])
    >>> asked = never("door == 'jammed'")
    >>> found = nearest_violation(door, asked, ["push", "pull"], limit=100, explorer=Explorer())
    >>> found.evidence.stem, found.words
    (('push', 'pull', 'push', 'slam'), 'Refuted 2 steps from here.')
    """
    if len(taken) > MOST_STEPS:
        raise InputError(
            f"the run has more than {MOST_STEPS:,} steps; begin nearer to where the violation is looked for"
        )
    if asked.kind.is_reachability:
        return Continuation("No run refutes this: it asks whether one shows it.")
    with about_states_alone(system):
        return _nearest(system, asked, taken, limit, explorer)


def _nearest(system: System, asked: Property, taken: Sequence[str], limit: int, explorer: Explorer) -> Continuation:
    settled = _settled(system, asked, taken)
    if settled:
        return Continuation(settled)
    name = _another("the run so far", {part.name for part in system.parts})
    # what guards may answer stands in the rows, one for each answer; that they were not asked is told of the result
    components = (replace(part, guards=None) for part in system.components)
    begun = replace(system, components=(*components, _beginning(system, taken, name)))
    result = check_by(explorer, begun, _from_here(system, asked, taken, name), limit=limit)
    proven = as_far_as_proven(replace(result, system=system))
    evidence = result.evidence and _from_the_first_turn(result.evidence, len(taken), name)
    if proven.verdict is Verdict.UNKNOWN and result.verdict is not Verdict.VIOLATED:
        return Continuation(f"None was found: {proven.note or 'a limit was met'}.")
    if result.verdict is not Verdict.VIOLATED or evidence is None:
        return Continuation("From here it can be violated no more.")
    further = len(evidence.stem) + len(evidence.loop or ()) - len(taken)
    where = f"{counted(further, 'step')} from here" if further else "here"
    nearest = "" if evidence.shortest else "; not proven the nearest"
    possible = f": {proven.note}" if proven.verdict is Verdict.UNKNOWN else ""
    return Continuation(f"Refuted {where}{nearest}{possible}.", evidence)


def _from_the_first_turn(evidence: Evidence, begun: int, name: str) -> Evidence:
    """Return a lasso whose loop begins as early after the run as it can: it is no loop yet where `name` is `here`."""
    stem, loop, states = list(evidence.stem), list(evidence.loop or ()), list(evidence.states)

    def alike(one: State, other: State) -> bool:
        before, then = labels(one), labels(other)
        return all(then[part] == label for part, label in before.items() if part != name)

    while loop and len(stem) > begun and stem[-1] == loop[-1] and alike(states[len(stem) - 1], states[-2]):
        loop.insert(0, loop.pop())
        stem.pop()
        states.pop()
    return replace(evidence, stem=tuple(stem), loop=evidence.loop and tuple(loop), states=tuple(states))


def _beginning(system: System, taken: Sequence[str], name: str) -> Component:
    """Return what takes the triggers of a run one after the other, and then any."""
    states = [*(f"step {number}" for number in range(len(taken))), _HERE, _ON]
    rows = [Row(trigger, states[at], states[at + 1]) for at, trigger in enumerate(taken)]
    rows += [Row(trigger, place, _ON) for place in (_HERE, _ON) for trigger in system.triggers]
    return Component(name, states, states[0], rows, set(system.triggers))


def _from_here(system: System, asked: Property, taken: Sequence[str], name: str) -> Property:
    """Return the property, asked of the states after the run alone.

    Where a promise is open, it is one that is made here; where another kept it, those that are made from here on
    count. Every state before `here` is passed once, whatever may be possible there.
    """

    def within(state: State) -> bool:
        return bool(state[name] in (_HERE, _ON))

    def here(state: State) -> bool:
        return bool(state[name] == _HERE)

    def also(condition: Callable[[State], bool], predicate: Callable[[State], bool]) -> Callable[[State], bool]:
        def both(state: State) -> bool:
            return condition(state) and evaluate(predicate, state)

        return both

    match asked.kind.decided_by:
        case Decisive.STATE:
            settles = asked.kind.settling

            def wrong(state: State) -> bool:
                return within(state) and asked.arises_in(state) and evaluate(asked.goal, state) is settles

            return never(wrong)
        case Decisive.CLOSED_SET:

            def reached(state: State) -> bool:
                return not within(state) or evaluate(asked.goal, state)

            return can_always_reach(reached)
        case Decisive.LOOP:
            if asked.given is None or _is_open(system, asked, taken):
                return leads_to(here, asked.goal)
            return leads_to(also(within, asked.given), asked.goal)


def _is_open(system: System, asked: Property, taken: Sequence[str]) -> bool:
    """Whether a promise was made on the run, and not kept since."""

    def is_open(read: Iterable[str]) -> bool:
        states = walked(system.with_observers(read), taken).states
        return open_since(asked, states, [evaluate(asked.goal, state) for state in states]) is not None

    return with_needed_observers(is_open)


def _settled(system: System, asked: Property, taken: Sequence[str]) -> str:
    """Return why nothing that comes can refute a property any more, or what did already; empty where it is open."""

    def first_wrong(read: Iterable[str]) -> int | None:
        states = walked(system.with_observers(read), taken).states
        return next((number for number, state in enumerate(states) if asked.is_settled_in(state)), None)

    if asked.kind.is_safety:
        wrong = with_needed_observers(first_wrong)
        return "" if wrong is None else f"This run refutes it already, {after(wrong)}."
    if asked.kind.is_liveness and asked.given is None and not _is_open(system, asked, taken):
        return "It is kept already, whatever comes."
    return ""


def _another(name: str, taken: Container[str]) -> str:
    """Return a name that no component has."""
    while name in taken:
        name += "'"
    return name
