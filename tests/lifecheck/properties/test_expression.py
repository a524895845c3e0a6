"""Predicates as text: what may be written, what it means, and how a typo is told."""

from __future__ import annotations

from enum import Enum, StrEnum

import pytest

from lifecheck import Component, PredicateError, Row, State, System, always, check, never
from lifecheck.properties import Expression
from lifecheck.system import LocalState
from lifecheck.system.state import ObserverNeededError


class Phase(Enum):
    WAITING = 1
    OVER = 2


QUEUE = LocalState("queued", "queue", ("empty", "queued"))
JOB = LocalState(
    "running",
    "job",
    ("ready", "running"),
    {"tries": 2, "owner": None, "hurry": True, "phase": Phase.WAITING, "where": (1, "a")},
)
STATE = State({"queue": QUEUE, "job": JOB})
ALONE = State({"job": JOB})


@pytest.mark.parametrize(
    "text",
    [
        "queue == 'queued'",
        "  queue\n == 'queued'  ",
        "queue != 'empty'",
        "queue in ('empty', 'queued') and job in ['running']",
        "queue not in {'empty'}",
        "not queue == 'empty'",
        "(queue == 'empty' or job == 'running') and not job == 'ready'",
        "'queued' == queue",
        "tries == 2",
        "job.tries == 2",
        "1 < tries <= 2",
        "tries in (2, 3)",
        "tries > -1",
        "owner == None",
        "owner in (None, 'root')",
        "hurry",
        "not hurry or job.hurry",
        "phase == 'WAITING'",
        "where == (1, 'a')",
        "True",
    ],
)
def test_what_may_be_written_means_what_it_says(text: str) -> None:
    assert Expression(text)(STATE) is True
    assert Expression(f"not ({text.strip()})")(STATE) is False


def test_the_only_component_may_be_called_state() -> None:
    assert Expression("state == 'running' and tries == 2")(ALONE)
    named = State({"state": LocalState("on", "state", ("on", "off")), "job": JOB})
    assert Expression("state == 'on'")(named)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("queue = 'queued'", "; compare with =="),
        ("queue ==", "cannot be read: invalid syntax"),
        ("", "cannot be read: "),
        ("queue is 'queued'", "at \"queue is 'queued'\": write == instead of is"),
        (
            "__import__('os').system('true')",
            "nothing but within(...) can be called; give a function",
        ),
        ("queue[0] == 'q'", "nothing can be indexed"),
        ("(x := 1) == 1", "nothing can be assigned"),
        ("lambda: 1", "it may compare names with text or numbers"),
        ("tries + 1 == 3", "at 'tries + 1': it may compare names"),
        ("queue in (job, 'queued')", "it may compare names"),
        ("job.owner.name == 'x'", "it may compare names"),
        ("f'{queue}' == 'x'", "it may compare names"),
        ("(" * 3000 + "1" + ")" * 3000, "cannot be read"),
        ("not " * 50_000 + "True", "cannot be read"),
    ],
)
def test_anything_else_is_refused_before_it_is_asked(text: str, message: str) -> None:
    with pytest.raises(PredicateError, match=r"^predicate .* cannot be read") as raised:
        never(text)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("qeue == 'queued'", "there is no component or attribute 'qeue'; did you mean 'queue'?"),
        ("queue == 'qeued'", "component 'queue' has no state 'qeued'; did you mean 'queued'?"),
        ("queue in ('queued', 'emty')", "component 'queue' has no state 'emty'; did you mean 'empty'?"),
        ("job == 'ready' and queue == 'emty'", "component 'queue' has no state 'emty'"),
        ("hurry or job == 'raedy'", "component 'job' has no state 'raedy'"),
        ("'emty' != queue", "component 'queue' has no state 'emty'"),
        ("tires == 2", "there is no component or attribute 'tires'; did you mean 'tries'?"),
        ("job.tires == 2", "component 'job' declares no attribute 'tires'; did you mean 'tries'?"),
        ("jbo.tries == 2", "there is no component 'jbo'; did you mean 'job'?"),
        ("hurry or jbo.tries", "there is no component 'jbo'"),
        ("hurry or nothing", "there is no component or attribute 'nothing'"),
        ("state == 'queued'", "there is no component or attribute 'state'; known are 'queue', 'job', "),
        ("queue == 3", "a state of component 'queue' is text, and 3 is not"),
        ("queue < 'queued'", "the states of component 'queue' have no order; compare them with =="),
        ("queue in 'queued'", "what stands right of 'in' is 'queued', and not a group such as ('a', 'b')"),
        ("tries == '2'", "2 is compared with '2': text never equals a number"),
        ("tries and hurry", "tries is 2, which is not True or False; compare it with =="),
        ("queue or hurry", "queue is 'queued', which is not True or False"),
    ],
)
def test_a_typo_is_told_with_what_was_meant_also_where_it_need_not_be_decided(text: str, message: str) -> None:
    with pytest.raises(PredicateError) as raised:
        Expression(text)(STATE)
    assert message in str(raised.value)


def test_an_attribute_of_two_components_needs_its_component() -> None:
    other = LocalState("ready", "other", ("ready",), {"tries": 1})
    with pytest.raises(PredicateError, match="more than one component has an attribute 'tries'; write job"):
        Expression("tries == 1")(State({"job": JOB, "other": other}))


def test_an_observer_that_is_left_out_is_asked_for() -> None:
    with pytest.raises(ObserverNeededError):
        Expression("job == 'running' and count == 'again'")(State({"job": JOB}, frozenset({"count"})))


def test_the_check_brings_in_the_observers_that_the_text_reads() -> None:
    lamp = Component("lamp", ["off"], "off", [Row("flash", "off", "=")], {"flash"})
    rows = [Row("flash", "none", "once"), Row("flash", "once", "=")]
    count = Component("count", ["none", "once"], "none", rows, {"flash"})
    system = System("lamp", [lamp], observers=[count])
    assert check(system, never("count == 'once'")).evidence.stem == ("flash",)  # type: ignore[union-attr]
    assert check(system, never("lamp != 'off'")).states == 1


def test_formulas_and_errors_show_the_text_as_it_was_written() -> None:
    asked = always("queue  ==\n'queued'", given='job == "ready"')
    assert asked.formula == "always(queue == 'queued', given=job == \"ready\")"
    lamp = Component("lamp", ["off"], "off", [], {"flash"})
    with pytest.raises(PredicateError, match=r"^predicate lamp == 'of': component 'lamp' has no state 'of'; did you"):
        check(System("lamp", [lamp]), never("lamp == 'of'"))


def test_what_is_neither_a_function_nor_text_is_refused() -> None:
    with pytest.raises(PredicateError, match="a predicate is a function of the state or text, not 3"):
        never(3)  # type: ignore[arg-type]


def test_equal_texts_are_equal_predicates() -> None:
    assert Expression("x == 'a'") == Expression("x == 'a'") != Expression("x == 'b'")
    assert hash(Expression("x == 'a'")) == hash(Expression("x == 'a'"))
    assert Expression("x == 'a'") != "x == 'a'"
    assert repr(Expression("x == 'a'")) == """Expression("x == 'a'")"""


def test_what_text_names_is_noted_as_read_and_nothing_else() -> None:
    read: set[str] = set()
    door = LocalState("open", "door", ("closed", "open"), {"pushes": 2})
    state = State({"door": door, "lamp": LocalState("lit", "lamp", ("dark", "lit"))}, read=read)
    assert Expression("lamp == 'lit'")(state)
    assert read == {"lamp"}
    assert Expression("pushes == 2")(state)
    assert read == {"lamp", "door"}


class Mode(StrEnum):
    RED = "red"
    GREEN = "green"
    CRIMSON = "red"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mode == 'red'", "Mode has no member 'red'; write its name: 'RED'"),
        ("'red' != mode", "Mode has no member 'red'; write its name: 'RED'"),
        ("mode in ('RED', 'GREN')", "Mode has no member 'GREN'; did you mean 'GREEN'?"),
        ("mode not in {'green'}", "Mode has no member 'green'; write its name: 'GREEN'"),
        ("lamp.mode == 'BLUE'", "Mode has no member 'BLUE'; known are 'RED', 'GREEN', 'CRIMSON'"),
        ("mode == 'CRIMSON'", "Mode.CRIMSON is another name of 'RED'; write that"),
        ("mode not in ('GREEN', 'CRIMSON')", "Mode.CRIMSON is another name of 'RED'; write that"),
    ],
)
def test_text_that_is_the_name_of_no_member_of_an_attributes_enumeration_is_refused(text: str, told: str) -> None:
    state = State({"lamp": LocalState("on", "lamp", ("on", "off"), {"mode": Mode.RED})})
    with pytest.raises(PredicateError) as caught:
        Expression(text)(state)
    assert str(caught.value) == told


def test_the_names_of_members_are_compared() -> None:
    state = State({"lamp": LocalState("on", "lamp", ("on", "off"), {"mode": Mode.RED, "last": None})})
    assert Expression("mode == 'RED' and mode in ('RED', 'GREEN') and mode != 'GREEN' and mode != last")(state)
