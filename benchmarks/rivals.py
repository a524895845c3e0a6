"""Finds a Python that has another checker's package, or makes a virtual environment with it in build/."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build"
PACKAGES = {"Storm": ("stormpy", "import stormpy"), "CUDD": ("dd", "import dd.cudd")}
"""What is installed for each, and what must then be possible."""


@cache
def python_with(rival: str, *, install: bool = True) -> Path | None:
    """Return a Python that has a rival; None if there is none, and none can be installed or may be."""
    package, statement = PACKAGES[rival]
    if _runs(Path(sys.executable), statement):
        return Path(sys.executable)
    folder = BUILD / package
    program = folder / "bin" / "python"
    if not _runs(program, statement) and install:
        pip = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        for command in ([sys.executable, "-m", "venv", "--clear", folder], pip):
            if subprocess.run(command, capture_output=True, check=False).returncode:
                break
    return program if _runs(program, statement) else None


def _runs(program: Path, statement: str) -> bool:
    try:
        return subprocess.run([program, "-c", statement], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
