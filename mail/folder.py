"""The temporary folder in which an instance lives: what is in it, and every process of it, goes when it ends."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from mail.errors import MailError
from mail.guardian import end_all, living_in

PREFIX = "lifecheck-mail-"
PLACE = Path("/tmp")
"""Where instances live: a path of a socket may have about a hundred bytes, and Postfix enters no private folder."""

GUARDIAN = "guardian.py"

PATIENCE = 30.0
"""How many seconds to wait for what should take a few hundredths."""

PORTS = range(20_000, 32_000)
"""Ports that neither need root nor are given to outgoing connections, which Linux has from 32,768 on."""

Found = TypeVar("Found")


def wait_for(what: str, look: Callable[[], Found], told: Callable[[], str] = str, patience: float = PATIENCE) -> Found:
    """Return what `look` finds as soon as it is true; nothing is slept for but what can be seen.

    Parameters
    ----------
    what
        What is waited for, as an error tells it.
    look
        Looks, at once and then again and again.
    told
        Says what was there instead.
    patience
        After how many seconds to give up.

    Raises
    ------
    MailError
        If it does not come.

    Examples
    --------
    >>> wait_for("the answer", lambda: 42)
    42
    >>> wait_for("Godot", lambda: None, lambda: "a boy came", patience=0)
    Traceback (most recent call last):
    mail.errors.MailError: waited 0 s in vain for Godot; a boy came
    """
    until = time.monotonic() + patience
    pause = 0.001
    while not (found := look()):
        if time.monotonic() >= until:
            raise MailError(f"waited {patience:.0f} s in vain for {what}; {told()}".rstrip("; "))
        time.sleep(pause)
        pause = min(2 * pause, 0.02)
    return found


def free_port() -> int:
    """Return a port of loopback that nobody listens on, of those that no outgoing connection is given meanwhile.

    Raises
    ------
    MailError
        If none is found.

    Examples
    --------
    >>> free_port() in PORTS
    True
    """
    for port in random.sample(PORTS, 100):
        if _is_free(port):
            return port
    raise MailError(f"no port from {PORTS.start} to {PORTS.stop - 1} of 127.0.0.1 is free")


def refuse_port_in_use(port: int, what: str) -> None:
    """Raise if somebody listens on a port already.

    Raises
    ------
    MailError
        Says whose port it was to be.
    """
    if not _is_free(port):
        raise port_in_use(port, what)


def port_in_use(port: int, what: str) -> MailError:
    """Return the error that a port is somebody else's.

    Examples
    --------
    >>> str(port_in_use(25, "Postfix"))
    'port 25 of 127.0.0.1 is in use, which Postfix needs; choose another'
    """
    return MailError(f"port {port} of 127.0.0.1 is in use, which {what} needs; choose another")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def readable_for_all() -> Iterator[None]:
    """Make what is made meanwhile readable for the users of the daemons, whatever the caller's umask.

    Examples
    --------
    >>> with readable_for_all():
    ...     f"{os.umask(0o022):03o}"
    '022'
    """
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


class Folder:
    """A temporary folder, and a guardian that empties it when this process is gone.

    Attributes
    ----------
    path
        Where it is.

    Examples
    --------
    >>> with Folder() as folder:
    ...     _ = (folder.path / "note").write_text("gone in a moment")
    >>> folder.path.exists()
    False
    """

    def __init__(self) -> None:
        refuse_leftovers()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=PLACE))
        try:
            self.path.chmod(0o755)
            (self.path / "owner").write_text(_identity(os.getpid()))
            guardian = Path(__file__).with_name(GUARDIAN)
            self._guardian = subprocess.Popen(
                [sys.executable, "-I", "-S", str(guardian), str(self.path)],
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
        except BaseException:  # nobody watches over it yet
            shutil.rmtree(self.path, ignore_errors=True)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def end(self, *, within: str = "") -> None:
        """End at once every process that lives in the folder, or in a part of it.

        Raises
        ------
        MailError
            If a process cannot be ended.
        """
        left = end_all(self.path / within if within else self.path, spared=frozenset({self._guardian.pid}))
        if left:
            raise MailError(f"processes {', '.join(map(str, left))} of {self.path} do not end by SIGKILL")

    def close(self) -> None:
        """End what lives in the folder, and remove it."""
        if self._guardian.stdin is not None:
            self._guardian.stdin.close()
        self._guardian.wait()
        shutil.rmtree(self.path, ignore_errors=True)


def leftovers() -> Iterator[tuple[Path, list[int]]]:
    """Yield the folders whose owner is gone and in which processes live on: its guardian was killed as well."""
    for path in sorted(PLACE.glob(f"{PREFIX}*")):
        try:
            is_ours = path.lstat().st_uid == os.geteuid() and not path.is_symlink()
            owner = (path / "owner").read_text() if is_ours else ""
        except OSError:  # it is being made, or removed
            continue
        number = owner.partition(" ")[0]
        if not number.isdecimal() or owner == _identity(int(number)):
            continue
        with suppress(MailError):
            _wait_for_the_guardian_of(path)
        if path.exists():
            yield path, living_in(path)


def refuse_leftovers() -> None:
    """Raise if an earlier instance lives on, though whoever started it is gone.

    Raises
    ------
    MailError
        Says which processes it has, and how to end it.
    """
    for path, living in leftovers():
        if living:
            raise MailError(
                f"an instance is left over in {path}: whoever started it is gone, and processes "
                f"{', '.join(map(str, living))} live on; end it with python -m mail --end-leftovers"
            )


def end_leftovers() -> list[Path]:
    """End the instances that are left over, and return where they were.

    Examples
    --------
    >>> end_leftovers()
    []
    """
    ended = []
    for path, _ in leftovers():
        left = end_all(path)
        if left:
            raise MailError(f"processes {', '.join(map(str, left))} of {path} do not end by SIGKILL")
        shutil.rmtree(path, ignore_errors=True)
        ended.append(path)
    return ended


def _wait_for_the_guardian_of(path: Path) -> None:
    wait_for("the guardian", lambda: not _has_guardian(path), patience=5)


def _has_guardian(path: Path) -> bool:
    """Whether a guardian is about, which may be that of another checkout."""
    for process in living_in(path):
        with suppress(OSError):
            words = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
            if any(word.endswith(f"/mail/{GUARDIAN}") for word in words):
                return True
    return False


def _identity(process: int) -> str:
    """Return a process's number with when it began, as numbers come again; empty where there is none."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ""
    return f"{process} {stat.rpartition(')')[2].split()[19]}"
