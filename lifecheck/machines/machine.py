"""A real machine with the one model that carries its state: read it, place it, fire it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from transitions import Machine, MachineError

from lifecheck.errors import ComponentError
from lifecheck.machines.awaiting import finished, is_asynchronous
from lifecheck.machines.declared import DeclaredAttributes
from lifecheck.machines.definition import read_state
from lifecheck.machines.hidden_state import HiddenState
from lifecheck.machines.hierarchy import accepts, active_paths, value_of
from lifecheck.machines.slowness import Slowness
from lifecheck.machines.snapshot import different, generators
from lifecheck.machines.state_features import StateFeatures
from lifecheck.machines.timers import no_threads
from lifecheck.machines.watcher import Watcher
from lifecheck.system import Arguments, LocalState, NestedLocalState, Nesting


@dataclass(frozen=True)
class Firing:
    """What happened when a trigger was fired.

    Parameters
    ----------
    taken
        Whether the machine said that it took the trigger.
    before, after
        The local states.
    undeclared
        What changed although it is not declared, by dotted names.
    error
        What a condition or a callback raised.
    random
        Whether it drew from a generator of random numbers that the program shares.
    seconds
        How long it took.
    """

    taken: bool
    before: LocalState
    after: LocalState
    undeclared: tuple[str, ...] = ()
    error: BaseException | None = None
    random: bool = False
    seconds: float = 0.0


class RealMachine:
    """A machine in motion, flat or hierarchical.

    Parameters
    ----------
    name
        How reports call it.
    machine, model
        The machine, and the model whose state is meant.
    attributes
        Names of the model's attributes that belong to the local state.
    known
        Every state of a flat machine.
    nesting
        The hierarchy of the states of one that is not.
    ignored
        Dotted names of attributes on which nothing is said to depend.
    called
        What the machine calls a trigger, where that is another name.
    arguments
        What a trigger is fired with, where it takes arguments.
    slowness
        Of all machines of the component, where several are fired.

    Raises
    ------
    ComponentError
        If a declared attribute cannot be part of a state.
    """

    def __init__(
        self,
        name: str,
        machine: Machine,
        model: Any,
        attributes: Sequence[str],
        known: tuple[str, ...],
        nesting: Nesting | None = None,
        ignored: Sequence[str] = (),
        called: Mapping[str, str] | None = None,
        arguments: Mapping[str, Arguments] | None = None,
        slowness: Slowness | None = None,
    ) -> None:
        self.name = name
        self._slowness = slowness or Slowness(name)
        self.machine = machine
        self.model = model
        self._declared = DeclaredAttributes(name, model, attributes)
        # the triggers of a queued machine always report success, and tasks that await each other never come too deep
        is_watched = machine.has_queue or is_asynchronous(machine)
        self._watcher = Watcher(machine, is_ours=False) if is_watched else None
        self._called = called or {}
        self._arguments = arguments or {}
        self.known = known
        self.nesting = nesting
        # components of a hierarchical machine without callbacks are rebuilt as flat ones
        self._is_nested = nesting is not None and hasattr(machine.state_cls, "separator")
        self.features = StateFeatures(machine, model)
        self.hidden = HiddenState(machine, model, attributes, ignored, self.features)
        self.local = self.read()

    def own_name(self, trigger: str) -> str:
        """Return what the machine calls a trigger."""
        return self._called.get(trigger, trigger)

    def accepts(self, trigger: str) -> bool:
        """Whether some row answers a trigger now; looks, runs nothing."""
        trigger = self.own_name(trigger)
        if trigger in self.features.time_outs:
            return self.features.runs(self.features.time_outs[trigger])
        if self._is_nested:
            return accepts(self.machine, active_paths(self.machine, self.model), trigger)
        event = self.machine.events.get(trigger)
        return event is not None and str(self.local) in event.transitions  # reading [...] would add a source

    def runs_code_of(self, trigger: str) -> bool:
        """Whether firing a trigger now may run anything but the library; looks, runs nothing."""
        # these two run also where no row answers
        return bool(self.machine.finalize_event or self.machine.on_exception) or self.accepts(trigger)

    def ask(self, trigger: str) -> bool:
        """Ask the machine whether a trigger can be taken; whatever that changes in declared attributes is undone.

        Asking runs the callbacks of `prepare` as well as the conditions.
        """
        if not self.accepts(trigger):
            return False
        if self.own_name(trigger) in self.features.time_outs:
            return True
        given = self._arguments.get(trigger, _NO_ARGUMENTS)
        try:
            # public as model.may_trigger, which model_override leaves out
            own = self.own_name(trigger)
            return bool(finished(self.machine._can_trigger(self.model, own, *given.positional, **given.named)))
        finally:
            self._declared.restore(self.local.attributes)

    def fire_once(self, trigger: str, *, watch: bool = True, closely: bool = False) -> Firing:
        """Fire a trigger and tell what happened; what is raised is told as well.

        Parameters
        ----------
        trigger
            What to fire.
        watch
            Whether to look what changes beside what is declared.
        closely
            Whether to look also at what the model's classes keep, and whether random numbers are drawn.
        """
        before = self.local
        hidden = self.hidden.kept(str(before), closely=closely) if watch else {}
        drawn = generators() if closely else ()
        own, given = self.own_name(trigger), self._arguments.get(trigger, _NO_ARGUMENTS)
        taken, error = False, None
        begun = self._slowness.begin()
        if self._watcher is not None:
            self._watcher.begin(own)
        try:
            with no_threads() if self.features.time_outs else nullcontext():
                if own in self.features.time_outs:
                    taken = self.accepts(trigger)
                    if taken:
                        finished(self.features.go_off(own))
                elif self._is_nested:
                    answer = self.machine.trigger_event(self.model, own, *given.positional, **given.named)
                    taken = bool(finished(answer))
                elif own in self.machine.events:
                    fire = self.machine.events[own].trigger
                    taken = bool(finished(fire(self.model, *given.positional, **given.named)))
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            # a trigger that no row answers is refused by an exception, in parallel regions also by one of another kind
            # it leaves the state as it was, so that what is answered now was answered before
            refused = isinstance(raised, MachineError | ValueError | AttributeError) and self._refuses(before, trigger)
            error = None if refused else raised
        finally:
            if self._watcher is not None:
                self._watcher.end()
                if self.machine.has_queue and own not in self.features.time_outs:
                    taken = any(is_own for _, is_own in self._watcher.taken)
        seconds = self._slowness.end(begun, trigger, before.label)
        is_random = closely and generators() != drawn
        self.local = self.read()
        now = self.hidden.kept(str(self.local), closely=closely) if watch else {}
        changed = different(hidden, now) if hidden or now else ()
        return Firing(taken, before, self.local, changed, error, is_random, seconds)

    def place(self, local: LocalState) -> None:
        """Put the machine into a local state without firing anything."""
        state = value_of(str(local), self.nesting.separator) if self._is_nested and self.nesting else str(local)
        self.machine.set_state(state, self.model)  # type: ignore[arg-type]
        self.local = local
        self.features.restore(str(local), local.attributes)
        self._declared.restore(self.local.attributes)

    def read(self) -> LocalState:
        """Read the local state from the model."""
        values = self._declared.values()
        try:
            state = read_state(self.machine, self.model, self.nesting if self._is_nested else None)
        except ValueError as error:
            raise ComponentError(
                f"component {self.name!r}: the model's {self.machine.model_attribute!r} holds "
                f"{getattr(self.model, self.machine.model_attribute)!r}, which is not one of its states ({error}); let "
                "triggers alone change it"
            ) from error
        values |= self.features.values(state)
        if self.nesting is not None:
            return NestedLocalState.of(state, self.name, self.nesting, values)
        return LocalState(state, self.name, self.known, values)

    def _refuses(self, before: LocalState, trigger: str) -> bool:
        return self.read().key == before.key and not self.accepts(trigger)


_NO_ARGUMENTS = Arguments()
