"""Finds what to check: the project file of the current folder, or a name given as ``package.module:name``."""

from __future__ import annotations

import importlib
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from types import ModuleType
from typing import Any

from lifecheck.errors import InputError, LifecheckError, did_you_mean
from lifecheck.machines import component_of, offers_machine
from lifecheck.project.project import SECTION, Project
from lifecheck.project.switches import Switch
from lifecheck.properties import Claim, refuse_same_names
from lifecheck.system import Component, System

PROJECT_FILE = "pyproject.toml"


def load_object(target: str, folder: Path | None = None) -> Any:
    """Load what ``package.module:name`` names, from the current folder unless another is given.

    Raises
    ------
    InputError
        If it cannot be found or imported.
    """
    _import_from(_existing(folder))
    return _load(target)


def load_project(
    system: str | None = None,
    properties: str | None = None,
    folder: Path | None = None,
    *,
    claims_needed: bool = True,
    attributes: Sequence[str] = (),
) -> Project:
    """Load what the command line names, or else what the project file names.

    Parameters
    ----------
    system
        ``package.module:name`` of a system, a mapping of names to systems, a component, a `transitions`
        machine, or a function that returns a fresh one; None for the project file's.
    properties
        ``package.module:name`` of the claims; None for the project file's or, beside a given system,
        for what its module calls ``CLAIMS``.
    folder
        Where to look for the project file and to import from; the current folder unless given.
    claims_needed
        Whether a given system is of use only with claims.
    attributes
        Names of a given machine's attributes that belong to its state.

    Raises
    ------
    InputError
        If something named cannot be found, imported or used.
    """
    folder = _existing(folder)
    _import_from(folder)
    if system is not None:
        systems = _systems(_load(system), system, attributes)
        claims = _load(properties) if properties else _attribute(_module_of(system), "CLAIMS")
        if claims is None and not claims_needed:
            claims = ()
        if claims is None:
            raise InputError(f"nothing is claimed of {system!r}; name the claims with --properties package.module:name")
        place = properties or f"{system.partition(':')[0]}:CLAIMS"
        return Project(system, systems, _claims(claims, place), claims_name=place)
    if attributes:
        raise InputError(
            f"--attribute {attributes[0]} is about a machine that the command names; the systems of [{SECTION}] "
            "declare their own"
        )
    settings = _settings(folder)
    for key in ("systems", "properties"):
        if not isinstance(settings.get(key), str):
            raise InputError(f"[{SECTION}] in {PROJECT_FILE} does not name its {key} as 'package.module:name'")
    project = Project(
        name=settings["systems"],
        systems=_systems(_load(settings["systems"]), settings["systems"]),
        claims=_claims(_load(properties or settings["properties"]), properties or settings["properties"]),
        configure=_load(settings["configure"]) if "configure" in settings else None,
        shown=tuple(settings.get("shown", ())),
        lanes=dict(settings.get("lanes", {})),
        lifelines=dict(settings.get("lifelines", {})),
        state_spaces=tuple(settings.get("state_spaces", ())),
        reproduce=str(settings.get("reproduce", "")),
        mutated=str(settings.get("mutated", "")),
        survivors=_survivors(settings["survivors"]) if "survivors" in settings else {},
        switches=_switches(settings) if "switches" in settings else (),
        claims_name=properties or settings["properties"],
    )
    for name in (*project.shown, *project.state_spaces, *filter(None, [project.mutated])):
        project.variant(name)
    return project


def _existing(folder: Path | None) -> Path:
    try:
        return (folder or Path.cwd()).resolve()
    except OSError as error:
        raise InputError(f"the current folder cannot be used: {error.strerror or error}") from error


def _import_from(folder: Path) -> None:
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))  # as uvicorn does, so that a checkout needs no installation


def _settings(folder: Path) -> Mapping[str, Any]:
    path = folder / PROJECT_FILE
    remedy = "name a system as package.module:name, or run this where a project file names one"
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        raise InputError(f"there is no {PROJECT_FILE} in the current folder; {remedy}") from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{PROJECT_FILE} cannot be read: {error}") from error
    settings = content.get("tool", {}).get("lifecheck")
    if settings is None:
        raise InputError(f"{PROJECT_FILE} has no section [{SECTION}]; {remedy}")
    known = (
        *("systems", "properties", "configure", "shown", "lanes", "lifelines", "state_spaces"),
        *("reproduce", "mutated", "survivors", "switches"),
    )
    for key in settings:
        if key not in known:
            raise InputError(f"[{SECTION}] in {PROJECT_FILE} has an unknown key {key!r}; " + did_you_mean(key, known))
    return dict(settings)


def _module_of(target: str) -> Any:
    module, colon, name = target.partition(":")
    if not (module and colon and name):
        raise InputError(f"{target!r} is not of the form package.module:name")
    if "/" in module or "\\" in module or module.endswith(".py"):
        path = PurePath(module.replace("\\", "/").removesuffix(".py"))
        steps = [step for step in path.parts if step not in ("..", path.anchor)]
        raise InputError(
            f"{target!r} names a file, and not a module; write {'.'.join(steps)}:{name}"
            + ("" if path.parts == tuple(steps) else ", in the folder that this starts from")
        )
    try:
        return importlib.import_module(module)
    except LifecheckError as error:
        raise InputError(f"importing {module!r} failed: {error}") from error
    except ModuleNotFoundError as error:
        raise InputError(
            f"module {module!r} cannot be imported: {error}; run this in the folder that holds it"
        ) from error
    except SystemExit as error:
        code = "" if error.code is None else f": {error.code}"
        raise InputError(
            f"module {module!r} cannot be imported: SystemExit{code}; let it exit only under if __name__ == '__main__'"
        ) from error
    except Exception as error:
        raise InputError(f"module {module!r} cannot be imported: {type(error).__name__}: {error}") from error


_ABSENT = object()


def _load(target: str) -> Any:
    module = _module_of(target)
    name = target.partition(":")[2]
    found = _attribute(module, name, _ABSENT)
    if found is _ABSENT:
        raise InputError(f"module {module.__name__!r} has no {name!r}; " + did_you_mean(name, _of_its_own(module)))
    return found


def _attribute(module: ModuleType, name: str, default: object = None) -> Any:
    """Return what a module holds by a name; a module may make it only then, by code of its own."""
    try:
        return getattr(module, name, default)
    except LifecheckError:
        raise
    except (Exception, SystemExit) as error:
        raise InputError(f"{module.__name__}:{name} cannot be had: {type(error).__name__}: {error}") from error


def _of_its_own(module: ModuleType) -> list[str]:
    """Return the public names of what a module holds, without what it imports to make that."""
    found = []
    for name, value in vars(module).items():
        origin = getattr(value, "__module__", "") if callable(value) else type(value).__module__
        of_a_library = origin in ("typing", "__future__") or (callable(value) and not _is_inside(origin, module))
        if not (name.startswith("_") or isinstance(value, ModuleType) or of_a_library):
            found.append(name)
    return found


def _is_inside(origin: str | None, module: ModuleType) -> bool:
    return f"{origin}.".startswith(f"{module.__name__}.")


def _systems(found: Any, target: str, attributes: Sequence[str] = ()) -> Mapping[str, System]:
    name = target.partition(":")[2]
    if attributes and (isinstance(found, System | Component) or not offers_machine(found)):
        raise InputError(
            f"--attribute {attributes[0]}: {target!r} is no single machine, and declares its own; pass "
            "attributes=[...] to component_of(...) or compose(...) there"
        )
    if isinstance(found, Mapping) and found and all(isinstance(system, System) for system in found.values()):
        return dict(found)
    if isinstance(found, System):
        return {name: found}
    if isinstance(found, Component):
        return {name: _unfair(found)}
    if offers_machine(found):  # a machine, a model that carries one, or what makes either
        return {name: _unfair(component_of(found, "machine", attributes=attributes))}
    raise InputError(
        f"{target!r} is {type(found).__name__}; expected a System, a mapping of names to systems, a Component, "
        "a transitions machine or a function that returns one"
    )


def _unfair(component: Component) -> System:
    """Nothing is fair in a stranger's machine until they say so."""
    return System(component.name, [component], fair=frozenset())


def _claims(found: Any, target: str) -> tuple[Claim, ...]:
    claims = tuple(found) if isinstance(found, Iterable) else (found,)
    for claim in claims:
        if not isinstance(claim, Claim):
            raise InputError(f"{target!r} holds {type(claim).__name__}; expected claims: lifecheck.Claim(...)")
    try:
        refuse_same_names(claims)
    except InputError as error:
        raise InputError(f"{target!r}: {error}") from None
    return claims


def _survivors(target: Any) -> Mapping[str, str]:
    if not isinstance(target, str):
        raise InputError(f"[{SECTION}] in {PROJECT_FILE} does not name its survivors as 'package.module:name'")
    found = _load(target)
    if isinstance(found, Mapping) and all(isinstance(text, str) for text in (*found.keys(), *found.values())):
        return dict(found)
    raise InputError(f"{target!r} is {type(found).__name__}; expected a mapping of mutants' descriptions to reasons")


def _switches(settings: Mapping[str, Any]) -> tuple[Switch, ...]:
    target = settings["switches"]
    if not isinstance(target, str):
        raise InputError(f"[{SECTION}] in {PROJECT_FILE} does not name its switches as 'package.module:name'")
    if "configure" not in settings:
        raise InputError(f"[{SECTION}] in {PROJECT_FILE} names switches and no 'configure' that sets them")
    found = _load(target)
    switches = tuple(found) if isinstance(found, Iterable) else (found,)
    for switch in switches:
        if not isinstance(switch, Switch):
            raise InputError(f"{target!r} holds {type(switch).__name__}; expected switches: lifecheck.Switch(...)")
    return switches
