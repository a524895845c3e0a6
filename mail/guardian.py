"""Ends every process that lives in a folder as soon as whoever started it is gone, however that ended, and removes it.

It is run as a program of its own, by its path and with the standard library alone, so that it starts in no time:
``python guardian.py FOLDER``. It waits for the end of its standard input, which comes when the process that holds the
other end closes it or dies, by SIGKILL too.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 5.0
"""For how many seconds processes are asked and then killed."""


def living_in(folder: Path) -> list[int]:
    """Return the processes that work in a folder, or were started with a path in it, but not the caller.

    Postfix and Dovecot clear the environment and leave their process group, so that neither finds them; but each of
    their processes works in a folder of its instance. What has a terminal is somebody's who looks around there: all
    that a harness starts has none.

    Examples
    --------
    >>> living_in(Path("/no/such/folder"))
    []
    """
    return [process for process in _processes() if process != os.getpid() and _lives_in(process, str(folder))]


def _processes() -> Iterator[int]:
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            yield int(place.name)


def _lives_in(process: int, folder: str) -> bool:
    place = Path("/proc") / str(process)
    try:
        # proc(5): its state and its controlling terminal are the first and the fifth field after its name
        state, _, _, _, terminal, *_ = (place / "stat").read_text().rpartition(")")[2].split()
        if state == "Z" or terminal != "0":  # one that has ended, and nobody has asked how, is none
            return False
        words = (place / "cmdline").read_bytes().decode(errors="replace").split("\0")
        where = str((place / "cwd").readlink())
    except OSError:  # it has ended meanwhile, or is somebody else's
        return False
    return _is_within(where, folder) or any(_is_within(word.partition("=")[2] or word, folder) for word in words)


def _is_within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def end_all(folder: Path, *, spared: frozenset[int] = frozenset(), patience: float = PATIENCE) -> list[int]:
    """Kill what lives in a folder until nothing does; return what could not be ended.

    Examples
    --------
    >>> end_all(Path("/no/such/folder"))
    []
    """
    until = time.monotonic() + patience
    while living := [process for process in living_in(folder) if process not in spared]:
        for process in living:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if time.monotonic() > until:
            break
        time.sleep(0.01)
    return living


def main() -> None:
    """Wait for the end of standard input, then end what lives in the folder and remove it."""
    folder = Path(sys.argv[1])
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # who interrupts the harness interrupts its whole group
    while sys.stdin.buffer.read(1):
        pass
    end_all(folder)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
