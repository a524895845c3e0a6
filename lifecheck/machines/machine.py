"""A real machine with the one model that carries its state: read it, place it, fire it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

from transitions import Machine, MachineError

from lifecheck.errors import ComponentError
from lifecheck.machines.awaiting import finished, is_asynchronous
from lifecheck.machines.definition import read_state
from lifecheck.machines.hierarchy import accepts, active_paths, value_of
from lifecheck.machines.slowness import Slowness
from lifecheck.machines.snapshot import Look, class_values, different, generators, machine_attributes
from lifecheck.machines.source import is_among, slot_values, slots_of
from lifecheck.machines.state_features import StateFeatures
from lifecheck.machines.timers import no_threads
from lifecheck.machines.unsupported import INSTEAD_OF_FIRING
from lifecheck.machines.watcher import Watcher
from lifecheck.system import Arguments, LocalState, NestedLocalState, Nesting


class Absent:
    """The value of a declared attribute that is not there yet; false, and equal to nothing else.

    Examples
    --------
    >>> ABSENT, bool(ABSENT), ABSENT == None
    (absent, False, False)
    """

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "absent"

    def __reduce__(self) -> str:
        return "ABSENT"  # there is but one, also in another process


ABSENT = Absent()


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
        self.attributes = tuple(attributes)
        self.ignored = frozenset(ignored)
        # the triggers of a queued machine always report success, and tasks that await each other never come too deep
        is_watched = machine.has_queue or is_asynchronous(machine)
        self._watcher = Watcher(machine, is_ours=False) if is_watched else None
        self._called = called or {}
        self._arguments = arguments or {}
        self.known = known
        self.nesting = nesting
        # components of a hierarchical machine without callbacks are rebuilt as flat ones
        self._is_nested = nesting is not None and hasattr(machine.state_cls, "separator")
        self._slots = slots_of(type(model))
        self.features = StateFeatures(machine, model)
        self._apart = self._declared_or_bound()
        self._classes = [kind for kind in type(model).__mro__ if not _is_ours(kind)]
        own = self._own()
        self.held_as = next((name for name, value in own.items() if value is machine), "machine")
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
            self._restore_attributes()

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
        hidden = self.undeclared(closely=closely) if watch else {}
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
        now = self.undeclared(closely=closely) if watch else {}
        changed = different(hidden, now) if hidden or now else ()
        return Firing(taken, before, self.local, changed, error, is_random, seconds)

    def place(self, local: LocalState) -> None:
        """Put the machine into a local state without firing anything."""
        state = value_of(str(local), self.nesting.separator) if self._is_nested and self.nesting else str(local)
        self.machine.set_state(state, self.model)  # type: ignore[arg-type]
        self.local = local
        self.features.restore(str(local), local.attributes)
        self._restore_attributes()

    def read(self) -> LocalState:
        """Read the local state from the model."""
        values = {name: self._attribute(name) for name in self.attributes}
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

    def undeclared(self, *, closely: bool) -> dict[str, Any]:
        """Return copies of what is neither state nor declared: in the model, on its machine, and in its classes."""
        own = self._own()
        names = own.keys() - self._apart
        kept = () if self.machine is self.model else vars(self.machine).keys() - machine_attributes(type(self.machine))
        classes = self.kept_by_classes() if closely and self._classes else {}
        volatile = self.features.changed_objects(str(self.local)) if self.features.hooks else {}
        if not (names or kept or volatile):
            return classes
        look = Look(self.ignored, (self.model, self.machine))
        held = {name: look.at(own[name], name) for name in sorted(names)}
        held |= {name: look.at(value, name) for name, value in volatile.items() if name not in self.ignored}
        for name in sorted(kept):
            whole = f"{self.held_as}.{name}"
            if whole not in self.ignored and self.held_as not in self.ignored:
                held[whole] = look.at(vars(self.machine)[name], whole)
        return held | classes

    def kept_by_classes(self) -> dict[str, Any]:
        """Return copies of what the model's classes keep, which all its instances share."""
        look = Look(self.ignored, (self.model, self.machine))
        kept = {}
        for kind, name, value in class_values(self._classes):
            whole = f"{kind.__name__}.{name}"
            if name not in self.ignored and whole not in self.ignored:
                kept[whole] = look.at(value, whole)
        return kept

    def _refuses(self, before: LocalState, trigger: str) -> bool:
        return self.read().key == before.key and not self.accepts(trigger)

    def _own(self) -> dict[str, Any]:
        own: dict[str, Any] = getattr(self.model, "__dict__", {})
        return own | slot_values(self.model, self._slots) if self._slots else own

    def _declared_or_bound(self) -> frozenset[str]:
        """Return the names of what is no hidden state of the model."""
        own = self._own()
        # transitions binds triggers as partials, and a model often keeps its machine
        bound = {
            name
            for name, value in own.items()
            if value is self.machine or (isinstance(value, partial) and is_among(self.model, value.args))
        }
        library = machine_attributes(type(self.machine)) if self.model is self.machine else frozenset()
        named = {*self.attributes, *self.ignored, *self.features.hooks, self.machine.model_attribute}
        return frozenset({*named, *bound, *library})

    def _restore_attributes(self) -> None:
        for name in self.attributes:
            value = self.local.attributes[name]
            try:
                if value is not ABSENT:
                    setattr(self.model, name, value)
                elif hasattr(self.model, name):
                    delattr(self.model, name)
            except AttributeError as error:
                raise ComponentError(
                    f"component {self.name!r}: attribute {name!r} cannot be set ({error}); declare what it is made from"
                ) from error

    def _attribute(self, name: str) -> Any:
        try:
            value = getattr(self.model, name, ABSENT)
        except (Exception, SystemExit) as error:
            raise ComponentError(
                f"component {self.name!r}: reading attribute {name!r} raised {type(error).__name__}: {error}"
            ) from error
        try:
            hash(value)
        except TypeError:
            raise ComponentError(
                f"component {self.name!r}: attribute {name!r} holds "
                f"{type(value).__name__}, which cannot be part of a state; "
                "use a number, text, a member of an enumeration, a date, a tuple, a frozenset or a frozen dataclass"
            ) from None
        return value


_NO_ARGUMENTS = Arguments()

REMEDY_OF_RANDOM = f"make a choice two triggers, one for each outcome, or do not fire it: {INSTEAD_OF_FIRING}"
"""What to do where a firing draws random numbers."""


def remedy_of_hidden(name: str) -> str:
    """Return what to do about something that changes and is not declared.

    Examples
    --------
    >>> remedy_of_hidden("attempts")
    "declare it in attributes=[...] if anything depends on it, or write ignored=['attempts'] if nothing does"
    """
    if "." not in name:
        return f"declare it in attributes=[...] if anything depends on it, or write ignored=[{name!r}] if nothing does"
    return (
        "if anything depends on it, keep it in an attribute of the model and declare that in attributes=[...]; write "
        f"ignored=[{name!r}] if nothing does"
    )


def never_there(states: Sequence[LocalState]) -> str | None:
    """Return a declared attribute that is there in none of the states, None if there is none."""
    names = states[0].attributes
    return next((name for name in names if all(one.attributes[name] is ABSENT for one in states)), None)


def told_absent(component: str, name: str) -> str:
    """Return what is wrong with an attribute that is never there."""
    return (
        f"component {component!r}: its model has no attribute {name!r}; set it when the model is made, or do not "
        "declare it, because it is there in no state that is reached"
    )


def _is_ours(kind: type) -> bool:
    """Whether a class of the library's, of Python's or of lifecheck's own, which keeps no state of a model."""
    return kind is object or kind.__module__.partition(".")[0] in ("transitions", "lifecheck", "builtins")
