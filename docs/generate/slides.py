"""Makes the slides of a lesson, as Markdown for Marp: the machines, each question, and on the next slide the answer."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from docs.generate.exhibits import exhibits_of
from docs.generate.lesson_page import number_of
from docs.generate.predicted import block, verdict_lines
from lifecheck.lessons import Lesson, Prediction, source_of

WIDTH = 74
"""How many columns of code a slide shows, at a size that is read from the last row."""
HEIGHT = 16
"""How many lines of it; 17 are more than a slide has place for, as measured in Chromium."""

HEAD = """\
---
marp: true
lang: en
title: "{title}"
paginate: true
style: |
  section {{ font-size: 30px; padding: 50px 70px; place-content: start; }}
  section.lead {{ place-content: center; }}
  h1 {{ font-size: 60px; }}
  h2 {{ font-size: 38px; }}
  li {{ margin-bottom: 12px; }}
  pre {{ font-size: 24px; line-height: 1.3; padding: 14px; }}
---
"""


def slides(lesson: Lesson) -> str:
    """Return the slides of a lesson; what is said of wrong choices stands in the presenter's notes."""
    title = f"Lesson {number_of(lesson)}: {lesson.title}"
    return HEAD.format(title=title.replace('"', "'")) + "\n---\n\n".join(_slides(lesson, title))


def _slides(lesson: Lesson, title: str) -> Iterator[str]:
    yield f"<!-- _class: lead -->\n\n# {title}\n\n{lesson.idea}\n"
    for machine in lesson.machines:
        lines = source_of([machine]).splitlines()
        yield from _shown(machine.__name__, "python", lines)
    yield "## Together\n\n" + "\n".join(f"- {line}" for line in lesson.meeting.splitlines()) + "\n"
    for number, asked in enumerate(lesson.predictions, start=1):
        yield from _predicted(asked, number)
    for name, turn in (("adversary", lesson.adversary), ("designer", lesson.designer)):
        if turn is not None:
            command = f"lifecheck play {lesson.name} --turn {name}"
            yield f"## Your turn: the {name}\n\n{turn.task}\n\n```text\n{command}\n```\n"
    found = exhibits_of(lesson)
    if found:
        wild = "\n".join(f"- {one.title} ({one.software})" for one in found)
        yield f"## Seen in the wild\n\n{wild}\n"


def _predicted(asked: Prediction, number: int) -> Iterator[str]:
    choices = list(zip(asked.letters, asked.choices, strict=True))
    # with `*` Marp would show one choice more at each press of a key
    offered = "\n".join(f"- **{letter})** {escape(choice.words, quote=False)}" for letter, choice in choices)
    wrong = "\n".join(f"{letter}: {choice.why}" for letter, choice in choices if letter != asked.right)
    told = "<!-- Write it down; then count hands. -->"
    yield f"## Predict: question {number}\n\n{asked.question}\n\n{offered}\n\n{told}\n"
    right = next(choice for letter, choice in choices if letter == asked.right)
    told = f"{escape(right.why, quote=False)}\n\n{block(_folded_text(verdict_lines(asked)))}"
    yield f"## {asked.right}) {escape(right.words, quote=False)}\n\n{told}\n\n<!--\n{wrong}\n-->\n"
    if asked.shows_run and any(result.evidence is not None for result in asked.results):
        yield from _shown("The run", "text", _folded_text(asked.answer(asked.right).evidence).splitlines())


def _shown(title: str, language: str, lines: Sequence[str]) -> Iterator[str]:
    """Show lines on as many slides as they need, each of which begins with a step of a run, if there are any."""
    rest, again = list(lines), ""
    while rest:
        end = min(len(rest), HEIGHT)
        if end < len(rest):
            end = next((place for place in range(end, 1, -1) if _STEP.match(rest[place])), end)
        part = "\n".join(line.rstrip() for line in rest[:end])
        yield f"## {title}{again}\n\n```{language}\n{part}\n```\n"
        rest, again = rest[end:], ", continued"


_STEP = re.compile(r"..[┌│└\[ ] +\d+\. ")


def _folded_text(text: str) -> str:
    """Return text with lines that fit; what is folded stands under the words above it, and a loop's line goes on."""
    return "\n".join(_folded_line(line) for line in text.splitlines())


_BEGIN = re.compile(r"(?P<bracket>..[┌│]|)(?P<space>[ ┌│└\[]*(\d+\. )?)")


def _folded_line(line: str) -> str:
    begin = _BEGIN.match(line)
    assert begin is not None, "it matches nothing at all, too"
    under = ("  │" if begin["bracket"] else "").ljust(begin.end() + 2)
    return textwrap.fill(line, WIDTH, subsequent_indent=under, break_on_hyphens=False)
