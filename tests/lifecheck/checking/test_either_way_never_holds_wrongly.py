"""Where firing with some guards violates a property, table mode (guards answer either way) never says it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest

from lifecheck import ComponentError, Property, Verdict, always, check, eventually, leads_to, never, sometimes
from lifecheck.machines import Table
from lifecheck.machines.stripped import Oracle, _Code
from lifecheck.machines.table_mode import Outcome, _TableMode
from tests.cross_check import sized
from tests.lifecheck.random_guarded_machines import KINDS, TRIGGERS, random_guarded_machine

MACHINES = sized(5, 15, 1_000)


def properties_about(names: list[str], random: Random) -> list[Property]:
    def inside(*chosen: str) -> str:
        return " or ".join(f"state.within({name!r})" if nested else f"state == {name!r}" for name in chosen)

    nested = "p" in names
    one, other, third = (random.choice(names) for _ in range(3))
    return [
        never(inside(one)),
        always(inside(one, other)),
        sometimes(inside(one)),
        eventually(inside(one)),
        eventually(inside(one, other)),
        leads_to(inside(one), inside(other)),
        leads_to(inside(one), inside(other, third)),
    ]


@pytest.fixture(autouse=True)
def _without_driving(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attribute is declared, so that firing hides nothing that driving would have to show, and costs most."""
    monkeypatch.setattr(Table, "drive", lambda self, *, complete: None)


def compare(kind: str, seeds: Iterable[int]) -> Counter[str]:
    """Check random machines in both ways, and count what is proven and what is wrongly so."""
    met: Counter[str] = Counter()
    for seed in seeds:
        random = Random(f"{kind} {seed}")
        factory, names = random_guarded_machine(random, kind)
        used = {row for row in TRIGGERS if hasattr(factory(), row)}
        fair = sorted(trigger for trigger in used if random.random() < 0.6)
        strong = {fair.pop(): "tried" for _ in fair[:1] if random.random() < 0.3}
        asked = properties_about(names, random)
        try:
            fired = check(factory, *asked, fair=fair, strong=strong, attributes=["n"])
        except ComponentError:
            met["cannot be fired"] += 1
            continue
        table = check(factory, *asked, fair=fair, strong=strong, guards="either")
        for one, other in zip(fired, table, strict=True):
            wrong = refutes(other.verdict, one.verdict)
            met["wrong"] += wrong
            met[f"{one.property.kind} {other.verdict}"] += 1
            met["proven"] += other.verdict is not Verdict.UNKNOWN
            met["as fired"] += other.verdict is one.verdict
        met["machines"] += 1
    return met


def refutes(table: Verdict, fired: Verdict) -> bool:
    """Whether firing shows that what table mode says is wrong."""
    if table is Verdict.HOLDS:
        return fired is Verdict.VIOLATED
    if table is Verdict.VACUOUS:
        return fired is not Verdict.VACUOUS
    return table is Verdict.VIOLATED and fired is not Verdict.VIOLATED


@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_in_table_mode_is_never_violated_when_fired(kind: str) -> None:
    met = compare(kind, range(MACHINES))
    assert met["wrong"] == 0, met
    assert met["machines"] > MACHINES / 4
    assert met["proven"] > met["machines"]
    assert met["leads_to unknown"] or met["eventually unknown"] or met["never unknown"]


def without_refusals(self: Any, number: int, trigger: str) -> Any:
    return (outcome for outcome in fired_in_every_way(self, number, trigger) if outcome.taken)


fired_in_every_way = _TableMode._fired


def always_yes(self: Oracle, guard: str) -> bool:
    return True


def nothing_fired(self: Any, callback: Any, place: str) -> tuple[str, ...]:
    return ()


def only_what_is_taken(self: Any, number: int, trigger: str) -> list[Outcome]:
    return [outcome for outcome in fired_in_every_way(self, number, trigger) if outcome.answers]


@pytest.mark.parametrize(
    ("what", "name", "broken"),
    [
        (_TableMode, "_fired", without_refusals),
        (_TableMode, "_fired", only_what_is_taken),
        (_Code, "fires", nothing_fired),
        (Oracle, "ask", always_yes),
    ],
    ids=["owed although refused", "unguarded rows forgotten", "chains not followed", "guards always true"],
)
def test_the_comparison_notices_a_broken_argument(
    what: Any, name: str, broken: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what, name, broken)
    wrong = 0
    for seed in range(400):
        wrong += compare("flat", [seed])["wrong"]
        if wrong:
            break
    assert wrong
