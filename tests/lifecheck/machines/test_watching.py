"""Firing tells which rows are taken, what callbacks fire besides, and what they read, however they do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import (
    Component,
    CompositionError,
    InputError,
    Row,
    System,
    can_always_reach,
    check,
    component_of,
    compose,
    lint,
    never,
)
from lifecheck.instances import check_instances
from lifecheck.instances.decomposition import decompose
from lifecheck.machines import Table
from tests import needs

ROWS: list[Any] = [
    {"trigger": "begin", "source": "idle", "dest": "busy", "after": "go_on"},
    ["finish", "busy", "done"],
    ["again", "done", "idle"],
]


def worker(kind: type[Machine]) -> Callable[[], object]:
    class Worker:
        def __init__(self) -> None:
            kind(self, states=["idle", "busy", "done"], initial="idle", transitions=ROWS, auto_transitions=False)

        def go_on(self: Any) -> None:
            self.finish()

    return Worker


def workers_of_one_machine() -> Callable[[], object]:
    machine = Machine(None, states=["idle", "busy", "done"], initial="idle", transitions=ROWS, auto_transitions=False)

    class Worker:
        def __init__(self) -> None:
            machine.add_model(self)
            machine.models.remove(self)

        def go_on(self: Any) -> None:
            self.finish()

    return Worker


def boss() -> Machine:
    rows = [["finish", "waits", "pleased"], ["finish", "pleased", "="]]
    return Machine(states=["waits", "pleased"], initial="waits", transitions=rows, auto_transitions=False)


FIRES_ANOTHER = {"flat": worker(Machine), "nested": worker(HierarchicalMachine), "shared": workers_of_one_machine()}


@pytest.mark.parametrize("kind", FIRES_ANOTHER)
def test_a_callback_that_fires_a_trigger_which_another_component_shares_is_an_error(kind: str) -> None:
    system = compose({"worker": FIRES_ANOTHER[kind], "boss": boss}, shared=["finish"])
    with pytest.raises(CompositionError) as caught:
        check(system, never("worker == 'done' and boss == 'waits'"))
    assert str(caught.value) == (
        "component 'worker', trigger 'begin' in state 'idle': a callback fires 'finish', which 'boss' takes too and "
        "would not hear of; let callbacks fire nothing that is shared, so that the components meet on it"
    )


def test_sets_of_states_are_not_made_where_a_callback_fires_what_another_component_shares() -> None:
    needs.package("oxidd")
    system = compose({"worker": worker(Machine), "boss": boss}, shared=["finish"])
    with pytest.raises(InputError, match="a callback fires 'finish', which 'boss' takes too"):
        check(system, never("worker == 'done' and boss == 'waits'"), engine="symbolic")
    with pytest.raises(CompositionError, match="a callback fires 'finish', which 'boss' takes too"):
        check(replace(system, copied={"worker"}), never("worker == 'done' and boss == 'waits'"), instances="any")


def test_a_callback_that_fires_again_what_was_fired_is_an_error_where_that_is_shared() -> None:
    class Twice:
        def __init__(self) -> None:
            rows = [{"trigger": "go", "source": "a", "dest": "b", "after": "more"}, ["go", "b", "c"]]
            Machine(self, states=["a", "b", "c"], initial="a", transitions=rows, auto_transitions=False)

        def more(self: Any) -> None:
            if self.state == "b":
                self.go()

    def other() -> Machine:
        rows = [["go", "x", "y"], ["go", "y", "z"]]
        return Machine(states=["x", "y", "z"], initial="x", transitions=rows, auto_transitions=False)

    with pytest.raises(CompositionError, match="a callback fires 'go', which 'other' takes too"):
        check(compose({"twice": Twice, "other": other}, shared=["go"]), never("twice == 'c' and other == 'y'"))


def test_an_observer_that_watches_what_a_callback_fires_would_miss_it() -> None:
    system = compose({"worker": worker(Machine), "boss": boss}, shared=["finish"], observers=["boss"])
    assert check(system, never("worker == 'busy'"))  # without the observer nobody misses anything
    with pytest.raises(CompositionError, match="'boss' takes too"):
        check(system, never("boss == 'pleased'"))


def test_what_a_callback_fires_of_its_own_is_told_with_the_verdict() -> None:
    result = check(component_of(worker(Machine), "worker"), never("worker == 'busy'"))
    assert result
    assert result.note == (
        "component 'worker': a firing of 'begin' also takes 'finish', and is seen only where it ends"
    )


def test_a_machine_that_models_share_is_as_it_was_after_it_was_watched() -> None:
    class Lamp:
        pass

    machine = Machine(None, states=["off", "on"], initial="off", transitions=[["go", "off", "on"]])

    def lamp() -> Lamp:
        made = Lamp()
        machine.add_model(made)
        machine.models.remove(made)
        return made

    before = [vars(transition).copy() for transition in machine.get_transitions()]
    assert not check(component_of(lamp, "lamp"), never("lamp == 'on'"))
    assert [vars(transition) for transition in machine.get_transitions()] == before


def test_a_table_knows_which_of_the_rows_that_lead_to_the_same_state_was_taken() -> None:
    class Gate:
        def __init__(self) -> None:
            self.is_locked = True
            rows = [
                {"trigger": "push", "source": "shut", "dest": "open", "unless": "asks"},
                {"trigger": "push", "source": "shut", "dest": "open"},
            ]
            Machine(self, states=["shut", "open"], initial="shut", transitions=rows, auto_transitions=False)

        def asks(self) -> bool:
            return self.is_locked

    component = component_of(Gate, "gate")
    assert Table(component).rows(0, "push") == (component.rows[1],)


def test_a_table_of_parallel_regions_names_the_row_that_firing_showed() -> None:
    def machine() -> HierarchicalMachine:
        regions = [{"name": name, "children": ["x", "y"], "initial": "x"} for name in ("left", "right")]
        rows = [["go", f"both_{name}_x", f"both_{name}_y"] for name in ("left", "right")]
        states = [{"name": "both", "parallel": regions}]
        return HierarchicalMachine(states=states, initial="both", transitions=rows, auto_transitions=False)

    rows = Table(component_of(machine, "machine")).rows(0, "go")
    assert [(row.source, row.target) for row in rows] == [("both_left_x|both_right_x", "both_left_y|both_right_y")]


def test_an_attribute_that_is_read_by_a_name_made_up_at_run_time_is_told() -> None:
    class Bin:
        def __init__(self) -> None:
            self.limit = 4
            rows = [{"trigger": "step", "source": "filling", "dest": "emptying", "conditions": "full"}]
            rows.append({"trigger": "wait", "source": "filling", "dest": "="})
            Machine(self, states=["filling", "emptying"], initial="filling", transitions=rows, auto_transitions=False)

        def full(self) -> bool:
            return bool(getattr(self, "lim" + "it") < 4)

    note = (
        "'full' reads 'limit' (4), which nothing in the machine changes (with guards 'either' it may answer either way)"
    )
    assert check(component_of(Bin, "bin"), never("bin == 'emptying'")).note == f"component 'bin': {note}"
    assert "reads-outside" in lint(Bin).codes
    assert "__getattribute__" not in vars(Bin)


def test_a_class_that_answers_for_its_attributes_itself_goes_on_doing_so() -> None:
    class Proxy:
        def __init__(self) -> None:
            rows = [{"trigger": "go", "source": "a", "dest": "b", "conditions": "ready"}]
            Machine(self, states=["a", "b"], initial="a", transitions=rows, auto_transitions=False)

        def __getattribute__(self, name: str) -> Any:
            return True if name == "hidden" else super().__getattribute__(name)

        def ready(self: Any) -> bool:
            return bool(self.hidden)

    own = vars(Proxy)["__getattribute__"]
    assert not check(component_of(Proxy, "proxy"), never("proxy == 'b'"))
    assert vars(Proxy)["__getattribute__"] is own


def test_the_parts_of_a_system_of_rows_take_rows_too() -> None:
    rows = [Row("go", "a", "b", conditions=[lambda: False]), Row("go", "a", "b")]
    component = Component("part", ["a", "b"], "a", rows, {"go"})
    system = System("alone", [component])
    assert not check(system, never("part == 'b'"))
    assert Table(component).rows(0, "go") == (rows[1],)


def task_and_tool(task: Callable[[], object], tool: Callable[[], object], shared: list[str]) -> System:
    return replace(compose({"task": task, "tool": tool}, shared=shared), copied=frozenset({"task"}))


def test_instances_are_refused_where_a_callback_fires_what_is_shared() -> None:
    with pytest.raises(CompositionError, match="a callback fires 'finish', which 'tool' takes too"):
        decompose(task_and_tool(worker(Machine), boss, ["finish"]))


def test_what_firing_does_not_see_is_told_of_several_instances_too() -> None:
    lent: list[None] = []

    class Tool:
        def __init__(self) -> None:
            rows = [{"trigger": "take", "source": "free", "dest": "lent", "conditions": "is_sharp"}]
            rows.append({"trigger": "give", "source": "lent", "dest": "free"})
            Machine(self, states=["free", "lent"], initial="free", transitions=rows, auto_transitions=False)

        def is_sharp(self) -> bool:
            return not lent

    def task() -> Machine:
        rows = [["take", "new", "busy"], ["give", "busy", "new"]]
        return Machine(states=["new", "busy"], initial="new", transitions=rows, auto_transitions=False)

    asked = can_always_reach("task == 'new'")
    result = check_instances(task_and_tool(task, Tool, ["take", "give"]), asked, 2)
    assert (result.instances, result.note) == (
        2,
        "component 'tool': its callbacks read what firing does not see: closures (lent)",
    )
