"""Compares what lifecheck says of a system with what SPIN says of its export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from lifecheck import Claim, Property, System, Verdict, check
from lifecheck.export.description import Description, describe
from lifecheck.properties import Kind
from tests.lifecheck.export.spin import Spin

Split = Counter[tuple[Kind, Verdict]]
"""How often each verdict was given on each kind of property."""


def own_verdicts(system: System, description: Description) -> dict[str, Verdict]:
    """Return lifecheck's verdict on each property."""
    return {one.name: check(system, one.asked).verdict for one in description.questions}


def agree_with_spin(
    system: System, properties: Mapping[str, Property] | Iterable[Claim], folder: Path
) -> tuple[Description, Split]:
    """Assert that SPIN counts the same states and transitions and gives the same verdicts; return how they split."""
    description = describe(system, properties)
    own = own_verdicts(system, description)
    answers = Spin(description, folder).answers()
    assert (answers.states, answers.transitions) == (description.states, description.transitions), system.name
    asked = {name: own[name] for name in answers.verdicts}
    assert answers.verdicts == asked, system.name
    kinds = {one.name: one.asked.kind for one in description.questions}
    return description, Counter((kinds[name], verdict) for name, verdict in asked.items())


def shown(split: Split) -> str:
    """Return a split as a table."""
    lines = []
    for kind in Kind:
        counts = {verdict: split[kind, verdict] for verdict in Verdict}
        if any(counts.values()):
            lines.append(f"{kind:<18}" + "".join(f"{verdict:>10} {count:>6,}" for verdict, count in counts.items()))
    return "\n".join(lines)
