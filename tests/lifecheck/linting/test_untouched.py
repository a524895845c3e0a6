"""What is only read stays as it was, to the last source, and none of its code runs."""

from __future__ import annotations

from functools import partial
from inspect import ismethod
from typing import Any, ClassVar

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import System, check, component_of, lint, never, story


class Loud:
    """Fails as soon as any of its code runs."""

    def __init__(self) -> None:
        self.machine = self.made()
        self.armed = True

    def made(self) -> Machine:
        row = {"trigger": "go", "source": "a", "dest": "b", "conditions": "check", "prepare": "act", "after": "act"}
        states = [{"name": "a", "on_exit": "act"}, {"name": "b", "on_enter": "act"}]
        every = dict.fromkeys(("prepare_event", "before_state_change", "after_state_change", "finalize_event"), "act")
        return Machine(self, states=states, initial="a", transitions=[row], **every)

    def check(self) -> bool:
        raise AssertionError("a condition ran")

    def act(self) -> None:
        raise AssertionError("a callback ran")

    @property
    def reading(self) -> int:
        if "armed" in vars(self):
            raise AssertionError("a property was read")
        return 0


class LoudNested(Loud):
    """The same in a hierarchical machine with parallel regions."""

    def made(self) -> Machine:
        row = {"trigger": "go", "source": "p_a_x", "dest": "p_a_y", "conditions": "check", "after": "act"}
        child = {"name": "a", "children": ["x", "y"], "initial": "x", "on_exit": "act"}
        states = [{"name": "p", "parallel": [child, "b"], "on_enter": "act"}]
        return HierarchicalMachine(self, states=states, initial="p", transitions=[row])


def structure(thing: Any, seen: dict[int, int] | None = None) -> Any:
    """Return all that an object is made of, by type, content and identity, as plain data."""
    seen = {} if seen is None else seen
    if isinstance(thing, str | int | float | bool | None):
        return thing
    if ismethod(thing):  # made anew each time it is read
        return (thing.__name__, structure(thing.__self__, seen))
    if id(thing) in seen:
        return ("again", seen[id(thing)])
    seen[id(thing)] = len(seen)
    inside: Any
    if isinstance(thing, partial):
        inside = [structure(part, seen) for part in (thing.func, *thing.args)]
    elif isinstance(thing, dict):
        inside = [(structure(key, seen), structure(value, seen)) for key, value in thing.items()]
    elif isinstance(thing, list | tuple | set | frozenset):
        inside = [structure(item, seen) for item in thing]
    else:
        inside = structure_of_attributes(thing, seen)
    return (type(thing).__name__, id(thing), inside)


def structure_of_attributes(thing: object, seen: dict[int, int]) -> Any:
    if not hasattr(thing, "__dict__"):
        return repr(thing)
    return [(name, structure(value, seen)) for name, value in vars(thing).items()]


@pytest.mark.parametrize("kind", [Loud, LoudNested])
@pytest.mark.parametrize("given", ["model", "machine"])
def test_lint_of_an_object_reads_and_runs_nothing(kind: type[Loud], given: str) -> None:
    model = kind()
    before = structure(model)
    report = lint(model if given == "model" else model.machine, attributes=["reading"])
    assert structure(model) == before
    assert report.states == 0
    assert (
        "only the definition was read and no callback was run; to explore, give a function that returns a fresh "
        "machine or model" in report.remarks
    )


def silent(kind: type[Machine]) -> Machine:
    states: list[Any] = ["a", "b"]
    if kind is HierarchicalMachine:
        states[1] = {"name": "b", "parallel": [{"name": "l", "children": ["x", "y"], "initial": "x"}, "r"]}
    return kind(states=states, initial="a", transitions=[["go", "a", "b"], ["back", "b", "a"]])


@pytest.mark.parametrize("kind", [Machine, HierarchicalMachine])
def test_a_machine_without_callbacks_is_checked_and_stays_as_it_was(kind: type[Machine]) -> None:
    machine = silent(kind)
    before = structure(machine)
    assert lint(machine).codes in ((), ("unreachable-state",))
    story(check(System("mine", [component_of(machine)]), never(lambda s: s.machine == "a")))
    assert structure(machine) == before


def test_structure_sees_a_source_that_was_invented() -> None:
    machine = silent(Machine)
    before = structure(machine)
    machine.events["go"].transitions["nowhere"]
    assert structure(machine) != before


def test_only_machines_of_the_factory_are_moved() -> None:
    made: list[Loud] = []

    class Quiet(Loud):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

        def check(self) -> bool:
            return True

        def act(self) -> None:
            """Do nothing."""

    report = lint(Quiet, final=["b"])
    assert report.codes == ()
    assert "exploring ran the callbacks, on machines that the factory made" in report.remarks
    assert len(made) < 50  # two to see that they are fresh, two to fire, and some for each way to be driven


class Turn:
    """All models share a machine of their class, and each has a bound of its own."""

    rows: ClassVar[list[Any]] = [
        {"trigger": "turn", "source": "a", "dest": "=", "conditions": "may_turn_on", "after": "count"},
        {"trigger": "turn", "source": "a", "dest": "b", "unless": "may_turn_on"},
    ]
    shared: ClassVar[Machine] = Machine(None, states=["a", "b", "c"], initial="a", transitions=rows)

    def __init__(self) -> None:
        self.turns = 0
        self.shared.add_model(self)

    def may_turn_on(self) -> bool:
        return self.turns < 2

    def count(self) -> None:
        self.turns += 1


def test_a_machine_that_models_share_is_fired_and_left_as_it_is() -> None:
    before = structure([Turn.shared.events, Turn.shared.states])
    report = lint(Turn, attributes=["turns"], final=["b"])
    Turn.shared.models.clear()  # to which each new model adds itself
    assert structure([Turn.shared.events, Turn.shared.states])[2] == before[2]
    assert report.codes == ("unreachable-state",)
    assert report.states == 4
    assert any(remark.startswith("the models share one machine, which is left as it is") for remark in report.remarks)


class Guarding(HierarchicalMachine):
    """Keeps on itself what cannot be copied."""

    def __init__(self) -> None:
        self.stream = (number for number in range(3))
        super().__init__(states=["a", {"name": "b", "children": ["c"], "initial": "c"}], initial="a")
        self.add_transition("go", "a", "b")


def test_what_a_machine_of_ones_own_class_keeps_is_not_copied() -> None:
    machine = Guarding()
    before = structure(machine)
    assert component_of(machine).states == ("a", "b_c")
    assert structure(machine) == before
    assert next(machine.stream) == 0
