"""Reads the page of a lesson in parts: its text, its Python, and where something is predicted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from lifecheck.lessons import Lesson

ROOT = Path(__file__).parents[2]
LESSONS = ROOT / "docs" / "lessons"

_GENERATED = re.compile(
    r"<!-- \[\[\[cog(?P<program>.*?)\]\]\] -->\n(?P<shown>.*?)<!-- \[\[\[end\]\]\] -->\n?", re.DOTALL
)
_PREDICTED = re.compile(r"\bpredictions\(([\d, ]+)\)")
_PIECE = re.compile(r"^```python\n(?P<code>.*?)^```$|^<!-- prediction (?P<number>\d+) -->$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r'(\]\(|src=")([^)"#:]+)(?=[)"#])')


class Kind(Enum):
    """What a part of a page is."""

    TEXT = "text"
    CODE = "code"
    PREDICTION = "prediction"


@dataclass(frozen=True)
class Part:
    """A part of a page: Markdown, Python, or the number of a prediction, from 1 on."""

    kind: Kind
    text: str = ""
    number: int = 0


def page_of(number: int) -> Path:
    """Return the page of a lesson.

    Examples
    --------
    >>> page_of(1).name
    '1-delivered.md'
    """
    return next(LESSONS.glob(f"{number}-*.md"))


def number_of(lesson: Lesson) -> str:
    """Return the number in the name of a lesson.

    Examples
    --------
    >>> from lifecheck.lessons import lesson
    >>> number_of(lesson("lesson-1"))
    '1'
    """
    return lesson.name.rpartition("-")[2]


def parts_of(text: str) -> list[Part]:
    """Return the parts of a page, without what its Python prints.

    Examples
    --------
    >>> [part.kind.value for part in parts_of(page_of(1).read_text())][:3]
    ['text', 'code', 'text']
    """
    return list(_parts(_GENERATED.sub(_kept, text)))


def moved(text: str, folder: Path) -> str:
    r"""Return Markdown of a lesson's page as it has to be in another folder: with its links leading there from here.

    Examples
    --------
    >>> moved("[word](../glossary.md#row), <img src=\"pictures/x.svg\">", ROOT / "docs" / "teaching" / "notebooks")
    '[word](../../glossary.md#row), <img src="../../lessons/pictures/x.svg">'
    """

    def elsewhere(link: re.Match[str]) -> str:
        return link[1] + Path(os.path.relpath(LESSONS / link[2], folder)).as_posix()

    return _LINK.sub(elsewhere, text)


def _kept(generated: re.Match[str]) -> str:
    """Return what stays of what was generated: places of predictions, pictures and commands, not what code printed."""
    program = generated["program"]
    found = [f"<!-- prediction {one.strip()} -->\n" for call in _PREDICTED.findall(program) for one in call.split(",")]
    if found:
        return "\n".join(found)
    is_output = re.search(r"\b(printed|tabled)\(\)", program)
    return "" if is_output else re.sub(r"<!-- dot-sha256: \w+ -->\n+", "", generated["shown"])


def _parts(text: str) -> Iterator[Part]:
    place = 0
    for piece in _PIECE.finditer(text):
        yield from _text(text[place : piece.start()])
        if piece["number"]:
            yield Part(Kind.PREDICTION, number=int(piece["number"]))
        else:
            yield Part(Kind.CODE, piece["code"].rstrip())
        place = piece.end()
    yield from _text(text[place:])


def _text(text: str) -> Iterator[Part]:
    if text.strip():
        yield Part(Kind.TEXT, re.sub(r"\n{3,}", "\n\n", text.strip()))
