"""State that nobody declared is an error, wherever it is kept: deep in objects, on the machine, in classes."""

from __future__ import annotations

import itertools
import random
import re
import time
from collections import deque
from typing import Any

import pytest
from transitions import Machine

from lifecheck import (
    ComponentError,
    CompositionError,
    Verdict,
    always,
    check,
    component_of,
    compose,
    lint,
    never,
    story,
)
from lifecheck.machines import called_after
from lifecheck.machines.hidden_state import HiddenState
from lifecheck.machines.state_features import StateFeatures
from tests import needs

DEAD = never("state == 'dead'")


class Dying:
    """Dies at the third attempt, which it counts somewhere."""

    def __init__(self) -> None:
        rows = [
            {"trigger": "try_", "source": "idle", "dest": "dead", "conditions": "is_enough"},
            {"trigger": "try_", "source": "idle", "dest": "=", "after": "count"},
        ]
        self.held: Any = self.made()
        self.machine: Any = Machine(self, states=["idle", "dead"], initial="idle", transitions=rows)

    def made(self) -> Any:
        return Counter()

    def is_enough(self) -> bool:
        return bool(self.counted() >= 3)

    def counted(self) -> int:
        return int(self.held.count)

    def count(self) -> None:
        self.held.count += 1


class Counter:
    def __init__(self) -> None:
        self.count = 0


class Slotted:
    __slots__ = ("__secret", "count")

    def __init__(self) -> None:
        self.count = 0


class Equal(Counter):
    """Says of all of its kind that they are equal."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Equal)

    __hash__ = Counter.__hash__


class InSlots(Dying):
    def made(self) -> Any:
        return Slotted()


class InWhatComparesEqual(Dying):
    def made(self) -> Any:
        return Equal()


class InNestedContainers(Dying):
    def made(self) -> Any:
        return [{"a": (Counter(),)}]

    def counted(self) -> int:
        return int(self.held[0]["a"][0].count)

    def count(self) -> None:
        self.held[0]["a"][0].count += 1


class InASet(Dying):
    def made(self) -> Any:
        return {Counter()}

    def counted(self) -> int:
        return int(next(iter(self.held)).count)

    def count(self) -> None:
        next(iter(self.held)).count += 1


class InAQueue(Dying):
    def made(self) -> Any:
        return deque()

    def counted(self) -> int:
        return len(self.held)

    def count(self) -> None:
        self.held.append(1)


class InAnIterator(Dying):
    def made(self) -> Any:
        return iter([False, False, False, True])

    def is_enough(self) -> bool:
        return bool(next(self.held))

    def count(self) -> None:
        """Do nothing."""


class InACycle(Dying):
    def made(self) -> Any:
        counter: Any = Counter()
        counter.owner, counter.itself = self, counter
        return [counter]

    def counted(self) -> int:
        return int(self.held[0].itself.count)

    def count(self) -> None:
        self.held[0].itself.count += 1


class OnTheMachine(Dying):
    def counted(self) -> int:
        return int(getattr(self.machine, "count", 0))

    def count(self) -> None:
        self.machine.count = self.counted() + 1


class InItsClass(Dying):
    number = 0

    def counted(self) -> int:
        return type(self).number

    def count(self) -> None:
        type(self).number += 1


class InAnotherMachine(Dying):
    def made(self) -> Any:
        rows = [[f"step_{number}", str(number), str(number + 1)] for number in range(3)]
        return Machine(states=["0", "1", "2", "3"], initial="0", transitions=rows)

    def counted(self) -> int:
        return int(self.held.state)

    def count(self) -> None:
        self.held.trigger(f"step_{self.held.state}")


class InAGenerator(Dying):
    def made(self) -> Any:
        return random.Random(4)

    def is_enough(self) -> bool:
        return bool(self.held.random() < 0.01)

    def count(self) -> None:
        """Do nothing."""


class Subclass(Machine):
    """Is its own model."""

    def __init__(self) -> None:
        rows = [
            {"trigger": "try_", "source": "idle", "dest": "dead", "conditions": "is_enough"},
            {"trigger": "try_", "source": "idle", "dest": "=", "after": "count"},
        ]
        self.held = Counter()
        super().__init__(self, states=["idle", "dead"], initial="idle", transitions=rows)

    def is_enough(self) -> bool:
        return self.held.count >= 3

    def count(self) -> None:
        self.held.count += 1


KEPT: dict[type, str] = {
    Dying: "held.count",
    InSlots: "held.count",
    InWhatComparesEqual: "held.count",
    InNestedContainers: "held.count",
    InASet: "held.count",
    InAQueue: "held",
    InAnIterator: "held",
    InACycle: "held.count",
    OnTheMachine: "machine.count",
    InItsClass: "InItsClass.number",
    InAnotherMachine: "held.state",
    InAGenerator: "held",
    Subclass: "held.count",
}
"""Where each keeps its count, as messages call it."""


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_hidden_state_is_refused_wherever_an_object_keeps_it(kind: type) -> None:
    place = f"component {called_after(kind)!r}, trigger 'try_' in state 'idle': "
    with pytest.raises(ComponentError, match=re.escape(f"{place}it changes {KEPT[kind]!r}, which is hidden state; ")):
        check(kind, DEAD)


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_lint_does_not_call_unreachable_what_hidden_state_leads_to(kind: type) -> None:
    InItsClass.number = 0
    report = lint(kind, final=["dead"])
    assert not {"unreachable-state", "unused-transition"} & {*report.codes}
    assert f"a callback changes '{KEPT[kind]}', which is not declared" in [one.sentence for one in report.findings]


class Journal:
    def __init__(self) -> None:
        self.entries: list[str] = []
        self.title = "journal"


class Logging:
    """Goes to and fro, and writes that down in many ways on which nothing depends."""

    def __init__(self) -> None:
        rows = [
            {"trigger": "go", "source": "here", "dest": "there", "after": "write"},
            {"trigger": "back", "source": "there", "dest": "here", "after": "write"},
        ]
        self.log: list[str] = []
        self.journal = Journal()
        Machine(self, states=["here", "there"], initial="here", transitions=rows)

    def write(self) -> None:
        self.log.append("written")
        self.written_at = time.monotonic()
        self.journal.entries.append("written")


IGNORED = ["log", "written_at", "journal.entries"]


@pytest.mark.parametrize("missing", IGNORED)
def test_what_is_ignored_may_change_and_nothing_else(missing: str) -> None:
    asked = never("state == 'there' and state == 'here'")
    assert check(Logging, asked, ignored=IGNORED).verdict is Verdict.HOLDS
    assert lint(Logging, ignored=IGNORED).codes == ()
    rest = [name for name in IGNORED if name != missing]
    with pytest.raises(ComponentError, match=re.escape(f"or write ignored=[{missing!r}]") + "|" + re.escape(missing)):
        check(Logging, asked, ignored=rest)
    assert lint(Logging, ignored=rest).codes == ("undeclared-attribute",)


def test_a_composition_ignores_by_machine() -> None:
    system = compose({"one": Logging}, ignored={"one": IGNORED})
    assert check(system, never("one == 'there' and one == 'here'")).verdict is Verdict.HOLDS
    assert system.components[0].ignored == tuple(IGNORED)


def test_what_is_ignored_and_decides_all_the_same_is_found_by_driving() -> None:
    message = "to 'idle' and, on a fresh machine after try_, try_, try_, to 'dead'; the outcome depends on something"
    with pytest.raises(ComponentError, match=re.escape(message)) as raised:
        check(Dying, DEAD, ignored=["held"])
    assert "or what is ignored ('held')" in str(raised.value)
    assert lint(Dying, ignored=["held"], final=["dead"]).codes == ("outcome-differs",)


class Wide:
    """Holds what changes in every place that has a name."""

    opened = 0
    __slots__ = ("__dict__", "place")

    def __init__(self) -> None:
        self.place = {"journals": [Journal()]}
        self.tell = Journal().entries.append
        rows = [["go", "here", "there"], {"trigger": "back", "source": "there", "dest": "here", "after": "note"}]
        self.own = Machine(self, states=["here", "there"], initial="here", transitions=rows)
        self.own.counted = 0

    def note(self) -> None:
        Wide.opened += 1
        self.own.counted += 1
        self.noted_at = time.monotonic()
        self.place["journals"][0].title += "!"


@pytest.mark.parametrize("within", [[], ["opened"]])
def test_an_ignored_name_is_found_in_the_model_its_machine_its_classes_and_what_they_hold(within: list[str]) -> None:
    names = ["Wide.opened", "own.counted", "noted_at", "place.title", "tell.anything", *within]
    assert check(Wide, always("state in ('here', 'there')"), ignored=names).verdict is Verdict.HOLDS
    assert lint(Wide, ignored=names).codes == ()


MISSPELT = {
    "lgo": "did you mean 'log'?",
    "journal.entires": "did you mean 'journal'?",
    "Journal.entries": "known are 'log', 'journal'",
    "log.entries": "known are 'log', 'journal'",
    "never": "known are 'log', 'journal'",
}


@pytest.mark.parametrize("name", MISSPELT)
def test_an_ignored_name_that_nothing_has_is_an_error_each_time(name: str) -> None:
    message = f"ignored names {name!r}, which neither its machine nor its model has in any state; {MISSPELT[name]}"
    for _ in range(2):
        with pytest.raises(ComponentError, match=re.escape(message)):
            check(Logging, never("state == 'there' and state == 'here'"), ignored=[*IGNORED, name])
    with pytest.raises(ComponentError, match=re.escape(message)):
        lint(Logging, ignored=[*IGNORED, name])
    with pytest.raises(ComponentError, match=re.escape(message)):
        check(compose({"one": Logging}, ignored={"one": [*IGNORED, name]}), never("one == 'there' and one == 'here'"))


def test_where_not_every_state_was_reached_an_ignored_name_may_still_come() -> None:
    told = check(Logging, never("state == 'here' and state == 'there'"), ignored=[*IGNORED, "never"], limit=1)
    assert told.verdict is Verdict.UNKNOWN


def test_a_machine_that_is_rebuilt_has_nothing_to_ignore() -> None:
    machine = Machine(states=["a", "b"], initial="a", transitions=[["go", "a", "b"]])
    with pytest.raises(ComponentError, match=r"ignored names 'log', .*; there are none"):
        check(machine, never("state == 'b'"), ignored=["log"])


def test_ignored_is_a_list_of_what_is_not_declared() -> None:
    with pytest.raises(CompositionError, match="ignored is the text 'log'; write a list of names"):
        check(Logging, DEAD, ignored="log")
    with pytest.raises(ComponentError, match="ignored is the text 'log'; write a list of names"):
        lint(Logging, ignored="log")
    with pytest.raises(ComponentError, match="attribute 'log' is both declared and ignored"):
        component_of(Logging, attributes=["log"], ignored=["log"])
    with pytest.raises(CompositionError, match=r"ignored were given beside 'logging', which declares its own"):
        check(component_of(Logging), DEAD, ignored=["log"])


def test_a_state_kept_behind_a_property_is_ignored_by_the_name_behind_it() -> None:
    class Backed:
        def __init__(self) -> None:
            self._state: Any = None
            Machine(self, states=["a", "b"], initial="a", transitions=[["go", "a", "b"], ["back", "b", "a"]])

        @property
        def state(self) -> Any:
            return self._state

        @state.setter
        def state(self, value: Any) -> None:
            self._state = value

    with pytest.raises(ComponentError, match=re.escape("write ignored=['_state']: what a condition")):
        check(Backed, never("state == 'b'"))
    assert check(Backed, never("state == 'b'"), ignored=["_state"]).verdict is Verdict.VIOLATED


class Late:
    """Has an attribute only after it was there."""

    def __init__(self) -> None:
        rows = [{"trigger": "go", "source": "here", "dest": "there", "after": "note"}, ["back", "there", "here"]]
        Machine(self, states=["here", "there"], initial="here", transitions=rows)

    def note(self) -> None:
        self.been = 3


def test_a_declared_attribute_that_is_set_later_counts_as_absent_before() -> None:
    result = check(Late, never("late.been == 3 and state == 'here'"), attributes=["been"])
    assert result.verdict is Verdict.VIOLATED
    assert story(result).splitlines()[0] == "  Start  late here(been=absent)"
    assert lint(Late, attributes=["been"]).states == 3


def test_a_declared_attribute_that_is_never_there_is_an_error() -> None:
    for ask in (check, lint):
        with pytest.raises(ComponentError, match="component 'late': its model has no attribute 'gone'; set it when"):
            ask(Late, *([DEAD] if ask is check else []), attributes=["been", "gone"])  # type: ignore[operator]


class Drawing:
    """Draws in a condition, seldom with another outcome."""

    def __init__(self) -> None:
        rows = [{"trigger": "go", "source": "a", "dest": "b", "conditions": "may"}, ["go", "a", "="]]
        Machine(self, states=["a", {"name": "b", "final": True}], initial="a", transitions=rows)

    def may(self) -> bool:
        return random.random() < 0.001


def test_random_numbers_are_refused_also_where_the_outcome_is_seldom_another() -> None:
    for _ in range(20):
        with pytest.raises(ComponentError, match="trigger 'go' in state 'a': it uses random numbers"):
            check(component_of(Drawing, "machine"), never("state == 'b'"))
        assert lint(Drawing).codes == ("outcome-differs",)


def test_random_numbers_of_numpy_are_refused_as_well() -> None:
    needs.package("numpy")
    from numpy import random as numpy_random

    class DrawingOfNumpy(Drawing):
        def may(self) -> bool:
            return bool(numpy_random.random() < 0.001)

    with pytest.raises(ComponentError, match="trigger 'go' in state 'a': it uses random numbers"):
        check(component_of(DrawingOfNumpy, "machine"), never("state == 'b'"))


def test_objects_that_many_share_are_looked_at_once_and_only_so_many() -> None:
    class Crowded:
        def __init__(self) -> None:
            shared = [Counter() for _ in range(100)]
            self.crowd = [shared for _ in range(10_000)]
            deep: list[Any] = []
            for _ in range(5_000):
                deep = [deep]
            self.deep = deep
            self.locks = [itertools.count(), object(), open]
            Machine(self, states=["a"], initial="a", transitions=[["go", "a", "="]], after_state_change="nothing")

        def nothing(self) -> None:
            """Change nothing."""

    assert lint(Crowded).codes == ()


@pytest.mark.parametrize(("ignored", "kept"), [((), ["machine.log"]), (("machine.log",), []), (("machine",), [])])
def test_what_is_kept_on_the_machine_may_be_ignored_by_its_name_or_with_the_whole_machine(
    ignored: tuple[str, ...], kept: list[str]
) -> None:
    class Job:
        def __init__(self) -> None:
            self.machine = Machine(self, states=["new"], initial="new")
            self.machine.log = ["made"]  # type: ignore[attr-defined]

    job = Job()
    features = StateFeatures(job.machine, job)
    assert [*HiddenState(job.machine, job, (), ignored, features).kept("new")] == kept
