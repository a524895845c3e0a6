"""Finds what to check: what the project file names, or what the command line does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError
from lifecheck.machines import called_after, component_of, foreign, offers_machine
from lifecheck.project.configuration import PROJECT_FILE, Configuration, find_configuration
from lifecheck.project.project import SECTION, Project
from lifecheck.project.switches import Switch
from lifecheck.project.target import (
    Target,
    attribute,
    canonical,
    import_from,
    is_configuration,
    load,
    module_of,
    target_of,
)
from lifecheck.properties import Claim, can_end, refuse_same_names
from lifecheck.system import Component, Guards, System, written_arguments


@dataclass(frozen=True)
class Subject:
    """What was named, as it was found, and what the project file says of it.

    Parameters
    ----------
    name
        How it was named.
    found
        The object.
    attributes, ignored, final, arguments, guards
        What the project file says of it, if it was named there.
    """

    name: str
    found: Any
    attributes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    guards: Guards | None = None

    @property
    def is_machine(self) -> bool:
        """Whether this is a machine, a model that carries one, or what makes either: it has declared nothing."""
        return not isinstance(self.found, System | Component | Mapping) and offers_machine(self.found)


def load_subject(system: str | None = None, folder: Path | None = None) -> Subject:
    """Load what the command line names, or else what the project file names as its systems; needs no claims.

    Raises
    ------
    InputError
        If it cannot be found, imported or checked.
    """
    folder = _existing(folder)
    if system is not None:
        import_from(folder)
        subject = Subject(system, load(system, folder))
    else:
        configuration = find_configuration(folder)
        import_from(configuration.folder)
        name = _name_of_systems(configuration)
        subject = Subject(
            name,
            load(name, configuration.folder),
            configuration.names("attributes"),
            configuration.names("ignored"),
            configuration.names("final"),
            configuration.names("arguments"),
            configuration.guards,
        )
    if not subject.is_machine:
        _systems(subject.found, subject.name, _Said())
    return subject


def load_project(
    system: str | None = None,
    properties: str | None = None,
    folder: Path | None = None,
    *,
    claims_needed: bool = True,
    attributes: Sequence[str] = (),
    ignored: Sequence[str] = (),
    final: Sequence[str] = (),
    arguments: Sequence[str] = (),
    guards: Guards | None = None,
) -> Project:
    """Load what the command line names, or else what the project file names.

    Parameters
    ----------
    system
        ``package.module:name``, ``module:object.attribute`` or ``path/file.py:name`` of a system, a mapping of names
        to systems, a component, a `transitions` machine, or a function that returns a fresh one, or a file in YAML or
        JSON with the configuration of a machine; None for the project file's.
    properties
        The same of the claims; None for the project file's or, beside a given system, for what its module calls
        ``CLAIMS``.
    folder
        Where the search for the project file begins, and what is named is imported from; the current folder unless
        given.
    claims_needed
        Whether it is of use only with claims.
    attributes
        Names of a machine's attributes that belong to its state.
    ignored
        Names of what may change in a machine because nothing depends on it.
    arguments
        What a machine's triggers are fired with that take arguments, each as ``trigger=value``.
    guards
        "either" to run no callback of a machine, and let each guard answer either way. What the project file says of
        attributes does not count then.
    final
        States in which a run may end; of several components ``component=state``. They add the claim that a run can
        always end.

    Raises
    ------
    InputError
        If something named cannot be found, imported or used.
    """
    folder = _existing(folder)
    if system is None:
        said = _Said(attributes, ignored, final, arguments, guards)
        return _configured(find_configuration(folder), properties, claims_needed, said)
    import_from(folder)
    found = load(system, folder)
    systems = _systems(found, system, _Said(attributes, ignored, final, arguments, guards))
    place = properties or f"{canonical(system, folder).partition(':')[0]}:CLAIMS"
    claims = load(properties, folder) if properties else _beside(target_of(system), folder, place)
    ending = can_end(systems.values(), final)
    if claims is None and not claims_needed:
        claims = ()
    if claims is None and not ending:
        raise InputError(
            f"nothing is claimed of {system!r}; name the claims with --properties package.module:name, or the states "
            "in which a run may end with --final STATE"
        )
    return Project(
        canonical(system, folder),
        systems,
        _with(_claims(() if claims is None else claims, place), ending),
        claims_name=place,
        is_machine=_is_bare(found),
    )


def _beside(target: Target, folder: Path, place: str) -> Any:
    """Return what the module of a system calls its claims, if it has some."""
    return None if target.is_configuration else attribute(module_of(target, folder), "CLAIMS", place)


def _configured(
    configuration: Configuration,
    properties: str | None,
    claims_needed: bool,
    said: _Said,
) -> Project:
    """Return what a project file names."""
    folder, settings = configuration.folder, configuration.settings
    import_from(folder)
    named = _name_of_systems(configuration)
    place = properties or configuration.text("properties")
    if not place and claims_needed and not (said.final or configuration.names("final")):
        raise InputError(f"[{SECTION}] in {PROJECT_FILE} does not name its properties as 'package.module:name'")
    found = load(named, folder)
    for option, value, _ in said.options() if not _is_bare(found) else ():
        raise InputError(
            f"{option} {value} is about a machine that the command names; the systems of [{SECTION}] declare their own"
        )
    final = said.final or configuration.names("final")
    guards = said.guards or configuration.guards
    whole = _Said(
        said.attributes or (() if guards else configuration.names("attributes")),
        said.ignored or configuration.names("ignored"),
        final,
        said.arguments or configuration.names("arguments"),
        guards,
    )
    systems = _systems(found, named, whole)
    project = Project(
        name=named,
        systems=systems,
        claims=_with(
            _claims(load(place, folder), place) if place else (),
            can_end(systems.values(), final),
        ),
        configure=load(settings["configure"], folder) if "configure" in settings else None,
        shown=configuration.names("shown"),
        lanes=configuration.titles("lanes"),
        lifelines=configuration.titles("lifelines"),
        state_spaces=configuration.names("state_spaces"),
        reproduce=configuration.text("reproduce"),
        mutated=configuration.text("mutated"),
        survivors=_survivors(settings["survivors"], folder) if "survivors" in settings else {},
        switches=_switches(settings["switches"], folder) if "switches" in settings else (),
        claims_name=place,
        pictures=folder / configuration.text("pictures") if "pictures" in settings else None,
        is_machine=_is_bare(found),
    )
    for name in (*project.shown, *project.state_spaces, *filter(None, [project.mutated])):
        project.variant(name)
    return project


@dataclass(frozen=True)
class _Said:
    """What was said of a machine."""

    attributes: Sequence[str] = ()
    ignored: Sequence[str] = ()
    final: Sequence[str] = ()
    arguments: Sequence[str] = ()
    guards: Guards | None = None

    def options(self) -> Iterator[tuple[str, str, str]]:
        """Yield the first of what each option said, but where a run may end: option, value, and argument."""
        for option, names in (
            ("attributes", self.attributes),
            ("ignored", self.ignored),
            ("arguments", self.arguments),
            ("guards", [self.guards] if self.guards else []),
        ):
            yield from ((f"--{option.replace('attributes', 'attribute')}", name, option) for name in names[:1])


def _existing(folder: Path | None) -> Path:
    try:
        return (folder or Path.cwd()).resolve()
    except OSError as error:
        raise InputError(f"the current folder cannot be used: {error.strerror or error}") from error


def _name_of_systems(configuration: Configuration) -> str:
    if "systems" not in configuration.settings:
        raise InputError(f"[{SECTION}] in {PROJECT_FILE} does not name its systems as 'package.module:name'")
    return configuration.text("systems")


def _is_bare(found: object) -> bool:
    return Subject("", found).is_machine


def _systems(
    found: Any,
    target: str,
    said: _Said,
) -> Mapping[str, System]:
    name = Path(target).stem if is_configuration(target) else target.rpartition(":")[2].rpartition(".")[2]
    if _is_bare(found):
        component = component_of(
            found,
            _called(found, name),
            attributes=said.attributes,
            ignored=said.ignored,
            arguments=written_arguments(said.arguments),
            guards=said.guards,
        )
        return {name: _unfair(component)}
    for option, value, role in said.options():
        raise InputError(
            f"{option} {value}: {target!r} is no single machine, and declares its own; pass "
            + ("guards='either' to component_of(...)" if role == "guards" else f"{role}=[...] to component_of(...) or ")
            + ("" if role == "guards" else "compose(...)")
            + " there"
        )
    if isinstance(found, Mapping) and found and all(isinstance(system, System) for system in found.values()):
        return dict(found)
    if isinstance(found, System):
        return {name: found}
    if isinstance(found, Component):
        return {name: _unfair(found)}
    raise InputError(
        f"{target!r} is {type(found).__name__}; expected a System, a mapping of names to systems, a Component, "
        f"a transitions machine, a model that carries one, or a function that returns either{foreign(found)}"
    )


def _called(found: object, name: str) -> str:
    """Return how a machine is called: after what makes it or, where that says nothing, as it is named here."""
    own = called_after(found)
    lowered = name.lower()
    is_free = lowered.isidentifier() and not iskeyword(lowered) and lowered != "state"
    return lowered if own == "machine" and is_free else own


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


def _with(claims: Sequence[Claim], ending: Sequence[Claim]) -> tuple[Claim, ...]:
    """Add the claim about the end, in place of one of its name."""
    named = {claim.name for claim in ending}
    return (*(claim for claim in claims if claim.name not in named), *ending)


def _survivors(target: str, folder: Path) -> Mapping[str, str]:
    found = load(target, folder)
    if isinstance(found, Mapping) and all(isinstance(text, str) for text in (*found.keys(), *found.values())):
        return dict(found)
    raise InputError(f"{target!r} is {type(found).__name__}; expected a mapping of mutants' descriptions to reasons")


def _switches(target: str, folder: Path) -> tuple[Switch, ...]:
    found = load(target, folder)
    switches = tuple(found) if isinstance(found, Iterable) else (found,)
    for switch in switches:
        if not isinstance(switch, Switch):
            raise InputError(f"{target!r} holds {type(switch).__name__}; expected switches: lifecheck.Switch(...)")
    return switches
