"""Remedies of toys: what flips the verdict, what it costs, and what is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from lifecheck import (
    Claim,
    Component,
    InputError,
    Role,
    Row,
    Switch,
    System,
    Verdict,
    can_always_reach,
    judge,
    leads_to,
    never,
    sometimes,
)
from lifecheck.changes import remedies as module
from lifecheck.changes.candidates import ChangeKind
from lifecheck.changes.remedies import Attempt, Remedies, ranked
from lifecheck.project import SwitchKind

ROWS = [
    Row("ring", "quiet", "rung"),
    Row("answer", "rung", "answered"),
    Row("give_up", "rung", "quiet"),
    Row("leave", "answered", "quiet"),
]
BELL = Component("bell", ["quiet", "rung", "answered"], "quiet", ROWS, {row.trigger for row in ROWS})
DOORBELL = System("doorbell", [BELL])  # where nobody need ring again, an unanswered ring may be the last

HEARD = Claim(
    "heard",
    "it is heard",
    leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "answered"),
    witness=sometimes(lambda s: s.bell == "rung"),
)
LEAVES = Claim("leaves", "it can be quiet again", can_always_reach(lambda s: s.bell == "quiet"))
RUNG = Claim("rung", "it is rung", sometimes(lambda s: s.bell == "rung"), role=Role.OBSERVATION)
CLAIMS = (HEARD, LEAVES, RUNG)


def attempts(system: System = DOORBELL, claim: Claim = HEARD, **options: Any) -> dict[str, Attempt]:
    remedies = Remedies(judge(system.name, system, claim), system, CLAIMS, **options)
    tried = [remedies.attempt(candidate) for candidate in remedies.candidates]
    named = {attempt.candidate.description: attempt for attempt in tried}
    assert len(named) == len(tried)
    return named


def test_a_row_that_is_gone_or_leads_elsewhere_may_be_a_remedy() -> None:
    found = attempts()
    assert found["bell: row give_up, rung -> quiet removed"].is_remedy
    assert found["bell: row give_up, rung -> quiet redirected to answered"].is_remedy
    assert found["bell: row give_up, rung -> quiet replaced by leave, rung -> answered"].is_remedy


def test_a_change_after_which_the_claim_says_nothing_is_none() -> None:
    found = attempts()["bell: row ring, quiet -> rung removed"]
    assert (found.verdict, found.is_remedy) == (Verdict.VACUOUS, False)
    # a property that is not vacuous by itself is, where its witness is out of reach
    claim = Claim("idle", "it is idle", never(lambda s: s.bell == "rung"), witness=HEARD.witness)
    assert attempts(claim=claim)["bell: row ring, quiet -> rung removed"].verdict is Verdict.VACUOUS


def test_one_assumption_of_fairness_may_be_a_remedy() -> None:
    found = attempts()
    assert found["fairness of answer: strong instead of weak"].is_remedy
    assert not found["fairness of ring: strong instead of weak"].is_remedy
    assert not found["fairness of leave: strong instead of weak"].is_remedy


def test_weak_fairness_of_what_owed_nothing_may_be_a_remedy() -> None:
    waiting = Component("bell", BELL.states, "rung", ROWS[1:2], {"answer"})
    for system in (
        System("w", [waiting], environment={"answer"}),
        System("w", [waiting], fair=frozenset()),
    ):
        assert attempts(system)["fairness of answer: weak instead of none"].is_remedy


def test_what_is_strongly_fair_already_is_not_tried() -> None:
    strong = System("strong", [BELL], environment={"ring"}, strong={"give_up": "for the test"})
    assert "fairness of give_up" not in " ".join(attempts(strong))


def test_fairness_is_not_tried_where_no_run_is_asked_for() -> None:
    claim = Claim("quiet", "it is quiet", never(lambda s: s.bell == "rung"))
    assert {attempt.candidate.kind for attempt in attempts(claim=claim).values()} == {ChangeKind.ROW}


def test_an_added_row_may_be_a_remedy() -> None:
    stuck = Component("bell", BELL.states, "quiet", ROWS[:1], BELL.alphabet)
    system = System("stuck", [stuck], environment={"ring"})
    found = attempts(system)
    assert found["bell: row leave, rung -> answered added"].is_remedy
    assert not found["bell: row leave, rung -> quiet added"].is_remedy
    assert attempts(system, LEAVES)["bell: row leave, rung -> quiet added"].is_remedy


def test_what_no_longer_holds_is_a_cost_and_what_never_held_is_none() -> None:
    stuck = Component("bell", BELL.states, "quiet", ROWS[:2], BELL.alphabet)
    no_way_back = System("once", [stuck], environment={"ring", "answer"})
    assert judge("once", no_way_back, LEAVES).verdict is Verdict.VIOLATED
    found = [attempt for attempt in attempts(no_way_back).values() if attempt.is_remedy]
    assert found
    assert all(attempt.costs == () for attempt in found)


def test_a_requirement_that_is_broken_by_the_remedy_is_named() -> None:
    rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet")]
    bell = Component("bell", BELL.states, "quiet", rows, {"ring", "give_up"})
    found = attempts(System("no answer", [bell], environment={"ring"}))
    attempt = found["bell: row give_up, rung -> quiet redirected to answered"]
    assert attempt.is_remedy
    assert [(claim.name, verdict) for claim, verdict in attempt.costs] == [("leaves", Verdict.VIOLATED)]
    assert attempt.as_json() == {
        "kind": "row",
        "change": "bell: row give_up, rung -> quiet redirected to answered",
        "verdict": "holds",
        "costs": {"leaves": "violated"},
    }


PATIENCE = Switch("patience", ("none", "endless", "wrong"), "none")
RINGING = Switch("ringing", ("on", "off"), "on", SwitchKind.FAULT)


def configured(settings: Mapping[str, str]) -> System:
    if settings.get("patience") == "wrong":
        raise InputError("patience=wrong contradicts itself")
    left_out = {"give_up"} if settings.get("patience") == "endless" else set()
    left_out |= {"ring"} if settings.get("ringing") == "off" else set()
    rows = [row for row in ROWS if row.trigger not in left_out]
    bell = Component("bell", BELL.states, "quiet", rows, BELL.alphabet)
    return System("doorbell", [bell], settings=settings)


def test_each_switch_is_set_to_every_other_value_faults_included_and_contradictions_are_no_remedy() -> None:
    system = configured({"patience": "none"})
    found = attempts(system, switches=[PATIENCE, RINGING], configure=configured)
    assert found["patience none -> endless"].is_remedy
    changed = found["patience none -> endless"].system
    assert changed is not None
    assert changed.settings == {"patience": "endless"}
    assert found["patience none -> wrong"].verdict is None
    assert found["ringing on -> off"].verdict is Verdict.VACUOUS
    assert [*found][:3] == ["patience none -> endless", "patience none -> wrong", "ringing on -> off"]


def test_a_system_without_settings_has_no_switch_to_try() -> None:
    found = attempts(switches=[PATIENCE], configure=configured)
    assert ChangeKind.SWITCH not in {attempt.candidate.kind for attempt in found.values()}


@pytest.mark.parametrize("claim", [HEARD, RUNG])
def test_what_is_not_violated_is_tried_with_other_switches_alone(claim: Claim) -> None:
    system = configured({"patience": "endless"})
    found = attempts(system, claim, switches=[PATIENCE, RINGING], configure=configured)
    assert [*found] == ["patience endless -> none", "patience endless -> wrong", "ringing on -> off"]


def test_what_costs_nothing_comes_first_then_switches_then_fairness_then_rows() -> None:
    system = configured({"patience": "none"})
    remedies = Remedies(judge("d", system, HEARD), system, CLAIMS, switches=[PATIENCE], configure=configured)
    found = ranked(map(remedies.attempt, remedies.candidates))
    kinds = [attempt.candidate.kind for attempt in found if not attempt.costs]
    assert kinds == sorted(kinds, key=list(ChangeKind).index)
    assert set(kinds) == set(ChangeKind)
    costs = [bool(attempt.costs) for attempt in found]
    assert costs == sorted(costs)


def test_of_a_large_system_only_so_many_changes_of_rows_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = Remedies(judge("d", DOORBELL, HEARD), DOORBELL, CLAIMS)
    monkeypatch.setattr(module, "STATES_AFFORDED", 10)  # of three states, three systems
    few = Remedies(judge("d", DOORBELL, HEARD), DOORBELL, CLAIMS)
    assert sum(candidate.kind is ChangeKind.ROW for candidate in few.candidates) == 3
    assert few.left_untried == len(everything.candidates) - len(few.candidates) > 0
