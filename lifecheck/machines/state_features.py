"""What features of states keep beside the state itself: timers, counts of retries, volatile objects.

Time-outs become triggers, which can be fired as long as the timer runs that the library started; no thread waits. What
timers and retries keep is part of the local state, as the attributes `timer` and `retries`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from transitions import EventData, Machine

from lifecheck.machines.hierarchy import scopes
from lifecheck.machines.timers import Timer
from lifecheck.system import TOGETHER

TIMER, RETRIES = "timer", "retries"


def time_outs(machine: Machine, triggers: Collection[str]) -> dict[str, str]:
    """Return the states that have a time-out, by the name of the trigger that stands for it.

    Examples
    --------
    >>> from transitions.extensions.states import Timeout, add_state_features
    >>> @add_state_features(Timeout)
    ... class Timed(Machine): pass
    >>> machine = Timed(states=["off", {"name": "on", "timeout": 5, "on_timeout": "stop"}], initial="off")
    >>> time_outs(machine, ["go", "stop"])
    {'time_out_on': 'on'}
    """
    found: dict[str, str] = {}
    for name, _ in _timed(machine):
        trigger = f"time_out_{name}"
        while trigger in triggers or trigger in found:
            trigger += "_"
        found[trigger] = name
    return found


class StateFeatures:
    """What the states of one machine keep of one model.

    Parameters
    ----------
    machine, model
        The machine, and the model whose state is meant.
    """

    def __init__(self, machine: Machine, model: Any) -> None:
        self._machine, self._model = machine, model
        self._timed = dict(_timed(machine))
        self._retried = {name: state for name, state in _states(machine) if _has(state, "retries", "on_failure")}
        self._volatile = {name: state for name, state in _states(machine) if hasattr(state, "volatile_hook")}
        self.time_outs = time_outs(machine, _events(machine)) if self._timed else {}
        self.names = (*([TIMER] if self._timed else []), *([RETRIES] if self._retried else []))
        self.hooks = frozenset(state.volatile_hook for state in self._volatile.values())

    def values(self, state: str) -> dict[str, Any]:
        """Return what belongs to the local state, by name; `state` is how the model's state is written."""
        found: dict[str, Any] = {}
        if self._timed:
            found[TIMER] = TOGETHER.join(name for name in self._timed if self.runs(name)) or None
        if self._retried:
            counts = [self._retried[name].retry_counts[id(self._model)] for name in self._active(state, self._retried)]
            found[RETRIES] = counts[0] if len(counts) == 1 else tuple(counts) or 0
        return found

    def runs(self, name: str) -> bool:
        """Whether the time-out of a state can still happen."""
        timer = self._timed[name].runner.get(id(self._model))
        return isinstance(timer, Timer) and timer.is_alive()

    def go_off(self, trigger: str) -> Any:
        """Let the time of a state be up."""
        return self._timed[self.time_outs[trigger]].runner[id(self._model)].go_off()

    def restore(self, state: str, values: Mapping[str, Any]) -> None:
        """Bring timers, counts and volatile objects to what they are in a local state."""
        here = id(self._model)
        running = str(values.get(TIMER) or "").split(TOGETHER)
        for name, timed in self._timed.items():
            timed.runner.pop(here, None)
            if name in running:
                data = EventData(timed, None, self._machine, self._model, args=[], kwargs={})
                timed.runner[here] = Timer(timed.timeout, timed._process_timeout, (data,))
                timed.runner[here].start()
        if self._retried:
            counts = values[RETRIES] if isinstance(values[RETRIES], tuple) else (values[RETRIES],)
            active = dict(zip(self._active(state, self._retried), counts, strict=False))
            for name, retried in self._retried.items():
                retried.retry_counts[here] = active.get(name, 0)
        for hook in self.hooks:
            if hook in vars(self._model):
                delattr(self._model, hook)
        for name in self._active(state, self._volatile):
            setattr(self._model, self._volatile[name].volatile_hook, self._volatile[name].volatile_cls())

    def changed_objects(self, state: str) -> dict[str, Any]:
        """Return what volatile objects hold that a fresh one does not, by dotted names."""
        found: dict[str, Any] = {}
        for name in self._active(state, self._volatile):
            hook = self._volatile[name].volatile_hook
            held = vars(self._model).get(hook)
            if held is None:
                continue
            fresh = getattr(self._volatile[name].volatile_cls(), "__dict__", {})
            own = getattr(held, "__dict__", {})
            found |= {f"{hook}.{one}": value for one, value in own.items() if one not in fresh or fresh[one] != value}
        return found

    def _active(self, state: str, of: Mapping[str, Any]) -> list[str]:
        if not of:
            return []
        separator = getattr(self._machine.state_cls, "separator", None)
        if separator is None:
            return [state] if state in of else []
        active = {
            separator.join(path[:depth])
            for path in (leaf.split(separator) for leaf in state.split(TOGETHER))
            for depth in range(1, len(path) + 1)
        }
        return [name for name in of if name in active]


def _timed(machine: Machine) -> Iterator[tuple[str, Any]]:
    return ((name, state) for name, state in _states(machine) if _has(state, "timeout", "on_timeout"))


def _has(state: Any, given: str, callback: str) -> bool:
    return bool(getattr(state, given, 0)) and hasattr(state, callback)


def _states(machine: Machine) -> Iterator[tuple[str, Any]]:
    separator = getattr(machine.state_cls, "separator", "")
    for path, scope in scopes(machine):
        for name, state in scope.states.items():
            yield separator.join((*path, name)), state


def _events(machine: Machine) -> list[str]:
    return [trigger for _, scope in scopes(machine) for trigger in scope.events]
