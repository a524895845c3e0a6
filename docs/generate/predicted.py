"""Writes a prediction of a lesson: on its page with closed choices, on a sheet without answers, in a key with them.

What is right is decided by lifecheck, when it is written.
"""

from __future__ import annotations

import textwrap
from html import escape

from lifecheck.lessons import Choice, Lesson, Prediction

WIDTH = 118


def on_page(lesson: Lesson, number: int, *, told: bool = False) -> str:
    """Return a prediction as Markdown: of its choices one can be open at a time, and each says what to say of it.

    Parameters
    ----------
    lesson
        Whose prediction it is.
    number
        Which, from 1 on.
    told
        Whether the choice that is right also shows the run, where no code on the page prints it.
    """
    asked = lesson.predictions[number - 1]
    parts = [_folded(f"**{asked.question}**")]
    for letter, choice in zip(asked.letters, asked.choices, strict=True):
        answered = asked.answer(letter)
        shown = answered.evidence if told and answered.is_right else verdict_lines(asked)
        parts += [
            f'<details name="{lesson.name}-{number}">\n'
            f"<summary>{letter}) {escape(choice.words, quote=False)}</summary>",
            _folded(f"**{'Right' if answered.is_right else 'No'}.** {escape(choice.why, quote=False)}"),
            block(shown),
            "</details>",
        ]
    return "\n\n".join(parts) + "\n"


def on_sheet(asked: Prediction, number: int) -> str:
    """Return a prediction as Markdown to be filled in."""
    choices = [f"* ☐ **{letter})** {escape(choice.words, quote=False)}" for letter, choice in _choices(asked)]
    return "\n".join([f"## {number}. {asked.question}", "", *choices, "", "Because:", ""])


def in_key(asked: Prediction, number: int) -> str:
    """Return a prediction with what is right, what to say of each choice, and the run that shows it."""
    lines = [f"## {number}. {asked.question}", "", f"**{asked.right}** is right.", ""]
    for letter, choice in _choices(asked):
        mark = "✓" if letter == asked.right else "✗"
        lines += [
            f"* {mark} **{letter})** {escape(choice.words, quote=False)}  ",
            f"  {escape(choice.why, quote=False)}",
        ]
    return "\n".join([*lines, "", block(asked.answer(asked.right).evidence), ""])


def in_notebook(asked: Prediction) -> str:
    """Return a prediction as Markdown above a cell in which it is answered."""
    return "\n".join(
        [
            f"**{asked.question}**",
            "",
            *(f"* {letter}) {escape(choice.words, quote=False)}" for letter, choice in _choices(asked)),
        ]
    )


def verdict_lines(asked: Prediction) -> str:
    """Return what the checker answers, without the runs."""
    pairs = zip(asked.asks, asked.results, strict=True)
    return "\n".join(f"{one.told}: {result.verdict}" for one, result in pairs)


def block(text: str) -> str:
    """Return text as a block that is shown as it is."""
    return "```text\n" + "\n".join(line.rstrip() for line in text.splitlines()) + "\n```"


def _choices(asked: Prediction) -> list[tuple[str, Choice]]:
    return list(zip(asked.letters, asked.choices, strict=True))


def _folded(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
