"""The four queues under examples/: every verdict is the recorded one, and the defect and its mending are told apart."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest
from click.testing import CliRunner

from lifecheck import Evidence, Judgement, Run, Verdict, verify
from lifecheck.cli.main import main
from lifecheck.properties import Kind
from tests.lifecheck.naive_judge import NaiveJudge

NAMES = ["redis_streams", "sqs", "kafka", "jetstream"]

# the variant with the defect, the claim it breaks, and the variant in which it is mended
DEFECTS = [
    ("redis_streams", "deleted-is-cleared", "deletes", "mended"),
    ("sqs", "leaves-queue", "skips", "deletes"),
    ("kafka", "ignored-is-committed", "filters", "commits-strong"),
    ("jetstream", "deliveries-end", "swallows", "terminates"),
]


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest) -> ModuleType:
    return importlib.import_module(f"examples.{request.param}")


def judgements(example: ModuleType) -> tuple[Judgement, ...]:
    return verify(example.SYSTEMS, example.CLAIMS)


def test_every_verdict_is_the_recorded_one(example: ModuleType) -> None:
    for claim in example.CLAIMS:
        assert set(claim.expected) == set(example.SYSTEMS), claim.name
    assert [(one.variant, one.claim.name) for one in judgements(example) if not one.is_expected] == []


def test_every_claim_says_something_of_some_system_and_every_system_is_told_apart(example: ModuleType) -> None:
    found = judgements(example)
    for claim in example.CLAIMS:
        assert any(one.verdict is not Verdict.VACUOUS for one in found if one.claim is claim), claim.name
    columns = [tuple(one.verdict for one in found if one.variant == name) for name in example.SYSTEMS]
    assert len(set(columns)) > 1


@pytest.mark.parametrize(("name", "claim", "broken", "mended"), DEFECTS)
def test_the_defect_has_a_story_and_its_mending_has_none(name: str, claim: str, broken: str, mended: str) -> None:
    verdicts = {
        one.variant: one for one in judgements(importlib.import_module(f"examples.{name}")) if one.claim.name == claim
    }
    assert verdicts[broken].verdict is Verdict.VIOLATED
    assert verdicts[broken].result.evidence is not None
    assert verdicts[mended].verdict is Verdict.HOLDS


def test_a_naive_judge_who_tries_every_set_of_states_says_the_same(example: ModuleType) -> None:
    judges = {name: NaiveJudge(system) for name, system in example.SYSTEMS.items()}
    for one in judgements(example):
        said = judges[one.variant].verdict(one.claim.asked)
        assert said is one.result.verdict, (one.variant, one.claim.name)
        if one.verdict is not said:  # only a witness that cannot happen makes a difference
            assert one.verdict is Verdict.VACUOUS
            assert one.claim.witness is not None
            assert judges[one.variant].verdict(one.claim.witness) is Verdict.VIOLATED


def test_a_loop_starves_no_fair_trigger(example: ModuleType) -> None:
    """Fairness judged by hand along each loop, on the real machines and not by the code that found it."""
    seen = 0
    for one in judgements(example):
        evidence = one.result.evidence
        if one.claim.asked.kind in (Kind.LEADS_TO, Kind.EVENTUALLY) and evidence is not None:
            starved_weakly, starved_strongly = starved(one, evidence)
            assert not starved_weakly, one
            assert not starved_strongly, one
            seen += 1
    assert seen


def starved(one: Judgement, evidence: Evidence) -> tuple[set[str], set[str]]:
    """Return the weakly and the strongly fair triggers that the loop owes something, as the real machines move."""
    system, loop = one.result.system, evidence.loop or ()
    run = Run(system)
    start = run.replay(evidence.stem)
    possible = [set(run.possible())]
    for trigger in loop:
        run.trigger(trigger)
        possible.append(set(run.possible()))
    assert run.state == start, "the loop does not close"
    weakly = set.intersection(*possible) & system.weakly_fair
    strongly = set.union(*possible) & system.strongly_fair
    return weakly - set(loop), strongly - set(loop)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_of_the_first_lines_finds_all_as_expected(name: str) -> None:
    module = importlib.import_module(f"examples.{name}")
    line = f"lifecheck verify examples.{name}:SYSTEMS"
    assert line in str(module.__doc__)
    result = CliRunner().invoke(main, line.split()[1:])
    assert result.exit_code == 0, result.output
    assert "all as expected" in result.output
