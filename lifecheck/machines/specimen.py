"""A machine to be fired and watched: made by the factory, or a private copy; never what its author gave."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.machines.definition import Definition, read_state
from lifecheck.machines.machine import Firing, RealMachine
from lifecheck.machines.snapshot import machine_attributes
from lifecheck.machines.source import make
from lifecheck.machines.transition_table import written_rows


class BareModel:
    """Carries the state of a machine that brings no model, or whose own must not be touched."""


class Specimen:
    """A fresh real machine that takes down which rows it takes, what it enters, and what conditions answer.

    Parameters
    ----------
    definition
        Has the factory; without one it must have no callbacks, and a private copy of its machine is made.
    name
        How messages call it.
    attributes
        Names of the model's attributes that belong to the local state.
    ignored
        Names of what may change; see `Component`.

    Attributes
    ----------
    taken, entered, answers
        Of the last firing: positions of rows, states, and what conditions answered that is no truth value.

    Raises
    ------
    ComponentError
        If the machine cannot be made or copied, or is not as it was read.
    """

    def __init__(
        self, definition: Definition, name: str, attributes: tuple[str, ...], ignored: tuple[str, ...] = ()
    ) -> None:
        machine, model = _fresh(definition, name)
        self.real = RealMachine(name, machine, model, attributes, definition.states, definition.nesting, ignored)
        self._runs_code = definition.factory is not None
        self.taken: list[int] = []
        self.entered: list[str] = []
        self.answers: dict[tuple[int, int], str] = {}
        rows = list(written_rows(machine, definition.left_out))
        shape = [(row.trigger, row.source, row.dest) for row, _ in rows]
        if shape != [(row.trigger, row.source, row.dest) for row in definition.rows]:
            raise ComponentError(
                f"component {name!r}: its factory returns machines with different transitions; make it return the "
                "same each time"
            )
        if not definition.shared:  # watching changes the machine, which must be ours alone
            for position, (_, transition) in enumerate(rows):
                self._watch(position, transition)
            self._watch_states(definition)

    def fire(self, trigger: str, *, watch: bool = True, closely: bool = False) -> Firing:
        """Fire, and take down what happens meanwhile."""
        self.taken, self.entered, self.answers = [], [], {}
        return self.real.fire_once(trigger, watch=watch and self._runs_code, closely=closely)

    def _watch(self, position: int, transition: Any) -> None:
        execute = transition.execute

        def watched(event_data: Any) -> Any:
            result = execute(event_data)
            if result:
                self.taken.append(position)
            return result

        transition.execute = watched
        for place, condition in enumerate(transition.conditions):
            condition.func = self._watched_condition((position, place), condition.func)

    def _watched_condition(self, place: tuple[int, int], guard: Any) -> Callable[..., Any]:
        machine = self.real.machine
        carrier: Any = SimpleNamespace(model=self.real.model)

        def asked(*arguments: Any, **named: Any) -> Any:
            answer = machine.resolve_callable(guard, carrier)(*arguments, **named)
            if not isinstance(answer, bool):
                self.answers.setdefault(place, without_addresses(repr(answer)))
            return answer

        return asked

    def _watch_states(self, definition: Definition) -> None:
        machine: Any = self.real.machine
        set_state = machine.set_state

        def watched(state: Any, model: Any = None) -> None:
            set_state(state, model)
            self.entered.append(read_state(machine, self.real.model, definition.nesting))

        machine.set_state = watched


def unwatched(
    definition: Definition,
    name: str,
    attributes: tuple[str, ...],
    ignored: tuple[str, ...],
    made: tuple[Machine, Any] | None = None,
) -> RealMachine:
    """Return a fresh real machine, or one that was made already; it takes nothing down, and is quicker."""
    machine, model = made or _fresh(definition, name)
    return RealMachine(name, machine, model, attributes, definition.states, definition.nesting, ignored)


def private_copy(machine: Machine) -> Machine:
    """Return a copy of a machine without callbacks that shares nothing which firing changes; runs none of its code.

    Raises
    ------
    ComponentError
        If the machine cannot be copied.
    """
    memo: dict[int, Any] = {id(model): model for model in machine.models if model is not machine}
    if not type(machine).__module__.startswith("transitions."):
        # a class of one's own may keep on itself what cannot be copied, and nothing of it is needed
        own = machine_attributes(type(machine))
        memo.update((id(value), value) for name, value in vars(machine).items() if name not in own)
    try:
        private = copy.deepcopy(machine, memo)
    except Exception as error:
        raise ComponentError(
            f"the machine cannot be copied ({type(error).__name__}: {error}); give a function that returns a fresh one"
        ) from error
    private.models = []
    return private


def _with_bare_model(machine: Machine) -> tuple[Machine, Any]:
    model: Any = BareModel()
    machine.add_model(model)
    machine.models.clear()  # otherwise it keeps every model it ever carried
    return machine, model


def without_addresses(text: str) -> str:
    """Return a text without the addresses of objects, which are others in every run.

    Examples
    --------
    >>> without_addresses("<Lamp object at 0x7fb9a17ebc90> on <Machine@140492549558800>")
    '<Lamp object at 0x...> on <Machine@...>'
    """
    return re.sub(r"(0x|@)[0-9a-f]{6,}", r"\1...", text)


def _fresh(definition: Definition, name: str) -> tuple[Machine, Any]:
    if definition.factory is None:
        return _with_bare_model(private_copy(definition.machine))
    machine, model = definition.spare.pop() if definition.spare else make(definition.factory, name)
    return (machine, model) if model is not None else _with_bare_model(machine)
