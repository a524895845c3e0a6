"""Judges an exported system with SPIN: counts its states, and asks every claim."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lifecheck import Verdict
from lifecheck.export.description import Description, Question
from lifecheck.export.promela import promela
from lifecheck.export.promela_names import PromelaNames
from lifecheck.properties import Kind

DEPTHS = (2_000, 10_000_000)
"""How deep `pan` may search, and again where it says that this is not enough: room for it takes time to make."""


@dataclass(frozen=True)
class Answers:
    """What SPIN says of one system.

    Parameters
    ----------
    states, transitions
        How many it counts; what stands still is no transition.
    verdicts
        Of each property that it can be asked, by name.
    """

    states: int
    transitions: int
    verdicts: Mapping[str, Verdict]


class Spin:
    """The model of one system in a folder of its own, translated and compiled once for all claims."""

    def __init__(self, description: Description, folder: Path) -> None:
        self.description = description
        self.names = PromelaNames(description)
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.pml").write_text(promela(description), encoding="utf-8")

    def answers(self) -> Answers:
        """Count, and ask every claim."""
        states, transitions = self.count()
        pan = self.compile("claims", spin=[], compiler=[]) if self.description.questions else Path()
        verdicts = {}
        for question in self.description.questions:
            if question.asked.kind is not Kind.CAN_ALWAYS_REACH:
                verdicts[question.name] = self.verdict(pan, question)
        return Answers(states, transitions, verdicts)

    def count(self) -> tuple[int, int]:
        """Return the number of states and of transitions, without any reduction."""
        # by default SPIN drops variables that nothing reads, and merges steps
        whole = ["-DSTATES_ONLY", "-o1", "-o2", "-o3"]
        pan = self.compile("states", spin=whole, compiler=["-DSAFETY", "-DNOCLAIM"])
        told = self.run(pan)
        states, steps = (int(found) for found in re.findall(r"(\d+) (?:states, stored|transitions)", told))
        return states, steps - states - 1  # from each state it may stand still; the first state is counted as a step

    def verdict(self, pan: Path, question: Question) -> Verdict:
        """Ask the claim of one property and, where it holds, whether its obligation can arise."""
        found = self.has_error(pan, self.names.claim(question))
        if question.asked.kind is Kind.SOMETIMES:
            return Verdict.HOLDS if found else Verdict.VIOLATED
        if found:
            return Verdict.VIOLATED
        if question.given is not None and not self.has_error(pan, self.names.witness(question)):
            return Verdict.VACUOUS
        return Verdict.HOLDS

    def has_error(self, pan: Path, claim: str) -> bool:
        """Whether SPIN finds a run that the claim accepts."""
        told = self.run(pan, "-a", "-N", claim)
        assert f"({claim})" in told, told  # it judges the first claim where it does not know the name
        (errors,) = re.findall(r"errors: (\d+)", told)
        return errors != "0"

    def compile(self, name: str, spin: list[str], compiler: list[str]) -> Path:
        """Translate the model and compile what SPIN writes; return the program."""
        folder = self.folder / name
        folder.mkdir()
        _run(folder, "spin", *spin, "-a", "../model.pml")
        program = "tcc" if shutil.which("tcc") else "cc"  # tcc compiles the same in a tenth of the time
        _run(folder, program, "-w", "-DNOREDUCE", *compiler, "-o", "pan", "pan.c")
        return folder / "pan"

    def run(self, pan: Path, *options: str) -> str:
        """Run a compiled search over everything, and return what it prints."""
        for depth in DEPTHS:
            told = _run(pan.parent, str(pan), f"-m{depth}", "-w16", *options)
            if "max search depth too small" not in told:
                return told
        raise AssertionError(told)


def _run(folder: Path, *command: str) -> str:
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{' '.join(command)}\n{run.stdout}{run.stderr}"
    assert "syntax error" not in run.stdout, run.stdout
    return run.stdout
