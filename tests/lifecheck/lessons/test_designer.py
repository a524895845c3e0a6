"""A table that is changed is judged by requirements, and told one thing: the first that is not met."""

from __future__ import annotations

import pytest

from lifecheck import InputError
from lifecheck.lessons import Designer, Hints, next_row, rows_of, table_of
from tests.lifecheck.lessons.bells import LESSON, ROWS, bell, door

assert LESSON.designer is not None
DESIGNER: Designer = LESSON.designer


def test_the_first_requirement_that_is_not_met_is_told_alone() -> None:
    failure = DESIGNER.failure(ROWS)
    assert failure is not None
    assert failure.requirement is DESIGNER.requirements[2]
    assert str(failure).startswith("nobody opens.\n\n  Start  bell quiet")


def test_a_run_that_stays_has_a_hint_of_its_own() -> None:
    failure = DESIGNER.failure(DESIGNER.edited("-2, -3"))
    assert failure is not None
    assert failure.hint == "everybody stands still."


def test_what_never_happens_is_told_without_a_run() -> None:
    failure = DESIGNER.failure([])
    assert failure is not None
    assert failure.hint == "it rings no more."
    assert "None of the 1 reachable state satisfies bell == 'rung'." in failure.evidence


def test_rows_that_are_no_machine_are_told_why() -> None:
    failure = DESIGNER.failure(DESIGNER.edited("answer rung opened"))
    assert failure is not None
    assert failure.requirement is None
    assert "destination 'opened' is not one of its states" in str(failure)


def test_rows_that_the_library_refuses_are_told_as_well() -> None:
    failure = DESIGNER.failure(DESIGNER.edited("state rung answered"))
    assert failure is not None
    assert str(failure).startswith("these rows make no machine: ValueError: Trigger name cannot be same as model")
    assert Hints(DESIGNER).next(DESIGNER.edited("state rung answered")).startswith("One row of bell")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "give_up rung answered",
            "'give_up rung answered' can never be taken, because 'give_up rung quiet' stands before",
        ),
        ("sigh rung rung", "'sigh rung rung' is there already"),
        ("2 sigh * rung", "'sigh rung rung' can never be taken, because 'sigh * rung' stands before"),
    ],
)
def test_a_row_that_can_never_be_taken_is_told_in_place_of_the_requirement(typed: str, told: str) -> None:
    rows = DESIGNER.edited(typed)
    failure = DESIGNER.failure(rows)
    assert failure is not None
    assert failure.requirement is None
    assert str(failure).startswith(told)
    assert str(failure)[-1] == "."
    hopeless = Designer("", "bell", [["sigh", "rung", "rung"]], door, DESIGNER.requirements)
    assert Hints(hopeless).next(rows) == failure.hint, "and not that no row mends it"


@pytest.mark.parametrize(
    "typed", ["sigh quiet quiet, give_up * quiet", "2 answer rung answered, -3, answer rung quiet"]
)
def test_a_row_behind_others_that_is_taken_or_does_no_harm_is_not_told(typed: str) -> None:
    failure = DESIGNER.failure(DESIGNER.edited(typed))
    assert failure is None or failure.requirement is not None


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("answer rung answered", [*ROWS, ["answer", "rung", "answered"]]),
        ("2 answer rung answered", [ROWS[0], ["answer", "rung", "answered"], ROWS[2]]),
        ("2. answer rung answered", [ROWS[0], ["answer", "rung", "answered"], ROWS[2]]),
        ("-2", [ROWS[0], ROWS[2]]),
        (" -1 ,  -3 ", [ROWS[1]]),
        ("-2,answer rung =", [ROWS[0], ROWS[2], ["answer", "rung", "="]]),
    ],
)
def test_a_change_is_read_as_it_is_typed(typed: str, rows: list[list[str]]) -> None:
    assert [*DESIGNER.edited(typed)] == rows


@pytest.mark.parametrize("typed", ["", "answer", "answer rung", "2", "answer rung to answered", "--2", "2 -3"])
def test_what_is_no_change_is_told_what_would_be_one(typed: str) -> None:
    with pytest.raises(InputError, match="is no change of a row; write 'trigger source dest' to add a row"):
        DESIGNER.edited(typed)


def test_a_row_that_is_not_there_cannot_be_changed() -> None:
    for typed in ("4 answer rung answered", "-4", "0 answer rung answered"):
        with pytest.raises(InputError, match="the table has 3"):
            DESIGNER.edited(typed)


def test_what_is_no_table_is_told() -> None:
    for rows in (None, "ring quiet rung", [("ring", "quiet")], [[1, 2, 3]], ["abc"]):
        with pytest.raises(InputError, match=r"write a list of rows|a row has three words"):
            table_of(rows)
        assert DESIGNER.failure(rows) is not None


def test_the_rows_of_a_machine_are_handed_out() -> None:
    assert [*rows_of(bell())] == ROWS


def test_the_hint_is_a_row_that_meets_every_requirement() -> None:
    found = next_row(DESIGNER, ROWS)
    assert found is not None
    assert (found.instead, found.row.trigger, found.before) == (2, "answer", found.before)
    row = f"{found.row.trigger} {found.row.source} {found.row.target}"
    assert DESIGNER.failure(DESIGNER.edited(f"{found.instead} {row}")) is None


def test_hints_come_one_at_a_time_and_end_with_the_row() -> None:
    hints = Hints(DESIGNER)
    told = [hints.next() for _ in range(5)]
    assert told[:3] == ["One row of bell is to be another.", "Its trigger is answer.", "It begins in rung."]
    assert told[3] == told[4]
    assert told[3].startswith("Write 'answer rung ")


def test_where_no_single_row_mends_the_hint_is_that_of_the_requirement() -> None:
    hopeless = Designer("", "bell", [["sigh", "rung", "rung"]], door, DESIGNER.requirements)
    hints = Hints(hopeless)
    assert hints.next() == "No single row mends it: it rings no more. Try one that is a part of it, and ask again."
    assert hints.next() == hints.next()


def test_where_two_rows_are_missing_the_second_is_hinted_at_once_the_first_is_there() -> None:
    two = Designer("", "bell", [], door, DESIGNER.requirements)
    hints = Hints(two)
    assert hints.next() == "No single row mends it: it rings no more. Try one that is a part of it, and ask again."
    tried = two.edited("ring quiet rung")
    assert [hints.next(tried) for _ in range(2)] == ["One row is missing in bell.", "Its trigger is answer."]
    assert hints.next(two.edited("ring quiet rung, answer rung answered")) == "It is mended."


def test_what_is_mended_has_no_next_row() -> None:
    assert next_row(DESIGNER, DESIGNER.edited("2 answer rung answered, -3")) is None
