"""Writes the Python that composes a system's machines again as they were composed."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from lifecheck.errors import InputError
from lifecheck.machines import component_of
from lifecheck.reports.imports import Imports, Place
from lifecheck.reports.python_source import listed, mapped, quoted
from lifecheck.system import Arguments, Component, System

ARGUMENTS: Place = ("lifecheck.system", "Arguments")
"""What a file imports where a trigger is fired with positional and with named arguments."""


def composition(system: System, machines: Mapping[str, str], imports: Imports) -> str:
    """Return the `RecordedSystem` of a system whose machines are called so.

    Raises
    ------
    InputError
        If a trigger is fired with a value that cannot be written into a file.
    """
    declared = {component.name: component for component in system.parts}
    default = {name: _default_alphabet(component) for name, component in declared.items()}
    shared = [trigger for trigger, owners in system.owners.items() if len(owners) > 1]
    alphabets = {
        name: list(component.triggers) for name, component in declared.items() if component.alphabet != default[name]
    }
    attributes = {name: list(component.attributes) for name, component in declared.items() if component.attributes}
    ignored = {name: list(component.ignored) for name, component in declared.items() if component.ignored}
    arguments = {name: _choices(component, imports) for name, component in declared.items() if component.arguments}
    options = {
        "name": quoted(system.name),
        "shared": listed(shared),
        "alphabets": f"{{{', '.join(f'{quoted(name)}: {listed(names)}' for name, names in alphabets.items())}}}",
        "attributes": f"{{{', '.join(f'{quoted(name)}: {listed(names)}' for name, names in attributes.items())}}}",
        "ignored": f"{{{', '.join(f'{quoted(name)}: {listed(names)}' for name, names in ignored.items())}}}",
        "arguments": f"{{{', '.join(f'{quoted(name)}: {choices}' for name, choices in arguments.items())}}}",
        "observers": listed(observer.name for observer in system.observers),
        "environment": listed(trigger for trigger in system.triggers if trigger in system.environment),
        "fair": listed(one if len(one) > 1 else one[0] for one in system.owed_weakly.values()),
        "strong": mapped(system.strong, 4),
    }
    entries = ", ".join(f"{quoted(name)}: {called}" for name, called in machines.items())
    lines = [f"    {{{entries}}},"]
    lines += [f"    {option}={value}," for option, value in options.items() if value not in ("[]", "{}")]
    return "\n".join(["RecordedSystem(", *lines, ")"])


def _choices(component: Component, imports: Imports) -> str:
    """Return what the triggers of a component are fired with, by their names in its machine.

    Raises
    ------
    InputError
        If a value cannot be written into a file.
    """
    found: dict[str, list[str]] = {}
    for trigger, one in component.arguments.items():
        for value in (*one.positional, *one.named.values()):
            if not _is_literal(value):
                raise InputError(
                    f"component {component.name!r}: {trigger} is fired with {value!r}, which cannot be written into a "
                    "file; fire it with plain values, or say where the system is: source='package.module:name'"
                )
        if one.positional and one.named:
            written = f"{imports.name(ARGUMENTS)}({one.positional!r}, {dict(one.named)!r})"
        else:
            written = repr(dict(one.named) if one.named else one.positional)
        found.setdefault(component.families.get(trigger, trigger), []).append(written)
    entries = [f"{quoted(name)}: [{', '.join(choices)}]" for name, choices in found.items()]
    return f"{{{', '.join(entries)}}}"


def _is_literal(value: object) -> bool:
    try:
        return bool(ast.literal_eval(repr(value)) == value)
    except (ValueError, SyntaxError):
        return False


def _default_alphabet(component: Component) -> frozenset[str]:
    if component.factory is None:
        return frozenset(component.alphabet)
    arguments: dict[str, list[Arguments]] = {}
    for trigger, one in component.arguments.items():
        arguments.setdefault(component.families.get(trigger, trigger), []).append(one)
    made = component_of(
        component.factory,
        component.name,
        attributes=component.attributes,
        ignored=component.ignored,
        arguments=arguments,
    )
    return frozenset(made.alphabet)
