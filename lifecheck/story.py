"""Tells the evidence of a result as numbered steps: the trigger, what it means, and only what changed."""

from __future__ import annotations

from itertools import pairwise

from lifecheck.properties import Kind
from lifecheck.result import Evidence, Result, Verdict
from lifecheck.state import State


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
    lines = [f"Start: {_start(evidence.states[0])}"]
    steps = list(zip((*evidence.stem, *(evidence.loop or ())), pairwise(evidence.states), strict=True))
    for number, (trigger, (before, after)) in enumerate(steps, start=1):
        in_loop = evidence.loop is not None and number > len(evidence.stem)
        first, last = number == len(evidence.stem) + 1, number == len(steps)
        bar, rest = ("  ", "  ") if not in_loop else (_bracket(first, last), "   " if last else "│  ")
        meaning = result.system.meanings.get(trigger, "")
        lines.append(f"{bar:<3}{number:>2}. {trigger}{': ' + meaning if meaning else ''}")
        lines.append(f"{rest:<3}    {_changes(before, after)}")
    return "\n".join([*lines, *_ending(result, evidence)])
