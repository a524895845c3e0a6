"""The files of a project, for workers on machines that lack them, or that have others."""

from __future__ import annotations

import hashlib
import importlib
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lifecheck.errors import InputError, LifecheckError
from lifecheck.project import PROJECT_FILE, find_configuration, project_folder
from lifecheck.sweeps.origin import Origin

KINDS = (".py", ".toml", ".yaml", ".yml", ".json", ".txt", ".csv", ".tsv", ".ini", ".cfg", ".xml")
"""What a machine or its claims may be written in, or read when they are made."""

MOST_BYTES = 20_000_000
"""More than this is no project's text, and is not sent."""

_MOST_KEPT = 8
"""How many projects a worker keeps, so that several sweeps may go on beside each other; others are sent again."""

_LEFT_OUT = {"venv", "node_modules", "__pycache__"}


@dataclass(frozen=True)
class Sent:
    """A project as it is sent to the workers of a cluster.

    Parameters
    ----------
    origin
        What is swept.
    root
        The folder of the project where it was sent from.
    files
        Its text, by the place in that folder.
    """

    origin: Origin
    root: str
    files: Mapping[str, bytes]

    @cached_property
    def name(self) -> str:
        """What tells it from any other, and from what it was before somebody changed a file."""
        found = hashlib.sha256(repr((self.origin, self.root)).encode())
        for name, text in self.files.items():
            found.update(f"{name}\0{len(text)}\0".encode() + text)
        return found.hexdigest()


class NotSentError(LifecheckError):
    """A worker was asked about a project that it was not sent, because it joined the cluster later."""


def sent_of(origin: Origin) -> Sent:
    """Return what is to be sent for a sweep: the files below the nearest project file, or below the current folder.

    Raises
    ------
    InputError
        If they are far more than a project has.
    """
    folder = Path(origin.folder)
    root = find_configuration(folder).folder if origin.system is None else project_folder(folder)
    return Sent(origin, str(root), files_of(root))


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the text of a project: its Python files and what they may read, by their place in it.

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
    for place, folders, names in os.walk(folder):
        # a folder that begins with a dot is some tool's, and an environment has its own on every machine
        folders[:] = sorted(
            name
            for name in folders
            if not (name.startswith(".") or name in _LEFT_OUT or (Path(place) / name / "pyvenv.cfg").exists())
        )
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix not in KINDS or not path.is_file():
                continue
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
            size += path.stat().st_size
            if size > MOST_BYTES:
                raise InputError(
                    f"folder {str(folder)!r} holds more than {MOST_BYTES // 1_000_000} MB of Python, configuration and "
                    f"text, too much to send to workers; run this in the project's own folder, which has {PROJECT_FILE}"
                )
    return found


def receive(sent: Sent) -> None:
    """Keep a project in this process, which is a worker's, until it is asked about it."""
    while len(_received) >= _MOST_KEPT:
        del _received[next(iter(_received))]
    _received[sent.name] = sent


def asked_of(name: str, version: tuple[str, str], function: Callable[..., Any], *given: Any) -> Any:
    """Call something in this process, which is a worker's, where a project that it was sent is the loaded one.

    Parameters
    ----------
    name
        Of the project.
    version
        What `versions` says where the sweep was begun.
    function, given
        What is called, and with what.

    Raises
    ------
    NotSentError
        If it was not sent.
    LifecheckError
        If it cannot be loaded here.
    """
    from lifecheck.sweeps import judging

    if judging.versions() != version:
        raise LifecheckError(told_versions("a worker of the cluster", judging.versions(), version))
    if name not in _received:
        raise NotSentError("it was not sent")
    with _ONE_AT_A_TIME:  # a worker may have several threads, and what was fired belongs to one project at a time
        if _loaded.name != name:
            _loaded.leave()
            _loaded.enter(_received[name])
        return function(*given)


def told_versions(who: str, there: tuple[str, str], here: tuple[str, str]) -> str:
    """Return that a worker has other versions, in words."""
    return (
        f"{who} has another version of lifecheck or transitions than this process (lifecheck {there[0][:12]}, "
        f"transitions {there[1]}; here {here[0][:12]}, {here[1]}); install the same there"
    )


_received: dict[str, Sent] = {}

_ONE_AT_A_TIME = threading.RLock()


class _Loaded:
    """The project that this process has loaded, and what of the process is as it was before."""

    def __init__(self) -> None:
        self.name = ""
        self._path: list[str] = []
        self._files: set[Path] = set()
        self._written: TemporaryDirectory[str] | None = None

    def enter(self, sent: Sent) -> None:
        """Load a project; from its own folder where that is here with the same files, and else from a folder of ours.

        Raises
        ------
        LifecheckError
            If it cannot be loaded.
        """
        from lifecheck.sweeps import judging

        root = Path(sent.root)
        self._path = list(sys.path)
        try:
            if not root.is_dir() or files_of(root) != dict(sent.files):
                self._written = TemporaryDirectory(prefix="lifecheck-project-", ignore_cleanup_errors=True)
                root = Path(self._written.name).resolve()
                for name, text in sent.files.items():
                    place = root / name
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(text)
            self._files = {root / name for name in sent.files}
            self._forget_modules()  # somebody else may have imported them, before they were changed
            folder = root / Path(sent.origin.folder).relative_to(sent.root)
            folder.mkdir(parents=True, exist_ok=True)
            sys.path[:] = [place for place in sys.path if place != str(folder)]  # it goes before all others
            judging.install(sent.origin, replace(sent.origin, folder=str(folder)).loaded())
        except BaseException as error:
            self.leave()
            if isinstance(error, LifecheckError):
                raise LifecheckError(f"a worker of the cluster cannot load what is swept: {error}") from error
            raise
        self.name = sent.name

    def leave(self) -> None:
        """Forget the project that was loaded."""
        from lifecheck.sweeps import judging

        judging.forget_workers()
        self.name = ""
        if self._path:
            sys.path[:] = self._path
        self._forget_modules()
        self._files = set()
        if self._written is not None:
            self._written.cleanup()
            self._written = None

    def _forget_modules(self) -> None:
        """Forget what was imported of the project; lifecheck itself stays, also where it is the project."""
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if (
                file is not None
                and Path(file) in self._files
                and name.partition(".")[0] not in ("lifecheck", "__main__")
            ):
                del sys.modules[name]
        importlib.invalidate_caches()


_loaded = _Loaded()
