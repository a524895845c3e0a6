"""What lint says of guarded machines is what a small interpreter of their rows says, which never runs the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from transitions import Machine

from lifecheck import lint
from lifecheck.linting.finding import LintReport
from tests.cross_check import sized

VALUES = 3


@dataclass(frozen=True)
class Guarded:
    """A row that wants a value of the counter, or any, and may count on."""

    trigger: str
    source: str
    dest: str
    wants: int | None
    unless: int | None
    counts: bool

    def allows(self, value: int) -> bool:
        return (self.wants is None or value == self.wants) and (self.unless is None or value != self.unless)


Node = tuple[str, int]


def random_rows(seed: int) -> list[Guarded]:
    random = Random(seed)
    names = [f"s{number}" for number in range(random.randint(2, 4))]
    rows = {
        Guarded(
            random.choice("abc"),
            random.choice(names),
            random.choice(names),
            random.choice([None, None, *range(VALUES)]),
            random.choice([None, None, None, *range(VALUES)]),
            random.random() < 0.4,
        ): None
        for _ in range(random.randint(3, 9))
    }
    return list(rows)


def model_of(rows: list[Guarded]) -> Callable[[], object]:
    class Counting:
        def __init__(self) -> None:
            self.value = 0
            names = dict.fromkeys(["s0", *(name for row in rows for name in (row.source, row.dest))])
            Machine(self, states=list(names), initial="s0", transitions=[self.written(row) for row in rows])

        def written(self, row: Guarded) -> dict[str, Any]:
            return {
                "trigger": row.trigger,
                "source": row.source,
                "dest": row.dest,
                "conditions": [] if row.wants is None else [f"is_{row.wants}"],
                "unless": [] if row.unless is None else [f"is_{row.unless}"],
                "after": ["count"] if row.counts else [],
            }

        def count(self) -> None:
            self.value = (self.value + 1) % VALUES

        def is_0(self) -> bool:
            return self.value == 0

        def is_1(self) -> bool:
            return self.value == 1

        def is_2(self) -> bool:
            return self.value == 2

    return Counting


def interpreted(rows: list[Guarded]) -> tuple[dict[Node, set[Node]], set[Guarded]]:
    """Take in every state the first row of each trigger that allows it, from the beginning."""
    ways: dict[Node, set[Node]] = {}
    taken: set[Guarded] = set()
    pending: list[Node] = [("s0", 0)]
    while pending:
        state, value = node = pending.pop()
        if node in ways:
            continue
        ways[node] = set()
        for trigger in "abc":
            candidates = [row for row in rows if (row.trigger, row.source) == (trigger, state) and row.allows(value)]
            for row in candidates[:1]:
                taken.add(row)
                ways[node].add((row.dest, (value + row.counts) % VALUES))
        pending += ways[node]
    return ways, taken


def places(report: LintReport, code: str) -> list[str]:
    return [finding.place for finding in report.findings if finding.code == code]


@pytest.mark.parametrize("seed", range(sized(30, 60, 1_200)))
def test_guarded_machines(seed: int) -> None:
    rows = random_rows(seed)
    ways, taken = interpreted(rows)
    report = lint(model_of(rows), attributes=["value"])
    names = dict.fromkeys(["s0", *(name for row in rows for name in (row.source, row.dest))])
    assert report.states == len(ways)
    if not any(row.source == "s0" for row in rows):
        assert places(report, "initial-without-exit")
        return
    reached = {state for state, _ in ways}
    unreached = {f"state {name!r}" for name in names if name not in reached}
    changes = len({value for _, value in ways}) > 1
    assert changes or {*places(report, "unreachable-state")} <= unreached  # some are behind what reads from outside
    assert not changes or {*places(report, "unreachable-state")} == unreached
    assert not (changes and places(report, "reads-outside"))
    stuck = {state for (state, _), targets in ways.items() if not targets}
    assert {*places(report, "stuck-state")} == {f"state {name!r}" for name in stuck}
    never = [row for row in rows if row not in taken and row.source in reached]
    unused = [*places(report, "unused-transition"), *places(report, "reads-outside")]
    told = [*unused, *places(report, "never-wins")]
    told = [place for place in told if place.split("'")[3] in reached]
    assert sorted(told) == sorted(f"transition {row.trigger!r} from {row.source!r} to {row.dest!r}" for row in never)
    assert not {"outcome-differs", "undeclared-attribute", "condition-not-boolean", "callback-raises"} & {*report.codes}


@pytest.mark.long
def test_some_of_them_have_each_finding_and_some_have_none() -> None:
    codes = [lint(model_of(random_rows(seed)), attributes=["value"]).codes for seed in range(120)]
    wanted = {"unreachable-state", "stuck-state", "unused-transition", "never-wins", "initial-without-exit"}
    assert wanted <= {code for found in codes for code in found}
    assert any(not found for found in codes)
