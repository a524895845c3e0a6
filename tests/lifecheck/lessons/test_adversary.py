"""The adversary chooses, the system answers with what it owes, and only a run that counts breaks a requirement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecheck import Component, InputError, Row, System, can_always_reach, eventually, leads_to, never
from lifecheck.lessons import Adversary
from tests.lifecheck.lessons.bells import HEARD, LESSON, door


def test_a_loop_that_counts_breaks_a_promise() -> None:
    attack = Adversary("", replace(door(), environment={"sigh"}), HEARD).begin()
    assert (attack.choices, attack.answer) == ((), "ring")
    attack.take("ring")
    assert not attack.is_won
    assert attack.changed == "bell: quiet -> rung"
    attack.take("give_up")
    assert attack.broken is not None
    assert (attack.broken.stem, attack.broken.loop) == ((), ("ring", "give_up"))
    assert attack.chosen == attack.task.shortest == 2


def test_a_loop_that_owes_something_does_not_count_and_is_told_what() -> None:
    attack = Adversary("", door(), HEARD).begin()
    attack.take("ring")
    attack.take("sigh")
    assert not attack.is_won
    assert attack.owed == ("give_up",)


def test_a_run_may_stay_where_nothing_is_owed() -> None:
    rows = [Row("fall", "up", "down"), Row("help", "lying", "up")]
    child = Component("child", ["up", "down", "lying"], "up", rows, {"fall", "help"})
    task = Adversary("", System("ice", [child], environment={"fall"}), leads_to("child == 'down'", "child == 'up'"))
    attack = task.begin()
    attack.take("fall")
    assert attack.broken is not None
    assert attack.broken.loop == ()


def test_the_system_takes_in_turn_what_it_owes() -> None:
    rows = [Row("left", "there", "there"), Row("right", "there", "there"), Row("fall", "there", "gone")]
    walker = Component("walker", ["there", "gone"], "there", rows, {"left", "right", "fall"})
    attack = Adversary("", System("road", [walker], environment={"fall"}), never("walker == 'gone'")).begin()
    taken = []
    for _ in range(4):
        assert attack.answer is not None
        taken.append(attack.answer)
        attack.take(attack.answer)
    assert taken == ["left", "right", "left", "right"]


def test_without_an_environment_the_adversary_chooses_the_order() -> None:
    rows = [Row("left", "there", "gone"), Row("right", "there", "there")]
    walker = Component("walker", ["there", "gone"], "there", rows, {"left", "right"})
    attack = Adversary("", System("road", [walker]), never("walker == 'gone'")).begin()
    assert attack.chooses_all
    assert (attack.choices, attack.answer) == (("left", "right"), None)


def test_the_order_can_be_the_adversarys_beside_an_environment() -> None:
    attack = Adversary("", door(), HEARD, orders=True).begin()
    attack.take("ring")
    assert attack.choices == ("give_up", "sigh")


def test_steps_count_also_after_a_new_beginning() -> None:
    attack = Adversary("", door(), HEARD).begin()
    attack.take("ring")
    attack.again()
    assert (attack.chosen, attack.taken, attack.place) == (1, (), "bell quiet")


def test_what_cannot_be_taken_is_told_with_what_can() -> None:
    attack = Adversary("", door(), HEARD).begin()
    with pytest.raises(InputError, match="'answer' cannot be taken now; possible are ring"):
        attack.take("answer")


def test_what_holds_cannot_be_broken() -> None:
    task = Adversary("", door(), never("bell == 'answered'"))
    with pytest.raises(InputError, match=r"never\(bell == 'answered'\) is holds on 'door': nobody can break it"):
        task.begin()


def test_what_no_run_breaks_is_no_task() -> None:
    with pytest.raises(InputError, match="is broken by no single run"):
        Adversary("", door(), can_always_reach("bell == 'answered'"))


def test_where_nothing_can_be_chosen_the_attempt_is_over() -> None:
    rows = [Row("light", "new", "burnt"), Row("keep", "new", "old")]
    match = Component("match", ["new", "burnt", "old"], "new", rows, {"light", "keep"})
    attack = Adversary("", System("box", [match], environment={"light", "keep"}), never("match == 'burnt'")).begin()
    attack.take("keep")
    assert attack.is_over
    assert not attack.is_won
    assert attack.changed == "match: new -> old"
    attack.again()
    assert attack.changed == ""
    assert not attack.is_over


def test_a_safety_property_owes_nothing() -> None:
    task = Adversary("", door(), never("bell == 'rung'"))
    assert task.begin().owed == ()


def test_the_lesson_of_the_tests_can_be_won() -> None:
    assert LESSON.adversary is not None
    attack = LESSON.adversary.begin()
    attack.take("ring")
    attack.take("give_up")
    assert attack.is_won


def test_a_promise_of_the_start_is_open_at_once() -> None:
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    task = Adversary("", System("lamp", [lamp], environment={"switch"}), eventually("lamp == 'on'"))
    assert task.begin().is_won, "nobody has to switch it on"
