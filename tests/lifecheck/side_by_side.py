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
    """Drive the real machines along both runs, and look whether they part where it says."""
    if comparison.runs is None:
        return
    for variant_run in comparison.runs:
        run = Run(variant_run.system)
        assert run.state == variant_run.start
        for trigger, before, after in variant_run.steps:
            assert run.state == before
            run.trigger(trigger)
            assert run.state == after
        fair = variant_run.system.weakly_fair | variant_run.system.strongly_fair
        if variant_run.end is End.REPEATED and variant_run.stem == len(variant_run.steps):
            assert not fair & set(run.possible())
    story, other = comparison.runs
    parted = comparison.divergence
    if parted is not None and parted.blocked_by:
        run = Run(other.system)
        run.replay(step[0] for step in other.steps[: comparison.common])
        assert parted.trigger == story.steps[comparison.common][0]
        assert run.blocked_by(parted.trigger) == parted.blocked_by
    taken = [[step[0] for step in variant_run.steps[: comparison.common]] for variant_run in (story, other)]
    assert taken[0] == taken[1]


def below(comparison: Comparison, variant: str) -> list[str]:
    """Return what is told of one variant alone, without indentation."""
    lines = [line.strip("│ ") for line in comparison_story(comparison).splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{variant}:"))
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return lines[start:end]
