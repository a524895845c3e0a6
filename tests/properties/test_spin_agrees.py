"""SPIN counts the same states of exported variants, and gives the same verdict on every claim."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from lifecheck import Verdict
from model import VARIANTS
from properties import CLAIMS
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.export.agreement import Split, agree_with_spin, shown

needs.program("spin")
needs.program("cc")

SOME = (
    "unpatched",
    "unpatched-expiry",
    "patched",
    "with-vsapi-2.0",
    "bouncing",
    "patched-lost-again-expiry",
    "patched-lost-again-strong",
    "at-most-once-crash",
    "unpatched-signatures",
)


@pytest.mark.long
def test_states_and_verdicts_are_the_same(tmp_path: Path) -> None:
    split: Split = Counter()
    for name in sized(SOME, SOME, list(VARIANTS)):
        split += agree_with_spin(VARIANTS[name], CLAIMS, tmp_path / name)[1]
    print("\n" + shown(split))
    for verdict in (Verdict.HOLDS, Verdict.VIOLATED, Verdict.VACUOUS):
        assert sum(count for (kind, given), count in split.items() if given is verdict and kind.is_liveness) >= 2


@pytest.mark.parametrize("name", ["unpatched", "patched"])
def test_the_variants_are_counted_as_the_checker_counts_them(name: str, tmp_path: Path) -> None:
    without_observers, _ = agree_with_spin(VARIANTS[name], (), tmp_path)
    with_observers, _ = agree_with_spin(VARIANTS[name], CLAIMS, tmp_path / "observed")
    assert without_observers.states <= with_observers.states
    assert len(without_observers.parts) < len(with_observers.parts)
