"""Which programs are needed, and by which Debian package each comes; and running them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from mail.errors import SHOWN, MailError, last_lines, listed

PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "postfix": "postfix",
        "clamd": "clamav-daemon",
        "clamdscan": "clamdscan",
        "dovecot": "dovecot-lmtpd",
        "sievec": "dovecot-sieve",
        "redis-server": "redis-server",
        "redis-cli": "redis-tools",
    }
)
"""For each program the package that brings it."""

MAIL = ("postfix", "clamd")
DOVECOT = ("clamdscan", "dovecot", "sievec")
REDIS = ("redis-server", "redis-cli")

KNOWN_DOVECOT = "2.3."
"""Which versions of Dovecot read the settings that are written here; those of 2.4 are called otherwise."""

SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where daemons are, also for users whose path leaves them out."""


def path_of(program: str) -> str | None:
    """Return where a program is; None where it is not installed.

    Examples
    --------
    >>> path_of("no-such-program")
    """
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:{SYSTEM}")


def missing(programs: Sequence[str]) -> list[str]:
    """Return the packages that are not installed, of those that bring programs.

    Examples
    --------
    >>> missing([])
    []
    """
    absent = [program for program in programs if path_of(program) is None]
    if "dovecot" in programs and not Path("/usr/lib/dovecot/lmtp").exists():
        absent.append("dovecot")
    return list(dict.fromkeys(PACKAGES[program] for program in absent))


def why_not(programs: Sequence[str], *, root: bool = True) -> str:
    """Return why an instance cannot be started here, or nothing.

    Parameters
    ----------
    programs
        What it needs.
    root
        Whether it must be started as root: Postfix's and Dovecot's masters must, as each gives its processes users of
        their own.

    Examples
    --------
    >>> why_not([], root=False)
    ''
    """
    if not Path("/proc/self/stat").exists():
        return "processes are found by /proc, which Linux has; run this there"
    absent = missing(programs)
    if absent:
        return f"{listed(absent)} {'is' if len(absent) == 1 else 'are'} not installed; apt-get install " + " ".join(
            absent
        )
    version = version_of("dovecot") if "dovecot" in programs else ""
    if not version.startswith(KNOWN_DOVECOT if version else ""):
        return f"Dovecot is {version}, and its settings here are those of {KNOWN_DOVECOT}x; install {KNOWN_DOVECOT}x"
    if root and os.geteuid() != 0:
        return "Postfix must be started as root, whose processes it gives users of their own; run this as root"
    return ""


def version_of(program: str) -> str:
    """Return what a program says that its version is; nothing where it says nothing.

    Examples
    --------
    >>> version_of("no-such-program")
    ''
    """
    path = path_of(program)
    if path is None:
        return ""
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.findall(r"\d+\.\d[\d.]*", told)
    return numbers[0] if numbers else ""


def require(programs: Sequence[str], *, root: bool = True) -> None:
    """Raise if an instance cannot be started here.

    Raises
    ------
    MailError
        Says what is missing, and what to do.
    """
    why = why_not(programs, root=root)
    if why:
        raise MailError(why)


def run(
    words: Sequence[str],
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    allowed: int = 0,
    terminal: bool = False,
) -> str:
    """Run a program to its end, and return what it prints.

    Parameters
    ----------
    words
        The program and its arguments.
    log
        Where to look for the reason if it fails without a word.
    environment
        What to add to the environment.
    allowed
        An exit status beside 0 that is no failure.
    terminal
        Whether its errors go to a terminal: Postfix says why it does not start only where somebody seems to look.

    Raises
    ------
    MailError
        If it fails; with its own last words, or those of the log.
    """
    program = path_of(words[0])
    if program is None:
        raise MailError(f"{words[0]} is not installed; apt-get install {PACKAGES.get(words[0], words[0])}")
    with _errors(terminal) as errors:
        ended = subprocess.run(
            [program, *words[1:]],
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors.end,
            text=True,
            start_new_session=True,
            check=False,
        )
        if ended.returncode not in (0, allowed):
            said = " | ".join(line.strip() for line in errors.read().splitlines()[-SHOWN:] if line.strip())
            raise MailError(
                f"{' '.join([words[0], *words[-1:]])} fails with status {ended.returncode}; {said or last_lines(log)}"
            )
    return ended.stdout


class _Errors:
    """Where a program writes its errors: a file, or what the program takes for a terminal."""

    def __init__(self, terminal: bool) -> None:
        self._ours, self.end = os.openpty() if terminal else (-1, os.memfd_create("errors"))

    def read(self) -> str:
        """Return what was written."""
        if self._ours < 0:
            return os.pread(self.end, 1 << 16, 0).decode(errors="replace")
        os.set_blocking(self._ours, False)
        with suppress(OSError):
            return os.read(self._ours, 1 << 16).decode(errors="replace")
        return ""

    def close(self) -> None:
        for descriptor in (self._ours, self.end):
            if descriptor >= 0:
                os.close(descriptor)


@contextmanager
def _errors(terminal: bool) -> Iterator[_Errors]:
    errors = _Errors(terminal)
    try:
        yield errors
    finally:
        errors.close()
