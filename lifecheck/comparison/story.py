"""Tells a comparison: the common steps once, what parts the two variants, and how each goes on and ends."""

from __future__ import annotations

from lifecheck.comparison.comparison import Comparison, Course, Divergence, End
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
    if comparison.courses is None:
        return "There is no story to compare."
    story, other = comparison.courses
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


def _together(story: Course, other: Course, common: int) -> list[str]:
    """Tell the steps that both take; what happens to a component that only one has stands on a line of its own."""
    names = local_states(story.start).keys(), local_states(other.start).keys()
    alone = {story.name: names[0] - names[1], other.name: names[1] - names[0]}
    lines = [f"  Start  {written(without(story.start, alone[story.name]))}"]
    lines += [
        f"         on {course.name} also {written(_only(course.start, alone[course.name]))}"
        for course in (story, other)
        if alone[course.name]
    ]
    for number in range(1, common + 1):
        trigger, before, after = story.steps[number - 1]
        bracket = marks(number, _stem(story), len(story.steps))
        changed = changes(without(before, alone[story.name]), without(after, alone[story.name]))
        lines += step(number, trigger, story.system.meanings.get(trigger), changed, bracket)
        for course in (story, other):
            before, after = (_only(state, alone[course.name]) for state in course.steps[number - 1][1:])
            if before != after:
                lines.append(f"  {bracket[1]}     on {course.name} also {changes(before, after)}")
    return lines


def _only(state: State, names: set[str]) -> State:
    return without(state, local_states(state).keys() - names)


def _alone(course: Course, common: int, *, starts: bool, is_story: bool) -> list[str]:
    """Tell the steps that one variant takes alone."""
    lines = [f"  Start  {written(course.start)}"] if starts else []
    stem = _stem(course) if is_story or _stem(course) >= common else len(course.steps)  # no bracket without its top
    for number, (trigger, before, after) in enumerate(course.steps[common:], common + 1):
        bracket = marks(number, stem, len(course.steps))
        lines += step(number, trigger, course.system.meanings.get(trigger), changes(before, after), bracket)
    return lines


def _stem(course: Course) -> int:
    """Return after how many steps the bracket begins."""
    return len(course.steps) if course.stem is None else course.stem


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


def _end_of_story(course: Course) -> list[str]:
    evidence = course.judgement.result.evidence
    told = ending(course.judgement.result, evidence) if evidence is not None else []
    return told or [_decided(course)]


def _end_of_other(course: Course) -> str:
    if course.end is End.DECIDED:
        return _decided(course)
    if course.stem is None:
        return "It goes on like this; more steps are not told."
    return loop_ending(course.stem, len(course.steps) - course.stem)


def _decided(course: Course) -> str:
    return f"Here {course.judgement.claim.asked.settled}."
