"""Judging mutants on toys: noticed, equivalent, unusable, and survivors with and without a reason."""

from __future__ import annotations

import pytest

from lifecheck import Claim, Component, InputError, Row, State, System, always, leads_to, never, sometimes
from lifecheck.changes.mutation import Mutation, Outcome, Trial, stale_reasons

OVEN = Component(
    "oven",
    ["cold", "warm", "burning"],
    "cold",
    [Row("heat", "cold", "warm"), Row("cool", "warm", "cold"), Row("rescue", "burning", "cold")],
    {"heat", "cool", "rescue"},
)
COUNTER = Component(
    "counter", ["none", "some"], "none", [Row("heat", "none", "some"), Row("heat", "some", "=")], {"heat"}
)
KITCHEN = System("kitchen", [OVEN], observers=[COUNTER], environment={"heat"})

NO_FIRE = Claim("no-fire", "no fire", never(lambda s: s.oven == "burning"))
COOLS = Claim("cools", "it cools", leads_to(lambda s: s.oven == "warm", lambda s: s.oven == "cold"))
HEATED = Claim("heated", "it was heated", sometimes(lambda s: s.counter == "some"))
KNOWN = Claim(
    "known", "it is known what it is", always(lambda s: s.oven in ("cold", "warm")), witness=sometimes(lambda s: True)
)
CLAIMS = (NO_FIRE, COOLS, HEATED, KNOWN)


def trials(claims: tuple[Claim, ...] = CLAIMS, **options: object) -> dict[str, Trial]:
    mutation = Mutation(KITCHEN, claims, **options)
    return {mutant.description: mutation.judge(mutant) for mutant in mutation.mutants}


def test_a_mutant_is_noticed_by_each_claim_with_another_verdict() -> None:
    found = trials()
    assert found["oven: row cool, warm -> cold redirected to burning"].noticed_by == ("no-fire", "known")
    assert found["oven: row cool, warm -> cold removed"].noticed_by == ("cools",)
    assert found["oven: row heat, cold -> warm removed"].noticed_by == ("cools", "heated")  # one holds of nothing now
    assert found["oven: row cool, warm -> cold removed"].outcome is Outcome.NOTICED


def test_a_mutant_is_noticed_where_a_claim_says_nothing_any_more() -> None:
    warm = Claim("warm", "no fire though warm", NO_FIRE.asked, witness=sometimes(lambda s: s.oven == "warm"))
    assert trials((warm,))["oven: row heat, cold -> warm redirected to cold"].noticed_by == ("warm",)


def test_a_mutant_that_no_claim_could_ever_tell_from_the_original_is_equivalent() -> None:
    found = trials()["oven: row rescue, burning -> cold removed"]
    assert (found.outcome, found.noticed_by, found.reason, found.is_accounted_for) == (Outcome.EQUIVALENT, (), "", True)


def test_a_mutant_that_does_not_compose_is_unusable_for_a_reason_without_remedy() -> None:
    found = trials()["oven: heat removed from the alphabet"]
    assert found.outcome is Outcome.UNUSABLE
    assert found.reason == (
        "system 'kitchen': trigger 'heat' belongs only to observer 'counter', so nothing that happens is observed"
    )
    assert found.is_accounted_for


def test_a_mutant_on_which_a_predicate_raises_is_unusable() -> None:
    def not_made_for_fire(s: State) -> bool:
        return {"cold": True, "warm": True}[str(s.oven)]

    found = trials((Claim("c", "c", always(not_made_for_fire)),))
    assert found["oven: row heat, cold -> warm redirected to burning"].reason.startswith(
        "predicate not_made_for_fire raised KeyError: 'burning'"
    )


def test_a_difference_that_changes_no_verdict_survives() -> None:
    found = trials((NO_FIRE, HEATED))["oven: row cool, warm -> cold redirected to warm"]
    assert (found.outcome, found.reason, found.is_accounted_for) == (Outcome.SURVIVES, "", False)


def test_a_survivor_may_live_for_a_recorded_reason() -> None:
    description = "oven: row cool, warm -> cold redirected to warm"
    found = trials((NO_FIRE, HEATED), reasons={description: "a warm oven\n  harms nobody "})[description]
    assert (found.outcome, found.reason, found.is_accounted_for) == (
        Outcome.SURVIVES,
        "a warm oven harms nobody",
        True,
    )


def test_a_reason_for_what_does_not_survive_is_stale() -> None:
    survivor, noticed = "oven: row cool, warm -> cold redirected to warm", "oven: row heat, cold -> warm removed"
    found = list(trials((NO_FIRE, HEATED)).values())
    reasons = {survivor: "harmless", noticed: "was harmless", "oven: row melt, warm -> gone removed": "never was"}
    assert stale_reasons(found, reasons) == (noticed, "oven: row melt, warm -> gone removed")


def test_a_mutant_that_only_claims_not_asked_could_notice_survives_and_is_not_equivalent() -> None:
    found = trials(asked=(NO_FIRE,))
    assert found["oven: row cool, warm -> cold removed"].outcome is Outcome.SURVIVES
    assert found["oven: row cool, warm -> cold redirected to burning"].noticed_by == ("no-fire",)


def test_nothing_is_told_of_the_mutants_of_a_system_that_has_more_states_than_the_limit() -> None:
    with pytest.raises(InputError, match=r"has more than 1 states, .*; raise the limit"):
        trials(limit=1)


def test_a_trial_as_json_has_the_documented_keys() -> None:
    assert trials()["oven: row cool, warm -> cold removed"].as_json() == {
        "component": "oven",
        "kind": "remove-row",
        "mutant": "oven: row cool, warm -> cold removed",
        "outcome": "noticed",
        "noticed_by": ["cools"],
        "reason": "",
    }
