"""Requirement tests: does each requirement hold on the variant that ``--variant`` names?

They pass on the patched variant and fail on the unpatched one; the failure is the counterexample.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from lifecheck import Claim, Verdict, story
from lifecheck.checking.verify import judge
from lifecheck.properties import Kind
from lifecheck.stateful import state_machine
from model import VARIANTS
from properties import REQUIREMENTS
from tests.cross_check import sized

BY_NAME = pytest.mark.parametrize("claim", REQUIREMENTS, ids=lambda claim: claim.name)
# from where something can be reached is a question about all runs: no single one can refute it
REFUTED_BY_A_RUN = pytest.mark.parametrize(
    "claim",
    [claim for claim in REQUIREMENTS if claim.asked.kind is not Kind.CAN_ALWAYS_REACH],
    ids=lambda claim: claim.name,
)


FEW = sized(8, 60, 60)
"""How many runs are tried where none is expected to break a claim: all of them were looked at by the checker."""


@BY_NAME
def test_every_state_and_every_fair_run_meets(claim: Claim, variant: str) -> None:
    judgement = judge(variant, VARIANTS[variant], claim)

    is_met = judgement.verdict is Verdict.HOLDS
    says_nothing_as_recorded = judgement.verdict is claim.expected[variant] is Verdict.VACUOUS
    if not is_met and not says_nothing_as_recorded:
        pytest.fail(f"{claim.words}: {judgement.verdict}\n{story(judgement.result)}", pytrace=False)


@REFUTED_BY_A_RUN
def test_runs_of_the_real_machines_meet(claim: Claim, variant: str) -> None:
    story = []
    expected = claim.expected[variant]
    most = settings.default.max_examples if expected is Verdict.VIOLATED else min(FEW, settings.default.max_examples)
    tried = settings(max_examples=most, suppress_health_check=list(HealthCheck))  # many triggers are blocked
    try:
        run_state_machine_as_test(state_machine(VARIANTS[variant], claim.asked), settings=tried)
    except AssertionError as error:
        story = [str(error), *getattr(error, "__notes__", [])]
    if story:  # outside the handler, so that pytest shows the story once
        told = "\n".join(story)
        pytest.fail(f"{claim.words}: a run of the real machines shows that it is not so\n{told}", pytrace=False)
