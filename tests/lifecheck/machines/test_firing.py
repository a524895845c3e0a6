"""Tables come from firing the real machines, which shows what a definition hides."""

from __future__ import annotations

import itertools
import re

import pytest
from transitions import Machine

from lifecheck import (
    Component,
    ComponentError,
    CompositionError,
    LifecheckError,
    Row,
    Run,
    System,
    Verdict,
    check,
    component_of,
    never,
)
from lifecheck.machines.conformance import BLOCKED
from lifecheck.machines.table import Table


def fired(component: Component) -> Table:
    """Fire every trigger in every local state that the component reaches on its own."""
    table = Table(component)
    for local, _ in enumerate(table.states):  # grows while it is walked
        for trigger in component.triggers:
            table.move(local, trigger)
    return table


def moves(component: Component, trigger: str) -> list[int]:
    table = fired(component)
    return [table.move(local, trigger) for local in range(len(table.states))]


class Retries:
    """A model whose attempts are bounded by a condition."""

    def __init__(self) -> None:
        self.attempts = 0

    def attempts_left(self) -> bool:
        return self.attempts < 2

    def count(self) -> None:
        self.attempts += 1


def _retrying() -> Machine:
    row = {"trigger": "retry", "source": "queued", "dest": "=", "conditions": "attempts_left", "after": "count"}
    give_up = {"trigger": "retry", "source": "queued", "dest": "lost"}
    return Machine(Retries(), ["queued", "lost"], "queued", [row, give_up], auto_transitions=False)


def test_declared_attributes_are_part_of_the_local_state() -> None:
    component = component_of(_retrying, "queue", attributes=["attempts"])
    assert [state.label for state in fired(component).states] == [
        "queued(attempts=0)",
        "queued(attempts=1)",
        "queued(attempts=2)",
        "lost(attempts=2)",
    ]
    assert moves(component, "retry") == [1, 2, 3, BLOCKED]


def test_predicates_read_declared_attributes() -> None:
    system = System("retries", [component_of(_retrying, "queue", attributes=["attempts"])])
    result = check(system, never(lambda s: s.queue == "lost" and s.queue.attempts == 2))
    assert result.verdict is Verdict.VIOLATED
    assert result.evidence is not None
    assert result.evidence.stem == ("retry", "retry", "retry")


def test_rows_with_conditions_are_judged_by_a_model_of_ones_own() -> None:
    rows = [
        Row("retry", "queued", "lost", unless=("attempts_left",)),
        Row("retry", "queued", "=", conditions=("attempts_left",)),
    ]
    component = Component("queue", ["queued", "lost"], "queued", rows, {"retry"}, model=Retries)
    assert moves(component, "retry") == [0]


def test_an_undeclared_attribute_that_changes_is_hidden_state() -> None:
    message = (
        "component 'queue', trigger 'retry' in state 'queued': it changes 'attempts', which is hidden state; "
        "write ignored=['attempts']: what a condition reads belongs to the state, and on the rest nothing may depend"
    )
    with pytest.raises(ComponentError, match=re.escape(message)):
        fired(component_of(_retrying, "queue"))


def test_a_machine_that_is_its_own_model_cannot_hide_state_either() -> None:
    class Counter(Machine):
        def __init__(self) -> None:
            self.log: list[str] = []
            rows = [{"trigger": "go", "source": "a", "dest": "a", "after": "note"}]
            super().__init__(states=["a"], initial="a", transitions=rows, auto_transitions=False)

        def note(self) -> None:
            self.log.append("gone")

    with pytest.raises(ComponentError, match="it changes 'log', which is hidden state"):
        fired(component_of(Counter, "counter"))


def test_an_outcome_that_differs_between_two_firings_is_refused() -> None:
    coin = itertools.cycle([True, False])
    rows = [Row("toss", "up", "down", conditions=(lambda: next(coin),)), Row("toss", "up", "=")]
    component = Component("coin", ["up", "down"], "up", rows, {"toss"})
    message = (
        "component 'coin', trigger 'toss' in state 'up': two firings differ, to 'down' and to 'up'; remove what is "
        "random, and declare in attributes=[...] what the outcome depends on"
    )
    with pytest.raises(ComponentError, match=re.escape(message)):
        fired(component)


def test_a_callback_that_raises_names_the_trigger_and_the_state() -> None:
    def broken() -> bool:
        raise RuntimeError("no disk")

    component = Component("disk", ["a"], "a", [Row("write", "a", "=", conditions=(broken,))], {"write"})
    message = "component 'disk', trigger 'write' in state 'a': RuntimeError: no disk"
    with pytest.raises(ComponentError, match=re.escape(message)):
        fired(component)
    with pytest.raises(ComponentError, match=re.escape(message)):
        Run(System("disk", [component])).possible()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "component 'queue': its model has no attribute 'attemps'; did you mean 'attempts'?"),
        ([], "component 'queue': attribute 'attemps' holds list, which cannot be part of a state"),
    ],
)
def test_an_attribute_that_cannot_be_read_as_state_is_refused(value: object, message: str) -> None:
    def machine() -> Machine:
        made = _retrying()
        if value is not None:
            made.models[0].attemps = value
        return made

    with pytest.raises(ComponentError, match=re.escape(message)):
        fired(component_of(machine, "queue", attributes=["attemps"]))


def test_a_machine_with_several_models_is_refused() -> None:
    def machine() -> Machine:
        return Machine([Retries(), Retries()], ["a"], "a", auto_transitions=False)

    with pytest.raises(ComponentError, match="carries 2 models; its factory must return a machine with one"):
        fired(component_of(machine))


def test_a_machine_without_a_model_gets_a_bare_one() -> None:
    def machine() -> Machine:
        return Machine(None, ["a", "b"], "a", [["go", "a", "b"]], auto_transitions=False)

    assert moves(component_of(machine), "go") == [1, BLOCKED]


def test_values_that_are_no_plain_data_are_compared_by_identity() -> None:
    def machine() -> Machine:
        made = _retrying()
        made.models[0].tools = {"pen": object(), "marks": {1, 2}, "list": [(1,)]}
        return made

    assert len(fired(component_of(machine, attributes=["attempts"])).states) == 4


def test_a_component_without_end_stops_at_the_limit() -> None:
    def machine() -> Machine:
        rows = [{"trigger": "retry", "source": "queued", "dest": "=", "after": "count"}]
        return Machine(Retries(), ["queued"], "queued", rows, auto_transitions=False)

    system = System("endless", [component_of(machine, "queue", attributes=["attempts"])])
    unknown = check(system, never(lambda s: s.queue.attempts < 0), limit=5)
    assert unknown.verdict is Verdict.UNKNOWN
    assert unknown.note.startswith("the limit of 5 states was met: 5 states were found")
    assert check(system, never(lambda s: s.queue.attempts == 3), limit=5).verdict is Verdict.VIOLATED


@pytest.mark.long
def test_an_observer_that_counts_without_end_is_refused() -> None:
    def machine() -> Machine:
        rows = [{"trigger": "retry", "source": "on", "dest": "=", "after": "count"}]
        return Machine(Retries(), ["on"], "on", rows, auto_transitions=False)

    counter = component_of(machine, "counter", attributes=["attempts"])
    watched = Component("queue", ["queued"], "queued", [Row("retry", "queued", "=")], {"retry"})
    with pytest.raises(CompositionError, match="observer 'counter' has more than 10,000 states; let it stop counting"):
        check(System("watched", [watched], observers=[counter]), never(lambda s: s.counter.attempts < 0))


@pytest.mark.parametrize(
    ("dest", "message"),
    [("=", "it ends in State(fuse=whole)"), ("burnt", "trigger 'load' is blocked by 'fuse' in state 'whole'")],
)
def test_evidence_that_does_not_replay_is_not_reported(
    dest: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Table, "drive", lambda self, complete: None)  # it would see the same before there is evidence
    fired = itertools.count()
    rows = [Row("load", "whole", "burnt", conditions=(lambda: next(fired) < 2,))]
    rows += [Row("load", "whole", dest)] if dest == "=" else []
    system = System("fuse", [Component("fuse", ["whole", "burnt"], "whole", rows, {"load"})])
    with pytest.raises(LifecheckError, match="the evidence does not replay on the real machines") as raised:
        check(system, never(lambda s: s.fuse == "burnt"))
    assert message in str(raised.value)


def test_an_automatic_trigger_that_a_callback_fires_is_told_as_any_other() -> None:
    class Jumping:
        def __init__(self) -> None:
            rows = [["go", "a", "b"], ["back", "error", "a"]]
            Machine(self, states=["a", "b", "error"], initial="a", transitions=rows)

        def on_enter_b(self) -> None:
            self.to_error()  # type: ignore[attr-defined]

    result = check(Jumping, never("state == 'b'"))
    assert result.note == "component 'jumping': a firing of 'go' also takes 'to_error', and is seen only where it ends"
