"""The causes of the mail model's failures, and that the missing row is found rather than listed."""

from __future__ import annotations

from math import prod

import pytest

from docs.generate.causes import causes, markdown
from lifecheck import Causes, Claim, InputError, Verdict, judge
from lifecheck.changes import Cause
from lifecheck.changes.candidates import ChangeKind
from lifecheck.changes.remedies import Attempt, Remedies, ranked
from lifecheck.machines import Tables
from lifecheck.project import SwitchKind
from lifecheck.statespace import Explorer
from model import PATCHED, SWITCHES, UNPATCHED, configured
from properties import CLAIMS
from properties.claims import DELETED_LEAVES_QUEUE, REQUIREMENTS

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def found() -> dict[str, Causes]:
    return {each.claim.name: each for each in causes()}


@pytest.fixture(scope="module")
def remedies() -> tuple[Attempt, ...]:
    judgement = judge("unpatched", UNPATCHED, DELETED_LEAVES_QUEUE)
    search = Remedies(judgement, UNPATCHED, CLAIMS, switches=SWITCHES, configure=configured)
    return ranked(map(search.attempt, search.candidates))


def test_a_deleted_message_stays_queued_for_ever_under_all_the_conditions_of_the_article_together(
    found: dict[str, Causes],
) -> None:
    assert found["deleted-leaves-queue"].minimal == (
        Cause(
            {
                "vsapi": ("2.5",),
                "imf": ("on",),
                "correction": ("none",),
                "expiry": ("off",),
                "delivery": ("acknowledge-after",),
            }
        ),
    )


def test_with_expiry_deletion_still_does_not_settle(found: dict[str, Causes]) -> None:
    assert any("expiry" not in cause.fixed for cause in found["deletion-settles"].told)
    assert found["deleted-at-most-once"].told[0].fixed.keys() == {"vsapi", "imf", "correction", "delivery"}


def test_no_virus_reaches_a_mailbox_under_any_settings_without_faults(found: dict[str, Causes]) -> None:
    assert found["no-virus-in-mailbox"].told == ()
    assert found["no-virus-in-mailbox"].verdicts == {Verdict.HOLDS: found["no-virus-in-mailbox"].settings}


@pytest.mark.parametrize("claim", REQUIREMENTS)
def test_a_cause_is_what_the_command_line_says_of_each_setting(claim: Claim, found: dict[str, Causes]) -> None:
    """Set one by one as `--set` does, each setting fails exactly if some cause speaks of it."""
    each = found[claim.name]
    settings: list[dict[str, str]] = [{}]
    for switch in SWITCHES:
        if switch.kind is SwitchKind.CHOICE:
            settings = [{**setting, switch.name: value} for setting in settings for value in switch.values]
    failing, tables = 0, Tables()
    for setting in settings:
        try:
            verdict = judge("", configured(setting), each.claim, explorer=Explorer(tables)).verdict
        except InputError:
            continue
        spoken_of = [cause for cause in each.told if all(setting[name] in of for name, of in cause.fixed.items())]
        assert bool(spoken_of) is (verdict is Verdict.VIOLATED), setting
        failing += bool(spoken_of)
    assert failing == each.verdicts[Verdict.VIOLATED]


def test_every_setting_is_judged(found: dict[str, Causes]) -> None:
    number = prod(len(switch.values) for switch in SWITCHES if switch.kind is SwitchKind.CHOICE)
    assert {(each.settings + each.refused, each.undecided) for each in found.values()} == {(number, "")}


def test_the_missing_row_is_found_and_makes_the_store_of_the_patched_variant(remedies: tuple[Attempt, ...]) -> None:
    (patched,) = [part for part in PATCHED.components if part.name == "store"]
    (found,) = [
        one
        for one in remedies
        if one.candidate.kind is ChangeKind.ROW and one.system is not None and patched.rows in _tables(one)
    ]
    assert found.candidate.description == (
        "store: row abandon_attempt, deleted -> absent replaced by acknowledge, deleted -> settled"
    )
    assert found.costs == ()


def _tables(attempt: Attempt) -> list[object]:
    assert attempt.system is not None
    return [part.rows for part in attempt.system.components if part.name == "store"]


def test_the_switches_that_save_it_are_the_other_conditions(remedies: tuple[Attempt, ...]) -> None:
    told = {one.candidate.description: one for one in remedies if one.candidate.kind is ChangeKind.SWITCH}
    free = [description for description, one in told.items() if not one.costs]
    assert {
        "imf on -> off",
        "correction none -> report-success",
        "delivery acknowledge-after -> remembering",
    } <= set(free)
    assert not [description for description in free if description.startswith(("vsapi", "expiry"))]
    assert [claim.name for claim, _ in told["expiry off -> on"].costs] == ["no-false-bounce"]


def test_no_single_assumption_of_fairness_saves_it(remedies: tuple[Attempt, ...]) -> None:
    assert not [one for one in remedies if one.candidate.kind is ChangeKind.FAIRNESS]


def test_the_table_says_of_the_filter_that_its_part_is_encoded(found: dict[str, Causes]) -> None:
    assert "`imf`: its part is encoded here as a bare condition" in markdown(list(found.values()))
