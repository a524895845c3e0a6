"""All together: Postfix, a line on which replies can be lost, a store and its scanner, and the sender's mailbox."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from mail import programs
from mail.clamd import Clamd, clean_content, infected_content
from mail.dovecot import Dovecot
from mail.errors import MailError
from mail.folder import Folder, readable_for_all, wait_for
from mail.postfix import Postfix
from mail.proxy import Proxy, connecting_to
from mail.sender_mailbox import SenderMailbox
from mail.store_process import StoreProcess

STORES = ("small", "dovecot")
"""The store written here, whose answer to a deleted copy is the variant, or Dovecot with Sieve, as it is."""


class Instance:
    """The mail programs, started as a context manager and ended with it, whatever happens.

    Parameters
    ----------
    variant
        What the small store says of a copy that it deleted.
    dovecot
        Whether Dovecot is the store. It reports what it discards; whether the report is lost is up to the line.
    one_by_one
        Whether the small store waits before each step, and the line keeps what hangs until it is dropped.
    patience
        After how many seconds Postfix gives up waiting for an answer.
    port
        Where Postfix takes mail; without it, any that is free.

    Raises
    ------
    MailError
        If something is missing, left over or in use, or does not start.
    """

    def __init__(
        self,
        variant: str = "unpatched",
        *,
        dovecot: bool = False,
        one_by_one: bool = False,
        patience: int = 600,
        port: int = 0,
    ) -> None:
        self._variant, self._is_dovecot, self._one_by_one = variant, dovecot, one_by_one
        self._patience, self._port = patience, port
        self._parts = ExitStack()
        self._messages = 0

    def __enter__(self) -> Self:
        programs.require((*programs.MAIL, *(programs.DOVECOT if self._is_dovecot else ())))
        with ExitStack() as parts, readable_for_all():
            self.folder = parts.enter_context(Folder())
            self.clamd = Clamd(self.folder)
            self.clamd.start()
            parts.callback(self.clamd.stop)
            self.store = self._started_store(parts)
            self.line = parts.enter_context(Proxy(connecting_to(self.store.socket), holds=self._one_by_one))
            self.sender = parts.enter_context(SenderMailbox())
            self.postfix = Postfix(
                self.folder, self.line.port, self.sender.port, patience=self._patience, port=self._port
            )
            self.postfix.start()
            parts.callback(self.postfix.stop)
            self._parts = parts.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.close()

    @property
    def small_store(self) -> StoreProcess:
        """The store that was written here.

        Raises
        ------
        MailError
            If the store is Dovecot.
        """
        if isinstance(self.store, StoreProcess):
            return self.store
        raise MailError("the store is Dovecot, which cannot be let on step by step")

    def accept(self, *, infected: bool) -> tuple[str, str]:
        """Have Postfix take a message; return its Message-ID and the queue's identifier."""
        self._messages += 1
        identifier = f"{self._messages}@client.example"
        content = infected_content() if infected else clean_content()
        return identifier, self.postfix.accept(content, identifier=identifier)

    def wait_until_the_store_is_done(self) -> None:
        """Return when the small store has dealt with its copy, for whose answer the queue may have waited in vain."""
        if isinstance(self.store, StoreProcess):
            while self.store.next()["state"] not in ("settled", "absent"):
                continue

    def deletions(self, identifier: str) -> int:
        """Return how many copies of a message were deleted, as the store tells, or for Dovecot the scanner."""
        if isinstance(self.store, StoreProcess):
            return self.store.deletions(identifier)
        return self.store.discards(identifier)

    def notices(self, identifier: str, *, at_least: int = 0) -> int:
        """Return how many notices the sender has about a message, after waiting for some."""
        if at_least:
            wait_for(f"a notice about {identifier}", lambda: self.sender.about(identifier) >= at_least)
        return self.sender.about(identifier)

    def _started_store(self, parts: ExitStack) -> StoreProcess | Dovecot:
        store: StoreProcess | Dovecot
        if self._is_dovecot:
            store = Dovecot(self.folder, self.clamd)
        else:
            store = StoreProcess(self.folder, self._variant, self.clamd.socket, one_by_one=self._one_by_one)
        store.start()
        parts.callback(store.stop)
        return store
