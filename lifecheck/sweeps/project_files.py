"""The files of a project, for workers on machines that lack them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lifecheck.errors import InputError, LifecheckError
from lifecheck.sweeps.origin import Origin

KINDS = ("*.py", "*.toml", "*.yaml", "*.yml", "*.json")
"""What a machine or its claims may be written in."""

MOST_BYTES = 20_000_000
"""More than this is no project's text, and is not sent."""

_WRITTEN: list[TemporaryDirectory[str]] = []
"""Folders of projects that were sent here; they go when this process ends, or is sent another."""

_LEFT_OUT = {".venv", "venv", "node_modules", "build", "dist", "__pycache__", "docs", "tests"}


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the text of a project: its Python files and what configures them, by their place in it.

    Raises
    ------
    InputError
        If they are far more than a project has.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name:
    ...     written = (Path(name) / "shop.py").write_text("LIMIT = 3")
    ...     files_of(Path(name))
    {'shop.py': b'LIMIT = 3'}
    """
    found: dict[str, bytes] = {}
    size = 0
    for kind in KINDS:
        for path in sorted(folder.rglob(kind)):
            steps = path.relative_to(folder).parts
            if any(step in _LEFT_OUT or step.startswith(".") for step in steps) or not path.is_file():
                continue
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
            size += path.stat().st_size
            if size > MOST_BYTES:
                raise InputError(
                    f"folder {str(folder)!r} holds more than {MOST_BYTES // 1_000_000} MB of Python and configuration, "
                    "too much to send to workers; run this in the project's own folder"
                )
    return found


def install(origin: Origin, files: Mapping[str, bytes]) -> str:
    """Let this process load what is swept; return why it cannot, or nothing.

    Where the project's folder is here, with the same files, it is used as it is; elsewhere the files are written.
    """
    from lifecheck.sweeps import judging

    folder = Path(origin.folder)
    try:
        if not folder.is_dir() or files_of(folder) != dict(files):
            _WRITTEN[:] = [TemporaryDirectory(prefix="lifecheck-project-", ignore_cleanup_errors=True)]
            folder = Path(_WRITTEN[0].name)
            for name, text in files.items():
                place = folder / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(text)
            _forget_modules(origin.folder)
        judging.install(origin, replace(origin, folder=str(folder)).loaded())
    except LifecheckError as error:
        return " ".join(str(error).split())
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())}"
    return ""


def _forget_modules(folder: str) -> None:
    """Forget modules that were imported from a folder whose files are others by now."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is not None and Path(file).is_relative_to(folder):
            del sys.modules[name]
