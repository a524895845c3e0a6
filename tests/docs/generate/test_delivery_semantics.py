"""The table of delivery semantics says what the literature says, and every yes replays on the real machines."""

from __future__ import annotations

import pytest

from docs.generate.delivery_semantics import FAULTS, POLICIES, Cell, cells, markdown
from lifecheck import Run, Verdict


@pytest.fixture(scope="module")
def table() -> list[Cell]:
    return list(cells())


def yes(table: list[Cell], question: str) -> set[tuple[str, str]]:
    """Return fault and policy wherever both kinds of message can meet this fate."""
    found = [
        {
            (cell.fault, cell.policy)
            for cell in table
            if (cell.content, cell.question, cell.answer) == (kind, question, "yes")
        }
        for kind in ("clean", "infected")
    ]
    assert found[0] == found[1]  # with the correction in place, content decides nothing
    return found[0]


def test_the_table_has_every_cell(table: list[Cell]) -> None:
    assert len(table) == len(FAULTS) * len(POLICIES) * 2 * 3


def test_mail_is_lost_where_it_was_acknowledged_first_and_the_store_crashes(table: list[Cell]) -> None:
    assert yes(table, "lost") == {("the store crashes", "at most once")}


def test_mail_is_dealt_with_twice_where_a_report_or_a_memory_is_lost(table: list[Cell]) -> None:
    assert yes(table, "twice") == {
        ("one report is lost", "at least once"),
        ("one report is lost", "at most once"),
        ("reports are lost again and again", "at least once"),
        ("reports are lost again and again", "at most once"),
        ("the SMTP service crashes", "at least once"),
        ("the SMTP service crashes", "at most once"),
        ("the store crashes", "at least once"),
    }


def test_mail_is_stuck_where_reports_are_lost_for_ever_or_an_attempt_waits_for_a_scanner_that_never_comes(
    table: list[Cell],
) -> None:
    unavailable = "the scanner is unavailable, and copies are held back"
    assert yes(table, "stuck") == {
        *(("reports are lost again and again", policy) for policy in POLICIES),
        (unavailable, "at least once"),
        (unavailable, "effectively once"),
    }


def test_without_a_fault_nothing_happens_to_a_message_under_any_policy(table: list[Cell]) -> None:
    assert {cell.answer for cell in table if cell.fault == "no fault"} == {"no"}


def test_every_yes_replays_and_every_no_is_not_vacuous(table: list[Cell]) -> None:
    for cell in table:
        if cell.answer == "no":
            assert cell.result.verdict is Verdict.HOLDS
            assert cell.why.startswith("needs ")
        else:
            evidence = cell.result.evidence
            assert evidence is not None
            run = Run(cell.result.system)
            end = run.replay(evidence.stem)
            assert evidence.loop is None or run.replay(evidence.loop) == end
            assert cell.why.startswith(", ".join(evidence.stem))


def test_the_document_names_the_stuck_loop() -> None:
    assert "; for ever: " in markdown()
