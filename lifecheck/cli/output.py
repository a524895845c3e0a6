"""Where text goes: the answer to standard output, and whatever machines print to standard error."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lifecheck.cli.progress import DOING
from lifecheck.text import folded

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH = 104
"""Columns of output that is not shown on a terminal, so that the same input gives the same bytes."""

_STANDARD_OUTPUT = 1

_UNBROKEN = 10_000  # columns that no row of a table fills


_PLAIN = str.maketrans("┌│└", "+|+")

PLAINER = "lifecheck.plainer"
"""How an encoding that lacks a character writes it: a bracket of a story in ASCII, anything else as its number."""


def _plainer(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return lacking.translate(_PLAIN).encode("ascii", "backslashreplace").decode(), error.end


codecs.register_error(PLAINER, _plainer)


class NotWrittenError(Exception):
    """Standard output did not take the answer.

    Parameters
    ----------
    reason
        Why, in words.
    reader_left
        Whether whoever read it went away, as ``head`` does.
    """

    def __init__(self, reason: str, *, reader_left: bool = False) -> None:
        super().__init__(reason)
        self.reader_left = reader_left


class _Answer:
    """A stream whose failures are told apart from those of any other file; None stands for one that is closed."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        if self._stream is None:
            raise NotWrittenError("it is closed")
        with self._telling():
            return int(self._stream.write(text))

    def flush(self) -> None:
        if self._stream is not None:
            with self._telling():
                self._stream.flush()

    def isatty(self) -> bool:
        return self._stream is not None and bool(self._stream.isatty())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._give_up()
            raise NotWrittenError(
                error.strerror or str(error), reader_left=isinstance(error, BrokenPipeError)
            ) from error

    def _give_up(self) -> None:
        """Let what is still buffered go nowhere, so that the end of the program does not try it again."""
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), self._stream.fileno())


_answers: list[_Answer] = []


@contextmanager
def answering() -> Iterator[None]:
    """Let what is told, and what click prints, go to standard output, and raise `NotWrittenError` if that fails."""
    stream = _Answer(sys.stdout)
    _answers.append(stream)
    try:
        with redirect_stdout(stream):
            yield
            stream.flush()
    finally:
        _answers.pop()


@contextmanager
def others_on_standard_error() -> Iterator[None]:
    """Let whatever prints to ``sys.stdout``, as callbacks of machines do, write to standard error."""
    with redirect_stdout(sys.stderr):
        yield


@contextmanager
def kept_for_the_answer() -> Iterator[None]:
    """Take standard output away from all others, programs that machines start included, until this one ends.

    What was standard output is ``sys.stdout`` meanwhile, under another number, and its number is standard error's; so
    it stays, for what is printed when the program ends is no answer either.
    """
    if sys.stdout is None:  # closed by whoever started this; nothing that is opened now may take its place
        _send_to_standard_error(_STANDARD_OUTPUT)
        yield
        return
    number = sys.stdout.fileno()
    with os.fdopen(os.dup(number), "w", encoding=sys.stdout.encoding, errors=PLAINER) as kept:
        _send_to_standard_error(number)
        sys.stdout = kept
        try:
            yield
        finally:
            sys.stdout = sys.stderr


def _send_to_standard_error(number: int) -> None:
    if sys.stderr is not None:
        os.dup2(sys.stderr.fileno(), number)
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)  # the same, where this number was free
    if nowhere != number:
        os.close(nowhere)


def tell(text: str = "", *, nl: bool = True) -> None:
    """Write a part of the answer."""
    DOING.clear()
    click.echo(text, file=_answer(), nl=nl)


def flush() -> None:
    """Let what was written so far be seen, before somebody is asked."""
    _answer().flush()


def tell_json(found: Any) -> None:
    """Write an object as JSON, which an encoding that is not UTF-8 gets in ASCII, so that it stays JSON."""
    encoding = str(getattr(_answer(), "encoding", None) or "utf-8").lower().replace("_", "-")
    tell(json.dumps(found, indent=2, ensure_ascii=encoding not in ("utf-8", "utf8")))


def say(text: str = "", *, bold: bool = False) -> None:
    """Write lines of the answer; on a terminal they are broken between words, and may be bold."""
    watched = is_watched()
    width = console().width
    for line in text.split("\n"):
        for part in folded(line, width) if watched else [line]:
            tell(click.style(part, bold=True) if bold and part and watched and has_colours() else part)


def has_colours() -> bool:
    """Whether bold and colours are wanted: NO_COLOR and a plain terminal ask for neither."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def is_watched() -> bool:
    """Whether the answer goes to a terminal."""
    return bool(_answer().isatty())


def console(width: int = WIDTH) -> Console:
    """Return a console for the answer: coloured and fitted on a terminal, plain and fixed elsewhere."""
    from rich.console import Console

    if is_watched():
        colours: Any = "auto" if has_colours() else None
        return Console(file=_answer(), highlight=False, soft_wrap=False, width=_columns(), color_system=colours)
    return Console(file=_answer(), highlight=False, width=width, color_system=None, force_terminal=False)


def print_rows(table: Table) -> None:
    """Print a table fitted on a terminal, and elsewhere each row on one line, however long, as `grep` wants it."""
    print_table(table, console(width=_UNBROKEN))


def print_table(table: Table, out: Console | None = None) -> None:
    """Print a table without blanks at the ends of its lines."""
    from rich.segment import Segment, Segments

    out = out or console()
    for line in out.render_lines(table, pad=False):
        shown = list(line)
        while shown and not shown[-1].text.strip():
            shown.pop()
        if shown:
            last = shown[-1]
            shown[-1] = Segment(last.text.rstrip(), last.style)
        DOING.clear()
        out.print(Segments([*shown, Segment.line()]), end="")


def answer_number() -> int:
    """Return the number of the answer's file, for a program that writes a part of it."""
    stream = _answer()
    stream.flush()
    return int(stream.fileno())


def _answer() -> Any:
    return _answers[-1] if _answers else sys.stdout


def _columns() -> int | None:
    """Return how wide the terminal is, if it says so and nobody else does."""
    if os.environ.get("COLUMNS", "").isdigit():
        return None  # rich reads it
    return os.get_terminal_size(_answer().fileno()).columns or None
