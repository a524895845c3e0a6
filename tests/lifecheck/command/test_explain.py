"""``lifecheck explain``: the story, the assumptions, and the single changes that flip the verdict."""

from __future__ import annotations

import pytest

from tests.lifecheck.command.cli import ROOT, call


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_it_explains_a_property_where_it_is_violated_first() -> None:
    called = call("explain", "deleted-leaves-queue")
    assert called.status == 0
    assert "leads_to(deleted, not_in_queue)" in called.out
    assert "unpatched: vsapi 2.5, imf on, correction none, expiry off" in called.out
    assert "violated as expected, 13 states, 13 transitions" in called.out
    assert "  └  6. abandon_attempt" in called.out


def test_it_ends_with_every_single_change_that_flips_the_verdict() -> None:
    out = call("explain", "deleted-leaves-queue").out
    changes = out.partition("A single change that flips the verdict:\n")[2].split("\n\n")[0].splitlines()
    assert changes == [
        "  expiry off -> on: holds (unpatched-expiry)",
        "  correction none -> report-success: holds (patched); how the update works is not described; the row is our "
        "assumption",
        "  imf on -> off: holds (without-imf); its part is encoded here as a bare condition of the article, not "
        "discovered",
        "  vsapi 2.5 -> 2.0: vacuous (with-vsapi-2.0)",
        "  correction none -> report-consumed: holds (consuming); how the update works is not described; the row is "
        "our assumption",
        "  correction none -> report-failure: holds (bouncing); how the update works is not described; the row is our "
        "assumption",
        "  delivery as usual -> remembering: holds (remembering)",
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


def test_a_switch_that_is_not_shown_is_told_as_usual() -> None:
    out = call("explain", "deleted-leaves-queue", "--variant", "patched").out
    assert "  acknowledgements as usual -> lost-again: violated (patched-lost-again)" in out


def test_switches_can_be_set_and_what_has_no_name_is_named_by_them() -> None:
    called = call("explain", "no-false-bounce", "--variant", "patched", "--set", "acknowledgements=lost-once")
    assert "  patched-lost-once: vsapi 2.5" in called.out
    called = call("explain", "no-false-bounce", "--variant", "patched-expiry", "--set", "acknowledgements=lost-once")
    assert called.status == 1  # nothing is recorded of it, and the requirement does not hold
    assert "  patched-expiry acknowledgements=lost-once: vsapi 2.5" in called.out
    assert "Reproduce" not in called.out
