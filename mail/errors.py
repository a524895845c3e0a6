"""What goes wrong with real programs: one readable line, with the last lines of the log of whatever would not do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lifecheck import LifecheckError

SHOWN = 3
"""How many of the last lines of a log are told."""


class MailError(LifecheckError):
    """The mail programs cannot be used as they are, or one of them does not do what it should.

    Examples
    --------
    >>> str(MailError("clamd does not start"))
    'clamd does not start'
    """


def last_lines(*logs: Path) -> str:
    """Return the end of an error message: the last lines of the first log that has any.

    Examples
    --------
    >>> last_lines(Path("no-such.log"))
    'it wrote nothing'
    """
    for log in logs:
        lines = _lines(log)
        if lines:
            return f"the last lines of {log.name}: " + " | ".join(lines[-SHOWN:])
    return "it wrote nothing"


def _lines(log: Path) -> list[str]:
    try:
        text = log.read_text(errors="replace")
    except OSError:
        return []
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them.

    Examples
    --------
    >>> listed(["postfix", "clamd", "dovecot"])
    'postfix, clamd and dovecot'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
