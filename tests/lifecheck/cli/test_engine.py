"""``--engine``: the same verdicts by either engine, and what is said of the one that decided."""

from __future__ import annotations

import json

import pytest

from tests import needs
from tests.lifecheck.cli.cli import ROOT, call

needs.package("oxidd")

SYMBOLIC = "Sets of states were held as decision diagrams"


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.long
def test_both_engines_give_every_verdict_of_the_project_with_the_same_counts() -> None:
    explicit, symbolic = (
        json.loads(call("verify", "--json", "--all-variants", "--engine", engine).out)["verdicts"]
        for engine in ("explicit", "symbolic")
    )
    for key in ("variant", "property", "verdict", "states", "transitions", "assumptions", "note"):
        assert [one[key] for one in symbolic] == [one[key] for one in explicit], key
    stems = [
        len(mine["evidence"]["stem"]) - len(theirs["evidence"]["stem"])
        for mine, theirs in zip(symbolic, explicit, strict=True)
        if theirs["evidence"] and not theirs["evidence"]["loop"]
    ]
    assert stems
    assert not any(stems)


def test_the_summary_says_when_sets_of_states_were_held() -> None:
    assert SYMBOLIC in call("verify", "--variant", "patched", "--engine", "symbolic").out
    assert SYMBOLIC not in call("verify", "--variant", "patched").out


def test_many_messages_are_sets_of_states_without_being_asked_for() -> None:
    words = ["--variant", "patched", "--set", "slots=1", "--instances", "8", "--property", "can-drain"]
    called = call("verify", *words)
    assert called.status == 0
    assert "for 8 messages" in called.out
    assert SYMBOLIC in called.out


@pytest.mark.long
def test_an_explanation_may_rest_on_sets_of_states() -> None:
    called = call("explain", "deleted-leaves-queue", "--variant", "unpatched", "--engine", "symbolic")
    assert called.status == 0
    assert "can repeat for ever" in called.out


def test_an_engine_of_another_name_is_refused_in_one_line() -> None:
    called = call("verify", "--engine", "fast")
    assert called.status == 2
    assert "'fast' is not one of 'explicit', 'symbolic'" in called.err


def test_a_remedy_names_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lifecheck.symbolic.predicates.ANSWER_LIMIT", 1)
    called = call("verify", "--variant", "patched", "--property", "can-drain", "--engine", "symbolic")
    assert (called.status, called.out) == (2, "")
    assert called.err.endswith("write it as text with and, or and not, or check with --engine explicit\n")
