"""The sender's mailbox, to which Postfix delivers its notices."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from mail.store import serve


class SenderMailbox:
    """Takes whatever it is handed, by LMTP.

    Attributes
    ----------
    port
        Where it listens.
    notices
        What it was handed.

    Examples
    --------
    >>> with SenderMailbox() as mailbox:
    ...     len(mailbox.notices)
    0
    """

    def __init__(self) -> None:
        self.notices: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def about(self, identifier: str) -> int:
        """Return how many notices there are about a message."""
        return sum(identifier.encode() in notice for notice in self.notices)

    def _serve(self) -> None:
        with suppress(OSError):  # it is closed
            serve(self._listener, self._take)

    def _take(self, content: bytes) -> str:
        self.notices.append(content)
        return "250 2.1.5 kept"
