"""Makes a machine of a configuration in YAML or JSON, as the library's documentation does: ``Machine(**config)``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from transitions import Machine
from transitions.extensions import HierarchicalMachine
from transitions.extensions import states as features
from transitions.extensions.states import add_state_features

from lifecheck.errors import InputError, did_you_mean

_FEATURES = {
    key: getattr(features, name)
    for key, name in {
        "tags": "Tags",
        "accepted": "Error",
        "timeout": "Timeout",
        "volatile": "Volatile",
        "retries": "Retry",
    }.items()
    if hasattr(features, name)  # older versions of the library know fewer
}
"""What makes the library understand each further key of a state."""

_OF_TRANSITIONS = ("conditions", "unless", "before", "after", "prepare")
_OF_STATES = ("on_enter", "on_exit", "on_final", "on_timeout", "on_failure")
_OF_MACHINES = (
    *("before_state_change", "after_state_change", "prepare_event", "finalize_event", "on_exception", "on_final"),
)

_INSTEAD = "write states, initial and transitions, as Machine(**config) takes them"


def machine_of_configuration(configuration: object, place: str) -> Machine:
    """Return the machine that a configuration describes, on a model that stands for its own.

    Nothing is known of the methods that callbacks and conditions name: the model has one by each name, none of which
    is ever run.

    Parameters
    ----------
    configuration
        What was read from the file.
    place
        The file, for messages.

    Raises
    ------
    InputError
        If it is no configuration of a machine, or the library refuses it.

    Examples
    --------
    >>> machine = machine_of_configuration({"states": ["off", "on"], "initial": "off", "transitions": [
    ...     {"trigger": "switch", "source": "off", "dest": "on", "conditions": "is_paid"}]}, "lamp.yaml")
    >>> machine.initial, [event for event in machine.events if not event.startswith("to_")]
    ('off', ['switch'])
    """
    if not isinstance(configuration, Mapping):
        raise InputError(f"{place} holds {_kind(configuration)}, not the configuration of a machine; {_INSTEAD}")
    if "states" not in configuration and "transitions" not in configuration:
        inner = [key for key, value in configuration.items() if isinstance(value, Mapping) and "states" in value]
        raise InputError(
            f"{place} has neither states nor transitions at its top; "
            + (f"its {inner[0]!r} has: put that into a file of its own" if inner else _INSTEAD)
        )
    config = {key: value for key, value in configuration.items() if key != "model"}
    _refuse_misread(config, place)
    is_nested = _is_nested(config)
    kind: type[Machine] = HierarchicalMachine if is_nested else Machine
    known = [name for one in kind.__mro__ for name in inspect.signature(one).parameters]
    for key in config:
        if not isinstance(key, str) or (key not in known and key not in ("before", "after")):
            raise InputError(f"{place}: a machine takes no {key!r}; {did_you_mean(str(key), known)}")
    wanted = [feature for key, feature in _FEATURES.items() if any(key in state for state in _states(config))]
    if wanted:
        kind = add_state_features(*wanted)(type("Machine", (kind,), {}))
    names = tuple(sorted({name for name in _callbacks(config) if name.isidentifier()}))
    model = type("Model", (StandIn,), {"place": place, "names": names, **dict.fromkeys(names, _stand_in)})()
    try:
        return kind(model, **config)
    except Exception as error:
        raise InputError(f"{place}: the library refuses it: {type(error).__name__}: {error}; {_INSTEAD}") from error


class StandIn:
    """Stands for the model of a machine that was read from a file.

    Attributes
    ----------
    place
        The file.
    names
        The methods that the machine's callbacks and conditions name.
    """

    place: str = ""
    names: tuple[str, ...] = ()

    @property
    def remedy(self) -> str:
        """What to do where the methods are needed."""
        read = "json.load" if self.place.endswith(".json") else "yaml.safe_load"
        return (
            f"{self.place} names methods of a model that is not there: {', '.join(self.names)}; to run them, give a "
            f"function that makes both: def machine(): return Machine(YourModel(), **{read}(open({self.place!r})))"
        )


def _stand_in(*_: Any, **__: Any) -> bool:
    raise AssertionError("what stands for an unknown method is never run")


def _kind(found: object) -> str:
    return "nothing" if found is None else f"a {type(found).__name__}"


def _states(config: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every state that has more than a name, those inside others included."""
    pending = list(_listed(config.get("states")))
    while pending:
        state = pending.pop(0)
        if isinstance(state, Mapping):
            yield state
            pending += [*_listed(state.get("children")), *_listed(state.get("parallel")), *_listed(state.get("states"))]


def _transitions(config: Mapping[str, Any]) -> Iterator[Any]:
    yield from _listed(config.get("transitions"))
    for state in _states(config):
        yield from _listed(state.get("transitions"))


def _is_nested(config: Mapping[str, Any]) -> bool:
    return any({"children", "parallel", "states"} & state.keys() for state in _states(config))


def _callbacks(config: Mapping[str, Any]) -> Iterator[str]:
    for transition in _transitions(config):
        if isinstance(transition, Mapping):
            yield from _named(transition, _OF_TRANSITIONS)
        elif isinstance(transition, list):
            yield from (name for part in transition[3:] for name in _listed(part) if isinstance(name, str))
    for state in _states(config):
        yield from _named(state, _OF_STATES)
    yield from _named(config, _OF_MACHINES)


def _named(holder: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    return (name for key in keys for name in _listed(holder.get(key)) if isinstance(name, str))


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _refuse_misread(config: Mapping[str, Any], place: str) -> None:
    """Refuse names that the format does not read as text: YAML takes ``on`` and ``no`` for truth values."""
    for state in [*_listed(config.get("states")), *(one.get("name") for one in _states(config))]:
        _refuse_no_text(state, "a state", place)
    _refuse_no_text(config.get("initial"), "the initial state", place)
    for number, transition in enumerate(_transitions(config), start=1):
        parts = transition[:3] if isinstance(transition, list) else transition
        if isinstance(parts, Mapping):
            missing = [key for key in ("trigger", "source", "dest") if key not in parts]
            if missing and True not in parts:
                raise InputError(f"{place}: transition {number} has no {missing[0]}: {dict(parts)!r}")
            parts = [parts.get("trigger"), *_listed(parts.get("source")), parts.get("dest")]
        elif not isinstance(parts, list) or len(parts) < 3:
            raise InputError(
                f"{place}: transition {number} is {transition!r}; write [trigger, source, dest], or a mapping of them"
            )
        for part in parts:
            _refuse_no_text(part, f"in transition {number} a name", place)


def _refuse_no_text(value: object, what: str, place: str) -> None:
    if isinstance(value, bool | int | float):
        read = "YAML reads on, off, yes and no so" if isinstance(value, bool) else "it is read as a number"
        raise InputError(f"{place}: {what} is {value!r}, no text; {read}: put the name in quotes")
