"""Makes the board drawings: the machines of a lesson, with their rows numbered in the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import count

from docs.generate.lesson_page import ROOT, number_of
from lifecheck.diagrams import Diagram, component_diagram
from lifecheck.lessons import Lesson
from lifecheck.system import SAME, Component, Row

FOLDER = ROOT / "docs" / "teaching" / "boards"


def drawings(lesson: Lesson) -> dict[str, Diagram]:
    """Return a picture of each component, by the name of its file."""
    return {f"{lesson.name}-{part.name}": component_diagram(part) for part in _numbered(lesson)}


def board(lesson: Lesson) -> str:
    """Return the part of the page about a lesson: the pictures, and what is drawn in which order."""
    title = f"## Lesson {number_of(lesson)}: {lesson.title}"
    pictures, steps = [], []
    for part, (name, diagram) in zip(_numbered(lesson), drawings(lesson).items(), strict=True):
        alt = escape(f"{diagram.title}: {diagram.description}")
        pictures += [
            f'<img src="boards/{name}.svg" width="300" alt="{alt}">',
            f"<!-- dot-sha256: {diagram.digest} -->",
            "",
        ]
        steps.append(f"* *{part.name}*: {', '.join(part.states)}; at first {part.initial}.  ")
        steps += [f"  {_said(row)}" for row in part.rows]
    meeting = [f"* {line}" for line in lesson.meeting.splitlines()]
    return "\n".join([title, "", *pictures, *steps, "", "Then say:", "", *meeting, ""])


def _numbered(lesson: Lesson) -> Iterator[Component]:
    number = count(1)
    for part in lesson.system.components:
        rows = [Row(f"{next(number)}. {row.trigger}", row.source, row.dest) for row in part.rows]
        yield Component(part.name, part.states, part.initial, rows, frozenset(row.trigger for row in rows))


def _said(row: Row) -> str:
    number, _, trigger = row.trigger.partition(". ")
    stays = row.dest in (SAME, row.source)
    return f"**{number}** `{trigger}`: {row.source} {'stays' if stays else f'to {row.dest}'}.  "
