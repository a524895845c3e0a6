"""Tells a comparison: the common steps once, what parts the two variants, and how each goes on and ends."""

from __future__ import annotations

from lifecheck.comparison.comparison import Comparison, Divergence, End, VariantRun
from lifecheck.reports import changes, ending, loop_ending, marks, step, written
from lifecheck.system import State, local_states, without


def comparison_story(comparison: Comparison) -> str:
    """Return a comparison as text; the bracket around the loop of the story goes on below the common steps.

    Parameters
    ----------
    comparison
        What `compare` returned.

    Returns
    -------
    str
        Several lines without a trailing newline; one line where there is no story to compare.

    Examples
    --------
    >>> from lifecheck import Claim, Component, Row, System, compare, eventually
    >>> def bell(*rows):
    ...     return System("bell", [Component("bell", ["rung", "answered"], "rung", rows, {"wait", "answer"})])
    >>> deaf, heard = bell(Row("wait", "rung", "=")), bell(Row("answer", "rung", "answered"))
    >>> claim = Claim("answered", "it is answered", eventually("bell == 'answered'"))
    >>> print(comparison_story(compare({"heard": heard, "deaf": heard}, claim)))
    There is no story to compare.
    >>> print(comparison_story(compare({"deaf": deaf, "heard": heard}, claim)).splitlines()[0])
      Start  bell rung
    """
    if comparison.runs is None:
        return "There is no story to compare."
    story, other = comparison.runs
    common, parted = comparison.common, comparison.divergence
    alike = parted is None or parted.trigger is not None
    open_bracket = "│" if _stem(story) < common < len(story.steps) else " "
    lines = [*_together(story, other, common), f"  {open_bracket}".rstrip()] if alike else []
    lines.append(f"  {open_bracket} {story.name}:")
    lines += [
        *_alone(story, common, starts=not alike, is_story=True),
        *(f"  {line}" for line in _end_of_story(story)),
        "",
    ]
    lines.append(f"    {other.name}: {_parting(comparison)}")
    if not comparison.is_same:
        lines += [*_alone(other, common, starts=not alike, is_story=False), f"  {_end_of_other(other)}"]
    return "\n".join(lines)


def _together(story: VariantRun, other: VariantRun, common: int) -> list[str]:
    """Tell the steps that both take; what happens to a component that only one has stands on a line of its own."""
    names = local_states(story.start).keys(), local_states(other.start).keys()
    alone = {story.name: names[0] - names[1], other.name: names[1] - names[0]}
    lines = [f"  Start  {written(without(story.start, alone[story.name]))}"]
    lines += [
        f"         on {variant_run.name} also {written(_only(variant_run.start, alone[variant_run.name]))}"
        for variant_run in (story, other)
        if alone[variant_run.name]
    ]
    for number in range(1, common + 1):
        trigger, before, after = story.steps[number - 1]
        bracket = marks(number, _stem(story), len(story.steps))
        changed = changes(without(before, alone[story.name]), without(after, alone[story.name]))
        lines += step(number, trigger, story.system.meanings.get(trigger), changed, bracket)
        for variant_run in (story, other):
            before, after = (_only(state, alone[variant_run.name]) for state in variant_run.steps[number - 1][1:])
            if before != after:
                lines.append(f"  {bracket[1]}     on {variant_run.name} also {changes(before, after)}")
    return lines


def _only(state: State, names: set[str]) -> State:
    return without(state, local_states(state).keys() - names)


def _alone(variant_run: VariantRun, common: int, *, starts: bool, is_story: bool) -> list[str]:
    """Tell the steps that one variant takes alone."""
    lines = [f"  Start  {written(variant_run.start)}"] if starts else []
    stem = (
        _stem(variant_run) if is_story or _stem(variant_run) >= common else len(variant_run.steps)
    )  # no bracket without its top
    for number, (trigger, before, after) in enumerate(variant_run.steps[common:], common + 1):
        bracket = marks(number, stem, len(variant_run.steps))
        lines += step(number, trigger, variant_run.system.meanings.get(trigger), changes(before, after), bracket)
    return lines


def _stem(variant_run: VariantRun) -> int:
    """Return after how many steps the bracket begins."""
    return len(variant_run.steps) if variant_run.stem is None else variant_run.stem


def _parting(comparison: Comparison) -> str:
    if comparison.is_same:
        return "the same steps, and the same end."
    if comparison.divergence is not None:
        return _reason(comparison.divergence)
    if comparison.owed:
        return f"the same steps are possible, but not for ever: fairness owes {' and '.join(comparison.owed)}."
    return "the same steps are possible."


def _reason(divergence: Divergence) -> str:
    if divergence.differing:
        states = " and ".join(f"{name} {there}, not {here}" for name, here, there in divergence.differing)
        return f"starts with {states}." if divergence.trigger is None else f"{divergence.trigger} leads to {states}."
    if divergence.blocked_by:
        by = " and ".join(f"{name} in state {state}" for name, state in divergence.blocked_by)
        return f"{divergence.trigger} is blocked by {by}."
    return f"there is no trigger {divergence.trigger}."


def _end_of_story(variant_run: VariantRun) -> list[str]:
    evidence = variant_run.judgement.result.evidence
    told = ending(variant_run.judgement.result, evidence) if evidence is not None else []
    return told or [_decided(variant_run)]


def _end_of_other(variant_run: VariantRun) -> str:
    if variant_run.end is End.DECIDED:
        return _decided(variant_run)
    if variant_run.stem is None:
        return "It goes on like this; more steps are not told."
    return loop_ending(variant_run.stem, len(variant_run.steps) - variant_run.stem)


def _decided(variant_run: VariantRun) -> str:
    return f"Here {variant_run.judgement.claim.asked.settled}."
