"""``lifecheck explain``: the story, the assumptions, the causes, and what would have saved the mail system."""

from __future__ import annotations

import re

import pytest

from lifecheck.changes import remedies
from tests.lifecheck.cli.cli import ROOT, Called, call

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def unpatched() -> Called:
    """What is said of the article's defect; it takes a second or two to find what would have saved it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return call("explain", "deleted-leaves-queue")


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_it_explains_a_property_where_it_is_violated_first(unpatched: Called) -> None:
    assert (unpatched.status, unpatched.err) == (0, "")
    assert "leads_to(deleted, not_in_queue)" in unpatched.out
    assert "unpatched: vsapi 2.5, imf on, correction none, expiry off" in unpatched.out
    assert "violated as expected, 13 states, 13 transitions" in unpatched.out
    assert "  └  6. abandon_attempt" in unpatched.out


def section(called: Called, heading: str) -> list[str]:
    """Return the indented lines below a heading."""
    below = called.out.partition(f"{heading}\n")[2].splitlines()
    return below[: next(number for number, line in enumerate(below) if not line.startswith("  "))]


def test_it_says_where_the_property_fails_and_that_the_part_of_the_filter_is_encoded(unpatched: Called) -> None:
    cause, numbers, *remarks = section(unpatched, "Without faults it fails exactly where:")
    assert cause == "  vsapi 2.5, imf on, correction none, expiry off, delivery acknowledge-after"
    assert re.fullmatch(
        r"  \d+ settings: holds in \d+, violated in 1, vacuous in \d+; \d+ more contradict themselves\.", numbers
    )
    assert remarks == [
        "  imf: its part is encoded here as a bare condition of the article, not discovered",
        "  correction: how the update works is not described; the row is our assumption",
    ]


def test_it_ends_with_what_would_have_saved_it_the_missing_row_among_them(unpatched: Called) -> None:
    found = section(unpatched, "What would have saved you:")
    told = [
        "  imf on -> off (without-imf); its part is encoded here as a bare condition of the article, not discovered",
        "  correction none -> report-success (patched); how the update works is not described; the row is our "
        "assumption",
        "  delivery acknowledge-after -> remembering (remembering)",
        "  queue: row abandon_attempt, delivering -> queued redirected to removed or expired",
        "  store: row delete, condemned -> deleted replaced by report_failure, condemned -> deleted",
        "  store: row abandon_attempt, deleted -> absent replaced by acknowledge, deleted -> absent, received, "
        "scanning, condemned, deleted or settled",
    ]
    assert [line for line in found if line in told] == told


def test_what_breaks_another_requirement_comes_after_it_with_its_price_and_not_every_row_is_shown(
    unpatched: Called,
) -> None:
    dear = section(unpatched, "At the price of another requirement:")
    assert "  expiry off -> on (unpatched-expiry), but then 'no bounce for a settled message' is violated" in dear
    assert sum(": row " in line for line in dear) == 3
    assert dear[-1].endswith("more changes of rows; --json lists all")


def test_a_switch_with_which_the_question_does_not_arise_is_no_remedy(unpatched: Called) -> None:
    assert section(unpatched, "The question does not arise (vacuous) with:") == ["  vsapi 2.5 -> 2.0 (with-vsapi-2.0)"]


def test_it_says_how_much_was_tried(unpatched: Called) -> None:
    assert re.search(
        r"\nTried: \d+ values of switches, \d+ assumptions of fairness, [\d,]+ changes of rows; [\d,]+ more changes of "
        r"rows leave the counterexample, or do what another does\.\n",
        unpatched.out,
    )
    assert unpatched.out.endswith("Reproduce it on the real machines: pytest --variant unpatched\n")


def test_of_what_holds_it_says_which_single_switch_breaks_it() -> None:
    called = call("explain", "deleted-leaves-queue", "--variant", "patched")
    found = called.out.partition("A single switch that changes the verdict:\n")[2].splitlines()
    assert "  vsapi 2.5 -> 2.0: vacuous" in found
    assert [line for line in found if ": violated" in line] == [
        "  correction report-success -> none: violated (unpatched); how the update works is not described; the row is "
        "our assumption",
        "  acknowledgements kept -> lost-again: violated (patched-lost-again)",
    ]


def test_what_holds_is_explained_by_the_fairness_it_needs() -> None:
    called = call("explain", "deleted-leaves-queue", "--variant", "patched")
    assert "It needs weak fairness of acknowledge; no more fairness than that." in called.out
    assert "Reproduce" not in called.out


def test_what_holds_without_fairness_says_so() -> None:
    called = call("explain", "can-drain", "--variant", "patched")
    assert "holds as expected" in called.out
    assert "It needs" not in called.out  # what is possible asks for no fairness


def test_what_says_nothing_is_explained_as_such() -> None:
    called = call("explain", "no-false-bounce", "--variant", "patched")
    assert "vacuous as expected" in called.out
    assert "what it is about never happens" in called.out


def test_an_observation_is_reachable_or_not() -> None:
    assert "reachable as expected" in call("explain", "deletes-again", "--variant", "unpatched").out
    out = call("explain", "deletes-again", "--variant", "patched").out
    assert "unreachable as expected" in out
    assert "The nearest trigger that is blocked: delete" in out


def test_a_property_that_is_violated_nowhere_is_explained_on_the_first_variant() -> None:
    assert "unpatched: vsapi" in call("explain", "no-virus-in-mailbox").out


def test_an_unknown_verdict_says_what_was_covered_and_is_status_1() -> None:
    called = call("explain", "queued-has-file", "--variant", "patched", "--limit", "5")
    assert called.status == 1
    assert "unknown (unexpected!)" in called.out
    assert "the limit of 5 states was met" in called.out


def test_switches_can_be_set_and_what_has_a_name_is_called_by_it() -> None:
    called = call("explain", "no-false-bounce", "--variant", "patched", "--set", "acknowledgements=lost-once")
    assert "  patched-lost-once: vsapi 2.5" in called.out


def test_what_fails_by_faults_alone_fails_nowhere_without_them_and_what_has_no_name_is_named_by_switches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remedies, "STATES_AFFORDED", 1_000)  # rows are not what is looked at here
    called = call("explain", "no-virus-in-mailbox", "--variant", "patched-expiry", "--set", "scanning=fails-open")
    assert called.status == 1  # nothing is recorded of it, and the requirement does not hold
    assert "  patched-expiry scanning=fails-open: vsapi 2.5" in called.out
    assert re.search(r"Without faults it fails nowhere\.\n  (\d+) settings: holds in \1;", called.out)
    assert "  scanning fails-open -> reliable (patched-expiry)\n" in called.out
    assert "Reproduce" not in called.out
