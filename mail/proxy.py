"""A line between the queue and the store on which the reply to a message can be lost, and nothing else changes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass
class _Session:
    """A connection of the queue, and that to the store."""

    queue: socket.socket
    store: socket.socket
    awaited: bool = False  # the message was handed over whole, and its reply is due
    threads: list[threading.Thread] = field(default_factory=list)

    def close(self) -> None:
        for end in (self.queue, self.store):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Proxy:
    """Hands on what the queue and the store say to each other, but for the replies that it is told to lose.

    Parameters
    ----------
    connect
        Connects to the store.
    holds
        Whether a session whose reply was lost, or one end of which is gone, stays as it is until `drop`; otherwise the
        queue is hung up on at once, and waits for nothing.

    Attributes
    ----------
    port
        Where the queue connects.
    loses
        Whether the reply to the next message is lost.
    lost
        How many replies were lost.
    """

    def __init__(self, connect: Callable[[], socket.socket], *, holds: bool = False) -> None:
        self.loses = False
        self.lost = 0
        self._connect, self._holds = connect, holds
        self._sessions: list[_Session] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def drop(self) -> None:
        """Hang up on both ends of every session."""
        while self._sessions:
            self._sessions.pop().close()

    def close(self) -> None:
        """Hang up, and listen no longer."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop()

    def _listen(self) -> None:
        while True:
            try:
                queue, _ = self._listener.accept()
            except OSError:
                return
            try:
                store = self._connect()
            except OSError:  # the store is down: the queue hears nothing, and tries again another time
                queue.close()
                continue
            session = _Session(queue, store)
            self._sessions.append(session)
            for hand_on in (self._from_queue, self._from_store):
                threading.Thread(target=self._until_an_end, args=(hand_on, session), daemon=True).start()

    def _until_an_end(self, hand_on: Callable[[_Session], None], session: _Session) -> None:
        with suppress(OSError, ValueError):
            hand_on(session)
        if not self._holds:
            session.close()

    def _from_queue(self, session: _Session) -> None:
        in_message = False
        with session.queue.makefile("rb") as lines:
            for line in lines:
                if in_message:
                    in_message = line != b".\r\n"
                    session.awaited = not in_message
                else:
                    in_message = line[:4].upper() == b"DATA"
                session.store.sendall(line)

    def _from_store(self, session: _Session) -> None:
        with session.store.makefile("rb") as lines:
            for line in lines:
                if session.awaited and self.loses:
                    self.lost += 1
                    if not self._holds:
                        return
                    for _ in lines:  # what else it says is lost as well
                        pass
                    return
                session.queue.sendall(line)


def connecting_to(path: Path) -> Callable[[], socket.socket]:
    """Return what connects to a local socket."""

    def connect() -> socket.socket:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(str(path))
        except OSError:
            connection.close()
            raise
        return connection

    return connect
