"""Hierarchical machines, parallel regions included, are fired as they are and checked like any other."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from random import Random
from typing import Any

import pytest
from hypothesis.stateful import run_state_machine_as_test
from transitions import MachineError
from transitions.extensions import HierarchicalMachine
from transitions.extensions.nesting import NestedState

from lifecheck import (
    ComponentError,
    PredicateError,
    Run,
    System,
    Verdict,
    can_always_reach,
    check,
    component_of,
    eventually,
    explore,
    leads_to,
    never,
    sometimes,
)
from lifecheck.changes.mutants import mutants_of
from lifecheck.diagrams.component import component_diagram
from lifecheck.diagrams.lifecycle import lifecycle_diagram
from lifecheck.machines.component_machine import Live
from lifecheck.machines.hierarchy import value_of
from lifecheck.machines.table import Table
from lifecheck.stateful import state_machine
from tests.lifecheck.random_machines import random_hierarchical_machines

SOUND = {"name": "sound", "children": ["on", "off"], "initial": "on"}
DISC = {"name": "disc", "children": ["turning", "paused"], "initial": "turning"}
ROWS = [
    ["start", "idle", "playing"],
    ["mute", "playing_sound_on", "playing_sound_off"],
    ["pause", "playing_disc_turning", "playing_disc_paused"],
    ["stop", "playing", "idle"],
]


def player(**options: Any) -> HierarchicalMachine:
    states = ["idle", {"name": "playing", "parallel": [SOUND, DISC]}]
    return HierarchicalMachine(states=states, initial="idle", transitions=ROWS, **options)


def system(machine: Any = player, **options: Any) -> System:
    return System("player", [component_of(machine, "player", **options)])


BOTH_WAYS = pytest.mark.parametrize("given", [player, player()], ids=["factory", "machine"])


@BOTH_WAYS
def test_its_states_are_those_reached_as_the_library_writes_them(given: Any) -> None:
    component = component_of(given, "player")
    assert component.states == (
        "idle",
        "playing_sound_on|playing_disc_turning",
        "playing_sound_off|playing_disc_turning",
        "playing_sound_on|playing_disc_paused",
        "playing_sound_off|playing_disc_paused",
    )
    assert component.triggers == ("start", "mute", "pause", "stop")
    assert "to_playing_sound_off" in component.left_out
    assert len(explore(System("player", [component]))) == 5


@BOTH_WAYS
def test_properties_of_it_are_checked_and_their_evidence_replays(given: Any) -> None:
    played = system(given)
    violated = check(played, never(lambda s: s.player == "playing_sound_off|playing_disc_paused"))
    assert violated.verdict is Verdict.VIOLATED
    assert violated.evidence is not None
    assert violated.evidence.stem == ("start", "mute", "pause")
    assert check(played, can_always_reach(lambda s: s.player == "idle")).verdict is Verdict.HOLDS
    assert check(played, eventually(lambda s: s.player.within("playing_disc"))).verdict is Verdict.HOLDS
    assert check(played, sometimes(lambda s: s.player.within("playing") and s.player == "idle")).verdict is (
        Verdict.VIOLATED
    )
    loop = check(played, leads_to(lambda s: s.player == "idle", lambda s: s.player.within("playing_sound_off")))
    assert loop.evidence is not None
    assert loop.evidence.loop is not None


def test_a_machine_given_itself_is_never_moved() -> None:
    machine = player()
    check(system(machine), never(lambda s: s.player.within("playing_sound_off")))
    assert machine.state == "idle"
    assert len(machine.models) == 1


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        (lambda s: s.player == "idel", "component 'player' has no state 'idel'; did you mean 'idle'?"),
        (lambda s: s.player == "playing_sound_on|playing_disc_turnin", "no state 'playing_disc_turnin'; did you mean"),
        (
            lambda s: s.player == "playing",
            "'playing' is never the state itself, because it enters a child; ask within(",
        ),
        (lambda s: s.player.within("plying"), "component 'player' has no state 'plying'; did you mean 'playing'"),
    ],
)
def test_a_predicate_that_names_no_state_is_told_the_nearest(predicate: Any, message: str) -> None:
    with pytest.raises(PredicateError, match=re.escape(message)):
        check(system(), never(predicate))


def test_regions_may_be_named_in_any_order() -> None:
    swapped = check(system(), never(lambda s: s.player == "playing_disc_paused|playing_sound_off"))
    assert swapped.verdict is Verdict.VIOLATED


def test_it_meets_others_on_shared_triggers() -> None:
    lamp = component_of(
        HierarchicalMachine(states=["dark", {"name": "lit", "children": ["red"], "initial": "red"}], initial="dark"),
        "lamp",
        alphabet={"start"},
    )
    together = System("both", [component_of(player, "player"), lamp])
    assert len(explore(together)) == 1  # the lamp has no row for start, so that nothing can begin
    assert not Run(together).possible()


def test_enums_and_attributes_are_part_of_its_states() -> None:
    class Level(Enum):
        LOW = 1
        HIGH = 2

    class Radio:
        uses = 0

        def count(self) -> None:
            self.uses += 1

        def fresh(self) -> bool:
            return self.uses < 2

    def radio() -> Radio:
        model = Radio()
        rows = [
            {"trigger": "turn_on", "source": "off", "dest": "on", "conditions": "fresh", "after": "count"},
            ["turn_off", "on", "off"],
            ["louder", "on_LOW", "on_HIGH"],
        ]
        states = ["off", {"name": "on", "children": Level, "initial": Level.LOW}]
        HierarchicalMachine(model, states=states, initial="off", transitions=rows)
        return model

    component = component_of(radio, "radio", attributes=["uses"])
    assert component.states == ("off", "on_LOW", "on_HIGH")
    result = check(System("radio", [component]), never(lambda s: s.radio == "on_HIGH" and s.radio.uses == 2))
    assert result.evidence is not None
    assert result.evidence.stem == ("turn_on", "turn_off", "turn_on", "louder")
    with pytest.raises(
        ComponentError, match="'radio': it cannot be mutated, because the rows of a hierarchical machine"
    ):
        next(mutants_of(System("radio", [component]))).changed  # noqa: B018 - made when it is asked for


def test_diagrams_and_mutants_are_made_of_it() -> None:
    played = system()
    (component,) = played.components
    assert "playing_sound_on|playing_disc_turning" in component_diagram(component).description
    assert (
        "start: idle to playing_sound_on|playing_disc_turning"
        in lifecycle_diagram(played, {"player": "The player"}).description
    )
    removed = next(mutant for mutant in mutants_of(played) if "row pause" in mutant.description)
    assert len(explore(removed.of(played))) < 5


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            lambda: HierarchicalMachine(states=["a|b"], initial="a|b"),
            "state 'a|b' contains '|', which stands between parallel states; rename it",
        ),
        (
            player(after_state_change=print),
            "the machine has conditions or callbacks, which checking would run on your object; give a function",
        ),
    ],
)
def test_one_that_cannot_be_explored_is_refused_with_the_reason(given: Any, message: str) -> None:
    with pytest.raises(ComponentError, match=re.escape(message)):
        component_of(given, "mine")


def test_another_separator_is_taken_as_it_is() -> None:
    class DottedState(NestedState):
        separator = "."

    class DottedMachine(HierarchicalMachine):
        state_cls = DottedState

    machine = DottedMachine(
        states=["off", {"name": "on", "children": ["low_light"], "initial": "low_light"}],
        initial="off",
        transitions=[["switch", "off", "on"]],
        auto_transitions=False,
    )
    assert component_of(machine, "lamp").states == ("off", "on.low_light")


def test_hypothesis_drives_it_and_finds_the_shortest_violation() -> None:
    def silent_pause(state: Any) -> bool:
        return bool(state.player == "playing_sound_off|playing_disc_paused")

    with pytest.raises(AssertionError, match=r"never\(silent_pause\) is violated") as raised:
        run_state_machine_as_test(state_machine(system(), never(silent_pause)))
    assert str(raised.value).count("player: ") == 3


def test_endless_states_stop_at_the_limit() -> None:
    class Queue:
        attempts = 0

        def __init__(self) -> None:
            rows = [{"trigger": "retry", "source": "on_queued", "dest": "=", "after": "count"}]
            states = [{"name": "on", "children": ["queued"], "initial": "queued"}]
            HierarchicalMachine(self, states=states, initial="on", transitions=rows)

        def count(self) -> None:
            self.attempts += 1

    result = check(system(Queue, attributes=["attempts"]), never(lambda s: s.player.attempts < 0), limit=20)
    assert result.verdict is Verdict.UNKNOWN
    assert "attribute 'attempts' of component 'player' keeps growing: it took 21 values so far, 20 last" in result.note


RANDOM = list(random_hierarchical_machines(seed=5, count=24))
"""About half of them have parallel regions."""


@pytest.mark.parametrize("factory", RANDOM)
def test_random_walks_of_the_machine_itself_stay_inside_the_fired_table(
    factory: Callable[[], HierarchicalMachine],
) -> None:
    random = Random(1)
    component = component_of(factory, "mine")
    flat = component_of(factory(), "mine")
    assert flat.states == component.states
    assert flat.rows == component.rows
    table = Table(component)
    for _ in range(4):
        machine, local = factory(), 0
        for _ in range(8):
            trigger = random.choice(component.triggers)
            try:
                taken = machine.trigger_event(machine, trigger)
            except (MachineError, ValueError):  # parallel regions below parallel ones refuse by a ValueError
                taken = False
            target = table.move(local, trigger)
            assert (target >= 0) == taken
            local = target if taken else local
            assert machine.state == value_of(str(table.states[local]), "_")


@pytest.mark.parametrize("factory", RANDOM[:8])
def test_what_is_announced_as_possible_is_taken_and_nothing_else(factory: Callable[[], HierarchicalMachine]) -> None:
    component = component_of(factory, "mine")
    table = Table(component)
    for number in range(len(component.states)):
        for trigger in component.triggers:
            taken = table.move(number, trigger) >= 0
            live = Live(component)
            live.place(table.states[number])
            assert live.may(trigger) == taken
