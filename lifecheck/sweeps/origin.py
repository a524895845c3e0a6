"""Where the systems of a sweep come from: what travels to a worker is the import path, and is loaded there."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from lifecheck.errors import InputError, LifecheckError, did_you_mean
from lifecheck.project import Configure, Project, Switch, load_project, load_subject
from lifecheck.properties import Claim
from lifecheck.sweeps.items import Item
from lifecheck.sweeps.parameters import Parameters
from lifecheck.system import Guards, System


@dataclass(frozen=True)
class Origin:
    """What is swept, by name; the same wherever it is loaded.

    Parameters
    ----------
    system, properties
        As on the command line; None for what the project file names.
    folder
        From where both are found.
    attributes, ignored, final, arguments, guards
        What was said of a machine.
    """

    system: str | None = None
    properties: str | None = None
    folder: str = field(default_factory=lambda: str(Path.cwd()))
    attributes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    guards: Guards | None = None

    def loaded(self) -> Loaded:
        """Load it.

        Raises
        ------
        LifecheckError
            If it cannot be found, imported or used.
        """
        project = load_project(
            self.system,
            self.properties,
            Path(self.folder),
            attributes=self.attributes,
            ignored=self.ignored,
            final=self.final,
            arguments=self.arguments,
            guards=self.guards,
        )
        return Loaded(self, project)


def import_path(subject: object) -> str:
    """Return the name by which another process can import what somebody gave.

    Raises
    ------
    InputError
        If there is none, as for a lambda or what is made inside a function.

    Examples
    --------
    >>> import_path("shop:order"), import_path(inspect.cleandoc)
    ('shop:order', 'inspect:cleandoc')
    >>> import_path(lambda: None)
    Traceback (most recent call last):
    lifecheck.errors.InputError: <lambda> cannot be imported by path, so that no other process can make it; ...
    """
    if isinstance(subject, str):
        return subject
    name, module = getattr(subject, "__qualname__", ""), getattr(subject, "__module__", None)
    if not name or not module or "<" in name:
        told = name.rpartition(".")[2] or type(subject).__name__
        raise InputError(
            f"{told} cannot be imported by path, so that no other process can make it; write a function at the top of "
            "a module, and name it as package.module:name"
        )
    if module == "__main__":
        return f"{inspect.getsourcefile(subject)}:{name}"  # type: ignore[arg-type]
    return f"{module}:{name}"


class Loaded:
    """What an `Origin` names, loaded here.

    Parameters
    ----------
    origin
        What was named.
    project
        What was found there.
    """

    def __init__(self, origin: Origin, project: Project) -> None:
        self.origin = origin
        self.project = project
        self._configure = project.configure or self._parameters.system

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed."""
        return self.project.claims

    @property
    def switches(self) -> tuple[Switch, ...]:
        """The switches that are declared."""
        return self.project.switches

    @property
    def configure(self) -> Configure:
        """What makes a system of settings."""
        return self._configure

    def system(self, item: Item) -> System:
        """Make the system of an item, without its mutants.

        Raises
        ------
        InputError
            If its settings contradict each other.
        LifecheckError
            If there is no such system.
        """
        if not item.settings:
            return self.project.variant(item.variant)
        base = self.project.variant(item.variant).settings if item.variant else {}
        try:
            return self._configure({**base, **dict(item.settings)})
        except LifecheckError:
            raise
        except (Exception, SystemExit) as error:
            raise _MadeWrongError(f"what sets the switches raised {type(error).__name__}: {error}") from error

    def known_as(self, item: Item, system: System) -> str:
        """Return the named variant that an item is, if it is one; verdicts may be expected of it."""
        if item.mutants:
            return ""
        return next((name for name, one in self.project.systems.items() if one is system), "")

    def refuse_unknown(self, over: Mapping[str, tuple[str, ...]]) -> None:
        """Raise if a switch or a value is none.

        Raises
        ------
        InputError
            If one is not.
        """
        if self.project.configure is None:
            self._parameters.refuse_unknown(over)
            return
        declared = {switch.name: switch for switch in self.switches}
        for name, values in over.items():
            if name in declared:
                for value in values:
                    if value not in declared[name].values:
                        raise InputError(
                            f"switch {name!r} cannot be {value!r}; " + did_you_mean(value, declared[name].values)
                        )
            elif declared and not self._takes(name, values):
                raise InputError(f"there is no switch {name!r}; " + did_you_mean(name, declared))

    def _takes(self, name: str, values: tuple[str, ...]) -> bool:
        """Whether some value of a switch that is not declared can be set; a switch may need another beside it."""
        assert self.project.configure is not None, "asked only then"
        for value in values:
            try:
                self.project.configure({name: value})
            except InputError as error:
                if "there is no switch" in str(error):
                    return False
        return True

    @cached_property
    def _parameters(self) -> Parameters:
        """What the function takes that makes the machine; what was said of that counts before the project file."""
        origin = self.origin
        subject = load_subject(origin.system, Path(origin.folder))
        guards = origin.guards or subject.guards
        said = replace(
            subject,
            attributes=origin.attributes or (() if guards else subject.attributes),
            ignored=origin.ignored or subject.ignored,
            arguments=origin.arguments or subject.arguments,
            guards=guards,
        )
        base = next(iter(self.project.systems.values()))
        return Parameters(said, base.components[0].name)


class _MadeWrongError(LifecheckError):
    """What sets the switches raised something that is no refusal."""
