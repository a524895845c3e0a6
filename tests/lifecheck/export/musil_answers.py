"""Asks musil about exported systems, with a Python that has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lifecheck.export.as_json import as_json
from lifecheck.export.description import Description

MADE = Path(__file__).parents[3] / "build" / "musil" / "bin" / "python"
"""Where `make cross-check` installs musil, if it finds a Python that can have it."""

JUDGE = Path(__file__).with_name("musil_judge.py")


@cache
def python() -> str:
    """Return a Python that has musil: the one that MUSIL_PYTHON names, or the first that is found; skip if none has it.

    musil asks for Python 3.12, which not every machine has that can run these tests.
    """
    named = os.environ.get("MUSIL_PYTHON")
    for program in [named] if named else candidates():
        if subprocess.run([program, "-c", "import musil"], capture_output=True, check=False).returncode == 0:
            return program
    if named:
        raise ModuleNotFoundError(f"{named}, which MUSIL_PYTHON names, has no musil")
    pytest.skip("no Python 3.12 or later was found that has musil; install it there, or let MUSIL_PYTHON name one")


def candidates() -> list[str]:
    """Return the Pythons that may have musil: this one, that of `make cross-check`, those of the path and of pyenv."""
    versions = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    named = [shutil.which(f"python3.{minor}") for minor in range(12, 20)]
    found = [sys.executable, str(MADE), *filter(None, named), *map(str, versions)]
    return [program for program in found if Path(program).exists()]


def answers(descriptions: Sequence[Description]) -> list[dict[str, Any]]:
    """Return what musil says of each system: its number of states, and the verdict on each property."""
    exported = "[" + ",".join(as_json(description) for description in descriptions) + "]"
    run = subprocess.run([python(), str(JUDGE)], input=exported, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert isinstance(found, list)
    return found
