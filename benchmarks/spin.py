"""Runs SPIN on a population: generates the verifier, compiles it, and reads what it counted."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

EXHAUSTIVE = "-DNOREDUCE"
REDUCED = ""
SAFETY = "-DSAFETY"
FAIR = ("-a", "-f")


@dataclass(frozen=True)
class Run:
    """What one run of SPIN's verifier found.

    Parameters
    ----------
    states
        States stored, once each however often fairness makes SPIN visit them.
    transitions
        Transitions followed from them.
    errors
        Counterexamples found.
    seconds
        How long it ran, without generating and compiling it.
    bytes
        Memory for the states themselves.
    """

    states: int
    transitions: int
    errors: int
    seconds: float
    bytes: float


@dataclass(frozen=True)
class Verifier:
    """A compiled verifier, and the options to run it with."""

    program: Path
    options: tuple[str, ...]

    def run(self) -> Run:
        """Run it once."""
        begin = perf_counter()
        command = [self.program.resolve(), *self.options]
        said = subprocess.run(command, cwd=self.program.parent, capture_output=True, text=True).stdout
        seconds = perf_counter() - begin
        errors = int(_number(r"errors: (\d+)", said))
        if not errors and ("Search not completed" in said or "max search depth too small" in said):
            raise RuntimeError(said)
        return Run(
            states=int(_number(r"(\d+) states, stored", said)),
            transitions=int(_number(r"(\d+) transitions", said)),
            errors=errors,
            seconds=seconds,
            bytes=_number(r"([\d.]+)\tactual memory usage for states", said) * 2**20,
        )


def verifier(folder: Path, text: str, *flags: str, options: Sequence[str] = (), depth: int = 1_000_000) -> Verifier:
    """Write a Promela text into a folder, and compile its verifier there with -O2.

    Parameters
    ----------
    folder
        Where to work.
    text
        The model.
    flags
        For the compiler: `EXHAUSTIVE` or `REDUCED`, and `SAFETY` where there is no formula.
    options
        For the verifier: `FAIR` for a formula under weak fairness.
    depth
        The longest path to follow.
    """
    (folder / "population.pml").write_text(text)
    subprocess.run(["spin", "-a", "population.pml"], cwd=folder, check=True, capture_output=True)
    compiler = ["gcc", "-O2", "-w", *filter(None, flags), "-o", "pan", "pan.c"]
    subprocess.run(compiler, cwd=folder, check=True, capture_output=True)
    return Verifier(folder / "pan", (f"-m{depth}", "-E", *options))


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"SPIN says nothing of the form {pattern!r}: {text}")
    return float(found[1])
