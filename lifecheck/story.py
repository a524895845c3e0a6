"""Tells the evidence of a result as numbered steps: the trigger, what it means, and only what changed."""

from __future__ import annotations

from itertools import pairwise

from lifecheck.properties import Kind
from lifecheck.result import Evidence, Result, Verdict
from lifecheck.state import State, local_states


def tell(result: Result) -> str:
    """Return the evidence of a result as text, the loop bracketed.

    Parameters
    ----------
    result
        What `check` returned.

    Returns
    -------
    str
        Several lines without a trailing newline; one line where there is no evidence to tell.
    """
    evidence = result.evidence
    if evidence is None:
        return f"{result.property.formula}: {result.verdict}, {result.states:,} states" + (
            f" ({result.note})" if result.note else ""
        )
    lines = [f"  Start  {_written(evidence.states[0])}"]
    taken = (*evidence.stem, *(evidence.loop or ()))
    for number, (trigger, (before, after)) in enumerate(zip(taken, pairwise(evidence.states), strict=True), 1):
        mark, rest = _marks(number, len(evidence.stem), len(taken))
        meaning = result.system.meanings.get(trigger)
        lines.append(f"  {mark} {number:>2}. {trigger}" + (f": {meaning}" if meaning else ""))
        lines.append(f"  {rest}     {_changes(before, after)}")
    return "\n".join([*lines, *(f"  {line}" for line in _ending(result, evidence))])


def _marks(number: int, stem: int, total: int) -> tuple[str, str]:
    """Return what stands left of a step and of the line below it: the bracket around the loop."""
    if number <= stem:
        return " ", " "
    if number == stem + 1:
        return ("┌", "│") if number < total else ("[", " ")
    return ("│", "│") if number < total else ("└", " ")


def _written(state: State) -> str:
    return ", ".join(f"{name} {local.label}" for name, local in local_states(state).items())


def _changes(before: State, after: State) -> str:
    then = local_states(after)
    changed = [
        f"{name}: {local.label} -> {then[name].label}"
        for name, local in local_states(before).items()
        if local.key != then[name].key
    ]
    return ", ".join(changed) or "nothing changes"


def _ending(result: Result, evidence: Evidence) -> list[str]:
    if result.property.kind.is_liveness:
        return _loop_ending(evidence)
    if result.property.kind is Kind.CAN_ALWAYS_REACH:
        return [
            f"From here system triggers never lead to {result.property.goal_name}; "
            f"by them alone the run stays within {counted(len(evidence.closed), 'state')}:",
            *(f"  {_written(state)}" for state in evidence.closed),
        ]
    if result.property.kind is Kind.SOMETIMES and result.verdict is Verdict.VIOLATED:
        return _blocked_ending(result, evidence)
    return []


def _loop_ending(evidence: Evidence) -> list[str]:
    first, last = len(evidence.stem) + 1, len(evidence.stem) + len(evidence.loop or ())
    if not evidence.loop:
        told = "The run can stay here for ever: no fair trigger is possible."
    elif first == last:
        told = f"Step {first} can repeat for ever, and every fair trigger gets its due."
    else:
        told = f"Steps {first} to {last} can repeat for ever, and every fair trigger gets its due."
    return [told] if evidence.shortest else [told, "(This counterexample is not proven shortest.)"]


def _blocked_ending(result: Result, evidence: Evidence) -> list[str]:
    lines = [f"None of the {counted(result.states, 'reachable state')} satisfies {result.property.goal_name}."]
    blocked = evidence.blocked
    if blocked is not None:
        by = " and ".join(f"{name} in state {state}" for name, state in blocked.by)
        lines.append(f"The nearest trigger that is blocked: {blocked.trigger}, by {by}, after")
        lines.append("  " + (" -> ".join(blocked.path) or "nothing: in the initial state"))
    return lines


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "state"), counted(1200, "state")
    ('1 state', '1,200 states')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
