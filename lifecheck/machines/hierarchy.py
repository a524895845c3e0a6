"""How the states of a hierarchical machine are named: ``parent_child``, and ``a|b`` where regions are parallel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from transitions import Machine

from lifecheck.errors import ComponentError
from lifecheck.system import TOGETHER, Nesting, Path


def nesting_of(machine: Machine, name: str) -> Nesting | None:
    """Return the hierarchy of a machine's states; None if it has none.

    Raises
    ------
    ComponentError
        If a state's name would make the names of parallel states ambiguous.
    """
    if not hasattr(machine.state_cls, "separator"):  # what tells nested states from flat ones
        return None
    separator = machine.state_cls.separator
    states = list(_walk(machine, ()))
    for path, _ in states:
        if TOGETHER in separator.join(path):
            raise ComponentError(
                f"component {name!r}: state {separator.join(path)!r} contains {TOGETHER!r}, which stands between "
                "parallel states; rename it"
            )
    return Nesting(
        separator,
        tuple(separator.join(path) for path, _ in states),
        frozenset(separator.join(path) for path, state in states if state.initial),
    )


def scopes(machine: Machine) -> Iterator[tuple[Path, Any]]:
    """Yield the machine and each state that may define events of its own, outermost first, with its path."""
    yield (), machine
    if hasattr(machine.state_cls, "separator"):
        yield from _walk(machine, ())


def entered(machine: Machine, name: str, separator: str) -> Iterator[str]:
    """Yield what is active once a state is entered: its ancestors, itself, and the children it starts in."""
    path = name.split(separator)
    scope: Any = machine
    for depth, step in enumerate(path, start=1):
        scope = scope.states[step]
        yield separator.join(path[:depth])
    initial = scope.initial if isinstance(scope.initial, list | tuple) else [scope.initial]
    for child in initial:
        if child:  # False stands for none as well
            yield from entered(machine, separator.join([*path, plain(child)]), separator)


def active_paths(machine: Any, model: object) -> list[Path]:
    """Return the path of each innermost active state, in the order of the library."""
    value = getattr(model, machine.model_attribute)
    separator = machine.state_cls.separator
    tree = machine.build_state_tree(value if isinstance(value, list) else [value], separator)
    return list(_leaves(tree, ()))


def value_of(text: str, separator: str) -> str | list[Any]:
    """Return the value that the library keeps on a model in the state that is written like this.

    Examples
    --------
    >>> value_of("on_a_1|on_a_2|on_b", "_")
    [['on_a_1', 'on_a_2'], 'on_b']
    """
    tree: dict[str, Any] = {}
    for leaf in text.split(TOGETHER):
        branch = tree
        for step in leaf.split(separator):
            branch = branch.setdefault(step, {})
    value: str | list[Any] = _listed(tree, (), separator)
    return value


def accepts(machine: Machine, paths: Sequence[Path], trigger: str) -> bool:
    """Whether some row answers a trigger where these states are active; looks, runs nothing."""
    for path in paths:
        scope: Any = machine
        for depth, step in enumerate(path):
            event = scope.events.get(trigger)
            if event is not None:
                names = (_joined(machine, path[depth:end]) for end in range(depth + 1, len(path) + 1))
                if any(name in event.transitions for name in names):  # reading [...] would add a source
                    return True
            if depth + 1 < len(path):
                scope = scope.states[step]
    return False


def plain(name: Any) -> str:
    """Return a state's own name, also where it is an enum's member or the library's object."""
    return str(name.name) if isinstance(name, Enum) or hasattr(name, "name") else str(name)


def _joined(machine: Any, path: Sequence[str]) -> str:
    return path[0] if len(path) == 1 else str(machine.state_cls.separator.join(path))


def _walk(scope: Any, prefix: Path) -> Iterator[tuple[Path, Any]]:
    for name, state in scope.states.items():
        yield (*prefix, name), state
        yield from _walk(state, (*prefix, name))


def _leaves(tree: Mapping[str, Any], prefix: Path) -> Iterator[Path]:
    for name, branch in tree.items():
        if branch:
            yield from _leaves(branch, (*prefix, name))
        else:
            yield (*prefix, name)


def _listed(tree: Mapping[str, Any], prefix: Path, separator: str) -> Any:
    found = [
        _listed(branch, (*prefix, step), separator) if branch else separator.join((*prefix, step))
        for step, branch in tree.items()
    ]
    return found if len(found) > 1 else found[0]
