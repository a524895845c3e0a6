"""Finds a Python that has musil, or one new enough for it, for which a virtual environment is made in build/."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

BUILD = Path(__file__).parents[1] / "build"
MINORS = (14, 13, 12)
NEEDED = "it needs Python 3.12, and neither MUSIL_PYTHON, PATH nor ~/.pyenv names one in which it could be installed"


@cache
def python_with_musil(*, install: bool = True) -> Path | None:
    """Return a Python that has musil; None if there is none.

    It is the one that MUSIL_PYTHON names, else this one, else one of a virtual environment in build/, which is made if
    there is none yet, unless told not to install anything.
    """
    named = os.environ.get("MUSIL_PYTHON")
    if named:
        if not _runs(named, "import musil"):
            raise ModuleNotFoundError(f"{named}, which MUSIL_PYTHON names, has no musil")
        return Path(named)
    if _runs(sys.executable, "import musil"):
        return Path(sys.executable)
    for minor in MINORS:
        made = BUILD / f"musil-3.{minor}"
        if _runs(made / "bin" / "python", "import musil"):
            return made / "bin" / "python"
        for program in _programs(minor) if install else ():
            if _runs(program, "import ensurepip, venv") and _install(program, made):
                return made / "bin" / "python"
    return None


def _programs(minor: int) -> list[Path]:
    on_path = shutil.which(f"python3.{minor}")
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"3.{minor}.*/bin/python"))
    return [*([Path(on_path)] if on_path else []), *reversed(kept)]


def _install(program: Path, folder: Path) -> bool:
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "musil"]
    for command in ([program, "-m", "venv", "--clear", folder], pip):
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return False
    return True


def _runs(program: str | Path, statement: str) -> bool:
    try:
        return subprocess.run([program, "-c", statement], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
