"""What `check` takes: machines, functions, components and systems; who is fair; and how machines are composed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from transitions import Machine

from lifecheck import (
    ComponentError,
    CompositionError,
    InputError,
    PredicateError,
    Results,
    System,
    Verdict,
    can_always_reach,
    check,
    component_of,
    compose,
    draw,
    eventually,
    lint,
    never,
)
from lifecheck.machines.adapter import system_of
from lifecheck.stateful import state_machine
from tests import needs
from tests.lifecheck.toys import toy


def lamp() -> Machine:
    return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])


class Job:
    """A model with an attribute that a callback changes."""

    tries = 0

    def count(self) -> None:
        self.tries = min(self.tries + 1, 2)


def job() -> Machine:
    rows = [{"trigger": "try_it", "source": "waiting", "dest": "=", "after": "count"}]
    return Machine(Job(), states=["waiting"], initial="waiting", transitions=rows)


ON = eventually("state == 'on'")


@pytest.mark.parametrize("subject", [lamp, lamp(), component_of(lamp, "lamp"), system_of(lamp)])
def test_in_a_machine_nothing_is_fair_until_they_say_so(subject: System) -> None:
    assert check(subject, ON).verdict is Verdict.VIOLATED
    assert check(subject, ON, fair=["switch"]).verdict is Verdict.HOLDS
    assert check(subject, ON, strong={"switch": "it is pressed in the end"}).verdict is Verdict.HOLDS


def test_a_system_keeps_its_own_fairness_unless_it_is_told_anew() -> None:
    system, asked = toy("0 a 1"), eventually("n == '1'")
    assert check(system, asked).verdict is Verdict.HOLDS
    assert check(system, asked, fair=[]).verdict is Verdict.VIOLATED
    assert system_of(system) is system


def test_several_properties_are_answered_one_after_the_other() -> None:
    results = check(lamp, ON, never("state == 'on'"), never("state not in ('off', 'on')"), fair=["switch"])
    assert isinstance(results, Results)
    assert [str(result.verdict) for result in results] == ["holds", "violated", "holds"]
    assert not results.hold
    assert results.violated == (results[1],)
    assert str(results).splitlines() == [
        "holds     eventually(state == 'on')  (weak fairness of switch)",
        "violated  never(state == 'on')",
        "holds     never(state not in ('off', 'on'))",
    ]
    assert [bool(result) for result in results] == [True, False, True]
    assert not results
    assert check(lamp, ON, ON, fair=["switch"]).hold


def test_a_limit_is_told_for_each_property() -> None:
    results = check(lamp, never("state == 'on'"), ON, limit=1)
    assert str(results).count("the limit of 1 states was met") == 2
    assert not results.hold


def test_attributes_of_a_machine_belong_to_its_state_when_declared() -> None:
    result = check(job, never("tries == 2"), attributes=["tries"])
    assert result.evidence is not None
    assert result.evidence.stem == ("try_it", "try_it")
    with pytest.raises(ComponentError, match="it changes 'tries', which is hidden state; write ignored="):
        check(job, never("state == 'waiting' and False"))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: check(lamp, ON, fair=["swich"]), "fair names 'swich', .*; did you mean 'switch'?"),
        (lambda: check(lamp, ON, fair="switch"), r"fair is the text 'switch'; write a list of triggers: \['switch'\]"),
        (
            lambda: check(toy("0 a 1"), ON, attributes=["x"]),
            "attributes were given beside 'toy', which declares its own",
        ),
        (
            lambda: check(lamp, "state == 'on'"),  # type: ignore[call-overload]
            "asked is \"state == 'on'\", not a property; write never",
        ),
        (lambda: check(3, ON), "expected a transitions machine.*, not int"),
        (
            lambda: compose([lamp]),  # type: ignore[arg-type]
            "machines is list; write a mapping of names to machines",
        ),
        (lambda: compose({}), "system 'system' has no components"),
        (lambda: compose({"lamp": lamp}, alphabets={"lmap": ["x"]}), "alphabets names 'lmap'; did you mean 'lamp'?"),
        (lambda: compose({"lamp": lamp}, attributes={"lmap": ["x"]}), "attributes names 'lmap'; did you mean 'lamp'?"),
        (
            lambda: compose({"lamp": component_of(lamp, "l")}, attributes={"lamp": ["x"]}),
            "'lamp' is a component, which declares its own attributes",
        ),
        (
            lambda: compose({"one": lamp, "two": lamp}),
            "this trigger is not declared as shared: 'switch' of 'one' and 'two'; write shared=",
        ),
        (
            lambda: compose({"lamp": lamp}, shared=["switch"]),
            "shared names 'switch', which 'lamp' alone has; add it to",
        ),
        (lambda: compose({"lamp": lamp}, shared=["swich"]), "shared names 'swich'; did you mean 'switch'?"),
    ],
)
def test_wrong_calls_say_what_was_wrong_and_what_to_do(call: object, message: str) -> None:
    with pytest.raises((CompositionError, ComponentError, PredicateError), match=message):
        call()  # type: ignore[operator]


def test_shared_triggers_are_taken_together_and_an_alphabet_blocks_what_has_no_row() -> None:
    together = compose({"one": lamp, "two": component_of(lamp, "lamp")}, shared=["switch"])
    assert check(together, never("one != two")).verdict is Verdict.HOLDS
    blocked = compose(
        {"lamp": lamp, "job": job},
        shared=["switch"],
        alphabets={"job": ["try_it", "switch"]},
        attributes={"job": ["tries"]},
    )
    assert check(blocked, never("lamp == 'on'")).verdict is Verdict.HOLDS


def test_the_environment_is_not_counted_on() -> None:
    asked = can_always_reach("lamp == 'on'")
    assert check(compose({"lamp": lamp}), asked).verdict is Verdict.HOLDS
    assert check(compose({"lamp": lamp}, environment=["switch"]), asked).verdict is Verdict.VIOLATED


def test_a_counterexample_is_drawn_and_written_in_the_language_of_the_name(tmp_path: Path) -> None:
    result = check(lamp, never("state == 'on'"))
    diagram = draw(result, tmp_path / "lamp.mmd", title="It lights")
    assert draw(result, title="It lights") == diagram
    assert (tmp_path / "lamp.mmd").read_text() == diagram.mermaid
    assert "It lights" in diagram.mermaid
    draw(result, tmp_path / "lamp.dot", title="It lights")
    assert (tmp_path / "lamp.dot").read_text() == diagram.dot
    with pytest.raises(InputError, match=r"let its name end in \.svg, \.mmd or \.dot"):
        draw(result, tmp_path / "lamp.png")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lamp.dot", "lamp.mmd"]


def test_a_counterexample_is_drawn_as_svg(tmp_path: Path) -> None:
    needs.package("pygraphviz")
    draw(check(lamp, never("state == 'on'")), tmp_path / "lamp.svg")
    assert "</svg>" in (tmp_path / "lamp.svg").read_text()


def flashes() -> Machine:
    rows = [["switch", "none", "once"], ["switch", "once", "="]]
    return Machine(states=["none", "once"], initial="none", transitions=rows)


def test_observers_are_composed_as_observers() -> None:
    watched = compose({"lamp": lamp, "flashes": flashes}, shared=["switch"], observers=["flashes"])
    assert [part.name for part in watched.components] == ["lamp"]
    assert check(watched, never("flashes == 'once'")).evidence is not None
    with pytest.raises(CompositionError, match="observers names 'flash'; did you mean 'flashes'"):
        compose({"lamp": lamp, "flashes": flashes}, shared=["switch"], observers=["flash"])


def with_rows(*rows: list[str]) -> Machine:
    return Machine(states=["run", "stopping", "stopped"], initial="run", transitions=list(rows), auto_transitions=False)


def before_a_wildcard() -> Machine:
    return with_rows(["stop", "run", "stopping"], ["stop", "*", "stopped"])


def twice() -> Machine:
    return with_rows(["stop", "run", "stopping"], ["stop", "run", "stopping"], ["stop", "stopping", "stopped"])


@pytest.mark.parametrize("make", [before_a_wildcard, twice])
@pytest.mark.parametrize("given_itself", [False, True])
def test_a_row_of_a_strangers_machine_that_never_wins_is_no_fault(
    make: Callable[[], Machine], given_itself: bool
) -> None:
    subject: Any = make() if given_itself else make
    stopped = "state == 'stopped'"
    results = check(
        subject, can_always_reach(stopped), never("state == 'stopping'"), eventually(stopped), fair=["stop"]
    )
    assert [result.verdict for result in results] == [Verdict.HOLDS, Verdict.VIOLATED, Verdict.HOLDS]
    assert compose({"service": subject}).components[0].triggers == ("stop",)
    assert any("stop" in finding.place for finding in lint(subject).findings)


@pytest.mark.parametrize("strong", [["switch"], "switch", {"switch"}, 3])
def test_strong_fairness_without_reasons_is_refused_in_words(strong: Any) -> None:
    lit = eventually("state == 'on'")
    for use in (
        lambda: check(lamp, lit, strong=strong),
        lambda: compose({"lamp": lamp}, strong=strong),
        lambda: System("lamp", [component_of(lamp, "lamp")], strong=strong),
        lambda: state_machine(lamp, lit, strong=strong),
    ):
        with pytest.raises(
            CompositionError, match="write each trigger with the reason why it is strongly fair: strong="
        ):
            use()
