"""Puts what the Python blocks of a lesson print, pictures of what they define, and what is played, into the lesson.

For cog. Sybil runs the blocks, here as in the tests, in one namespace from the first to the last. What is predicted and
played comes from the data of the lesson.
"""

from __future__ import annotations

import contextlib
import io
import textwrap
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import cog
from sybil import Example, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from docs.generate import predicted
from docs.generate.exhibits import exhibits_of
from lifecheck.diagrams import component_diagram, hash_in_svg
from lifecheck.files import write_whole
from lifecheck.lessons import Lesson, lesson

PAGES = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md")

PICTURES = "pictures"


def printed() -> None:
    """Run the Python blocks since the last call, and write what they print."""
    cog.outl(f"\n```text\n{_here().run_until(cog.firstLineNum).rstrip()}\n```\n")


def tabled() -> None:
    """Run the Python blocks since the last call, and write what they print as Markdown."""
    cog.outl(f"\n{_here().run_until(cog.firstLineNum).rstrip()}\n")


def drawn(expression: str, name: str, width: int = 320) -> None:
    """Draw the component that an expression makes of what the lesson defines, and show the picture.

    The digest of what was drawn is written beside it, so that a picture that is out of date shows as a text that is.
    """
    lesson = _here()
    lesson.run_until(cog.firstLineNum)
    diagram = component_diagram(eval(expression, lesson.namespace))
    picture = Path(cog.inFile).parent / PICTURES / f"{name}.svg"
    if not picture.exists() or hash_in_svg(picture.read_text()) != diagram.digest:
        picture.parent.mkdir(exist_ok=True)
        write_whole(picture, diagram.svg(), force=True)
    alt = escape(f"{diagram.title}: {diagram.description}")
    cog.outl(f'\n<img src="{PICTURES}/{picture.name}" width="{width}" alt="{alt}">\n')
    cog.outl(f"<!-- dot-sha256: {diagram.digest} -->\n")


def predictions(*numbers: int, told: bool = False) -> None:
    """Write predictions of the lesson, each choice closed, from 1 on; those that are told show the run as well."""
    played = _played()
    for number in numbers or range(1, len(played.predictions) + 1):
        cog.outl("\n" + predicted.on_page(played, number, told=told))


def turns() -> None:
    """Write what is played besides predicting, and where the same class of defect was reported."""
    played = _played()
    cog.outl("\n## Break it, and mend it")
    if played.adversary:
        place = f"{played.place}.adversary"
        _turn("adversary", played.adversary.task, f"lifecheck play {played.name} --turn adversary")
        explored = f"$ lifecheck explore {place}.system \\\n    --properties {place}.claims"
        cog.outl(f"\nOr in the browser, where loops are closed by hand:\n\n```console\n{explored}\n```")
    if played.designer:
        task = "The exercise below, with hints." if played.designer.answer else played.designer.task
        _turn("designer", task, f"lifecheck play {played.name} --turn designer")
    found = exhibits_of(played)
    if found:
        cog.outl("\n## Seen in the wild\n\nReported in public, of the same class; two minutes each in the museum:\n")
    for one in found:
        cog.outl(f"* [{one.title}](../museum/{one.page.name}) ({one.software})")
    cog.outl("")


def _turn(name: str, task: str, command: str) -> None:
    cog.outl("\n" + textwrap.fill(f"*As the {name}.* {task}", 118, break_long_words=False, break_on_hyphens=False))
    cog.outl(f"\n```console\n$ {command}\n```")


def _played() -> Lesson:
    return lesson(f"lesson-{Path(cog.inFile).name[0]}")


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
    document = PAGES.parse(path)
    return _Lesson(document.namespace, list(document.examples()))
