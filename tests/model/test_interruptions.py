"""Strong fairness covers every step that faults or limits can interrupt, by the fired tables and by the rows alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from lifecheck import InputError, Verdict, check, leads_to
from model import Acknowledgements, Configuration, Fairness, configured, exchange, interruptions
from model.interruptions import interrupted
from model.triggers import FAULTS
from properties import predicates as p
from properties.claims import CLAIMS
from tests.cross_check import sized
from tests.properties.row_judge import RowJudge

CRASHING = ("smtp_crashes", "store_crashes", "scanner_crashes")
RESTARTS = {"restart_smtp", "restart_store", "restart_scanner"}


def legal(number: int, seed: int) -> Iterator[Configuration]:
    """Draw legal settings with strong fairness."""
    draw = random.Random(seed)
    kinds = {field.name: list(type(field.default)) for field in fields(Configuration)}
    found = 0
    while found < number:
        try:
            yield Configuration(**{name: draw.choice(values) for name, values in kinds.items()} | STRONG)
        except InputError:
            continue
        found += 1


STRONG = {"fairness": Fairness.STRONG}


def by_the_rows(configuration: Configuration) -> set[str]:
    """Read the same off the text of the rows: fires nothing, and names restarts instead of finding them."""
    system = exchange(replace(configuration, fairness=Fairness.WEAK)).with_observers(())
    judge = RowJudge(system)
    lost = {
        possible
        for moves in judge.moves
        for trigger, target in moves.items()
        if trigger in FAULTS | RESTARTS | {"rebuild_queue"}
        for possible in moves.keys() - judge.moves[target].keys() - {trigger}
    }
    limited = {"attempt_delivery"} if any(part.name == "slots" for part in system.components) else set()
    return (lost | limited) - system.environment


def test_the_fired_tables_and_the_rows_say_the_same_of_legal_settings() -> None:
    kinds = set()
    for configuration in legal(sized(25, 100, 300), seed=883522):
        found = exchange(configuration).strongly_fair
        assert found == by_the_rows(configuration), configuration
        kinds |= found
    assert {"recognise", "delete", "replace", "deliver_to_third", "acknowledge_recipient", "remove_file"} <= kinds
    assert "rebuild_queue" in kinds  # the service may crash again before it has come to the file
    assert not kinds & {"grow_old", *RESTARTS, *FAULTS}


def test_a_crash_of_the_smtp_service_interrupts_what_the_store_does_with_the_copy() -> None:
    settings = {"correction": "report-success", "delivery": "remembering", "smtp_crashes": "on", "outages": "again"}
    strong = configured({**settings, "fairness": "strong"}).strongly_fair
    assert {"begin_scan", "find_clean", "request_deletion", "delete", "deliver", "recognise", "acknowledge"} <= strong


def test_strong_fairness_of_recognise_lets_the_entry_leave_the_queue_where_the_store_crashes_again() -> None:
    settings = {"correction": "report-success", "delivery": "remembering", "store_crashes": "on", "outages": "again"}
    system = configured({**settings, "fairness": "strong"})
    asked = leads_to(p.in_queue, p.not_in_queue)
    assert "recognise" in system.strongly_fair
    assert check(system, asked).verdict is Verdict.HOLDS
    without = {trigger: why for trigger, why in system.strong.items() if trigger != "recognise"}
    assert check(system, asked, strong=without).verdict is Verdict.VIOLATED


def test_what_only_the_system_itself_makes_impossible_is_no_interruption() -> None:
    assert configured({"expiry": "on", "acknowledgements": "lost-again", "fairness": "strong"}).strongly_fair == {
        "acknowledge"
    }


@pytest.mark.parametrize("number", ["1", "2", "3"])
def test_a_limit_interrupts_the_attempt_that_waits_for_a_slot_and_nothing_that_gives_one_back(number: str) -> None:
    assert configured({"slots": number, "fairness": "strong"}).strongly_fair == {"attempt_delivery"}


def test_a_judge_that_reads_the_rows_alone_gives_the_same_verdicts_under_strong_fairness() -> None:
    seen = set()
    for configuration in legal(sized(2, 6, 20), seed=8):
        system = exchange(configuration)
        judge = RowJudge(system)
        for claim in CLAIMS:
            alone = replace(claim, witness=None) if claim.asked.given is None else claim
            if claim.asked.given is None:
                verdict = check(system, claim.asked).verdict
                assert (verdict is Verdict.VIOLATED) == (judge.verdict(alone) is Verdict.VIOLATED), configuration
                seen.add((claim.asked.kind, verdict is Verdict.VIOLATED))
    assert len(seen) >= 6


def test_what_was_fired_for_many_settings_is_forgotten_and_the_answer_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    losing = exchange(Configuration(acknowledgements=Acknowledgements.LOST_AGAIN))
    before = interrupted(losing, FAULTS)
    monkeypatch.setattr(interruptions, "MOST", 0)
    kept = interruptions._FIRED[0]
    assert interrupted(losing, FAULTS) == before == {"acknowledge"}
    assert interruptions._FIRED[0] is not kept
