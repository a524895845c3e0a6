"""Finds from where a file of its own can import a system and a property, and writes the Python that names them."""

from __future__ import annotations

import ast
import importlib
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.machines import component_of
from lifecheck.properties import Claim, Expression, Predicate, Property, claim_named, name_of
from lifecheck.reports.python_source import WIDTH, listed, mapped, quoted
from lifecheck.system import Arguments, Component, System

Place = tuple[str, str]
"""A module, and a name in it."""

Write = Callable[["Imports"], str]
"""Writes Python, given what the file imports."""


_ARGUMENTS: Place = ("lifecheck.system", "Arguments")


class Imports:
    """The import lines of a file, and what everything imported is called after them.

    Parameters
    ----------
    places
        What is imported. It is called by its name where that is free, and else by its module too.
    taken
        Names that are not free.

    Examples
    --------
    >>> found = Imports([("lamps", "lamp"), ("bells", "check")], taken={"check"})
    >>> found.lines, found.name(("bells", "check"))
    (('import bells', 'from lamps import lamp'), 'bells.check')
    """

    def __init__(self, places: Iterable[Place], taken: Set[str] = frozenset()) -> None:
        wanted = tuple(dict.fromkeys(places))
        names = [name for _, name in wanted]
        self._called: dict[Place, str] = {}
        found: dict[str, list[str]] = {}
        for module, name in wanted:
            is_free = "." not in name and name not in taken and names.count(name) == 1
            found.setdefault(module, []).extend([name] if is_free else [])
            self._called[module, name] = name if is_free else f"{module}.{name}"
        by_module = {called.removesuffix(f".{name}") for (_, name), called in self._called.items() if called != name}
        self.lines = tuple(
            line
            for module in sorted(found)
            for line in ([f"import {module}"] if module in by_module else []) + _from(module, sorted(found[module]))
        )

    def name(self, place: Place) -> str:
        """Return what is imported from a place is called."""
        return self._called[place]


def _from(module: str, names: Sequence[str]) -> list[str]:
    line = f"from {module} import {', '.join(names)}"
    if len(line) > WIDTH:
        line = "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])
    return [line] if names else []


@dataclass(frozen=True)
class Importable:
    """Python that makes a value again.

    Parameters
    ----------
    places
        What it imports.
    write
        Writes it.
    is_recorded
        Whether it is a system of machines that are composed when the test runs.
    is_looked_up
        Whether it is looked up among what the user's modules name.
    is_claim
        Whether it is the property of a claim of a table.
    """

    places: tuple[Place, ...]
    write: Write
    is_recorded: bool = False
    is_looked_up: bool = False
    is_claim: bool = False


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
        return _recorded(system, {component.name: _place(component) for component in system.parts})
    place = place_named(source)
    found = _imported(*place)
    if isinstance(found, Mapping):
        if variant not in found:
            raise InputError(
                f"{source!r} holds no variant {variant!r} that a test file could import; give it a name there, or "
                + did_you_mean(str(variant), map(str, found))
            )
        return Importable((place,), lambda imports: f"{imports.name(place)}[{quoted(str(variant))}]", is_looked_up=True)
    if isinstance(found, System):
        return Importable((place,), lambda imports: imports.name(place), is_looked_up=True)
    (component,) = system.components
    return _recorded(system, {component.name: place})


def importable_property(
    asked: Property, claim: Claim | None = None, claims: str | None = None
) -> tuple[Importable | None, str]:
    """Return the Python that makes a property again in another file, and a sentence where that is not as written.

    Predicates written as text stay text, and functions at the top of a module are imported. Where there are others,
    the claim is imported from its table.

    Parameters
    ----------
    asked
        The property.
    claim
        The claim that it is asked by.
    claims
        Where the table of that is, as ``package.module:name``.

    Returns
    -------
    tuple
        None where another file cannot have it.

    Raises
    ------
    InputError
        If the claim is not in that table, or asks something else there.
    """
    predicates = [predicate for predicate in (asked.given, asked.goal) if predicate is not None]
    found: dict[int, Place | str] = {}
    reason = ""
    for predicate in predicates:
        try:
            found[id(predicate)] = predicate.text if isinstance(predicate, Expression) else _place_of(predicate)
        except InputError as error:
            reason = f"predicate {name_of(predicate)} {error}"
    if not reason:
        places = tuple(place for place in found.values() if isinstance(place, tuple))
        return Importable(places, lambda imports: _asked_again(asked, found, imports)), ""
    if claim is None or claims is None:
        return None, f"It replays the run only: {reason}, or write it as text"
    place = place_named(claims)
    if claim_named(_imported(*place), claim.name).asked != asked:
        raise InputError(f"claim {claim.name!r} of {claims!r} asks something else than {asked.formula}")
    return (
        Importable(
            (place,),
            lambda imports: f"claim_named({imports.name(place)}, {quoted(claim.name)}).asked",
            is_looked_up=True,
            is_claim=True,
        ),
        f"The property is that of the claim {claim.name!r} of {claims}",
    )


def _asked_again(asked: Property, found: Mapping[int, Place | str], imports: Imports) -> str:
    """Return the call that makes a property, one argument a line where it is long."""
    goal, given = (_predicate(predicate, found, imports) for predicate in (asked.goal, asked.given))
    arguments = [goal]
    if asked.given is not None:
        arguments = [given, goal] if asked.kind.is_liveness else [goal, f"given={given}"]
    line = f"{asked.kind}({', '.join(arguments)})"
    return line if len(line) <= WIDTH else "\n".join([f"{asked.kind}(", *(f"    {one}," for one in arguments), ")"])


def _predicate(predicate: Predicate | None, found: Mapping[int, Place | str], imports: Imports) -> str:
    here = found.get(id(predicate), "")
    return quoted(here) if isinstance(here, str) else imports.name(here)


def place_named(source: str) -> Place:
    """Return module and name of ``package.module:name``.

    Raises
    ------
    InputError
        If it is not of this form.
    """
    module, colon, name = source.partition(":")
    if not (module and colon and name.isidentifier()):
        raise InputError(f"{source!r} is not of the form package.module:name")
    return module, name


def _place(component: Component) -> Place:
    """Return module and qualified name of the function that makes a component's machine."""
    factory = component.factory
    if factory is None:
        raise InputError(
            f"component {component.name!r} was not made by a function that a test file could import; give check a "
            "function that returns a fresh machine, or say where the system is: source='package.module:name'"
        )
    try:
        return _place_of(factory)
    except InputError as error:
        raise InputError(f"component {component.name!r}: its factory {error}") from None


def _place_of(function: object) -> Place:
    """Return module and qualified name of a function; an error says what it is, and what to do."""
    module, name = getattr(function, "__module__", None), getattr(function, "__qualname__", None)
    remedy = "define it by def at the top of a module"
    if not module or not name:
        raise InputError(f"{function!r} has no name to import; {remedy}")
    if "<lambda>" in name:
        raise InputError(f"is a lambda, which cannot be imported; {remedy}")
    if "<locals>" in name:
        raise InputError(f"{name!r} is defined inside a function, so it cannot be imported; {remedy}")
    if module == "__main__":
        raise InputError(
            f"{name!r} is defined in the program that runs, so it cannot be imported; move it to a module that the "
            "program imports"
        )
    try:
        found = _imported(module, name)
    except InputError as error:
        raise InputError(f"cannot be imported: {error}; {remedy}") from None
    if found is not function:
        raise InputError(f"is not what {module}.{name} is, so it cannot be imported; {remedy}")
    return module, name


def _imported(module: str, name: str) -> Any:
    try:
        return operator.attrgetter(name)(importlib.import_module(module))
    except AttributeError:
        raise InputError(f"module {module!r} has no {name!r}") from None
    except (Exception, SystemExit) as error:
        raise InputError(f"module {module!r} cannot be imported: {type(error).__name__}: {error}") from error


def _recorded(system: System, machines: Mapping[str, Place]) -> Importable:
    mixed = any(one.positional and one.named for part in system.parts for one in part.arguments.values())
    return Importable(
        (*machines.values(), *([_ARGUMENTS] if mixed else [])),
        lambda imports: _composition(system, {name: imports.name(place) for name, place in machines.items()}, imports),
        is_recorded=True,
    )


def _composition(system: System, machines: Mapping[str, str], imports: Imports) -> str:
    """Return the record of a system whose machines are called so."""
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
            written = f"{imports.name(_ARGUMENTS)}({one.positional!r}, {dict(one.named)!r})"
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
