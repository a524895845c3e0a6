"""One run of another checker: what it counted, and the processor time that it took."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class OutOfMemoryError(RuntimeError):
    """A checker came to an end before its search did, most likely because memory did."""


@dataclass(frozen=True)
class Run:
    """What one run found.

    Parameters
    ----------
    states
        States that it counted.
    transitions
        Transitions that it followed.
    errors
        Counterexamples found.
    seconds
        Processor time.
    bytes
        Memory for the states; None where it was not told.
    """

    states: int
    transitions: int
    errors: int
    seconds: float
    bytes: float | None = None


def timed(command: Sequence[str | Path], folder: Path, given: str | None = None) -> tuple[str, float]:
    """Run a command to its end; return what it printed, and its processor seconds.

    Parameters
    ----------
    command
        Program and arguments.
    folder
        Where to run it.
    given
        What it reads from standard input.

    Raises
    ------
    OutOfMemoryError
        If it says so, or something ended it.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = done.stdout + done.stderr
    if done.returncode < 0 or "out of memory" in said or "OutOfMemory" in said or "MemoryError" in said:
        raise OutOfMemoryError(f"{command[0]} ended with status {done.returncode}: {said[-2000:]}")
    return said, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
