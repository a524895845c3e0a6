"""Tells the evidence of a result as numbered steps: the trigger, what it means, and only what changed."""

from __future__ import annotations

from itertools import pairwise

from lifecheck.checking import Evidence, Result
from lifecheck.properties import Decisive, Property, Verdict
from lifecheck.reports.idle_instances import idle_instances
from lifecheck.system import State, local_states, without
from lifecheck.text import counted, repeated_steps


def story(result: Result) -> str:
    """Return the evidence of a result as text, the loop bracketed.

    Parameters
    ----------
    result
        What `check` returned.

    Returns
    -------
    str
        Several lines without a trailing newline; one line where there is no evidence to tell.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import check, eventually
    >>> rows = [["ring", "quiet", "rung"], ["give_up", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung", "answered"], initial="quiet", transitions=rows)
    >>> print(story(check(bell, eventually("state == 'answered'"), fair=["ring", "give_up"])))
      Start  machine quiet
      ┌  1. ring
      │     machine: quiet -> rung
      └  2. give_up
            machine: rung -> quiet
      Steps 1 to 2 can repeat for ever, and every fair trigger gets its due.
    """
    evidence = result.evidence
    if evidence is None:
        return f"{result.property.formula}: {result.verdict}, {result.states:,} states" + (
            f" ({result.note})" if result.note else ""
        )
    idle = idle_instances(result.system, evidence)
    lines = [f"  Start  {written(without(evidence.states[0], idle.components))}"]
    if idle.numbers:
        lines.append(f"         ({idle.told(result.system)})")
    taken = (*evidence.stem, *(evidence.loop or ()))
    for number, (trigger, (before, after)) in enumerate(zip(taken, pairwise(evidence.states), strict=True), 1):
        bracket = marks(number, len(evidence.stem), len(taken))
        lines += step(number, trigger, result.system.meanings.get(trigger), changes(before, after), bracket)
    return "\n".join([*lines, *(f"  {line}" for line in ending(result, evidence))])


def step(number: int, trigger: str, meaning: str | None, changed: str, bracket: tuple[str, str]) -> list[str]:
    """Return the two lines of a numbered step.

    Examples
    --------
    >>> step(1, "ring", "Somebody rings.", "bell: quiet -> rung", (" ", " "))
    ['     1. ring: Somebody rings.', '        bell: quiet -> rung']
    """
    mark, rest = bracket
    return [
        f"  {mark} {number:>2}. {trigger}" + (f": {meaning}" if meaning else ""),
        f"  {rest}     {changed}",
    ]


def marks(number: int, stem: int, total: int) -> tuple[str, str]:
    """Return what stands left of a step and of the line below it: the bracket around the loop.

    Examples
    --------
    >>> [marks(number, 1, 4) for number in (1, 2, 3, 4)]
    [(' ', ' '), ('┌', '│'), ('│', '│'), ('└', ' ')]
    """
    if number <= stem:
        return " ", " "
    if number == stem + 1:
        return ("┌", "│") if number < total else ("[", " ")
    return ("│", "│") if number < total else ("└", " ")


def written(state: State) -> str:
    """Return where every component is.

    Examples
    --------
    >>> from lifecheck import Component, Row, Run, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> written(Run(System("lamp", [lamp])).state)
    'lamp off'
    """
    return ", ".join(f"{name} {local.label}" for name, local in local_states(state).items())


def changes(before: State, after: State) -> str:
    """Return what a step changed, component by component.

    Examples
    --------
    >>> from lifecheck import Component, Row, Run, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> run = Run(System("lamp", [lamp]))
    >>> before = run.state
    >>> run.trigger("switch_on")
    >>> changes(before, run.state)
    'lamp: off -> on'
    >>> changes(before, before)
    'nothing changes'
    """
    then = local_states(after)
    changed = [
        f"{name}: {local.label} -> {then[name].label}"
        for name, local in local_states(before).items()
        if local.key != then[name].key
    ]
    return ", ".join(changed) or "nothing changes"


def ending(result: Result, evidence: Evidence) -> list[str]:
    """Return the lines that say what makes the end of the evidence a counterexample, if the state alone does not."""
    match result.property.kind.decided_by:
        case Decisive.LOOP:
            told = loop_ending(len(evidence.stem), len(evidence.loop or ()))
            return [told] if evidence.shortest else [told, "(This counterexample is not proven shortest.)"]
        case Decisive.CLOSED_SET:
            return _closed_ending(result, evidence)
        case Decisive.STATE:
            is_nowhere = result.verdict is Verdict.VIOLATED and result.counterexample is None
            return _blocked_ending(result, evidence) if is_nowhere else []


def _closed_ending(result: Result, evidence: Evidence) -> list[str]:
    never = never_leads_to(result.property)
    idle = idle_instances(result.system, evidence).components
    if not evidence.closed:
        return [f"{never}."]
    return [
        f"{never}; by them alone the run stays within {counted(len(evidence.closed), 'state')}:",
        *(f"  {written(without(state, idle))}" for state in evidence.closed),
    ]


def never_leads_to(asked: Property) -> str:
    """Return what is so from a state on from which no way leads to the goal any more.

    Examples
    --------
    >>> from lifecheck import can_always_reach
    >>> never_leads_to(can_always_reach("door == 'open'"))
    "From here system triggers never lead to door == 'open'"
    """
    return f"From here system triggers never lead to {asked.goal_name}"


def loop_ending(stem: int, loop: int) -> str:
    """Return the line below a loop of so many steps, after a stem of so many.

    Examples
    --------
    >>> loop_ending(1, 5)
    'Steps 2 to 6 can repeat for ever, and every fair trigger gets its due.'
    >>> loop_ending(1, 0)
    'The run can stay here for ever: no fair trigger is possible.'
    """
    if not loop:
        return "The run can stay here for ever: no fair trigger is possible."
    return f"{repeated_steps(stem, loop)}, and every fair trigger gets its due."


def _blocked_ending(result: Result, evidence: Evidence) -> list[str]:
    lines = [f"None of the {result.counted_states} satisfies {result.property.goal_name}."]
    blocked = evidence.blocked
    if blocked is not None:
        by = " and ".join(f"{name} in state {state}" for name, state in blocked.by)
        place = ["after", f"  {' -> '.join(blocked.path)}"] if blocked.path else ["at the start"]
        lines.append(f"The nearest trigger that is blocked: {blocked.trigger}, by {by}, {place[0]}")
        lines += place[1:]
    return lines
