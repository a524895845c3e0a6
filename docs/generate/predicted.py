"""Writes a prediction of a lesson: on its page with closed choices, on a sheet without answers, in a key with them.

What is right is decided by lifecheck, when it is written.
"""

from __future__ import annotations

from html import escape

from lifecheck.lessons import Lesson, Prediction


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
    parts = [f"**{asked.question}**"]
    for letter, choice in zip(asked.letters, asked.choices, strict=True):
        answered = asked.answer(letter)
        verdict = answered.evidence if told and answered.is_right else _verdicts(asked)
        parts += [
            f'<details name="{lesson.name}-{number}">',
            f"<summary>{letter}: {escape(choice.words, quote=False)}</summary>",
            f"**{'Right' if answered.is_right else 'No'}.** {escape(choice.why, quote=False)}",
            f"```text\n{_without_trailing_blanks(verdict)}\n```",
            "</details>",
        ]
    return "\n\n".join(parts).replace('">\n\n<summary>', '">\n<summary>')


def _verdicts(asked: Prediction) -> str:
    pairs = zip(asked.asks, asked.results, strict=True)
    return "\n".join(f"{one.told}: {result.verdict}" for one, result in pairs)


def _without_trailing_blanks(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())
