"""What is linted on sets of states is what is linted by visiting them one by one."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests import needs

needs.package("oxidd")

from examples.dining_philosophers import table  # noqa: E402
from lifecheck import System, lint  # noqa: E402
from lifecheck.linting import systems  # noqa: E402
from tests.cross_check import sized  # noqa: E402
from tests.lifecheck.random_systems import random_systems  # noqa: E402

SYSTEMS = sized(40, 200, 2_000)


def told(system: System, final: list[str]) -> tuple[Counter[str], set[tuple[str, str]], int]:
    """Return how many states each kind of end has, and what is never reached or taken."""
    report = lint(system, final=final)
    ends: Counter[str] = Counter()
    others = set()
    for one in report.findings:
        if one.place.startswith("state "):
            more = one.place.rpartition(" and ")[2].removesuffix(" more")
            ends[one.code] += 1 + (int(more) if more.isdigit() else 0)
        else:
            others.add((one.code, one.place))
    return ends, others, report.states


def test_random_systems_are_linted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    random, met = Random(3), Counter[str]()
    for system in random_systems(seed=23, count=SYSTEMS):
        part = random.choice(system.components)
        final = [f"{part.name}={random.choice(sorted(part.states))}"]
        monkeypatch.setattr(systems, "EXPLICIT_STATES", 10_000)
        expected = told(system, final)
        monkeypatch.setattr(systems, "EXPLICIT_STATES", 1)
        found = told(system, final)
        assert found == expected, system
        met += found[0] + Counter(code for code, _ in found[1])
    assert min(met[code] for code in ("stuck-state", "livelock", "no-way-to-final", "unused-transition")) > SYSTEMS / 20


def test_a_large_system_is_linted_whole() -> None:
    report = lint(table("philosophers", philosophers=11))
    assert report.states == 16_238
    assert not any(one.code == "too-many-states" for one in report.findings)
