"""Turns a system into a Hypothesis state machine that drives the real machines, one rule per trigger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from lifecheck.monitor import Monitor, Refutation
from lifecheck.properties import Property
from lifecheck.result import Evidence, Result, Verdict
from lifecheck.run import Run
from lifecheck.state import State, without
from lifecheck.story import tell
from lifecheck.system import System

_RESERVED = frozenset({"real_machines", "monitors", "states", "possible"})
"""What the machine keeps on itself."""


def state_machine(system: System, *asked: Property) -> type[RuleBasedStateMachine]:
    """Return a Hypothesis state machine that fires a system's real machines and judges each run.

    Safety is judged at every state. Liveness is judged soundly inside a run, see `Monitor`. Where no
    trigger is possible the run stays, so that a terminal state does not raise.

    Parameters
    ----------
    system
        The system; its observers may all be there, they do not lengthen counterexamples.
    asked
        The properties to judge; of a kind that a single run can refute.

    Returns
    -------
    type
        A class to run with `hypothesis.stateful.run_state_machine_as_test`, or by its ``TestCase``. Each
        rule has its trigger's name, so that a falsifying example reads as the story; where Hypothesis
        uses the name itself, an underscore is added.

    Raises
    ------
    PredicateError
        If no single run can refute one of the properties.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> from hypothesis.stateful import run_state_machine_as_test
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> machine = state_machine(System("lamp", [lamp]), never(lambda s: s.lamp == "on" and s.lamp == "off"))
    >>> run_state_machine_as_test(machine)
    """
    for one in asked:
        _monitor(system, one)  # refuses what no run can refute before Hypothesis starts

    def __init__(self: Any) -> None:  # noqa: N807 - becomes the class's constructor
        RuleBasedStateMachine.__init__(self)
        self.real_machines = Run(system)
        self.monitors = [_monitor(system, one) for one in asked]
        self.states = []
        _visit(self, None)

    namespace: dict[str, Any] = {"__init__": __init__, "__doc__": f"Drives the real machines of {system.name}."}
    namespace["stay"] = _staying()
    for trigger in system.fireable:  # a rule that can never be taken would only slow the search
        name = trigger
        while name in namespace or name in _RESERVED or hasattr(RuleBasedStateMachine, name):
            name += "_"
        namespace[name] = _rule(trigger, name)
    return type("RealMachines", (RuleBasedStateMachine,), namespace)


def _monitor(system: System, asked: Property) -> Monitor:
    return Monitor(
        asked,
        weak=system.weakly_fair,
        strong=system.strongly_fair,
        observers={observer.name for observer in system.observers},
    )


def _rule(trigger: str, name: str) -> Callable[[Any], None]:
    def fire(self: Any) -> None:
        self.real_machines.trigger(trigger)
        _visit(self, trigger)

    fire.__name__ = name
    return precondition(lambda self: trigger in self.possible)(rule()(fire))


def _staying() -> Callable[[Any], None]:
    def stay(self: Any) -> None:
        """Nothing can happen any more."""

    return precondition(lambda self: not self.possible)(rule()(stay))


def _visit(machine: Any, trigger: str | None) -> None:
    run: Run = machine.real_machines
    machine.states.append(run.state)
    machine.possible = run.possible()
    for monitor in machine.monitors:
        refutation = monitor.visit(run.state, machine.possible, trigger)
        if refutation is not None:
            unread = monitor.observers - monitor.read
            states = tuple(without(state, unread) for state in machine.states)
            raise AssertionError(_told(run.system, monitor.asked, refutation, states))


def _told(system: System, asked: Property, refutation: Refutation, states: tuple[State, ...]) -> str:
    evidence = Evidence(refutation.stem, refutation.loop, states)
    result = Result(system, asked, Verdict.VIOLATED, len(set(states)), len(states) - 1, evidence)
    return f"{asked.formula} is violated\n{tell(result)}"
