"""Runs SPIN on a population: generates the verifier, compiles it, and reads what it counted.

`tests/lifecheck/export/spin.py` asks about exported systems: many small ones, so that compiling fast is what counts,
and with many claims each. Here one verifier is compiled for speed, and SPIN's own fairness and reduction are on trial.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.run import Run, timed

EXHAUSTIVE = "-DNOREDUCE"
REDUCED = ""
SAFETY = "-DSAFETY"
FAIR = ("-a", "-f")


@dataclass(frozen=True)
class Verifier:
    """A compiled verifier, and the options to run it with."""

    program: Path
    options: tuple[str, ...]

    def run(self) -> Run:
        """Run it once; each state counts once, however often fairness makes SPIN visit it."""
        said, seconds = timed([self.program.resolve(), *self.options], self.program.parent)
        errors = int(_number(r"errors: (\d+)", said))
        if not errors and ("Search not completed" in said or "max search depth too small" in said):
            raise RuntimeError(said)
        return Run(
            states=int(_number(r"([\d.e+]+) states, stored", said)),
            transitions=int(_number(r"([\d.e+]+) transitions", said)),
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


def fair_to(instances: int) -> str:
    """Return the compiler's flag that gives SPIN room for fairness to so many instances: without it, four at most."""
    return f"-DNFAIR={2 + instances // 5}"


def told(number: int) -> float:
    """Return a number as SPIN prints it: with eight digits, however large.

    Examples
    --------
    >>> told(637_119_757)
    637119760.0
    """
    return float(f"{number:.8g}")


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    if found is None:
        raise RuntimeError(f"SPIN says nothing of the form {pattern!r}: {text}")
    return float(found[1])
