"""A private copy of a machine that runs none of its author's code: an oracle answers its guards.

Callbacks are replaced by notes of what their code would fire, so that the library itself says which of them would run.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MethodType
from typing import Any

from transitions import Event, Machine
from transitions.core import listify

from lifecheck.errors import ComponentError
from lifecheck.machines.definition import Definition
from lifecheck.machines.hierarchy import plain, scopes
from lifecheck.machines.moving import moved_by
from lifecheck.machines.recipe import BareModel, private_copy
from lifecheck.machines.source import make
from lifecheck.machines.transition_table import transitions_of, user_code
from lifecheck.machines.unseen import name_of_code
from lifecheck.machines.within_reach import names_in, texts_in, within_reach
from lifecheck.system import TOGETHER

_OF_STATES = ("on_enter", "on_exit", "on_final", "on_timeout", "on_failure")
_OF_TRANSITIONS = ("prepare", "before", "after")
_OF_MACHINES = ("prepare_event", "before_state_change", "after_state_change", "finalize_event", "on_final")
_BY_ANY_NAME = frozenset({"trigger", "dispatch", "trigger_event", "to", "events"})
_BY_ITS_NAME = _BY_ANY_NAME | {"getattr", "__getattribute__", "methodcaller", "attrgetter", "__dict__", "vars"}


class Oracle:
    """Answers guards in every way, one after the other: the same guard alike until a callback would have run.

    Attributes
    ----------
    asked
        The guards that were asked in this firing, each with its answer.
    fires
        The triggers that callbacks which would have run have in their code.

    Examples
    --------
    >>> oracle = Oracle()
    >>> for _ in oracle.ways():
    ...     print(oracle.ask("full") or oracle.ask("late"), oracle.asked)
    True [('full', True)]
    True [('full', False), ('late', True)]
    False [('full', False), ('late', False)]
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.fires: dict[str, None] = {}
        self._given: list[bool] = []
        self._known: dict[str, bool] = {}

    def ways(self) -> Iterator[None]:
        """Begin a firing for each way to answer, which the firing before showed to be asked for."""
        self._given = []
        while True:
            self.asked, self.fires, self._known = [], {}, {}
            yield
            answers = [answer for _, answer in self.asked]
            while answers and not answers[-1]:
                answers.pop()
            if not answers:
                return
            self._given = [*answers[:-1], False]

    def ask(self, guard: str) -> bool:
        """Answer a guard."""
        if guard not in self._known:
            position = len(self.asked)
            self._known[guard] = self._given[position] if position < len(self._given) else True
            self.asked.append((guard, self._known[guard]))
        return self._known[guard]

    def pass_by(self, fires: Iterable[str]) -> None:
        """Take down that a callback would have run, after which each guard may answer anew."""
        self._known = {}
        self.fires |= dict.fromkeys(fires)


@dataclass(frozen=True)
class Stripped:
    """A machine without code of its author's, a bare model in its initial state, and who answers its guards.

    Parameters
    ----------
    machine, model, oracle
        These three.
    timed
        What the time-outs fire, by the names of the states that have one.
    """

    machine: Machine
    model: Any
    oracle: Oracle
    timed: Mapping[str, tuple[str, ...]]


def stripped(definition: Definition, name: str) -> Stripped:
    """Return a machine without code of its author's.

    Raises
    ------
    ComponentError
        If the machine cannot be copied, or a callback moves a model other than by a trigger.
    """
    if definition.factory is not None and not definition.shared:
        machine, model = make(definition.factory, name)
    else:
        kept = {id(code): code for _, code in user_code(definition.machine)}
        machine, model = private_copy(definition.machine, kept), definition.model
    if model is None:
        model = next(iter(definition.machine.models), machine)
    code = _Code(machine, model, name)
    oracle = Oracle()
    guards = _GuardNames(model)
    separator = getattr(machine.state_cls, "separator", "")
    timed: dict[str, tuple[str, ...]] = {}
    for path, scope in scopes(machine):
        for state in scope.states.values():
            whole = separator.join((*path, plain(state)))
            place = f"state {whole!r}"
            if getattr(state, "timeout", 0):
                timed[whole] = tuple(
                    one for callback in state.on_timeout for one in code.fires(callback, f"{place}, on_timeout")
                )
            for role in _OF_STATES:
                _replace(state, role, oracle, code, place)
            if getattr(state, "timeout", 0):
                state.timeout = 0  # it is a trigger of its own
            if getattr(state, "retries", 0):
                state.retries = 0  # whether it fails is not counted: it may, whenever it is entered
                state.on_enter = [*state.on_enter, *listify(state.on_failure)]
            if hasattr(state, "volatile_cls"):
                state.volatile_cls = BareModel
    for trigger, _, transition in transitions_of(machine):
        place = f"trigger {trigger!r}"
        for role in _OF_TRANSITIONS:
            _replace(transition, role, oracle, code, place)
        transition.conditions = [
            type(condition)(
                partial(_answer, oracle, guards.name_of(condition.func), code.fires(condition.func, place)),
                condition.target,
            )
            for condition in transition.conditions
        ]
    for role in _OF_MACHINES:
        _replace(machine, role, oracle, code, "the machine")
    machine.on_exception = []
    machine.models = []
    bare: Any = BareModel()
    machine.add_model(bare, initial=definition.initial.split(TOGETHER)[0])
    machine.models = []
    return Stripped(machine, bare, oracle, timed)


def _answer(oracle: Oracle, guard: str, fires: tuple[str, ...], *_: Any, **__: Any) -> bool:
    answer = oracle.ask(guard)
    if fires:
        oracle.pass_by(fires)
    return answer


def _pass_by(oracle: Oracle, fires: Iterable[str], *_: Any, **__: Any) -> None:
    oracle.pass_by(fires)


def _replace(holder: Any, role: str, oracle: Oracle, code: _Code, place: str) -> None:
    """Put notes in place of the callbacks that something has in a role."""
    found = getattr(holder, role, None)
    if not found:
        return
    several = found if isinstance(found, list | tuple) else [found]
    notes = [partial(_pass_by, oracle, code.fires(one, f"{place}, {role}")) for one in several]
    setattr(holder, role, notes if isinstance(found, list | tuple) else notes[0])


class _GuardNames:
    """Names guards so that each has one name, and no two have the same."""

    def __init__(self, model: object) -> None:
        self._model = model
        self._names: dict[object, str] = {}

    def name_of(self, guard: Any) -> str:
        key = self._key(guard)
        if key not in self._names:
            name = str(name_of_code(guard)).rpartition(".")[2] if not isinstance(guard, str) else guard
            taken = set(self._names.values())
            self._names[key] = next(
                one for number in range(1, len(taken) + 2) if (one := _numbered(name, number)) not in taken
            )
        return self._names[key]

    def _key(self, guard: Any) -> object:
        if isinstance(guard, MethodType):
            name = guard.__func__.__name__
            is_own = guard.__self__ is self._model and inspect.getattr_static(self._model, name, None) is guard.__func__
            return name if is_own else (id(guard.__self__), id(guard.__func__))
        return guard if isinstance(guard, str) else id(guard)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


class _Code:
    """Reads which triggers the code of a callback names; runs none of it."""

    def __init__(self, machine: Machine, model: object, name: str) -> None:
        self._machine, self._model, self._name = machine, model, name
        self._events = list(dict.fromkeys(trigger for trigger, _, _ in transitions_of(machine)))
        self._known: dict[object, tuple[str, ...]] = {}

    def fires(self, callback: Any, place: str) -> tuple[str, ...]:
        key = callback if isinstance(callback, str) else id(callback)
        if key not in self._known:
            self._known[key] = tuple(self._read(callback, place))
        return self._known[key]

    def _read(self, callback: Any, place: str) -> Iterable[str]:
        owner = getattr(callback.func, "__self__", None) if isinstance(callback, partial) else None
        if isinstance(owner, Event):
            return [owner.name]  # as the library binds a trigger to its model
        if isinstance(callback, str) and callback in self._events:
            held = inspect.getattr_static(self._model, callback, None)
            if held is None or isinstance(held, partial):
                return [callback]
        names: dict[str, None] = {}
        texts: dict[str, None] = {}
        for one in within_reach(callback, self._machine, self._model):
            code = one.function.__code__
            names |= dict.fromkeys(names_in(code))
            texts |= dict.fromkeys(texts_in(code))
            what = moved_by(code, self._machine.model_attribute, may_have_model=one.may_have_model)
            if what:
                by = "" if one.function.__name__ == name_of_code(callback) else f", by {one.function.__qualname__!r},"
                raise ComponentError(
                    f"component {self._name!r}, {place}: {name_of_code(callback)!r}{by} {what}, which "
                    "guards='either' does not follow; let triggers alone change the state, or fire the machine"
                )
        fired = {event for event in self._events if event in names}
        if names.keys() & _BY_ITS_NAME:
            said = {event for event in self._events if event in texts}
            made_up = any(event.startswith(text) for event in self._events for text in texts if text)
            is_any = names.keys() & _BY_ANY_NAME or made_up
            fired |= said or (set(self._events) if is_any else set())
        return [event for event in self._events if event in fired]
