"""The small store as a program that runs beside: started, let on step by step, killed and started again."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from mail.errors import MailError, last_lines
from mail.folder import PATIENCE, Folder


class StoreProcess:
    """The store of `mail.store`, started by `start`.

    Parameters
    ----------
    folder
        The instance's folder.
    variant
        What it says of a copy that it deleted.
    scanner
        The socket of clamd.
    one_by_one
        Whether it waits before each step for `step`.
    """

    def __init__(self, folder: Folder, variant: str, scanner: Path, *, one_by_one: bool = False) -> None:
        self.home = folder.path / "store"
        self.home.mkdir()
        self.socket = self.home / "socket"
        self._said = self.home / "store.errors"
        self._words = [variant, str(scanner), "in-steps" if one_by_one else "at-once"]
        self._process: subprocess.Popen[str] | None = None
        self._told: queue.SimpleQueue[Mapping[str, str] | None] = queue.SimpleQueue()

    def start(self) -> None:
        """Start it, and return when it listens.

        Raises
        ------
        MailError
            If it does not start.
        """
        program = Path(__file__).with_name("store.py")
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(program), str(self.home), *self._words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                start_new_session=True,
            )
        self._told = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(self._process, self._told), daemon=True).start()
        told = self.next()
        if told.get("state") != "ready":
            raise MailError(f"the store does not start; it says {told}")

    def crash(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    try:
                        stream.close()
                    except OSError:  # what was on its way to it
                        continue
            self._process = None

    stop = crash

    def let_on(self, word: str = "go") -> None:
        """Have it do the next step, or forget its copy."""
        if self._process is None or self._process.stdin is None:
            raise MailError("the store is down, and does nothing")
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def next(self) -> Mapping[str, str]:
        """Return what it tells next of where it stands.

        Raises
        ------
        MailError
            If it tells nothing.
        """
        try:
            told = self._told.get(timeout=PATIENCE)
        except queue.Empty:
            raise MailError(f"the store tells nothing for {PATIENCE:.0f} s; {last_lines(self._said)}") from None
        if told is None:
            raise MailError(f"the store has ended; {last_lines(self._said)}")
        return told

    def become(self, variant: str) -> None:
        """Kill it, and start it again as another variant."""
        self.crash()
        self._words[0] = variant
        self.start()

    def has_told(self) -> bool:
        """Whether it has told what nobody asked about."""
        return not self._told.empty()

    def deletions(self, identifier: str) -> int:
        """Return how many copies of a message were deleted."""
        lines = (self.home / "deletions").read_text().splitlines()
        return sum(line.split()[0] == identifier for line in lines)

    def deliveries(self, identifier: str) -> int:
        """Return how many copies of a message lie in the mailbox."""
        return sum(path.name.partition(".")[2] == identifier for path in (self.home / "mailbox").iterdir())

    def copies(self) -> int:
        """Return how many copies it was handed and has not dealt with."""
        return len(list((self.home / "copies").iterdir()))


def _listen(process: subprocess.Popen[str], told: queue.SimpleQueue[Mapping[str, str] | None]) -> None:
    stream = process.stdout
    if stream is not None:
        try:
            for line in stream:
                told.put(json.loads(line))
        except (OSError, ValueError):  # it was killed within a line
            pass
    told.put(None)
