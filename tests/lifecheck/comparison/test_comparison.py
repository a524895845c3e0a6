"""Comparisons: one story on two variants, told until they part; every told step replays."""

from __future__ import annotations

from itertools import pairwise

import pytest

from lifecheck import (
    Claim,
    Component,
    InputError,
    Row,
    State,
    System,
    can_always_reach,
    compare,
    comparison_story,
    eventually,
    never,
    sometimes,
)
from lifecheck.comparison.comparison import Divergence
from model import VARIANTS
from properties import CLAIMS
from tests.cross_check import sized
from tests.lifecheck.side_by_side import at, below, compared, replay
from tests.lifecheck.toys import toy


def test_they_part_where_a_trigger_is_blocked() -> None:
    comparison = compared(toy("0 a 1", "1 b 2", "2 c 1"), toy("0 a 1", "1 d 3", "3 e 9", "2 b 2"), eventually(at("9")))
    assert comparison.common == 1
    assert comparison.divergence == Divergence("b", (("n", "1"),))
    assert (
        comparison_story(comparison)
        == """\
  Start  n 0
     1. a
        n: 0 -> 1

    one:
  ┌  2. b
  │     n: 1 -> 2
  └  3. c
        n: 2 -> 1
  Steps 2 to 3 can repeat for ever, and every fair trigger gets its due.

    two: b is blocked by n in state 1.
     2. d
        n: 1 -> 3
     3. e
        n: 3 -> 9
  Here at_9 holds."""
    )


def test_the_bracket_of_a_loop_that_begins_in_common_goes_on_below_the_common_steps() -> None:
    comparison = compared(toy("0 a 1", "1 b 0"), toy("0 a 1", "1 d 9", "9 b 9"), eventually(at("9")))
    assert comparison_story(comparison).splitlines()[:7] == [
        "  Start  n 0",
        "  ┌  1. a",
        "  │     n: 0 -> 1",
        "  │",
        "  │ one:",
        "  └  2. b",
        "        n: 1 -> 0",
    ]


def test_the_story_is_that_of_the_second_where_only_that_violates() -> None:
    comparison = compared(toy("0 a 1", "1 d 9", "9 b 9"), toy("0 a 1", "1 b 0"), eventually(at("9")))
    assert comparison.runs is not None
    assert [variant_run.name for variant_run in comparison.runs] == ["two", "one"]
    assert [judgement.variant for judgement in comparison.judgements] == ["one", "two"]


def test_they_part_where_one_has_no_such_trigger() -> None:
    comparison = compared(toy("0 a 1", "1 b 0"), toy("0 a 1", "1 d 9"), eventually(at("9")))
    assert below(comparison, "two")[0] == "two: there is no trigger b."


def test_they_part_where_a_trigger_leads_to_different_states() -> None:
    comparison = compared(toy("0 a 1", "1 b 0"), toy("0 a 1", "1 b 2", "2 c 9"), eventually(at("9")))
    assert comparison.divergence == Divergence("b", differing=(("n", "0", "2"),))
    assert below(comparison, "one")[1:3] == ["└  2. b", "n: 1 -> 0"]
    assert below(comparison, "two") == [
        "two: b leads to n 2, not 0.",
        "2. b",
        "n: 1 -> 2",
        "3. c",
        "n: 2 -> 9",
        "Here at_9 holds.",
    ]


def test_variants_that_start_differently_have_nothing_in_common() -> None:
    comparison = compared(toy("0 a 0"), toy("1 a 9"), eventually(at("9")))
    assert (
        comparison_story(comparison)
        == """\
    one:
  Start  n 0
  [  1. a
        nothing changes
  Step 1 can repeat for ever, and every fair trigger gets its due.

    two: starts with n 1, not 0.
  Start  n 1
     1. a
        n: 1 -> 9
  Here at_9 holds."""
    )


@pytest.mark.parametrize(
    ("one", "two", "owed"),
    [
        (toy("0 a 0"), toy("0 a 0", "0 b 9"), "b"),
        (toy("0 a 1"), toy("0 a 1", "1 b 9"), "b"),
        (toy("0 a 1", "1 b 0"), toy("0 a 1", "1 b 0", "0 c 9", strong=["c"]), "c"),
    ],
    ids=["a step that can repeat", "a state to stay in", "strong fairness"],
)
def test_where_fairness_alone_parts_them_the_trigger_that_is_owed_is_named(one: System, two: System, owed: str) -> None:
    comparison = compared(one, two, eventually(at("9")))
    assert comparison.divergence is None
    assert comparison.owed == (owed,)
    told = below(comparison, "two")
    assert told[0] == f"two: the same steps are possible, but not for ever: fairness owes {owed}."
    assert told[-1] == "Here at_9 holds."


def test_where_only_what_is_possible_parts_them_the_other_reaches_what_is_asked_for() -> None:
    comparison = compared(toy("0 a 1"), toy("0 a 1", "1 b 9"), can_always_reach(at("9")))
    assert below(comparison, "one")[1:] == [
        "From here system triggers never lead to at_9; by them alone the run stays within 2 states:",
        "n 0",
        "n 1",
    ]
    assert below(comparison, "two") == [
        "two: the same steps are possible.",
        "1. a",
        "n: 0 -> 1",
        "2. b",
        "n: 1 -> 9",
        "Here at_9 holds.",
    ]


def test_where_neither_violates_there_is_no_story() -> None:
    comparison = compared(toy("0 a 1"), toy("0 a 2"), never(at("9")))
    assert comparison.runs is None
    assert comparison_story(comparison) == "There is no story to compare."


def with_age(system: System, *rows: Row) -> System:
    age = Component("age", ["fresh", "overdue"], "fresh", rows, {row.trigger for row in rows})
    return System("aging", [*system.components, age])


def test_what_happens_to_a_component_that_only_the_other_has_stands_on_its_own_line() -> None:
    two = with_age(toy("0 a 1", "1 d 9", "1 b 0"), Row("a", "fresh", "overdue"))
    comparison = compared(toy("0 a 1", "1 b 0"), two, eventually(at("9")))
    assert comparison_story(comparison).splitlines()[:5] == [
        "  Start  n 0",
        "         on two also age fresh",
        "  ┌  1. a",
        "  │     n: 0 -> 1",
        "  │     on two also age: fresh -> overdue",
    ]
    assert comparison.divergence is None
    assert comparison.owed == ()  # it does not come back to the same state, so nothing is owed for that
    assert below(comparison, "two")[0] == "two: the same steps are possible."


def test_what_happens_to_a_component_that_only_the_story_has_stands_on_its_own_line() -> None:
    one = with_age(toy("0 a 1", "1 b 1"), Row("a", "fresh", "overdue"))
    comparison = compared(one, toy("0 a 1", "1 d 9", "0 b 0"), eventually(at("9")))
    assert "on one also age: fresh -> overdue" in comparison_story(comparison)


def counting(system: System) -> System:
    rows = [Row("c", "none", "once"), Row("c", "once", "=")]
    count = Component("count", ["none", "once"], "none", rows, {"c"})
    return System("counted", system.components, observers=[count], environment=system.environment)


def test_both_are_told_with_every_observer_that_the_claim_reads_on_either() -> None:
    def counted_at_9(s: State) -> bool:
        return str(s.n) == "9" and s.count == "once"

    comparison = compared(
        counting(toy("0 a 1", "1 c 9")), counting(toy("0 a 1", "1 d 2", "2 c 2")), never(counted_at_9)
    )
    assert comparison_story(comparison).splitlines()[0] == "  Start  n 0, count none"


def test_an_observer_that_is_read_only_on_the_way_is_taken_in() -> None:
    def arrived(s: State) -> bool:
        return str(s.n) == "9" or (str(s.n) == "2" and s.count == "once")

    two = counting(toy("0 help 9", "0 c 2", "1 a 1", environment=["help"]))
    comparison = compared(counting(toy("0 a 9", "1 c 1")), two, sometimes(arrived))
    assert below(comparison, "two")[1:] == ["1. c", "n: 0 -> 2, count: none -> once", "Here arrived holds."]


def test_what_has_no_component_in_common_cannot_be_compared() -> None:
    lamp = System("lamp", [Component("lamp", ["off"], "off", [], set())])
    with pytest.raises(InputError, match="'one' and 'two' have no component in common"):
        compared(toy("0 a 0"), lamp, eventually(at("9")))


def test_two_are_compared_and_not_one_or_three() -> None:
    with pytest.raises(InputError, match="two different variants are compared, not 1"):
        compare({"one": toy("0 a 0")}, Claim("c", "claimed", eventually(at("9"))))


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
@pytest.mark.long
def test_every_comparison_of_neighbouring_variants_of_the_model_replays(claim: Claim) -> None:
    for pair in [*pairwise(VARIANTS)][:: sized(10, 3, 1)]:
        replay(compare({name: VARIANTS[name] for name in pair}, claim))


@pytest.mark.long
def test_the_same_comparison_tells_the_same_story() -> None:
    pair = {name: VARIANTS[name] for name in ("unpatched", "patched")}
    for claim in CLAIMS:
        assert comparison_story(compare(pair, claim)) == comparison_story(compare(pair, claim))
