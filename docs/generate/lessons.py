"""Puts what the Python blocks of a lesson print, and pictures of what they define, into the lesson, for cog.

Sybil runs the blocks, here as in the tests, in one namespace from the first to the last.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import cog
from sybil import Example, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from lifecheck.diagrams import component_diagram, hash_in_svg

LESSONS = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md")

PICTURES = "pictures"


def printed() -> None:
    """Run the Python blocks since the last call, and write what they print."""
    cog.outl(f"\n```text\n{_here().run_until(cog.firstLineNum).rstrip()}\n```\n")


def tabled() -> None:
    """Run the Python blocks since the last call, and write what they print as Markdown."""
    cog.outl(f"\n{_here().run_until(cog.firstLineNum).rstrip()}\n")


def drawn(variable: str, name: str, width: int = 320) -> None:
    """Draw the component of this name in the lesson, and show the picture.

    The digest of what was drawn is written beside it, so that a picture that is out of date shows as a text that is.
    """
    lesson = _here()
    lesson.run_until(cog.firstLineNum)
    diagram = component_diagram(lesson.namespace[variable])
    picture = Path(cog.inFile).parent / PICTURES / f"{name}.svg"
    if not picture.exists() or hash_in_svg(picture.read_text()) != diagram.digest:
        picture.parent.mkdir(exist_ok=True)
        new = picture.with_suffix(".new")
        new.write_text(diagram.svg())
        new.replace(picture)
    alt = escape(f"{diagram.title}: {diagram.description}")
    cog.outl(f'\n<img src="{PICTURES}/{picture.name}" width="{width}" alt="{alt}">\n')
    cog.outl(f"<!-- dot-sha256: {diagram.digest} -->\n")


@dataclass
class _Lesson:
    """A lesson that is being run, block by block."""

    namespace: dict[str, Any]
    waiting: list[Example]

    def run_until(self, line: int) -> str:
        """Run the blocks above a line that have not been run, and return what they print."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            while self.waiting and self.waiting[0].line < line:
                self.waiting.pop(0).evaluate()
        return output.getvalue()


def _here() -> _Lesson:
    return _lesson(Path(cog.inFile).resolve())


@cache
def _lesson(path: Path) -> _Lesson:
    document = LESSONS.parse(path)
    return _Lesson(document.namespace, list(document.examples()))
