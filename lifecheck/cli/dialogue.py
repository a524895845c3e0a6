"""Asks for answers, one at a time: of whoever sits at the terminal, or of the lines of a file."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from lifecheck.cli.output import console, flush, has_colours, is_watched, tell
from lifecheck.errors import InputError
from lifecheck.text import folded

Read = TypeVar("Read")

COLUMNS = 80
"""Lines are broken between words so that they are no longer."""

PROMPT = "> "


class LeftError(Exception):
    """Whoever was asked ended it with Ctrl-D."""


class Dialogue:
    """Questions and answers.

    Parameters
    ----------
    lines
        The answers, where they are given beforehand; None where they are typed.
    source
        How the file of the answers is called.
    """

    def __init__(self, lines: Sequence[str] | None, source: str = "") -> None:
        self._lines = lines
        self._source = source
        self._number = 0

    def ask(self, what: str, possible: str, read: Callable[[str], Read]) -> Read:
        """Ask until the answer can be read; one that was given beforehand has to be read at once.

        Parameters
        ----------
        what
            What is asked, for whoever gave the answers beforehand.
        possible
            What can be answered.
        read
            Reads an answer; raises `InputError` where it is of the wrong form.

        Raises
        ------
        InputError
            If an answer that was given beforehand is of the wrong form, or there are no more.
        LeftError
            If whoever was asked ended it.
        """
        while True:
            line = self._next(what, possible)
            try:
                return read(line)
            except InputError as error:
                if self._lines is not None:
                    raise InputError(f"line {self._number} of {self._source}, {what}: {error}") from None
                show(f"{error}.")

    def close(self) -> None:
        """Refuse answers that nobody asked for."""
        if self._lines is not None and self._number < len(self._lines):
            raise InputError(
                f"line {self._number + 1} of {self._source}: {self._lines[self._number]!r} is an answer to nothing; "
                "all that is asked is answered above"
            )

    def _next(self, what: str, possible: str) -> str:
        tell(PROMPT, nl=False)
        if self._lines is None:
            flush()
            try:
                line = sys.stdin.readline()
            except UnicodeDecodeError:
                return "\ufffd"  # no answer, whatever is asked
            except KeyboardInterrupt:
                tell()  # what is said of it stands on a line of its own
                raise
            if not line:
                tell()
                raise LeftError
            return line.strip()
        if self._number == len(self._lines):
            tell()
            raise InputError(f"{self._source} ends after line {self._number}, at {what}; possible are {possible}")
        line = self._lines[self._number].strip()
        self._number += 1
        tell(line)
        return line


def answers_of(file: str) -> list[str]:
    """Return the answers of a file, or of standard input, one a line.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(
            f"the answers of {file!r} cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from error
    return text.splitlines()


def show(text: str = "", colour: str = "", *, bold: bool = False) -> None:
    """Write lines that are never longer than a terminal of the usual width, coloured on a terminal alone."""
    is_styled = is_watched() and has_colours() and (colour or bold)
    for line in text.split("\n"):
        for part in _folded(line, min(COLUMNS, console().width)):
            tell(click.style(part, fg=colour or None, bold=bold or None) if is_styled else part)


def _folded(line: str, width: int) -> list[str]:
    """Return a line broken between words: a paragraph as one, and what is indented as a part of a story."""
    if line.startswith(" "):
        return folded(line, width)
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [line]
