"""A virtual environment that holds what a package declares that it needs, and nothing else; no index is asked."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement


def clean_environment(folder: Path, needs: list[str]) -> Path:
    """Make an environment with links to what is installed here of some requirements; return its interpreter.

    What they need in turn is linked too, and what is not declared is not there: a missing declaration shows.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    waiting, linked = [Requirement(need) for need in needs], set[str]()
    while waiting:
        wanted = waiting.pop()
        if wanted.name in linked or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        linked.add(wanted.name)
        found = distribution(wanted.name)
        waiting += map(Requirement, found.requires or [])
        for part in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
            link = site / part
            if not link.exists():
                link.symlink_to(Path(str(found.locate_file(part))))
    return python


def install(python: Path, package: Path, *options: str) -> None:
    """Install a package with pip, which refuses if anything that it needs is not there."""
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    command = [*pip, "install", "--quiet", "--no-index", "--no-compile", *options, str(package)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
