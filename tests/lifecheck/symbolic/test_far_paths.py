"""Where layers would grow too large, and where few components are tried, evidence is longer and as true."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests import needs
from tests.cross_check import sized

needs.package("oxidd")

from lifecheck import Verdict  # noqa: E402
from lifecheck.checking import check_by  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from lifecheck.symbolic import lasso, paths  # noqa: E402
from tests.lifecheck.naive_judge import NaiveJudge  # noqa: E402
from tests.lifecheck.naive_lasso import LassoJudge  # noqa: E402
from tests.lifecheck.random_systems import random_properties, random_systems  # noqa: E402


@pytest.mark.parametrize(("effort", "tried"), [(0, 50), (2_000_000, 1)])
def test_evidence_replays_and_refutes_with_little_effort(
    monkeypatch: pytest.MonkeyPatch, effort: int, tried: int
) -> None:
    monkeypatch.setattr(paths, "LAYER_EFFORT", effort)
    monkeypatch.setattr(lasso, "LAYER_EFFORT", effort)
    monkeypatch.setattr(lasso, "TRIED_COMPONENTS", tried)
    random, met = Random(effort), Counter[str]()
    for system in random_systems(effort, sized(50, 150, 150)):
        explorer = Explorer()
        for asked in random_properties(random, system):
            result = check_by(explorer, system, asked, engine="symbolic")  # replays it on the real machines
            expected = check_by(explorer, system, asked, engine="explicit")
            assert result.verdict is expected.verdict
            if result.evidence is None or expected.evidence is None:
                continue
            met["shortest"] += result.evidence.shortest
            met["longer"] += len(result.evidence.states) > len(expected.evidence.states)
            assert not result.evidence.shortest or len(result.evidence.states) == len(expected.evidence.states)
            if asked.kind.is_liveness and result.verdict is Verdict.VIOLATED:
                judge = LassoJudge(NaiveJudge(result.system), asked)
                assert judge.fault(result.evidence.stem, result.evidence.loop or ()) == ""
                met["lassos"] += 1
    assert met["lassos"] > sized(50, 150, 150)
    assert met["longer"] > sized(5, 20, 20)
