"""The section ``[tool.lifecheck]`` of a project file: where it is found, and what each key says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError, did_you_mean
from lifecheck.project.project import SECTION
from lifecheck.system import Guards

PROJECT_FILE = "pyproject.toml"

TARGET, TEXT, NAMES, TITLES = "a name such as 'package.module:name'", "text", "a list of names", "a table of titles"
EITHER = "'either'"

KEYS: Mapping[str, tuple[str, str]] = {
    "systems": (TARGET, "What to check: a system, a mapping of names to systems, a machine, or what makes one."),
    "properties": (TARGET, "What is claimed of them; `lint` and `draw` need none."),
    "attributes": (NAMES, "Attributes of a machine's model that belong to its state, as `--attribute`."),
    "ignored": (NAMES, "What may change in a machine because nothing depends on it, as `--ignored`."),
    "arguments": (NAMES, "What a machine's triggers are fired with that take arguments, as `--arguments`."),
    "guards": (EITHER, "No callback of a machine is run, and each guard may answer either way, as `--guards`."),
    "final": (NAMES, "States in which a run may end, as `--final`."),
    "shown": (NAMES, "The variants shown unless others are asked for; without it, all."),
    "switches": (TARGET, "The switches that `configure` sets, with their values."),
    "configure": (TARGET, "Makes a system from switches and values; `--set` calls it."),
    "mutated": (TEXT, "The variant that `mutate` makes wrong unless another is asked for."),
    "survivors": (TARGET, "Why a mutant of it may survive, by the mutant's description."),
    "reproduce": (TEXT, "How to reproduce a violated claim, with {variant} and {property} to fill in."),
    "lessons": (NAMES, "Lessons that `play` offers, each named as SYSTEM is."),
    "pictures": (TEXT, "The folder that `draw` writes to, seen from the project file; `--out` names another."),
    "state_spaces": (NAMES, "Further variants whose state space is drawn."),
    "lanes": (TITLES, "The components that share the lifecycle picture, each with its title."),
    "lifelines": (TITLES, "The components that share the sequence diagrams; without it, those of the lanes."),
}
"""What each key is, and what it says."""


@dataclass(frozen=True)
class Configuration:
    """What a project file says.

    Parameters
    ----------
    folder
        The folder that holds the project file.
    settings
        Its section, each value of the kind that `KEYS` says.
    """

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return a text, empty where the key is not there."""
        return str(self.settings.get(key, ""))

    @property
    def guards(self) -> Guards | None:
        """How guards answer that are not asked."""
        return "either" if "guards" in self.settings else None

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of names, empty where the key is not there."""
        return tuple(self.settings.get(key, ()))

    def titles(self, key: str) -> dict[str, str]:
        """Return a table of titles, empty where the key is not there."""
        return dict(self.settings.get(key, {}))


def project_folder(folder: Path) -> Path:
    """Return the folder of the nearest project file, or the folder itself where there is none."""
    return next((place for place in (folder, *folder.parents) if (place / PROJECT_FILE).is_file()), folder)


def find_configuration(
    folder: Path, remedy: str = "name a system as package.module:name, or let lifecheck init write the section"
) -> Configuration:
    """Return what the nearest project file says that has the section, from a folder upwards.

    Parameters
    ----------
    folder
        Where the search begins.
    remedy
        What to do where there is none.

    Raises
    ------
    InputError
        If there is none, it cannot be read, or a key or its value is none that is known.
    """
    without = None
    for place in (folder, *folder.parents):
        path = place / PROJECT_FILE
        if path.is_file():
            settings = _section(path)
            if settings is not None:
                return Configuration(place, _checked(settings))
            without = without or path
    if without is not None:
        raise InputError(f"{without.name} has no section [{SECTION}], and none above it has; {remedy}")
    raise InputError(f"there is no {PROJECT_FILE} in the current folder or above it; {remedy}")


def _section(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{PROJECT_FILE} cannot be read: {error}") from error
    tool = content.get("tool", {})
    return tool.get("lifecheck") if isinstance(tool, dict) else None


def _checked(settings: Any) -> Mapping[str, Any]:
    if not isinstance(settings, dict):
        raise InputError(f"{SECTION} in {PROJECT_FILE} is no table; write [{SECTION}] and a key below it")
    for key, value in settings.items():
        if key not in KEYS:
            raise InputError(f"[{SECTION}] in {PROJECT_FILE} has an unknown key {key!r}; " + did_you_mean(key, KEYS))
        kind = KEYS[key][0]
        if not _is_of(kind, value):
            raise InputError(f"[{SECTION}] in {PROJECT_FILE}: {key} is {value!r}; write {kind}")
    if "switches" in settings and "configure" not in settings:
        raise InputError(f"[{SECTION}] in {PROJECT_FILE} names switches and no 'configure' that sets them")
    return dict(settings)


def _is_of(kind: str, value: object) -> bool:
    if kind == NAMES:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if kind == TITLES:
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    return value == "either" if kind == EITHER else isinstance(value, str)
