"""Finds from where a file of its own can import a system: by the name it is given, or by its machines' functions."""

from __future__ import annotations

import importlib
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.machines import component_of
from lifecheck.reports.python_source import listed, mapped, quoted
from lifecheck.system import Component, System

_TAKEN = frozenset({"compose", "explore", "labels", "missing", "pytest", "way_to", "Walk"})
"""Names that the written file uses itself."""


@dataclass(frozen=True)
class Importable:
    """Python that makes a system again.

    Parameters
    ----------
    imports
        Its import lines.
    expression
        What makes the system, given those.
    """

    imports: tuple[str, ...]
    expression: str

    @property
    def is_composed(self) -> bool:
        """Whether the expression composes machines and says who is fair, rather than naming a system that does."""
        return self.expression.startswith("compose(")


def importable(system: System, source: str | None = None, variant: str | None = None) -> Importable:
    """Return the Python that makes a system again in another file.

    Parameters
    ----------
    system
        The system.
    source
        Where it is, as ``package.module:name``: a system, a mapping that holds it under `variant`, or the machine.
        Without it, the functions that made its machines are imported from their modules.
    variant
        The system's key in the mapping.

    Raises
    ------
    InputError
        If it cannot be imported, with the reason.
    """
    if source is None:
        return _of_factories(system)
    module, colon, name = source.partition(":")
    if not (module and colon and name.isidentifier()):
        raise InputError(f"{source!r} is not of the form package.module:name")
    found = _imported(module, name)
    imports, alias = _import_lines({(module, name): name})
    called = alias[module, name]
    if isinstance(found, Mapping):
        if variant not in found:
            raise InputError(
                f"{source!r} holds no variant {variant!r} that a test file could import; give it a name there, or "
                + did_you_mean(str(variant), map(str, found))
            )
        return Importable(imports, f"{called}[{quoted(str(variant))}]")
    if isinstance(found, System):
        return Importable(imports, called)
    (component,) = system.components
    return Importable(("from lifecheck import compose", *imports), _composition(system, {component.name: called}))


def _of_factories(system: System) -> Importable:
    places = {component.name: _place(component) for component in system.parts}
    imports, alias = _import_lines({place: place[1] for place in places.values()})
    expression = _composition(system, {name: alias[place] for name, place in places.items()})
    return Importable(("from lifecheck import compose", *imports), expression)


def _place(component: Component) -> tuple[str, str]:
    """Return module and qualified name of the function that makes a component's machine."""
    factory = component.factory
    if factory is None:
        raise InputError(
            f"component {component.name!r} was not made by a function that a test file could import; give check a "
            "function that returns a fresh machine, or say where the system is: source='package.module:name'"
        )
    module, name = getattr(factory, "__module__", None), getattr(factory, "__qualname__", None)
    remedy = "define it by def at the top of a module"
    if not module or not name:
        raise InputError(f"component {component.name!r}: its factory {factory!r} has no name to import; {remedy}")
    if "<lambda>" in name:
        raise InputError(f"component {component.name!r}: its factory is a lambda, which cannot be imported; {remedy}")
    if "<locals>" in name:
        raise InputError(
            f"component {component.name!r}: its factory {name!r} is defined inside a function, so it cannot be "
            f"imported; {remedy}"
        )
    if module == "__main__":
        raise InputError(
            f"component {component.name!r}: its factory {name!r} is defined in the program that runs, so it cannot be "
            "imported; move it to a module that the program imports"
        )
    if _imported(module, name) is not factory:
        raise InputError(
            f"component {component.name!r}: its factory is not what {module}.{name} is, so it cannot be imported; "
            + remedy
        )
    return module, name


def _imported(module: str, name: str) -> Any:
    try:
        return operator.attrgetter(name)(importlib.import_module(module))
    except AttributeError:
        raise InputError(f"module {module!r} has no {name!r}") from None
    except (Exception, SystemExit) as error:
        raise InputError(f"module {module!r} cannot be imported: {type(error).__name__}: {error}") from error


def _import_lines(names: Mapping[tuple[str, str], str]) -> tuple[tuple[str, ...], dict[tuple[str, str], str]]:
    """Return import lines, and what each place is called after them: its name, where that is free."""
    lines, alias = [], {}
    wanted = list(names.values())
    for (module, name), called in names.items():
        if "." not in name and called not in _TAKEN and wanted.count(called) == 1:
            lines.append(f"from {module} import {name}")
            alias[module, name] = name
        else:
            lines.append(f"import {module}")
            alias[module, name] = f"{module}.{name}"
    return tuple(dict.fromkeys(sorted(lines))), alias


def _composition(system: System, machines: Mapping[str, str]) -> str:
    """Return the call of `compose` that makes a system of machines that are called so."""
    declared = {component.name: component for component in system.parts}
    default = {name: _default_alphabet(component) for name, component in declared.items()}
    shared = [trigger for trigger, owners in system.owners.items() if len(owners) > 1]
    alphabets = {
        name: list(component.triggers) for name, component in declared.items() if component.alphabet != default[name]
    }
    attributes = {name: list(component.attributes) for name, component in declared.items() if component.attributes}
    ignored = {name: list(component.ignored) for name, component in declared.items() if component.ignored}
    options = {
        "name": quoted(system.name),
        "shared": listed(shared),
        "alphabets": f"{{{', '.join(f'{quoted(name)}: {listed(names)}' for name, names in alphabets.items())}}}",
        "attributes": f"{{{', '.join(f'{quoted(name)}: {listed(names)}' for name, names in attributes.items())}}}",
        "ignored": f"{{{', '.join(f'{quoted(name)}: {listed(names)}' for name, names in ignored.items())}}}",
        "observers": listed(observer.name for observer in system.observers),
        "environment": listed(trigger for trigger in system.triggers if trigger in system.environment),
        "fair": listed(trigger for trigger in system.triggers if trigger in system.weakly_fair),
        "strong": mapped(system.strong, 4),
    }
    entries = ", ".join(f"{quoted(name)}: {called}" for name, called in machines.items())
    lines = [f"    {{{entries}}},"]
    lines += [f"    {option}={value}," for option, value in options.items() if value not in ("[]", "{}")]
    return "\n".join(["compose(", *lines, ")"])


def _default_alphabet(component: Component) -> frozenset[str]:
    if component.factory is None:
        return frozenset(component.alphabet)
    made = component_of(component.factory, component.name, attributes=component.attributes, ignored=component.ignored)
    return frozenset(made.alphabet)
