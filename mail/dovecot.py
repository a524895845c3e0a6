"""Dovecot's LMTP server with a Sieve script that has clamd look at each copy and discards what it finds infected."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
from collections.abc import Iterator

from mail.clamd import Clamd
from mail.errors import MailError, last_lines
from mail.folder import Folder, wait_for
from mail.programs import path_of, run

_CONFIGURATION = """\
protocols = lmtp
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/dovecot.log
ssl = no
# the processes are this instance's alone, so that one unprivileged user does for all
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_home = {home}/home
mail_location = maildir:{home}/home/Maildir
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/home allow_all_users=yes
}}
passdb {{
  driver = static
  args = nopassword=y
}}
service lmtp {{
  unix_listener {home}/lmtp {{
    mode = 0666
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
protocol lmtp {{
  mail_plugins = sieve
}}
plugin {{
  sieve = file:{home}/scan.sieve
  sieve_plugins = sieve_extprograms
  sieve_extensions = +vnd.dovecot.execute
  sieve_execute_bin_dir = {home}/programs
}}
"""

_SCRIPT = """\
require ["vnd.dovecot.execute", "variables"];
execute :pipe :output "finding" "scan";
if string :contains "${finding}" "FOUND" {
  discard;
}
"""

USER = "mail"
"""Who owns the mailbox: a user that Debian's base has."""


class Dovecot:
    """A Dovecot of its own, started by `start`.

    Parameters
    ----------
    folder
        The instance's folder.
    scanner
        The clamd that its Sieve script asks.
    """

    def __init__(self, folder: Folder, scanner: Clamd) -> None:
        self.home = folder.path / "dovecot"
        self.log, self.socket = self.home / "dovecot.log", self.home / "lmtp"
        self._errors = self.home / "dovecot.errors"
        self._folder = folder
        self._configuration = self.home / "dovecot.conf"
        owner = pwd.getpwnam(USER)
        for name in ("home", "programs", "run"):
            (self.home / name).mkdir(parents=True)
        os.chown(self.home / "home", owner.pw_uid, owner.pw_gid)
        self._configuration.write_text(_CONFIGURATION.format(home=self.home, user=USER, group=USER))
        (self.home / "scan.sieve").write_text(_SCRIPT)
        scan = self.home / "programs" / "scan"
        scan.write_text(
            f"#!/bin/sh\n{path_of('clamdscan')} --config-file={scanner.configuration} --stream --no-summary -\nexit 0\n"
        )
        scan.chmod(0o755)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it listens.

        Raises
        ------
        MailError
            If it does not start.
        """
        try:
            run(["sievec", "-c", str(self._configuration), str(self.home / "scan.sieve")], self.log)
        except MailError as error:
            raise MailError(f"Dovecot does not start; {error}") from error
        with self._errors.open("ab") as said:
            self._process = subprocess.Popen(
                [path_of("dovecot") or "dovecot", "-F", "-c", str(self._configuration)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        wait_for("Dovecot to listen", self._listens_or_ended, lambda: last_lines(self.log, self._errors))
        if self._process.poll() is not None:
            raise MailError(f"Dovecot does not start; {last_lines(self.log, self._errors)}")

    def stop(self) -> None:
        """End every process of it."""
        self._folder.end(within="dovecot")
        if self._process is not None:
            self._process.wait()
            self._process = None

    def discards(self, identifier: str) -> int:
        """Return how many copies of a message were discarded, as its log tells."""
        return sum(
            f"msgid=<{identifier}>" in line and "discarded" in line for line in self.log.read_text().splitlines()
        )

    def deliveries(self, identifier: str) -> int:
        """Return how many copies of a message lie in the mailbox."""
        return sum(identifier in copy for copy in self._copies())

    def _copies(self) -> Iterator[str]:
        for path in (self.home / "home" / "Maildir" / "new").glob("*"):
            yield path.read_text(errors="replace")

    def _listens_or_ended(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            return True
        try:
            with socket.socket(socket.AF_UNIX) as asked:
                asked.connect(str(self.socket))
                return True
        except OSError:
            return False
