"""A private instance of Postfix: its own configuration, queue and log, and nothing of the machine's."""

from __future__ import annotations

import json
import os
import pwd
import signal
import smtplib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from mail.errors import MailError, last_lines
from mail.folder import PATIENCE, Folder, free_port, port_in_use, refuse_port_in_use, wait_for
from mail.programs import run

SENDER = "ann@sender.example"
RECIPIENT = "bob@store.example"

TAKEN = 250
"""What Postfix answers to what it takes (RFC 5321, 4.2.3)."""

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example
smtpd_banner = mail.example ESMTP of {folder}
mydestination =
mynetworks = 127.0.0.1/32
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
disable_dns_lookups = yes
alias_maps =
local_recipient_maps =
default_transport = error:no-relay
relay_transport = error:no-relay
enable_long_queue_ids = yes
# the recipient's mail goes to the store, and what the sender is told to the sender's mailbox
virtual_mailbox_domains = store.example
virtual_transport = lmtp:inet:127.0.0.1:{store}
transport_maps = inline:{{ sender.example=notices:inet:127.0.0.1:{notices} }}
# nothing is attempted but what is asked for: postqueue -i is one attempt, and the intervals are long
defer_transports = lmtp
queue_run_delay = 1h
minimal_backoff_time = 1h
maximal_backoff_time = 1h
transport_retry_time = 1h
lmtp_data_done_timeout = {patience}s
"""

_SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
notices unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

_QUEUES = ("incoming", "active", "deferred", "hold")


@dataclass(frozen=True)
class Entry:
    """What the queue's listing says of a message.

    Parameters
    ----------
    identifier
        Its identifier.
    place
        In which of the queues it is: ``active`` while it is being delivered, ``deferred`` while it waits.
    reason
        Why it was not delivered.
    sender
        From whom it is; nothing for a notice.
    """

    identifier: str
    place: str
    reason: str
    sender: str


class Postfix:
    """A Postfix of its own, started by `start`.

    Parameters
    ----------
    folder
        The instance's folder.
    store_port, notices_port
        Where the store and the sender's mailbox speak LMTP.
    patience
        After how many seconds Postfix gives up waiting for an answer.
    port
        Where it takes mail; without it, any that is free.
    """

    def __init__(
        self, folder: Folder, store_port: int, notices_port: int, *, patience: int = 600, port: int = 0
    ) -> None:
        self.home = folder.path / "postfix"
        self.log = self.home / "mail.log"
        self.port = port or free_port()
        self._folder = folder
        for name in ("etc", "queue", "data"):
            (self.home / name).mkdir(parents=True)
        self.log.touch()
        for path in (self.home / "data", self.log):  # postsuper, no longer root, writes itself while postlogd is down
            os.chown(path, pwd.getpwnam("postfix").pw_uid, -1)
        etc = self.home / "etc"
        (etc / "main.cf").write_text(
            _MAIN.format(folder=self.home, store=store_port, notices=notices_port, patience=patience)
        )
        (etc / "master.cf").write_text(_SERVICES.format(port=self.port))
        earlier = time.time() - 10
        for path in etc.iterdir():
            os.utime(path, (earlier, earlier))  # Postfix waits until its configuration is some seconds old

    def start(self) -> None:
        """Start it, and return when it takes mail.

        Raises
        ------
        MailError
            If its port is in use, or it does not start.
        """
        refuse_port_in_use(self.port, "Postfix")
        try:
            self._run("postfix", "start", terminal=True)
        except MailError as error:
            raise MailError(f"Postfix does not start; {error}") from error
        (self.home / "queue" / "quick-start").touch()  # what was looked through once is not again (postfix quick-stop)

    def stop(self) -> None:
        """Stop it in order; what is still under way ends with it."""
        if (self.home / "queue" / "pid" / "master.pid").exists():
            self._folder.end(within="postfix")

    def crash(self) -> None:
        """Kill every process of it at once."""
        self._folder.end(within="postfix")

    def accept(self, content: bytes, *, identifier: str) -> str:
        """Hand it a message by SMTP, and return the queue's identifier when the message waits there.

        Parameters
        ----------
        content
            The body.
        identifier
            Its Message-ID.

        Raises
        ------
        MailError
            If Postfix does not take it, as when its disk is full; with its answer.
        """
        head = f"Message-ID: <{identifier}>\r\nFrom: {SENDER}\r\nTo: {RECIPIENT}\r\nSubject: a message\r\n\r\n"
        try:
            with smtplib.SMTP(timeout=PATIENCE) as client:
                _, greeting = client.connect("127.0.0.1", self.port)
                if str(self.home).encode() not in greeting:  # another instance began at the same moment, and has it
                    raise port_in_use(self.port, "Postfix")
                client.ehlo("client.example")
                # a notice that carried the virus back would be deleted itself
                code, answer = client.mail(SENDER, ["RET=HDRS"])
                if code == TAKEN:
                    code, answer = client.rcpt(RECIPIENT)
                if code == TAKEN:
                    code, answer = client.data(head.encode() + content)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"Postfix does not take the message: {error}; {self.last_lines()}") from error
        if code != TAKEN:
            raise MailError(f"Postfix does not take the message: {code} {answer.decode(errors='replace')}")
        queued = answer.decode().rpartition(" ")[2]
        self.wait_until_deferred(queued)
        return queued

    def attempt(self, queued: str) -> None:
        """Ask for one attempt at delivery, now."""
        self._run("postqueue", "-i", queued)

    def age(self, queued: str) -> None:
        """Make a message as old as one that expires (postsuper -e); works while Postfix is down as well."""
        self._run("postsuper", "-e", queued)

    def look_through(self) -> None:
        """Have the queue manager look at what waits, without an attempt: what is overdue expires.

        The requests are those of qmgr(8): look at the deferred queue, and whatever the time of the next attempt is.
        """
        # postkick is killed where the queue manager hangs up first, which has then heard it
        self._run("postkick", "public", "qmgr", "AD", allowed=-signal.SIGPIPE)

    def wait_until_deferred(self, queued: str) -> None:
        """Return when a message waits in the queue."""
        wait_for(
            f"message {queued} to wait in the queue",
            lambda: (entry := self.entry(queued)) is not None and entry.place == "deferred",
            lambda: f"it is {self.entry(queued)}; {last_lines(self.log)}",
        )

    def wait_until_gone(self, queued: str) -> None:
        """Return when a message has left the queue."""
        wait_for(
            f"message {queued} to leave the queue",
            lambda: self.entry(queued) is None and not self.has_file(queued),
            lambda: f"it is {self.entry(queued)}; {last_lines(self.log)}",
        )

    def entries(self) -> Iterator[Entry]:
        """Yield what the queue's listing says; Postfix need not be up."""
        for line in self._run("postqueue", "-j").splitlines():
            told = json.loads(line)
            reasons = [recipient.get("delay_reason", "") for recipient in told["recipients"]]  # none left while it goes
            yield Entry(told["queue_id"], told["queue_name"], " ".join(reasons), told["sender"])

    def entry(self, queued: str) -> Entry | None:
        """Return what the queue's listing says of one message; None where it is not there."""
        return next((entry for entry in self.entries() if entry.identifier == queued), None)

    def has_file(self, queued: str) -> bool:
        """Whether the original lies in one of the queue's folders."""
        return any(
            path.name == queued
            for place in _QUEUES
            for path in (self.home / "queue" / place).rglob("*")
            if len(path.name) > 1
        )

    def attempts(self, queued: str) -> int:
        """Return how many attempts at delivery have ended, as its log tells."""
        lines = self.log.read_text().splitlines()
        return sum("postfix/lmtp[" in line and f" {queued}: " in line and "status=" in line for line in lines)

    def wait_until_all_is_told(self) -> None:
        """Return when its log tells of every message that it was removed."""
        wait_for("the log to tell that all was removed", lambda: not self._not_yet_removed(), self.last_lines)

    def last_lines(self) -> str:
        """Return the end of an error message."""
        return last_lines(self.log)

    def _not_yet_removed(self) -> set[str]:
        lines = [line.split(": ") for line in self.log.read_text().splitlines()]
        accepted = {line[1] for line in lines if len(line) > 2 and "cleanup[" in line[0] and "message-id=" in line[2]}
        return accepted - {line[1] for line in lines if len(line) > 2 and line[2] == "removed"}

    def fate(self, queued: str) -> str:
        """Return what its log tells last of what became of a message: a status with the reason."""
        told = [line.partition("status=")[2] for line in self.log.read_text().splitlines() if f" {queued}: " in line]
        return next((status for status in reversed(told) if status), "")

    def forget_all(self) -> None:
        """Remove every message from the queue."""
        self._run("postsuper", "-d", "ALL")

    def _run(self, program: str, *words: str, allowed: int = 0, terminal: bool = False) -> str:
        return run(
            [program, "-c", str(self.home / "etc"), *words],
            self.log,
            environment={"POSTLOG_HOSTNAME": "mail"},  # so the log calls the machine, whatever its name
            allowed=allowed,
            terminal=terminal,
        )
