"""One run of another checker: what it counted, and the processor time that it took."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


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
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode < 0:
        raise RuntimeError(f"{command[0]} was ended by signal {-done.returncode}; was there not enough memory?")
    return done.stdout + done.stderr, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
