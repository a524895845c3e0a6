"""A system says what does not compose, and a run of it moves everything together or nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from transitions import Machine

from lifecheck import (
    BlockedError,
    Component,
    ComponentError,
    CompositionError,
    Row,
    Run,
    State,
    System,
    check,
    component_of,
    never,
)
from lifecheck.system.state import local_states, without
from tests.lifecheck.toys import toy

DOOR = Component(
    "door",
    ["closed", "opened"],
    "closed",
    [Row("open", "closed", "opened"), Row("close", "opened", "closed")],
    {"open", "close"},
)
COUNT = [Row("open", "none", "once"), Row("open", "once", "again"), Row("open", "again", "=")]
OPENINGS = Component("openings", ["none", "once", "again"], "none", COUNT, {"open"})


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"components": []}, "system 'house' has no components"),
        ({"components": [DOOR, DOOR]}, "system 'house': two components are called 'door'"),
        (
            {"environment": {"opne"}},
            "system 'house': environment names 'opne', which is no trigger of its components; did you mean 'open'?",
        ),
        (
            {"strong": {"knock": "it is polite"}},
            "system 'house': strong names 'knock', which is no trigger of its components; known are 'open', 'close'",
        ),
        ({"fair": {"shut"}}, "system 'house': fair names 'shut', which is no trigger of its components"),
        ({"meanings": {"clse": "It closes."}}, "system 'house': meanings names 'clse', which is no trigger"),
        (
            {"environment": {"open"}, "strong": {"open": "why not"}},
            "system 'house': trigger 'open' is both strong and the environment's; the environment owes no fairness",
        ),
        (
            {"observers": [Component("bell", ["quiet"], "quiet", [Row("ring", "quiet", "=")], {"ring"})]},
            "system 'house': trigger 'ring' belongs only to observer 'bell', so nothing that happens is observed; "
            "known are 'open', 'close'",
        ),
        ({"instance": " "}, "system 'house': instance is empty; say what an instance is, or leave it out"),
    ],
)
def test_parts_that_do_not_compose_are_refused_in_words(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(CompositionError, match=re.escape(message)):
        System("house", **{"components": [DOOR], **parts})


def test_an_observer_that_blocks_is_refused() -> None:
    once = Component("openings", ["none", "once"], "none", COUNT[:1], {"open"})
    message = (
        "observer 'openings' blocks trigger 'open' in state 'once'; an observer must take every trigger it watches: "
        "add a row (open, once, =)"
    )
    with pytest.raises(CompositionError, match=re.escape(message)):
        check(System("house", [DOOR], observers=[once]), never(lambda s: s.openings == "once"))


def test_a_property_is_checked_with_those_observers_alone_that_it_reads() -> None:
    system = System("house", [DOOR], observers=[OPENINGS])
    assert check(system, never(lambda s: s.door == "closed" == "opened")).states == 2
    counted = check(system, never(lambda s: s.door == "closed" and s.openings == "again"))
    assert [part.name for part in counted.system.parts] == ["door", "openings"]
    assert check(system, never(lambda s: s.openings == "again" and s.openings == "none")).states == 5


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        (lambda s: s.dor == "closed", "there is no component 'dor'; did you mean 'door'?"),
        (lambda s: s.door == "close", "component 'door' has no state 'close'; did you mean 'closed'?"),
        (lambda s: s.door != "clsed", "component 'door' has no state 'clsed'; did you mean 'closed'?"),
        (lambda s: s.door in ("shut", "closed"), "component 'door' has no state 'shut'; known are 'closed', 'opened'"),
        (lambda s: s.door, "answered 'closed', which is not True or False, in State(door=closed)"),
        (lambda s: 1 / 0, "raised ZeroDivisionError: division by zero, in State(door=closed)"),
        (lambda s: s.door.height > 1, "raised AttributeError: component 'door' declares no attribute 'height'"),
    ],
)
def test_a_predicate_that_cannot_be_used_is_named_with_the_reason(predicate: Any, message: str) -> None:
    with pytest.raises(Exception, match=re.escape(message)) as raised:
        check(System("house", [DOOR]), never(predicate))
    assert str(raised.value).startswith("predicate lambda s: ")


def test_a_state_compares_reads_and_prints_by_component() -> None:
    state = Run(System("house", [DOOR], observers=[OPENINGS])).state
    assert repr(state) == "State(door=closed, openings=none)"
    assert state != 3
    assert without(state, {"openings"}) == Run(System("house", [DOOR])).state
    assert len({state, Run(System("house", [DOOR], observers=[OPENINGS])).state}) == 1
    with pytest.raises(AttributeError):
        state.__no_such_protocol__  # noqa: B018


def test_states_of_two_components_may_be_compared() -> None:
    other = Component("window", ["closed"], "closed", [], {"open"})
    state = Run(System("house", [DOOR, other])).state
    assert state.door == state.window


def test_a_run_fires_the_real_machines_together_or_not_at_all() -> None:
    latch = Component("latch", ["loose", "fast"], "loose", [Row("open", "loose", "fast")], {"open"})
    run = Run(System("house", [DOOR, latch]))
    assert run.possible() == ("open",)
    run.trigger("open")
    assert run.replay(["close"]) == run.state
    assert not run.may("open")
    with pytest.raises(BlockedError, match=re.escape("trigger 'open' is blocked by 'latch' in state 'fast'")):
        run.trigger("open")
    assert repr(run.state) == "State(door=closed, latch=fast)"
    with pytest.raises(BlockedError, match=re.escape("there is no trigger 'opne'; did you mean 'open'?")):
        run.trigger("opne")


def test_a_condition_that_changes_its_mind_is_an_error_of_the_component() -> None:
    answers = iter([True, True, False])
    rows = [{"trigger": "go", "source": "a", "dest": "a", "conditions": lambda: next(answers)}]
    component = component_of(lambda: Machine(states=["a"], initial="a", transitions=rows), "fickle")
    run = Run(System("fickle", [component]))
    assert run.may("go")
    with pytest.raises(ComponentError, match="announced as possible and then blocked"):
        run.trigger("go")


def test_a_trigger_without_a_row_in_some_component_is_blocked_for_ever() -> None:
    lock = Component("lock", ["fast"], "fast", [Row("close", "fast", "=")], {"open", "close"})
    house = System("house", [DOOR, lock])
    assert (house.triggers, house.fireable) == (("open", "close"), ("close",))
    assert Run(house).possible() == ()


def test_a_trigger_that_no_rule_answers_is_blocked_and_ignored_nowhere() -> None:
    lax = component_of(
        lambda: Machine(states=["a", "b"], initial="a", transitions=[["go", "b", "a"]], ignore_invalid_triggers=True),
        "lax",
    )
    assert Run(System("lax", [lax])).possible() == ()


def test_fairness_is_what_was_declared() -> None:
    system = toy("0 a 1", "1 b 2", "2 c 3", "3 d 0", environment={"a"}, strong={"c"})
    assert (system.weakly_fair, system.strongly_fair) == ({"b", "d"}, {"c"})
    assert toy("0 a 1", fair=()).weakly_fair == frozenset()
    assert toy("0 a 1", "1 b 2", fair={"b"}).weakly_fair == {"b"}


def test_a_view_hides_nothing_from_someone_who_lists_it() -> None:
    state = Run(System("house", [DOOR])).state
    assert isinstance(state, State)
    assert {name: str(local) for name, local in local_states(state).items()} == {"door": "closed"}


def test_a_component_may_be_called_as_one_likes_except_with_a_leading_underscore() -> None:
    items = Component("items", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    assert check(System("shop", [items]), never(lambda s: s.items == "on")).verdict == "violated"
    with pytest.raises(ComponentError, match="component '_read': its name must not start with an underscore"):
        Component("_read", ["a"], "a", [], set())


@pytest.mark.parametrize(
    "owed",
    [
        {"fair": ["a or b", ("a", "b")]},
        {"fair": [("a", "b")]},
        {"fair": ["a or b"], "strong": {("a", "b"): "turns are taken"}},
        {"fair": [("a or b", "c")], "strong": {("a", "b or c"): "turns are taken"}},
    ],
)
def test_a_group_that_is_called_as_something_else_is_refused_because_one_of_them_would_be_owed_nothing(
    owed: dict[str, Any],
) -> None:
    triggers = ("a", "a or b", "b or c", "b", "c")
    part = Component("part", ["s"], "s", [Row(trigger, "s", "s") for trigger in triggers], set(triggers))
    with pytest.raises(CompositionError, match=r"which is called 'a or b.*', as another is that has other members"):
        System("work", [part], **owed)
