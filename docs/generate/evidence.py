"""The table of docs/evidence.md: each step of the article, and what carries it in the model."""

from __future__ import annotations

from collections.abc import Iterator

from properties import CLAIMS
from properties.evidence import STEPS, Step, rows_of


def markdown() -> str:
    """Return the whole mapping as a table."""
    lines = ["| place | in our words | carried by |", "|---|---|---|"]
    lines += [f"| {step.place} | {step.words} | {'<br>'.join(_carriers(step))} |" for step in STEPS]
    return "\n".join(lines)


def _carriers(step: Step) -> Iterator[str]:
    yield from (f"row `{row}`" for row in rows_of(step.place))
    yield from (f"switch `{switch}`" for switch in step.switches)
    words = {claim.name: claim.words for claim in CLAIMS}
    yield from (f"property `{name}`: {words[name]}" for name in step.claims)
    if step.out_of_scope:
        yield f"out of scope: {step.out_of_scope}"
