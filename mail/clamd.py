"""A clamd of its own, which knows one signature, of our own: that of a test string which harms nobody."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
from pathlib import Path

from mail.errors import MailError, last_lines
from mail.folder import Folder, wait_for
from mail.programs import path_of

SIGNATURE = "Lifecheck.Test"

_CONFIGURATION = """\
DatabaseDirectory {home}/signatures
TemporaryDirectory {home}/temporary
LocalSocket {home}/socket
LocalSocketMode 666
LogFile {home}/clamd.log
LogTime yes
LogClean yes
Foreground yes
User clamav
MaxThreads 4
"""


def infected_content() -> bytes:
    """Return a message that a scanner finds infected: the EICAR test string, put together here.

    It stands nowhere in one piece, so that no scanner takes the project for infected.

    Examples
    --------
    >>> len(infected_content().strip())
    68
    """
    first, second = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTI"
    return f"{first}{second}VIRUS-TEST-FILE!$H+H*\r\n".encode()


def clean_content() -> bytes:
    r"""Return a message that a scanner finds clean.

    Examples
    --------
    >>> clean_content()
    b'Nothing is wrong with this.\r\n'
    """
    return b"Nothing is wrong with this.\r\n"


class Clamd:
    """A clamd of its own, started by `start`.

    Parameters
    ----------
    folder
        The instance's folder.
    """

    def __init__(self, folder: Folder) -> None:
        self.home = folder.path / "clamd"
        self.log, self.socket = self.home / "clamd.log", self.home / "socket"
        self.configuration = self.home / "clamd.conf"
        self._errors = self.home / "clamd.errors"
        temporary = self.home / "temporary"  # of what it scans; killed, it leaves that behind
        for made in (self.home / "signatures", temporary):
            made.mkdir(parents=True)
        # a signature of a body: name, any kind of file, anywhere in it, the bytes in hexadecimal
        (self.home / "signatures" / "own.ndb").write_text(f"{SIGNATURE}:0:*:{infected_content().strip().hex()}\n")
        self.configuration.write_text(_CONFIGURATION.format(home=self.home))
        self.log.touch()
        owner = pwd.getpwnam("clamav")
        for path in (self.home, temporary, self.log):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it answers.

        Raises
        ------
        MailError
            If it does not start.
        """
        self.socket.unlink(missing_ok=True)
        with self._errors.open("ab") as said:
            self._process = subprocess.Popen(
                [path_of("clamd") or "clamd", "-c", str(self.configuration)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        wait_for("clamd to answer", self._answers_or_ended, lambda: last_lines(self._errors, self.log))
        if self._process.poll() is not None:
            raise MailError(f"clamd does not start; {last_lines(self._errors, self.log)}")

    def crash(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    stop = crash

    def _answers_or_ended(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            return True
        try:
            with socket.socket(socket.AF_UNIX) as asked:
                asked.settimeout(5)
                asked.connect(str(self.socket))
                asked.sendall(b"zPING\0")
                return asked.recv(16) == b"PONG\0"
        except OSError:
            return False


def version_in(log: Path) -> str:
    """Return the version that the log of a clamd tells."""
    for line in log.read_text().splitlines():
        if "clamd daemon" in line:
            return line.partition("clamd daemon ")[2].partition(" ")[0]
    return "of unknown version"
