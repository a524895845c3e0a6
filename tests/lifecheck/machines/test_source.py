"""A machine is found in what was given, or it is said why not; what cannot be checked is refused with the reason."""

from __future__ import annotations

import re
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine
from transitions.extensions.states import Retry, Timeout, add_state_features

from lifecheck import ComponentError, Run, component_of, lint
from lifecheck.machines.source import find_machine, offers_machine

ROWS = [["switch", "off", "on"], ["back", "on", "off"]]


class Lamp:
    """A model that keeps nothing but what the library binds to it."""


def machine(model: Any = Machine.self_literal, **options: Any) -> Machine:
    return Machine(model, states=["off", "on"], initial="off", transitions=ROWS, **options)


def lamp() -> Lamp:
    model = Lamp()
    machine(model)
    return model


class Overriding:
    """With model_override only what the model declares is bound to it."""

    def switch(self) -> bool:
        raise NotImplementedError


class Slotted:
    """Has no dictionary of its own."""

    __slots__ = ("back", "machine", "may_back", "may_switch", "state", "switch", "to_off", "to_on", "trigger")
    __slots__ += ("may_trigger", "may_to_on", "may_to_off", "is_on", "is_off")  # type: ignore[assignment]


class Keeping:
    """Keeps its machine where model_override binds nothing at all."""

    def __init__(self) -> None:
        self.engine = machine(self, model_override=True)


class ByClass:
    """All models share a machine of their class."""

    shared = Machine(None, states=["off", "on"], initial="off", transitions=ROWS)

    def __init__(self) -> None:
        self.shared.add_model(self)


def overriding() -> Overriding:
    model = Overriding()
    machine(model, model_override=True)
    return model


def slotted() -> Slotted:
    model = Slotted()
    machine(model)
    return model


@pytest.mark.parametrize("factory", [machine, lamp, overriding, slotted, Keeping, ByClass])
def test_machines_models_and_factories_of_either_are_the_same_component(factory: Any) -> None:
    made = component_of(factory, "lamp")
    given = component_of(factory(), "lamp")
    assert made.states == given.states == ("off", "on")
    assert made.rows == given.rows
    assert made.factory is factory
    assert given.factory is None
    assert offers_machine(factory())
    assert lint(factory).codes == lint(factory()).codes == ()


@pytest.mark.parametrize("attribute", ["state", "status"])
def test_automatic_triggers_are_left_out_by_whatever_name(attribute: str) -> None:
    prefix = "to_" if attribute == "state" else "to_status_"
    component = component_of(machine(Lamp(), model_attribute=attribute))
    assert component.left_out == (f"{prefix}off", f"{prefix}on")
    assert component.triggers == ("switch", "back")


def test_a_model_with_two_machines_is_asked_which() -> None:
    model: Any = Lamp()
    machine(model)
    Machine(model, states=["dim", "bright"], initial="dim", model_attribute="level")
    message = "component 'lamp': Lamp carries 2 machines, with their states in 'state' and 'level'; give one of"
    with pytest.raises(ComponentError, match=re.escape(message)):
        find_machine(model, "lamp")
    assert find_machine(machine(model), "lamp").factory is None


def test_events_as_arguments_are_sent_as_the_machine_says() -> None:
    class Counter:
        asked = 0

        def may_pass(self, event: Any) -> bool:
            return event.model is self and event.event.name == "switch"

        def count(self, event: Any) -> None:
            self.asked = min(self.asked + 1, 2)

    def factory() -> Machine:
        row = {"trigger": "switch", "source": "off", "dest": "=", "conditions": "may_pass", "after": "count"}
        return Machine(Counter(), states=["off"], initial="off", transitions=[row], send_event=True)

    report = lint(factory, attributes=["asked"])
    assert report.codes == ()
    assert report.states == 3


@add_state_features(Timeout)
class Timed(Machine):
    """Has states with time limits."""


@add_state_features(Retry)
class Retrying(Machine):
    """Has states that count."""


def several() -> Machine:
    return Machine([Lamp(), Lamp()], states=["off"], initial="off")


ONE = machine()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            None,
            "expected a transitions machine, a model that carries one, or a function that returns either, not NoneType",
        ),
        (
            Lamp(),
            "not Lamp; a machine is found by what it binds to its model, such as model.trigger, or as the model's",
        ),
        (Machine, "this is the class Machine, not a machine; give a machine, or a function that returns one"),
        (HierarchicalMachine, "this is the class HierarchicalMachine, not a machine"),
        (
            Lamp,
            "its factory returned Lamp, not a transitions machine or a model that carries one; where an object of "
            "Lamp is a model, give a function that makes both: def make(): model = Lamp(); Machine(model, ...); "
            "return model",
        ),
        (lambda: None, "its factory returned NoneType, not a transitions machine or a model that carries one"),
        (lambda: ONE, "its factory returns the same object each time, which checking would move; return a fresh one"),
        (
            type("Order", (), {"__init__": lambda self, number: None}),
            "; give a function without arguments that makes one: def order(): return Order(number=...)",
        ),
        (lambda: 1 // 0, "its factory raised ZeroDivisionError: integer division or modulo by zero"),
        (several, "the machine carries 2 models; its factory must return a machine with one"),
        (
            Machine(None, states=["a"], initial=None),
            "the machine has no initial state; pass initial=..., or give a func",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason_and_the_remedy(given: Any, message: str) -> None:
    for use in (lambda: component_of(given, "mine"), lambda: lint(given, name="mine")):
        with pytest.raises(ComponentError, match="^component 'mine': .*" + re.escape(message)):
            use()


@pytest.mark.parametrize(
    "given",
    [
        Timed(states=[{"name": "a", "timeout": 1, "on_timeout": "x"}], initial="a"),
        Retrying(states=[{"name": "a", "retries": 1, "on_failure": "x"}], initial="a"),
    ],
)
def test_an_object_whose_states_run_callbacks_in_time_is_only_read(given: Any) -> None:
    with pytest.raises(ComponentError, match=r"^component 'mine': .*give a function that returns a fresh machine"):
        component_of(given, "mine")
    assert any("only the definition was read" in remark for remark in lint(given).remarks)


def test_states_that_could_have_time_limits_and_have_none_are_taken() -> None:
    assert lint(Timed(states=["a", "b"], initial="a", transitions=[["go", "a", "b"], ["go", "b", "a"]])).codes == ()


def test_a_model_that_starts_elsewhere_is_explored_from_there() -> None:
    def factory() -> Machine:
        made = Machine(None, states=["off", "on"], initial=None, transitions=ROWS)
        made.add_model(Lamp(), initial="on")
        return made

    assert component_of(factory).initial == "on"


def test_an_attribute_may_be_called_as_a_method_of_text_but_not_as_what_a_state_says() -> None:
    class Counting:
        count = 1
        label = "x"

        def __init__(self) -> None:
            machine(self)

    state = Run(__import__("lifecheck").System("lamp", [component_of(Counting, "lamp", attributes=["count"])])).state
    assert state.lamp.count == 1
    with pytest.raises(
        ComponentError, match="attribute 'label' cannot be declared, because a state says something else"
    ):
        component_of(Counting, "lamp", attributes=["label"])


def test_a_state_that_a_callback_sets_by_hand_to_something_else_is_told() -> None:
    class Loose:
        def __init__(self) -> None:
            rows = [{"trigger": "go", "source": "a", "dest": "a", "after": "wander"}]
            Machine(self, states=["a"], initial="a", transitions=rows)

        def wander(self) -> None:
            self.state = "nowhere"

    with pytest.raises(ComponentError, match="the model's 'state' holds 'nowhere', which is not one of its states"):
        lint(Loose)
