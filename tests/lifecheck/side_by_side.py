"""Compares toy systems, and drives the real machines along whatever a comparison tells."""

from __future__ import annotations

from collections.abc import Callable

from lifecheck import Claim, Property, Run, State, System, compare, comparison_story
from lifecheck.comparison import Comparison
from lifecheck.comparison.comparison import End


def at(number: str) -> Callable[[State], bool]:
    def at_number(s: State) -> bool:
        return str(s.n) == number

    at_number.__name__ = f"at_{number}"
    return at_number


def compared(one: System, two: System, asked: Property, *, limit: int = 1000) -> Comparison:
    comparison = compare({"one": one, "two": two}, Claim("c", "claimed", asked), limit=limit)
    replay(comparison)
    return comparison


def replay(comparison: Comparison) -> None:
    """Drive the real machines along both courses, and look whether they part where it says."""
    if comparison.courses is None:
        return
    for course in comparison.courses:
        run = Run(course.system)
        assert run.state == course.start
        for trigger, before, after in course.steps:
            assert run.state == before
            run.trigger(trigger)
            assert run.state == after
        fair = course.system.weakly_fair | course.system.strongly_fair
        if course.end is End.REPEATED and course.stem == len(course.steps):
            assert not fair & set(run.possible())
    story, other = comparison.courses
    parted = comparison.divergence
    if parted is not None and parted.blocked_by:
        run = Run(other.system)
        run.replay(step[0] for step in other.steps[: comparison.common])
        assert parted.trigger == story.steps[comparison.common][0]
        assert run.blocked_by(parted.trigger) == parted.blocked_by
    taken = [[step[0] for step in course.steps[: comparison.common]] for course in (story, other)]
    assert taken[0] == taken[1]


def below(comparison: Comparison, variant: str) -> list[str]:
    """Return what is told of one variant alone, without indentation."""
    lines = [line.strip("│ ") for line in comparison_story(comparison).splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{variant}:"))
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return lines[start:end]
