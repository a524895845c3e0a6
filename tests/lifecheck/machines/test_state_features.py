"""Time-outs, retries and volatile objects are fired as the library does what they say, on random machines too."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from transitions import Machine, MachineError
from transitions.extensions import HierarchicalMachine, LockedMachine
from transitions.extensions import states as library
from transitions.extensions.asyncio import AsyncMachine, AsyncTimeout
from transitions.extensions.states import Retry, Timeout, Volatile, add_state_features

from lifecheck import (
    ComponentError,
    Run,
    System,
    Verdict,
    can_always_reach,
    check,
    component_of,
    leads_to,
    lint,
    never,
    sometimes,
)
from lifecheck.machines import Table
from tests.cross_check import sized

MACHINES = sized(6, 12, 1_000)


@add_state_features(Timeout, Retry, Volatile)
class Flat(Machine):
    pass


@add_state_features(Timeout, Retry, Volatile)
class Nested(HierarchicalMachine):
    pass


@add_state_features(Timeout, Retry, Volatile)
class Locked(LockedMachine):
    pass


@add_state_features(AsyncTimeout)
class Asynchronous(AsyncMachine):
    pass


KINDS: dict[str, type[Machine]] = {"flat": Flat, "nested": Nested, "locked": Locked, "asynchronous": Asynchronous}
NAMES = ["a", "b", "c"]


class Alarm:
    """The test's own stand-in for the library's thread, so that the library alone can be driven."""

    def __init__(self, interval: float, function: Any, args: Any = ()) -> None:
        self.ring = lambda: function(*args)
        self.is_set = False
        self.daemon = False

    def start(self) -> None:
        self.is_set = True

    def cancel(self) -> None:
        self.is_set = False

    def is_alive(self) -> bool:
        return self.is_set

    def done(self) -> bool:
        return not self.is_set


@pytest.fixture
def _alarms(monkeypatch: pytest.MonkeyPatch) -> None:
    def create_timer(self: Any, event_data: Any) -> Alarm:
        alarm = Alarm(self.timeout, self._process_timeout, (event_data,))
        alarm.start()
        return alarm

    monkeypatch.setattr(library, "Timer", Alarm)
    monkeypatch.setattr(AsyncTimeout, "create_timer", create_timer)


def random_machine(random: Random, kind: str) -> Callable[[], Any]:
    """Return what makes one: states with time-outs that fire a trigger or do nothing, and states that count retries."""
    names = NAMES if kind != "nested" else ["a", "b", "p_x", "p_y"]
    rows = [
        {
            "trigger": random.choice(["go", "turn", "leave"]),
            "source": random.choice(names),
            "dest": random.choice([*names, "="]),
            "unless": random.choice([[], [], ["odd"]]),
            "after": random.choice([[], ["count"]]),
        }
        for _ in range(random.randint(4, 8))
    ]

    fired = [*{row["trigger"]: None for row in rows}, "count", "to_a"]

    def state(name: str) -> dict[str, Any]:
        found: dict[str, Any] = {"name": name}
        if random.random() < 0.5:
            found |= {"timeout": 5, "on_timeout": random.choice(fired)}
        if kind != "asynchronous" and random.random() < 0.5:
            found |= {"retries": random.randint(1, 2), "on_failure": random.choice(["to_a", "to_b", "count"])}
        return found

    states: list[Any] = [state(name) for name in names if "_" not in name]
    if kind == "nested":
        states.append({**state("p"), "children": [state("x"), state("y")], "initial": "x"})

    class Model:
        n = 0

        def __init__(self) -> None:
            KINDS[kind](self, states=states, initial="a", transitions=rows, ignore_invalid_triggers=True)

        def count(self) -> None:
            self.n = (self.n + 1) % 2

        def odd(self) -> bool:
            return self.n == 1

    return Model


def machine_of(model: Any) -> Any:
    return model.trigger.func.__self__


def by_the_library(model: Any, trigger: str, runner: asyncio.Runner) -> bool:
    """Fire by the library alone, or let an alarm ring that is set; whether that happened."""
    if trigger.startswith("time_out_"):
        alarm = machine_of(model).get_state(trigger.removeprefix("time_out_")).runner.get(id(model))
        if alarm is None or not alarm.is_alive():
            return False
        alarm.cancel()
        result = alarm.ring()
    else:
        result = model.trigger(trigger)
    if inspect.isawaitable(result):

        async def wait() -> Any:
            return await result

        result = runner.run(wait())
    return trigger.startswith("time_out_") or bool(result)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("_alarms")
def test_random_machines_do_what_the_library_does(kind: str) -> None:
    rung = machines = failed = 0
    with asyncio.Runner() as runner:
        for seed in range(MACHINES):
            random = Random(f"{kind} {seed}")
            factory = random_machine(random, kind)
            try:
                component = component_of(factory, "m", attributes=["n"])
                table = Table(component)
                for local, _ in enumerate(table.states):  # grows while it is walked
                    for trigger in component.triggers:
                        table.move(local, trigger)
                if seed % sized(10, 5, 1) == 0:  # it takes most of the time
                    table.drive(complete=True)
            except ComponentError as error:
                if "fire on and on" not in str(error):
                    raise
                failed += 1
                continue
            machines += 1
            model, local = factory(), 0
            for _ in range(40):
                trigger = random.choice(component.triggers)
                happened = by_the_library(model, trigger, runner)
                target = table.move(local, trigger)
                assert happened is (target >= 0), (kind, seed, trigger)
                local = target if target >= 0 else local
                assert str(model.state) == str(table.states[local]), (kind, seed, trigger)
                assert model.n == table.states[local].attributes["n"], (kind, seed, trigger)
                rung += happened and trigger.startswith("time_out_")
    assert machines > MACHINES / 2 > failed
    assert rung


@add_state_features(Timeout)
class Timed(Machine):
    pass


class Lamp:
    def __init__(self) -> None:
        states = ["off", {"name": "on", "timeout": 60, "on_timeout": "stop"}]
        rows = [["go", "off", "on"], ["stop", "on", "off"]]
        self.machine = Timed(self, states=states, initial="off", transitions=rows, auto_transitions=False)


def test_a_time_out_is_a_trigger_of_the_environment_named_after_its_state() -> None:
    threads = threading.active_count()
    component = component_of(Lamp, "lamp")
    assert [(row.trigger, row.source, row.target) for row in component.rows][-1] == ("time_out_on", "on", "off")
    system = System("lamp", [component])
    assert system.environment == {"time_out_on"}
    assert system.weakly_fair == {"go", "stop"}
    assert threading.active_count() == threads  # no timer was started


def test_a_time_out_owes_nothing_unless_somebody_declares_it_fair() -> None:
    comes_back = leads_to("state == 'on'", "state == 'off'")
    result = check(Lamp, comes_back)
    assert result.verdict is Verdict.VIOLATED
    assert check(Lamp, comes_back, fair=["time_out_on"]).assumptions == ("weak fairness of time_out_on",)


def test_a_real_run_takes_the_time_out_and_blocks_it_elsewhere() -> None:
    run = Run(System("lamp", [component_of(Lamp, "lamp")]))
    assert run.possible() == ("go",)
    run.replay(["go", "time_out_on"])
    assert run.state.lamp == "off"
    assert run.blocked_by("time_out_on")


def test_the_time_out_of_the_initial_state_does_not_happen_before_it_is_entered() -> None:
    class Waiting:
        def __init__(self) -> None:
            states = [{"name": "waiting", "timeout": 60, "on_timeout": "give_up"}, "gone"]
            Timed(
                self,
                states=states,
                initial="waiting",
                transitions=[["give_up", "waiting", "gone"], ["back", "gone", "waiting"]],
            )

    assert check(Waiting, never("state == 'waiting' and state.timer == 'waiting'")).evidence is not None
    moves = component_of(Waiting, "waiting").rows
    assert ("time_out_waiting", "waiting", "gone") in [(row.trigger, row.source, row.target) for row in moves]
    assert Run(System("w", [component_of(Waiting, "w")])).possible() == ("give_up",)


def test_a_time_out_that_does_nothing_happens_once() -> None:
    class Patient(Lamp):
        def stop(self) -> None:
            """What the time-out calls."""

    table = Table(component_of(Patient, "patient"))
    on = table.move(0, "go")
    after = table.move(on, "time_out_on")
    assert str(table.states[after]) == "on"
    assert (table.states[on].attributes["timer"], table.states[after].attributes["timer"]) == ("on", None)
    assert table.move(after, "time_out_on") < 0


def test_retries_are_counted_and_fail_where_the_library_says() -> None:
    @add_state_features(Retry)
    class Trying(Machine):
        pass

    class Order:
        def __init__(self) -> None:
            states = ["new", {"name": "paying", "retries": 2, "on_failure": "give_up"}, "lost"]
            rows = [["pay", ["new", "paying"], "paying"], ["give_up", "paying", "lost"]]
            Trying(self, states=states, initial="new", transitions=rows, auto_transitions=False)

    result = check(Order, never("state == 'lost'"))
    assert result.evidence is not None
    assert result.evidence.stem == ("pay", "give_up")
    assert check(Order, sometimes("state.retries == 3"))
    assert check(Order, never("state.retries > 3"))
    run = Run(System("order", [component_of(Order, "order")]))
    assert run.replay(["pay"] * 4).order == "lost"


def test_a_volatile_object_is_made_anew_and_what_is_kept_in_it_is_hidden_state() -> None:
    @add_state_features(Volatile)
    class Scoped(Machine):
        pass

    class Task:
        def __init__(self) -> None:
            rows = [
                ["begin", "idle", "busy"],
                {"trigger": "work", "source": "busy", "dest": None, "after": self.callback},
                {"trigger": "end", "source": "busy", "dest": "idle", "conditions": "is_done"},
            ]
            states = ["idle", {"name": "busy", "hook": "scope"}]
            Scoped(self, states=states, initial="idle", transitions=rows, auto_transitions=False)

        scope: Any

        def callback(self) -> None:
            len(vars(self.scope))

        def is_done(self) -> bool:
            return not hasattr(self.scope, "left")

    assert check(Task, can_always_reach("state == 'idle'"))

    class Counting(Task):
        def callback(self) -> None:
            self.scope.left = 1

    with pytest.raises(ComponentError, match=r"it changes 'scope\.left', which is hidden state"):
        check(Counting, can_always_reach("state == 'idle'"))


def test_lint_fires_what_has_time_outs() -> None:
    report = lint(Lamp)
    assert (report.codes, report.states) == ((), 2)


def test_table_mode_lets_time_outs_happen_while_the_state_lasts() -> None:
    component = component_of(Lamp, "lamp", guards="either")
    assert component.environment == {"time_out_on", "time_out_on, then stop"}
    result = check(Lamp, leads_to("state == 'on'", "state == 'off'"), fair=["stop"], guards="either")
    assert result


@pytest.mark.parametrize("kind", [Machine, HierarchicalMachine, AsyncMachine])
def test_a_chain_that_never_ends_is_the_finding_it_is(kind: type[Machine]) -> None:
    class Round:
        def __init__(self) -> None:
            kind(self, states=["a", "b"], initial="a", transitions=[["go", "a", "b"], ["go", "b", "a"]])

    async def on(self: Any) -> None:
        await self.go()

    for name in ("on_enter_a", "on_enter_b"):
        setattr(Round, name, on if kind is AsyncMachine else lambda self: self.go())
    (finding,) = [one for one in lint(Round).findings if one.code == "callback-raises"]
    assert "callbacks fire on and on" in finding.sentence


def test_the_library_itself_refuses_an_error_state_and_lifecheck_says_so() -> None:
    @add_state_features(library.Error)
    class Strict(Machine):
        pass

    def make() -> Machine:
        return Strict(states=["a", "dead"], initial="a", transitions=[["go", "a", "dead"]], auto_transitions=False)

    with pytest.raises(MachineError):
        make().go()
    with pytest.raises(ComponentError, match="Error state 'dead' reached"):
        check(make, never("state == 'dead'"))
