"""Expectation tests: is each verdict, true or false, the one that is recorded?"""

from __future__ import annotations

import pytest

from lifecheck import Claim, Judgement, Role, Run, Verdict, check, verify
from model import VARIANTS
from properties import CLAIMS, REQUIREMENTS

EVERYWHERE = pytest.mark.parametrize(
    ("claim", "variant"),
    [(claim, variant) for claim in CLAIMS for variant in VARIANTS],
    ids=[f"{claim.name}-{variant}" for claim in CLAIMS for variant in VARIANTS],
)


@pytest.fixture(scope="module")
def judged() -> dict[tuple[str, str], Judgement]:
    """What the checker says of each claim on each variant."""
    return {(one.claim.name, one.variant): one for one in verify(VARIANTS, CLAIMS)}


@EVERYWHERE
def test_the_verdict_is_the_recorded_one(claim: Claim, variant: str, judged: dict[tuple[str, str], Judgement]) -> None:
    assert judged[claim.name, variant].verdict is claim.expected[variant]


@EVERYWHERE
def test_evidence_replays_on_the_real_machines(
    claim: Claim, variant: str, judged: dict[tuple[str, str], Judgement]
) -> None:
    result = judged[claim.name, variant].result
    if result.evidence is None:
        assert result.verdict in (Verdict.HOLDS, Verdict.VACUOUS)
        return
    run = Run(result.system)
    end_of_stem = run.replay(result.evidence.stem)
    assert end_of_stem == result.evidence.states[len(result.evidence.stem)]
    if result.evidence.loop is not None:
        assert run.replay(result.evidence.loop) == end_of_stem


def test_every_claim_says_what_is_expected_of_every_variant() -> None:
    for claim in CLAIMS:
        assert claim.expected.keys() == VARIANTS.keys(), claim.name


def test_every_requirement_has_a_witness_that_happens_somewhere() -> None:
    for claim in REQUIREMENTS:
        assert claim.witness is not None, claim.name
        assert any(check(system, claim.witness).verdict is Verdict.HOLDS for system in VARIANTS.values()), claim.name


def test_the_requirements_are_met_by_the_patched_system_and_broken_by_the_unpatched_one() -> None:
    broken = [claim.name for claim in REQUIREMENTS if claim.expected["unpatched"] is Verdict.VIOLATED]
    assert broken == [
        "deleted-leaves-queue",
        "can-drain",
        "deletion-settles",
        "deleted-at-most-once",
        "outage-only-delays",
    ]
    assert not [claim for claim in REQUIREMENTS if claim.expected["patched"] is Verdict.VIOLATED]


def test_names_are_unique_and_fit_the_command_line() -> None:
    names = [claim.name for claim in CLAIMS]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and " " not in name for name in names)
    assert all(claim.role in Role for claim in CLAIMS)
