"""A component says at once, and in words, what is wrong with its table."""

from __future__ import annotations

import re
from typing import Any

import pytest
from transitions import Machine

from lifecheck import Component, ComponentError, Row, component_of
from lifecheck.machines.component_machine import machine_of

ROWS = [Row("open", "closed", "opened"), Row("close", "opened", "closed")]


def door(**changes: Any) -> Component:
    table: dict[str, Any] = {
        "states": ["closed", "opened"],
        "initial": "closed",
        "rows": ROWS,
        "alphabet": {"open", "close"},
    }
    return Component("door", **{**table, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"initial": "closd"},
            "component 'door': initial state 'closd' is not one of its states; did you mean 'closed'?",
        ),
        (
            {"rows": [*ROWS, Row("open", "ajar", "opened")]},
            "component 'door', row 3 (open, ajar, opened): source 'ajar' is not one of its states; "
            "known are 'closed', 'opened'",
        ),
        (
            {"rows": [Row("open", "closed", "open")]},
            "component 'door', row 1 (open, closed, open): destination 'open' is not one of its states; "
            "did you mean 'opened'?",
        ),
        (
            {"rows": [*ROWS, Row("opne", "opened", "=")]},
            "component 'door', row 3 (opne, opened, =): trigger 'opne' is not in its alphabet; did you mean 'open'?",
        ),
        (
            {"alphabet": {"open"}},
            "component 'door', row 2 (close, opened, closed): trigger 'close' is not in its alphabet; known are 'open'",
        ),
        (
            {"alphabet": set()},
            "component 'door', row 1 (open, closed, opened): trigger 'open' is not in its alphabet; there are none",
        ),
        (
            {"rows": [*ROWS, Row("open", "closed", "=")]},
            "component 'door', row 3 (open, closed, =): it can never win, because row 1 (open, closed, opened) is "
            "always taken first; remove one of them or give the first a condition",
        ),
        ({"states": ["closed", "opened", "closed"]}, "component 'door': state 'closed' is declared twice"),
        (
            {"states": ["closed", "opened", ""]},
            "component 'door': a state has no name; transitions takes an empty destination for none",
        ),
        ({"states": "closed"}, "component 'door': states is the text 'closed'; write a list of names"),
        ({"alphabet": "open"}, "component 'door': alphabet is the text 'open'; write a list of names"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_place_and_remedy(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ComponentError, match=re.escape(message)):
        door(**changes)


def test_a_later_row_may_win_where_the_first_has_a_condition() -> None:
    guarded = Row("open", "closed", "opened", conditions=("unlocked",))
    assert door(rows=[guarded, Row("open", "closed", "=")]).rows[0].conditions == ("unlocked",)


def test_a_row_behind_weaker_conditions_can_never_win() -> None:
    weaker = Row("open", "closed", "opened", conditions=("unlocked",))
    stronger = Row("open", "closed", "=", conditions=("unlocked", "oiled"))
    with pytest.raises(ComponentError, match="can never win"):
        door(rows=[weaker, stronger])


def test_triggers_come_in_the_order_of_the_rows_and_then_by_name() -> None:
    assert door(alphabet={"open", "close", "zap", "knock"}).triggers == ("open", "close", "knock", "zap")


def test_a_machine_of_ones_own_is_rebuilt_and_never_touched() -> None:
    machine = Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    component = component_of(machine, "lamp")
    assert component.rows == (Row("switch", "off", "on"),)
    assert component.left_out == ("to_off", "to_on")
    assert machine_of(component) is not machine
    assert machine.state == "off"


def test_an_internal_transition_stays_in_its_state() -> None:
    machine = Machine(states=["on"], initial="on", transitions=[["blink", "on", None]], auto_transitions=False)
    assert component_of(machine).rows == (Row("blink", "on", "="),)


def test_conditions_of_a_machine_are_read_as_conditions_and_unless() -> None:
    def machine() -> Machine:
        row = {"trigger": "go", "source": "a", "dest": "a", "conditions": "ready", "unless": "tired"}
        return Machine(states=["a"], initial="a", transitions=[row], auto_transitions=False)

    (row,) = component_of(machine).rows
    assert (row.conditions, row.unless) == (("ready",), ("tired",))


def _callbacks() -> Machine:
    return Machine(states=["a"], initial="a", transitions=[["go", "a", "a"]], after_state_change=lambda: None)


@pytest.mark.parametrize(
    ("machine", "message"),
    [
        (
            _callbacks(),
            "component 'mine': the machine has conditions or callbacks, which checking would run on your object; "
            "give a function that returns a fresh machine or model, or do not fire it: guards='either'",
        ),
        (
            Machine(None, states=["a"], initial=None),
            "component 'mine': the machine has no initial state; pass initial=...",
        ),
        (lambda: 3, "component 'mine': its factory returned int, not a transitions machine"),
        (lambda: 1 // 0, "component 'mine': its factory raised ZeroDivisionError"),
        (3, "component 'mine': expected a transitions machine, a model that carries one, or a function"),
    ],
)
def test_a_machine_that_cannot_be_explored_is_refused_with_the_reason(machine: Any, message: str) -> None:
    with pytest.raises(ComponentError, match=re.escape(message)):
        component_of(machine, "mine")


@pytest.mark.parametrize("trigger", ["state", "level"])
def test_a_trigger_that_is_called_like_an_attribute_of_the_model_is_refused(trigger: str) -> None:
    with pytest.raises(ComponentError, match=f"component 'tank': trigger '{trigger}' is called like an attribute"):
        Component("tank", ["low", "full"], "low", [Row(trigger, "low", "full")], {trigger}, attributes=["level"])
