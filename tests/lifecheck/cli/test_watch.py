"""``verify --watch`` verifies again whenever a file of the project changes, until Ctrl-C ends it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tests.interrupts import on_interrupt

LAMP = """
from transitions import Machine
from lifecheck import Claim, never
def lamp(): return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
CLAIMS = [Claim("dark", "the lamp stays dark", never("lamp == 'on'"))]
"""


def until(line: str, lines: Iterator[str]) -> list[str]:
    """Return the lines up to one that is this."""
    found = []
    for each in lines:
        found.append(each.rstrip())
        if found[-1] == line:
            return found
    raise AssertionError(found)


def lines_of(stream: IO[str] | None) -> Iterator[str]:
    assert stream is not None
    return iter(stream.readline, "")


def test_a_change_of_a_file_is_verified_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    place = tmp_path / "lamps.py"
    place.write_text(LAMP)
    (tmp_path / "build").mkdir()
    words = [sys.executable, "-m", "lifecheck", "verify", "lamps:lamp", "--watch"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with on_interrupt(), subprocess.Popen(words, cwd=tmp_path, text=True, **pipes) as run:
        lines = lines_of(run.stdout)
        first = until("Watching for changes; Ctrl-C ends.", lines)
        (tmp_path / "build" / "other.py").write_text("")  # left out
        (tmp_path / "notes.txt").write_text("no file of the project")
        place.write_text(LAMP.replace('"on"]]', '"off"]]'))
        second = until("Watching for changes; Ctrl-C ends.", lines)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert any(line.startswith("the lamp stays dark") and line.endswith("violated") for line in first), first
    assert "lamps.py changed:" in second
    assert any(line.startswith("the lamp stays dark") and line.endswith("holds") for line in second), second
    assert (run.returncode, said) == (130, "lifecheck: interrupted while watching for changes\n")
