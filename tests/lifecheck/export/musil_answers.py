"""Asks musil about exported systems, with a Python that has it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lifecheck.export.as_json import as_json
from lifecheck.export.description import Description

JUDGE = Path(__file__).with_name("musil_judge.py")


@cache
def python() -> str:
    """Return a Python that has musil: the one that MUSIL_PYTHON names, or this one; skip if there is none.

    musil asks for Python 3.12, which not every machine has that can run these tests.
    """
    named = os.environ.get("MUSIL_PYTHON")
    for program in [named] if named else [sys.executable]:
        if subprocess.run([program, "-c", "import musil"], capture_output=True, check=False).returncode == 0:
            return program
    if named:
        raise ModuleNotFoundError(f"{named}, which MUSIL_PYTHON names, has no musil")
    pytest.skip("musil is not installed (it needs Python 3.12), and MUSIL_PYTHON names no Python that has it")


def answers(descriptions: Sequence[Description]) -> list[dict[str, Any]]:
    """Return what musil says of each system: its number of states, and the verdict on each property."""
    exported = "[" + ",".join(as_json(description) for description in descriptions) + "]"
    run = subprocess.run([python(), str(JUDGE)], input=exported, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert isinstance(found, list)
    return found
