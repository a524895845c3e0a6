"""A small store that speaks LMTP and has clamd look at each copy; its answer to a copy that it deleted is the variant.

It is run as a program of its own, so that it can be killed: ``python store.py FOLDER VARIANT SCANNER at-once``.
It tells where it stands on standard output, an object a line, in the words of the model. Run
``in-steps``, it does the next thing when a line ``go`` comes on standard input, and forgets its copy when
another comes.

    FOLDER/socket      where it listens
    FOLDER/copies      what it was handed and has not dealt with
    FOLDER/mailbox     what was delivered
    FOLDER/deletions   a line for each copy that was deleted
"""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

ANSWERS = {
    "unpatched": "",  # says nothing: this is KB883522
    "patched": "250 2.1.5 {signature} FOUND, deleted",
    "consuming": "250 2.1.5 {signature} FOUND, deleted and reported as consumed",
    "bouncing": "550 5.7.1 {signature} FOUND, deleted and refused",
    "remembering": "",  # says nothing either, but knows the message when it comes again
}
"""What the store says of a copy that it deleted, by variant; every other answer is the same."""

DELIVERED = "250 2.1.5 delivered"
RECOGNISED = {"delivered": "250 2.1.5 delivered before", "deleted": "250 2.1.5 {signature} FOUND, deleted before"}


class _ForgottenError(Exception):
    """The copy is to be forgotten: the queue has begun anew."""


class Steps:
    """Tells where the store stands, and waits to be let on.

    Parameters
    ----------
    one_by_one
        Whether it waits.
    """

    def __init__(self, one_by_one: bool) -> None:
        self.one_by_one = one_by_one

    def at(self, state: str, **more: str) -> None:
        """Tell a state that nobody waits in."""
        print(json.dumps({"state": state, **more}), flush=True)

    def wait(self, state: str) -> None:
        """Tell a state, and wait in it to be let on."""
        self.at(state)
        if self.one_by_one:
            line = sys.stdin.readline()
            if not line:
                os._exit(0)  # whoever started it is gone
            if line.strip() != "go":
                raise _ForgottenError


class Store:
    """The store of one mailbox.

    Parameters
    ----------
    home
        Its folder.
    variant
        What it says of a copy that it deleted.
    scanner
        The socket of clamd.
    one_by_one
        Whether it waits before each step.
    """

    def __init__(self, home: Path, variant: str, scanner: Path, *, one_by_one: bool) -> None:
        self._answer = ANSWERS[variant]
        self._remembers = variant == "remembering"
        self._scanner = scanner
        self._steps = Steps(one_by_one)
        self._copies, self._mailbox, self._deletions = home / "copies", home / "mailbox", home / "deletions"
        for folder in (self._copies, self._mailbox):
            folder.mkdir(exist_ok=True)
        self._deletions.touch()
        for copy in self._copies.iterdir():  # a crash takes what was not yet dealt with
            copy.unlink()
        self._count = len(list(self._mailbox.iterdir()))

    def take(self, content: bytes) -> str | None:
        """Deal with a copy; return the answer, or None where there is none."""
        identifier = _message_id(content)
        copy = self._copies / identifier
        copy.write_bytes(content)
        try:
            answer = self._deal_with(copy, identifier)
        except _ForgottenError:
            answer = ""
        finally:
            copy.unlink(missing_ok=True)
        self._steps.at("settled" if answer else "absent", answer=answer)
        return answer or None

    def _deal_with(self, copy: Path, identifier: str) -> str:
        finding: str | None = None
        while finding is None:
            self._steps.wait("received")
            before = self._dealt_with(identifier) if self._remembers else None
            if before is not None:
                self._steps.wait("recognised")
                return RECOGNISED[before].format(signature=self._signature_of(identifier))
            finding = self._scanned(copy)
            if finding is None and not self._steps.one_by_one:
                return ""  # a copy that cannot be scanned is held back
        return self._delete(copy, identifier, finding) if finding else self._deliver(copy, identifier)

    def _scanned(self, copy: Path) -> str | None:
        """Return the signature that was found, nothing for a clean copy, and None if the scanner went away."""
        try:
            with socket.socket(socket.AF_UNIX) as scanner:
                scanner.connect(str(self._scanner))
                content = copy.read_bytes()
                scanner.sendall(b"zINSTREAM\0" + struct.pack(">I", len(content)) + content)
                self._steps.wait("scanning")
                scanner.sendall(struct.pack(">I", 0))
                answer = b""
                while not answer.endswith(b"\0"):
                    more = scanner.recv(1024)
                    if not more:
                        return None
                    answer += more
        except OSError:
            return None
        told = answer.decode().rstrip("\0")
        if told.endswith(" OK"):
            return ""
        return told.partition(": ")[2].removesuffix(" FOUND") if told.endswith(" FOUND") else None

    def _deliver(self, copy: Path, identifier: str) -> str:
        self._steps.wait("passed")
        self._count += 1
        copy.rename(self._mailbox / f"{self._count}.{identifier}")
        self._steps.wait("delivered")
        return DELIVERED

    def _delete(self, copy: Path, identifier: str, signature: str) -> str:
        self._steps.wait("condemned")
        with self._deletions.open("a") as deletions:  # one write, so that it is remembered or not
            deletions.write(f"{identifier} {signature}\n")
        copy.unlink()
        self._steps.wait("deleted")
        return self._answer.format(signature=signature)

    def _dealt_with(self, identifier: str) -> str | None:
        """Return what became of an earlier copy, as the folder tells it: also after a crash."""
        if any(path.name.partition(".")[2] == identifier for path in self._mailbox.iterdir()):
            return "delivered"
        return "deleted" if self._signature_of(identifier) else None

    def _signature_of(self, identifier: str) -> str:
        lines = (line.split() for line in self._deletions.read_text().splitlines())
        return next((signature for known, signature in lines if known == identifier), "")


def _message_id(content: bytes) -> str:
    head = content.partition(b"\r\n\r\n")[0].decode(errors="replace")
    for line in head.splitlines():
        if line.lower().startswith("message-id:"):
            return line.partition(":")[2].strip(" <>").replace("/", "_")
    return "unnamed"


def converse(connection: socket.socket, take: Callable[[bytes], str | None]) -> None:
    """Speak LMTP (RFC 2033) with whoever connected: one recipient at a time, and a reply for it after the dot."""

    def say(answer: str) -> None:
        connection.sendall(answer.encode() + b"\r\n")

    say("220 store.example LMTP")
    with connection.makefile("rb") as stream:
        for line in stream:
            verb = line[:4].upper()
            if verb == b"LHLO":
                say("250 store.example")
            elif verb == b"DATA":
                say("354 go on")
                answer = take(b"".join(_content(stream)))
                if answer is None:
                    stream.read()  # until the queue gives up
                    return
                say(answer)
            elif verb == b"QUIT":
                say("221 2.0.0 bye")
                return
            else:
                say("250 2.0.0 ok")


def _content(stream: Iterable[bytes]) -> Iterator[bytes]:
    for line in stream:
        if line == b".\r\n":
            return
        yield line.removeprefix(b".")  # RFC 5321, 4.5.2: a dot at the beginning was doubled
    raise ConnectionError("it ends within a message")


def serve(listener: socket.socket, take: Callable[[bytes], str | None]) -> None:
    """Serve one connection after the other."""
    while True:
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            converse(connection, take)


def main() -> None:
    """Serve the store until whoever started it is gone."""
    home, variant, scanner, steps = sys.argv[1:]
    store = Store(Path(home), variant, Path(scanner), one_by_one=steps == "in-steps")
    place = Path(home) / "socket"
    place.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        print(json.dumps({"state": "ready"}), flush=True)
        serve(listener, store.take)


if __name__ == "__main__":
    main()
