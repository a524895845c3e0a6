"""The table of evidence shows what carries each step of the article."""

from __future__ import annotations

from docs.generate.evidence import markdown


def test_the_defect_and_its_correction_stand_in_the_table() -> None:
    table = markdown()
    assert "| Cause, after step 4 |" in table
    assert "row `store: abandon_attempt, deleted -> absent`" in table
    assert "row `store: acknowledge, deleted -> settled`" in table
