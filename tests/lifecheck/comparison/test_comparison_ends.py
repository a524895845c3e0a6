"""How the two sides of a comparison end: the one along its evidence, the other as it goes on by itself."""

from __future__ import annotations

import pytest

from lifecheck import (
    Property,
    always,
    can_always_reach,
    comparison_story,
    eventually,
    never,
    sometimes,
)
from tests.lifecheck.side_by_side import at, below, compared
from tests.lifecheck.toys import toy


def test_environment_triggers_are_no_way_to_what_is_asked_for() -> None:
    two = toy("0 a 0", "0 help 9", "0 b 1", "1 c 9", environment=["help"])
    assert "2. b" in below(compared(toy("0 a 0"), two, eventually(at("9"))), "two")


def test_a_safety_story_ends_with_what_is_bad_and_the_other_goes_on_until_it_can_stay() -> None:
    comparison = compared(toy("0 a 1", "1 b 9"), toy("0 a 1", "1 d 2", "2 b 2"), never(at("9")))
    assert below(comparison, "one")[-1] == "Here at_9 holds."
    assert below(comparison, "two")[-2:] == [
        "nothing changes",
        "Step 3 can repeat for ever, and every fair trigger gets its due.",
    ]


def test_what_must_hold_always_is_said_not_to_hold_where_the_story_ends() -> None:
    comparison = compared(toy("0 a 1"), toy("0 b 0", "1 a 1"), always(at("0")))
    assert below(comparison, "one")[-1] == "Here at_0 does not hold."


def test_for_sometimes_the_story_is_the_path_of_the_one_that_gets_there() -> None:
    comparison = compared(toy("0 b 0", "1 a 1"), toy("0 a 9"), sometimes(at("9")))
    assert below(comparison, "two") == ["two:", "1. a", "n: 0 -> 9", "Here at_9 holds."]
    assert below(comparison, "one")[0] == "one: a is blocked by n in state 0."


@pytest.mark.parametrize(
    ("edges", "asked"),
    [
        (["0 a 9"], never(at("9"))),
        (["0 a 9"], sometimes(at("9"))),
        (["0 a 1"], can_always_reach(at("9"))),
        (["0 a 1", "1 b 0"], eventually(at("9"))),
        (["0 a 1"], eventually(at("9"))),
    ],
    ids=lambda value: getattr(value, "formula", " ".join(value) if isinstance(value, list) else ""),
)
def test_a_story_that_is_evidence_on_both_is_told_once(edges: list[str], asked: Property) -> None:
    comparison = compared(toy(*edges), toy(*edges), asked)
    assert comparison.is_same
    assert comparison_story(comparison).endswith("\n\n    two: the same steps, and the same end.")


def test_where_both_violate_differently_the_other_goes_on_fairly() -> None:
    two = toy("0 a 1", "1 d 2", "2 e 3", "3 f 2", "2 b 2", fair=["a", "d", "e", "f"])
    comparison = compared(toy("0 a 1", "1 b 1"), two, eventually(at("9")))
    assert comparison_story(comparison).splitlines()[-8:] == [
        "    two: b is blocked by n in state 1.",
        "     2. d",
        "        n: 1 -> 2",
        "  ┌  3. e",
        "  │     n: 2 -> 3",
        "  └  4. f",
        "        n: 3 -> 2",
        "  Steps 3 to 4 can repeat for ever, and every fair trigger gets its due.",
    ]


def test_a_loop_of_the_other_that_begins_in_common_has_no_bracket() -> None:
    comparison = compared(toy("0 a 1", "1 b 2"), toy("0 a 1", "1 d 0", "2 b 2"), eventually(at("9")))
    assert comparison_story(comparison).splitlines()[-3:] == [
        "     2. d",
        "        n: 1 -> 0",
        "  Steps 1 to 2 can repeat for ever, and every fair trigger gets its due.",
    ]


def test_where_both_violate_safety_the_other_goes_on_to_what_is_bad_there() -> None:
    comparison = compared(toy("0 a 9"), toy("0 b 1", "0 c 2", "2 d 9", "1 a 1"), never(at("9")))
    assert below(comparison, "two")[1:] == ["1. c", "n: 0 -> 2", "2. d", "n: 2 -> 9", "Here at_9 holds."]


def test_going_on_fairly_passes_no_trigger_over_for_ever() -> None:
    two = toy("0 a 1", "1 b 0", "0 c 2", "2 d 0", "3 x 3", strong=["a", "c"])
    assert [line for line in below(compared(toy("0 x 9"), two, never(at("9"))), "two") if "." in line][1:] == [
        "┌  1. a",
        "2. b",
        "3. c",
        "└  4. d",
        "Steps 1 to 4 can repeat for ever, and every fair trigger gets its due.",
    ]


def test_a_story_that_would_be_too_long_is_cut() -> None:
    two = toy(*(f"{number} b {number + 1}" for number in range(1000, 1150)), "9 a 9")
    comparison = compared(toy("1000 a 9"), two, never(at("9")))
    assert below(comparison, "two")[-1] == "It goes on like this; more steps are not told."
    assert below(comparison, "two")[-3] == "100. b"


@pytest.mark.parametrize("limit", [1, 2])
def test_beyond_a_limit_the_real_machines_still_go_on(limit: int) -> None:
    two = toy("0 a 0", "0 b 1", "1 c 2", "2 d 9")
    comparison = compared(toy("0 a 0"), two, eventually(at("9")), limit=limit)
    assert below(comparison, "two")[-3:] == [
        "4. d",
        "n: 2 -> 9",
        "The run can stay here for ever: no fair trigger is possible.",
    ]
