"""Makes one finding of those about one row that was written with the source ``*``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from lifecheck.linting.finding import Finding
from lifecheck.machines import Definition, place_of
from lifecheck.system import SAME, Row


def merged(findings: Iterable[Finding], definition: Definition) -> list[Finding]:
    """Return findings in their order, those that say the same of a row for several sources as one.

    The library writes such a row once for each state, and keeps no mark of it: rows that differ in nothing but their
    source, and are there for every state, are taken for one.

    Parameters
    ----------
    findings
        What was found.
    definition
        The machine.
    """
    families = _families(definition)
    result: dict[object, Finding] = {}
    count: Counter[object] = Counter()
    for number, finding in enumerate(findings):
        if finding.place not in families:
            result[number] = finding
            continue
        source, everywhere = families[finding.place]
        sentence = finding.sentence.replace(f"from {source!r}", "from '*'")
        key = finding.code, everywhere, sentence, finding.remedy
        result.setdefault(key, replace(finding, place=everywhere, sentence=sentence))
        count[key] += 1
    total = len(definition.states)
    return [
        replace(one, sentence=f"{one.sentence} (in {count[key]} of {total} states)") if 0 < count[key] < total else one
        for key, one in result.items()
    ]


def _families(definition: Definition) -> dict[str, tuple[str, str]]:
    """Return the source of each row that is there for every state, and the place of all, by its own place."""
    if len(definition.states) < 3 or definition.nesting is not None:
        return {}
    alike: dict[Row, list[Row]] = {}
    for row in definition.rows:
        alike.setdefault(replace(row, source="*"), []).append(row)
        if row.target == row.source:
            alike.setdefault(replace(row, source="*", dest=SAME), []).append(row)
    everywhere = set(definition.states)
    return {
        place_of(row): (row.source, place_of(whole))
        for whole, rows in alike.items()
        if {row.source for row in rows} == everywhere
        for row in rows
    }
