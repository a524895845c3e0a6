"""Runs a command again whenever a file of the project changes, each time in a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from lifecheck.cli.output import answer_number, say, tell

SECONDS_BETWEEN_LOOKS = 0.3
"""A change is seen within this, and the run begins then."""

_KINDS = (".py", ".toml")
_LEFT_OUT = frozenset({"__pycache__", "node_modules", "build", "dist"})


def run_again(words: Sequence[str], folder: Path) -> None:
    """Run ``lifecheck`` with these words, now and whenever a file below the folder changes; Ctrl-C ends it.

    Parameters
    ----------
    words
        What follows ``lifecheck``; modules are imported anew each time, because the process is a new one.
    folder
        Where Python files and project files are looked at.
    """
    while True:
        before = _times(folder)
        subprocess.run([sys.executable, "-m", "lifecheck", *words], stdout=answer_number(), check=False)
        say("\nWatching for changes; Ctrl-C ends.")
        tell(nl=False)
        while (now := _times(folder)) == before:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        changed = sorted({path for path, _ in now.items() ^ before.items()})
        say(f"\n{Path(changed[0]).name} changed:")


def _times(folder: Path) -> dict[str, int]:
    return dict(_files(folder))


def _files(folder: Path | str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    is_left_out = entry.name.startswith(".") or entry.name in _LEFT_OUT
                    if not (is_left_out or Path(entry.path, "pyvenv.cfg").is_file()):
                        yield from _files(entry.path)
                elif entry.name.endswith(_KINDS):
                    yield entry.path, entry.stat().st_mtime_ns
            except OSError:  # it went away meanwhile
                continue
