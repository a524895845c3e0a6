"""The second witness: a Redis server of its own, and what a consumer of a stream does there."""

from __future__ import annotations

import json
import subprocess
from types import TracebackType
from typing import Any, Self

from mail import programs
from mail.errors import MailError, last_lines
from mail.folder import Folder, wait_for
from mail.programs import path_of, run

_QUESTIONS = ("XLEN", "XPENDING")

CONSUMERS = {
    "deletes": ("add_entry", "read_entry", "handle", "delete_entry", *["read_history"] * 3),
    "acknowledges and deletes": ("add_entry", "read_entry", "handle", "acknowledge", "delete_entry"),
}
"""What each kind of consumer does with an entry; the first goes on to ask what it still owes."""

GROUP, CONSUMER = "scanners", "scanner-1"

_CONFIGURATION = """\
port 0
unixsocket {home}/socket
dir {home}
logfile {home}/redis.log
save ""
appendonly no
daemonize no
"""


class RedisServer:
    """A Redis server on a socket in a temporary folder; it needs no root.

    Attributes
    ----------
    monitored
        What the server tells of every command that it was given, as MONITOR writes it.

    Raises
    ------
    MailError
        If it is not installed, or does not start.
    """

    def __enter__(self) -> Self:
        programs.require(programs.REDIS, root=False)
        self._folder = Folder()
        try:
            self._start()
        except BaseException:
            self._folder.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.close()
        for process in (self._monitor, self._process):
            process.wait()

    def ask(self, *words: str) -> Any:
        """Give the server a command, and return its answer."""
        told = run(["redis-cli", "-s", str(self._socket), "--json", *words], self._log)
        answer = json.loads(told)
        if isinstance(answer, dict) and "error" in answer:
            raise MailError(f"redis does not do {' '.join(words)}: {answer['error']}")
        return answer

    def log(self) -> str:
        """Return what MONITOR told of what was asked until now, without greetings and without mere questions."""
        self.ask("ECHO", "all until here")
        wait_for("MONITOR", lambda: '"ECHO" "all until here"' in self.monitored.read_text())
        lines = self.monitored.read_text().splitlines()[1:]
        asked = [line for line in lines if not any(f'] "{word}"' in line for word in ("HELLO", "ECHO", *_QUESTIONS))]
        return "".join(f"{line}\n" for line in asked).replace(str(self._folder.path), "FOLDER")

    def _start(self) -> None:
        home = self._folder.path / "redis"
        home.mkdir()
        self._socket, self._log, self.monitored = home / "socket", home / "redis.log", home / "monitored"
        configuration, errors = home / "redis.conf", home / "redis.errors"
        configuration.write_text(_CONFIGURATION.format(home=home))
        words = [path_of("redis-server") or "redis-server", str(configuration)]
        with errors.open("wb") as said:
            self._process = subprocess.Popen(
                words, cwd=home, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
            )
        wait_for(
            "redis-server to listen",
            lambda: self._socket.exists() or self._process.poll() is not None,
            lambda: last_lines(self._log, errors),
        )
        if self._process.poll() is not None:
            raise MailError(f"redis-server does not start; {last_lines(self._log, errors)}")
        with self.monitored.open("wb") as monitored:
            self._monitor = subprocess.Popen(
                [path_of("redis-cli") or "redis-cli", "-s", str(self._socket), "MONITOR"],
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=monitored,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(
            "MONITOR to begin",
            lambda: self.monitored.read_text().startswith("OK"),
            lambda: last_lines(self.monitored, self._log),
        )


class Stream:
    """One stream with one entry, one group and one consumer, and what can be done to them.

    Parameters
    ----------
    server
        The server.
    name
        The stream's key.
    """

    def __init__(self, server: RedisServer, name: str) -> None:
        self._server = server
        self._name = name
        self._entry = ""
        server.ask("XGROUP", "CREATE", name, GROUP, "$", "MKSTREAM")

    def do(self, trigger: str) -> object:
        """Do what a trigger of the example's machine says; return the answer."""
        ask, name = self._server.ask, self._name
        if trigger == "add_entry":
            self._entry = ask("XADD", name, "*", "message", "infected")
            return self._entry
        if trigger == "read_entry":
            return ask("XREADGROUP", "GROUP", GROUP, CONSUMER, "COUNT", "1", "STREAMS", name, ">")
        if trigger == "read_history":
            return ask("XREADGROUP", "GROUP", GROUP, CONSUMER, "COUNT", "1", "STREAMS", name, "0")
        if trigger == "delete_entry":
            return ask("XDEL", name, self._entry)
        if trigger == "acknowledge":
            return ask("XACK", name, GROUP, self._entry)
        if trigger == "claim_deleted":
            return ask("XAUTOCLAIM", name, GROUP, CONSUMER, "0", "0")
        return None  # the consumer's own work, of which the server knows nothing

    def holds_entry(self) -> bool:
        """Whether the entry is in the stream."""
        return bool(self._server.ask("XLEN", self._name))

    def is_pending(self) -> bool:
        """Whether the group waits for a word about the entry."""
        return bool(self._server.ask("XPENDING", self._name, GROUP)[0])
