"""Finds from where a file of its own can import a system and a property, and writes the Python that names them."""

from __future__ import annotations

import importlib
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.properties import Claim, Expression, Predicate, Property, claim_named, name_of
from lifecheck.reports.composition import ARGUMENTS, composition
from lifecheck.reports.imports import Imports, Place
from lifecheck.reports.python_source import WIDTH, quoted
from lifecheck.system import Component, System

Write = Callable[["Imports"], str]
"""Writes Python, given what the file imports."""


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
        (*machines.values(), *([ARGUMENTS] if mixed else [])),
        lambda imports: composition(system, {name: imports.name(place) for name, place in machines.items()}, imports),
        is_recorded=True,
    )
