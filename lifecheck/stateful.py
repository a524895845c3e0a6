"""Turns a system into a Hypothesis state machine that drives the real machines, one rule per trigger."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from hypothesis.strategies import sampled_from

from lifecheck.checking import Evidence, Monitor, Refutation, Result
from lifecheck.errors import ComponentError, PredicateError
from lifecheck.machines import Run, Subject, system_of
from lifecheck.properties import Property, Verdict
from lifecheck.reports import story
from lifecheck.statespace import explore
from lifecheck.system import Owing, State, System, without
from lifecheck.text import counted

__all__ = ["NeverRanWarning", "RealMachines", "state_machine"]

_RESERVED = frozenset({"real_machines", "monitors", "states", "possible", "never_ran"})
"""What the machine keeps on itself."""

_LOOKED_AT = 10_000  # states in which a trigger that never ran is looked for


class NeverRanWarning(UserWarning):
    """Some triggers were taken in no run, so nothing was tried that needs them.

    The ``TestCase`` of a `state_machine` warns so in the end; ``-W error`` makes it an error.

    Examples
    --------
    >>> import unittest
    >>> from lifecheck import Component, Row, System
    >>> rows = [Row("switch_on", "off", "on"), Row("mend", "broken", "off")]
    >>> lamp = Component("lamp", ["off", "on", "broken"], "off", rows, {"switch_on", "mend"})
    >>> case = state_machine(System("lamp", [lamp])).TestCase
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     outcome = unittest.TestSuite([case("runTest")]).run(unittest.TestResult())
    >>> [str(one.message) for one in told if one.category is NeverRanWarning]
    ['no run of lamp took mend, which is not possible in any state']
    """


class RealMachines(RuleBasedStateMachine):
    """A Hypothesis state machine made by `state_machine`.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> machine = state_machine(System("lamp", [lamp]))
    >>> issubclass(machine, RealMachines), machine.never_ran()  # nothing has run so far
    (True, ('switch_on',))
    """

    def __init__(self) -> None:
        super().__init__()

    @classmethod
    def never_ran(cls) -> tuple[str, ...]:
        """Return the triggers that no run has taken so far, in the system's order."""
        raise NotImplementedError


def state_machine(
    subject: Subject,
    *asked: Property | Iterable[Property],
    fair: Iterable[Owing] | None = None,
    strong: Mapping[Owing, str] | None = None,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
) -> type[RealMachines]:
    """Return a Hypothesis state machine that fires a system's real machines and judges each run.

    Safety is judged at every state. Liveness is judged soundly inside a run, see `Monitor`. Where no
    trigger is possible the run stays, so that a terminal state does not raise.

    Parameters
    ----------
    subject
        What `check` takes. A system's observers may all be there, they do not lengthen counterexamples.
    asked
        The properties to judge, one by one or in a list; of a kind that a single run can refute.
    fair, strong, attributes, ignored, arguments
        As for `check`, of which ``final`` alone is not here: that a run can always end is nothing that one can refute.

    Returns
    -------
    type
        A class to run with `hypothesis.stateful.run_state_machine_as_test`, or by its ``TestCase``. Each
        rule has its trigger's name, so that a falsifying example reads as the story; where Hypothesis
        uses the name itself, an underscore is added. Its ``never_ran()`` returns the triggers that no run has taken so
        far; its ``TestCase`` warns of them in the end.

    Raises
    ------
    PredicateError
        If no single run can refute one of the properties, or something else was given for one.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> from hypothesis.stateful import run_state_machine_as_test
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> machine = state_machine(System("lamp", [lamp]), never(lambda s: s.lamp == "on" and s.lamp == "off"))
    >>> run_state_machine_as_test(machine)
    >>> machine.never_ran()
    ()
    """
    system = system_of(subject, fair=fair, strong=strong, attributes=attributes, ignored=ignored, arguments=arguments)
    for part in system.parts:
        if part.guards is not None:
            raise ComponentError(
                f"component {part.name!r}: its guards answer either way, and Hypothesis drives real machines, whose "
                "guards answer themselves; make it without guards='either'"
            )
    ran: set[str] = set()
    properties = tuple(_each(asked))
    for one in properties:
        _monitor(system, one)  # refuses what no run can refute before Hypothesis starts

    def __init__(self: Any) -> None:  # noqa: N807 - becomes the class's constructor
        RealMachines.__init__(self)
        self.possible = ()
        if not system.has_several_starts:
            _begin(self, system, properties)

    namespace: dict[str, Any] = {"__init__": __init__, "__doc__": f"Drives the real machines of {system.name}."}
    namespace["stay"] = _staying()
    if system.has_several_starts:
        namespace["start"] = _starting(system, properties)
    namespace["never_ran"] = classmethod(lambda _: tuple(name for name in system.triggers if name not in ran))
    for trigger in system.fireable:  # a rule that can never be taken would only slow the search
        name = trigger
        while name in namespace or name in _RESERVED or hasattr(RuleBasedStateMachine, name):
            name += "_"
        namespace[name] = _rule(trigger, name, ran)
    machine: Any = type("RealMachines", (RealMachines,), namespace)
    machine.TestCase = _reporting(machine, system)
    made: type[RealMachines] = machine
    return made


def _each(asked: Iterable[object]) -> Iterator[Property]:
    """Yield the properties, also those in a list, and refuse what is none."""
    for one in asked:
        if isinstance(one, Property):
            yield one
        elif isinstance(one, Iterable) and not isinstance(one, str):
            yield from _each(one)
        else:
            raise PredicateError(f"asked is {one!r}, not a property; write never(...), leads_to(...) or their like")


def _monitor(system: System, asked: Property) -> Monitor:
    return Monitor.of(system, asked)


def _rule(trigger: str, name: str, ran: set[str]) -> Callable[[Any], None]:
    def fire(self: Any) -> None:
        self.real_machines.trigger(trigger)
        ran.add(trigger)
        _visit(self, trigger)

    fire.__name__ = name
    return precondition(lambda self: trigger in self.possible)(rule()(fire))


def _reporting(machine: type[RealMachines], system: System) -> type:
    """Return the machine's ``TestCase``, which says in the end what never ran."""
    usual: Any = machine.TestCase

    def tear_down_class(_: type) -> None:
        unused = machine.never_ran()
        if unused:
            warnings.warn(_unused(system, unused), NeverRanWarning, stacklevel=2)

    return type("TestCase", (usual,), {"tearDownClass": classmethod(tear_down_class)})


def _unused(system: System, unused: tuple[str, ...]) -> str:
    graphs = [explore(one, _LOOKED_AT) for one in system.by_start]
    taken = {
        system.triggers[trigger]
        for graph in graphs
        for state in range(graph.expanded)
        for trigger, _ in graph.edges(state)
    }
    possible = [trigger for trigger in unused if trigger in taken]
    blocked = [trigger for trigger in unused if trigger not in taken]
    told = []
    if possible:
        told.append(f"{', '.join(possible)}, which is possible: let Hypothesis try more examples or longer runs")
    if blocked:
        seen = counted(sum(map(len, graphs)), "state")
        states = "in any state" if all(graph.complete for graph in graphs) else f"in the nearest {seen}"
        told.append(f"{', '.join(blocked)}, which is not possible {states}")
    return f"no run of {system.name} took " + "; nor ".join(told)


def _begin(machine: Any, system: System, properties: Iterable[Property]) -> None:
    machine.real_machines = Run(system)
    machine.monitors = [_monitor(system, one) for one in properties]
    machine.states = []
    _visit(machine, None)


def _starting(system: System, properties: Iterable[Property]) -> Callable[[Any], None]:
    """Return the rule by which Hypothesis chooses the initial state, as the environment may."""
    choices = {", ".join(f"{part.name} {part.initial}" for part in one.parts): one for one in system.by_start}

    def start(self: Any, start_in: str) -> None:
        _begin(self, choices[start_in], properties)

    return initialize(start_in=sampled_from(list(choices)))(start)


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
    return f"{asked.formula} is violated\n{story(result)}"
