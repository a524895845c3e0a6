"""Specification mutation: whatever is wrong with a row of the patched variant is noticed, or it is said why not."""

from __future__ import annotations

import pytest

from lifecheck.changes.mutation import Mutation, Outcome, Trial, stale_reasons
from model import PATCHED, VARIANTS
from properties import CLAIMS
from properties.survivors import SURVIVORS


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    mutation = Mutation(PATCHED, CLAIMS, reasons=SURVIVORS)
    return [mutation.judge(mutant) for mutant in mutation.mutants]


@pytest.mark.long
def test_nothing_survives_without_a_recorded_reason_and_no_reason_is_stale(trials: list[Trial]) -> None:
    assert [trial.mutant.description for trial in trials if not trial.is_accounted_for] == []
    assert stale_reasons(trials, SURVIVORS) == ()


@pytest.mark.long
def test_without_the_correction_each_requirement_about_deletion_notices(trials: list[Trial]) -> None:
    described = {trial.mutant.description: trial for trial in trials}
    assert set(described["store: row acknowledge, deleted -> settled removed"].noticed_by) >= {
        "deleted-leaves-queue",
        "can-drain",
        "deletion-settles",
    }


@pytest.mark.long
def test_no_claim_is_idle_each_notices_some_mutant(trials: list[Trial]) -> None:
    noticing = {name for trial in trials for name in trial.noticed_by}
    assert [claim.name for claim in CLAIMS if claim.name not in noticing] == []


@pytest.mark.long
def test_only_a_trigger_that_an_observer_counts_makes_a_mutant_unusable(trials: list[Trial]) -> None:
    unusable = [trial.mutant.description for trial in trials if trial.outcome is Outcome.UNUSABLE]
    assert unusable == [f"store: {trigger} removed from the alphabet" for trigger in ("deliver", "delete", "replace")]


def test_an_expired_entry_that_is_forgotten_with_its_file_is_noticed() -> None:
    mutation = Mutation(VARIANTS["patched-expiry"], CLAIMS)
    told = "queue: row expire, queued -> expired redirected to empty"
    (mutant,) = [one for one in mutation.mutants if one.description == told]
    assert "settled-file-goes" in mutation.judge(mutant).noticed_by
