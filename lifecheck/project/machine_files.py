"""Reads the configuration of a machine from a file in YAML or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError, did_you_mean

CONFIGURATIONS = (".yaml", ".yml", ".json")
"""How the names of such files end."""


def read_configuration(path: Path, name: str) -> Any:
    """Return what a file holds.

    Parameters
    ----------
    path
        The file.
    name
        How it was named, for messages.

    Raises
    ------
    InputError
        If it cannot be read, or is not of its format; says in which line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        near = did_you_mean(path.name, _beside(path))
        raise InputError(f"there is no file {name!r}; {near}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name} cannot be read: {error}") from error
    if name.endswith(".json"):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise InputError(f"{name} is no JSON: {error.msg} in line {error.lineno}") from None
    try:
        import yaml
    except ImportError:
        raise InputError(f"{name} needs PyYAML to be read; install it with pip install pyyaml, or write JSON") from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = "" if mark is None else f" in line {mark.line + 1}"
        raise InputError(
            f"{name} is no YAML: {getattr(error, 'problem', None) or 'it cannot be read'}{where}"
        ) from None


def _beside(path: Path) -> list[str]:
    """Return the configurations in the folder of a file."""
    folder = path.parent
    return (
        [one.name for one in sorted(folder.iterdir()) if one.name.endswith(CONFIGURATIONS)] if folder.is_dir() else []
    )
