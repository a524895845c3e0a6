"""A choice is right if what it claims is true, and nothing but the checker says which one that is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lifecheck import Component, InputError, Result, Row, System, check, eventually, never
from lifecheck.lessons import Choice, Prediction, Question, breaks, goes_round, stays, steps, verdicts
from tests.lifecheck.lessons.bells import HEARD, LESSON, door

IS_ASKED = Question(door(), HEARD)


def prediction(*choices: Choice) -> Prediction:
    return Prediction("Is it heard?", [IS_ASKED], choices)


def test_a_prediction_shows_nothing_before_it_is_answered() -> None:
    asked = prediction(*LESSON.predictions[0].choices)
    assert "violated" not in repr(asked)
    assert "give_up" not in repr(asked)


def test_the_checker_is_asked_when_somebody_answers_and_not_before() -> None:
    claimed = []

    def claims(results: Sequence[Result]) -> bool:
        claimed.append(results)
        return True

    asked = prediction(Choice("no", claims, "They ring, go away, and ring again."))
    assert asked.shown == "Is it heard?\n  a  no"
    assert claimed == []
    assert asked.answer("a").is_right
    assert [str(result.verdict) for result in claimed[0]] == ["violated"]


def test_a_letter_is_read_as_sheets_and_pages_write_it() -> None:
    assert LESSON.predictions[0].answer("B) ").chosen == "b"


def test_a_wrong_answer_is_told_with_the_story_and_what_is_right() -> None:
    (asked,) = LESSON.predictions
    answered = asked.answer(" A")
    assert not answered.is_right
    assert repr(answered).startswith("No, b is right. Who opens?\n\nleads_to(")
    assert "Steps 1 to 2 can repeat for ever" in repr(answered)
    assert repr(answered).endswith("They ring, go away, and ring again.")


def test_a_run_that_the_next_prediction_asks_for_is_not_shown() -> None:
    asked = Prediction("Is it heard?", [IS_ASKED], LESSON.predictions[0].choices, shows_run=False)
    assert "leads_to(bell == 'rung', bell == 'answered'): violated\n" in repr(asked.answer("a"))
    assert "give_up" not in repr(asked.answer("a"))


def test_a_right_answer_says_its_reason_once() -> None:
    (asked,) = LESSON.predictions
    answered = asked.answer("b")
    assert answered.is_right
    assert repr(answered).count("They ring, go away") == 1


def test_an_answer_that_is_none_is_told_what_is_possible() -> None:
    with pytest.raises(InputError, match="'c' is no answer; possible are a, b"):
        LESSON.predictions[0].answer("c")


def test_two_choices_that_are_true_are_the_teachers_mistake() -> None:
    both = prediction(Choice("no", verdicts("violated"), ""), Choice("round", goes_round, ""))
    with pytest.raises(InputError, match=r"a and b are true .*violated\); exactly one choice must be"):
        both.answer("a")


def test_no_choice_that_is_true_is_the_teachers_mistake() -> None:
    with pytest.raises(InputError, match="none of its choices is true"):
        prediction(Choice("yes", verdicts("holds"), "")).right  # noqa: B018


def test_a_verdict_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="'true' is no verdict; write one of holds, violated"):
        verdicts("true")


def test_what_is_claimed_of_the_run_is_compared_with_the_run() -> None:
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    lit = [check(System("lamp", [lamp], environment={"switch"}), eventually("lamp == 'on'"))]
    heard = [check(door(), HEARD)]
    assert stays(lit)
    assert not goes_round(lit)
    assert goes_round(heard)
    assert not stays(heard)
    assert steps(2)(heard)
    assert not steps(3)(heard)
    holds = [check(System("lamp", [lamp]), eventually("lamp == 'on'"))]
    assert not stays(holds)
    assert not goes_round(holds)
    assert not steps(0)(holds)
    assert not verdicts("holds", "holds")(holds)


def test_a_run_that_is_claimed_is_driven_on_the_real_machines() -> None:
    rows = [Row("switch", "off", "on"), Row("switch", "on", "off")]
    lamp = Component("lamp", ["off", "on"], "off", rows, {"switch", "smash"})
    dark = [check(System("lamp", [lamp]), never("lamp == 'on'"))]
    assert breaks("switch")(dark)
    assert not breaks()(dark)
    assert not breaks("smash")(dark), "it is blocked"
    assert not breaks("switch", "switch")(dark), "it was broken a step before"
    assert breaks("ring", "give_up")([check(door(), HEARD)])
    assert not breaks("ring")([check(door(), HEARD)])
