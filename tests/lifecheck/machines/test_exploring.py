"""Whatever is remarkable about a firing is told: what raises, what differs, what is hidden, what does not end."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import ComponentError, System, check, component_of, lint, never
from lifecheck.statespace.growth import growing_attribute
from lifecheck.system.state import LocalState


def told(given: Any, **options: Any) -> list[str]:
    """Return the findings of exploring, each in one line."""
    findings = lint(given, **options).findings
    return [f"{one.code}: {one.place}: {one.sentence}" for one in findings if one.origin == "exploring"]


def test_a_factory_whose_machines_start_differently_is_told() -> None:
    starts = itertools.cycle(["a", "b", "b"])
    rows = [["go", "a", "b"], ["go", "b", "a"]]
    assert told(lambda: Machine(states=["a", "b"], initial=next(starts), transitions=rows)) == [
        "outcome-differs: the factory: two firings differ, it starts in 'b' and in 'a'"
    ]


def test_a_factory_whose_machines_differ_in_their_transitions_is_refused() -> None:
    rows = itertools.cycle([[["go", "a", "b"]], [["go", "b", "a"]]])
    with pytest.raises(ComponentError, match="its factory returns machines with different transitions, such as 'go'"):
        lint(lambda: Machine(states=["a", "b"], initial="a", transitions=next(rows)))


def test_what_an_instance_keeps_to_itself_shows_when_it_is_driven_again() -> None:
    class Tiring:
        def __init__(self) -> None:
            self.left = (answer for answer in [True, False])  # nothing tells how far a generator is
            rows = [{"trigger": "go", "source": "a", "dest": "b", "conditions": "may"}, ["go", "a", "c"]]
            rows += [["back", "b", "a"], ["back", "c", "a"]]
            Machine(self, states=["a", "b", "c"], initial="a", transitions=rows)

        def may(self) -> bool:
            return next(self.left, False)

    assert "outcome-differs: trigger 'go' in state 'a': two firings differ, to 'b' and to 'c'" in told(Tiring)


def test_what_shows_only_after_some_firings_shows_when_a_machine_is_driven_to_a_state_again() -> None:
    class Tiring:
        def __init__(self) -> None:
            self.left = (answer for answer in [True, True])
            rows = [{"trigger": "go", "source": "a", "dest": "b", "conditions": "may"}, ["go", "a", "c"]]
            rows += [["back", "b", "a"], ["stay", "b", "b"], ["back", "c", "a"]]
            Machine(self, states=["a", "b", "c"], initial="a", transitions=rows)

        def may(self) -> bool:
            return next(self.left, False)

    differs = "outcome-differs: trigger 'go' in state 'a': two firings differ, to 'b' and "
    assert any(line.startswith(differs) and line.endswith("to 'c'") for line in told(Tiring))


@pytest.mark.parametrize("error", [ValueError("no disk"), SystemExit(3), LookupError()])
def test_a_callback_that_raises_is_told_with_trigger_and_state(error: BaseException) -> None:
    class Writing:
        def __init__(self) -> None:
            rows = [{"trigger": "write", "source": "a", "dest": "b", "before": "fail"}, ["write", "b", "a"]]
            Machine(self, states=["a", "b"], initial="a", transitions=rows)

        def fail(self) -> None:
            raise error

    (line,) = told(Writing)
    assert line == f"callback-raises: trigger 'write' in state 'a': {type(error).__name__}: {error}"
    system = System("disk", [component_of(Writing, "disk")])
    with pytest.raises(ComponentError, match="trigger 'write' in state 'a': " + type(error).__name__):
        check(system, never(lambda s: s.disk == "b"))


def test_an_interrupt_is_passed_on() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lint(lambda: Machine(states=["a"], initial="a", transitions=[["go", "a", "="]], after_state_change=interrupt))


class Odd:
    """Cannot be compared."""

    def __eq__(self, other: object) -> bool:
        raise TypeError("not comparable")

    __hash__ = object.__hash__


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (Odd, Odd, True),
        (list, lambda: [1], True),
        (dict, lambda: {"a": {1}}, True),
        (lambda: (1, [2]), lambda: (1, [2]), False),
        (lambda: {1, 2}, lambda: {2, 1}, False),
    ],
)
def test_hidden_state_is_seen_by_what_it_holds(
    before: Callable[[], object], after: Callable[[], object], changes: bool
) -> None:
    class Holding:
        def __init__(self) -> None:
            self.held = before()
            rows = [{"trigger": "go", "source": "a", "dest": "=", "after": "change"}]
            Machine(self, states=["a"], initial="a", transitions=rows)

        def change(self) -> None:
            self.held = after()

    assert bool(told(Holding)) == changes


def test_what_a_slot_holds_is_hidden_state_too() -> None:
    names = ("state", "trigger", "may_trigger", "go", "may_go", "is_a", "to_a", "may_to_a", "held")

    class Slotted:
        __slots__ = names

        def __init__(self) -> None:
            self.held = 0
            Machine(self, states=["a"], initial="a", transitions=[["go", "a", "="]], after_state_change="change")

        def change(self) -> None:
            self.held += 1

    assert told(Slotted) == [
        "undeclared-attribute: trigger 'go' in state 'a': a callback changes 'held', which is not declared"
    ]


def test_an_attribute_that_cannot_be_set_is_refused() -> None:
    class Read:
        def __init__(self) -> None:
            Machine(self, states=["a"], initial="a", transitions=[["go", "a", "="]])

        @property
        def size(self) -> int:
            return 1

    with pytest.raises(ComponentError, match=r"attribute 'size' cannot be set .*; declare what it is made from"):
        lint(Read, attributes=["size"])


def test_a_machine_that_cannot_be_copied_asks_for_a_function() -> None:
    machine = HierarchicalMachine(states=["a", {"name": "b", "children": ["c"]}], initial="a")
    machine.states["a"].note = (one for one in "generators cannot be copied")  # type: ignore[attr-defined]
    with pytest.raises(ComponentError, match=r"the machine cannot be copied .* give a function that returns"):
        component_of(machine)


def test_a_row_that_asks_for_a_condition_and_its_opposite_never_wins() -> None:
    def free() -> bool:
        return True

    rows = [
        {"trigger": "go", "source": "a", "dest": "b", "conditions": free, "unless": free},
        {"trigger": "go", "source": "a", "dest": "=", "conditions": "a.b", "unless": "a.b"},
        ["go", "a", "b"],
    ]
    machine = Machine(states=["a", {"name": "b", "final": True}], initial="a", transitions=rows)
    sentences = [finding.sentence for finding in lint(machine).findings]
    assert len(sentences) == 2
    assert sentences[0].endswith("free' and for its opposite")
    assert sentences[1] == "it can never be taken, because it asks for 'a.b' and for its opposite"


class Dynamic:
    """Answers any name, so that no callback is known to be missing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return None


def test_where_a_model_answers_any_name_no_callback_is_called_unknown() -> None:
    rows = [{"trigger": "go", "source": "a", "dest": "a", "after": "anything"}]
    assert lint(Machine(Dynamic(), states=["a"], initial="a", transitions=rows, model_override=True)).codes == ()
    assert lint(Machine(None, states=["a"], initial="a", transitions=rows)).codes == ()
    assert lint(Machine(states=["a"], initial="a", transitions=rows)).codes == ("unknown-callback",)


def test_only_what_still_takes_new_values_keeps_growing() -> None:
    def states(values: list[int]) -> list[LocalState]:
        return [LocalState("a", "part", ("a",), {"early": min(value, 3), "late": value}) for value in values]

    assert growing_attribute(states(list(range(20)))) == ("late", 20)
    assert growing_attribute(states([0, 1, 2, 3, 3, 3, 3, 3])) is None
    assert growing_attribute([]) is None
    plain = [LocalState("a", "part", ("a",))]
    assert growing_attribute(plain) is None
