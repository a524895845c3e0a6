"""Reads a log line by line, whatever it holds: what cannot be read is told, and one long line takes no memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lifecheck.errors import InputError
from lifecheck.replaying.event import Remark

LINE_LIMIT = 1 << 20
"""How many bytes a line may have; longer ones are left out, and told."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_OTHERS = {
    b"\xff\xfe": "it is UTF-16; write it as UTF-8 first, as iconv -f UTF-16 -t UTF-8 does",
    b"\xfe\xff": "it is UTF-16; write it as UTF-8 first, as iconv -f UTF-16 -t UTF-8 does",
    b"\x1f\x8b": "it is compressed; unpack it first, as gunzip does",
    b"BZh": "it is compressed; unpack it first, as bunzip2 does",
    b"\xfd7zXZ": "it is compressed; unpack it first, as unxz does",
    b"\x28\xb5\x2f\xfd": "it is compressed; unpack it first, as unzstd does",
}
"""What a file begins with that is no UTF-8 (RFC 3629, 1952, 8878), and what to do."""


class TextLines:
    r"""The lines of a stream of bytes, numbered from 1, without their ends.

    Parameters
    ----------
    stream
        The log, opened in binary.
    tell
        Called with what is wrong with a line.
    wait
        Called where the log ends for now, with nothing: whether to read on. Without it, the end is the end.

    Raises
    ------
    InputError
        While reading: if it is compressed, or UTF-16.

    Attributes
    ----------
    number, read
        How many lines there were so far, and how many of them were handed out.

    Examples
    --------
    >>> from io import BytesIO
    >>> told = []
    >>> list(TextLines(BytesIO(b"\xef\xbb\xbfone\r\n\r\ntw\xff"), told.append))
    [(1, 'one'), (3, 'tw\ufffd')]
    >>> told
    [Remark(number=3, reason='it is no valid UTF-8; what is not is read as \ufffd')]
    """

    def __init__(
        self, stream: BinaryIO, tell: Callable[[Remark], None], wait: Callable[[], bool] | None = None
    ) -> None:
        self._stream = stream
        self._tell = tell
        self._wait = wait
        self.number = self.read = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        for line in self._whole_lines():
            self.number += 1
            if self.number == 1:
                _refuse_other(line)
                line = line.removeprefix(_BYTE_ORDER_MARK)
            if len(line) > LINE_LIMIT:
                self._tell(Remark(self.number, f"it has more than {LINE_LIMIT:,} bytes, and is left out"))
                continue
            try:
                text = line.decode()
            except UnicodeDecodeError:
                text = line.decode(errors="replace")
                self._tell(Remark(self.number, "it is no valid UTF-8; what is not is read as \ufffd"))
            text = text.rstrip("\r\n")
            if text and not text.isspace():
                self.read += 1
                yield self.number, text

    def _whole_lines(self) -> Iterator[bytes]:
        """Yield each line whole; of one that is too long, its beginning."""
        read = self._stream.readline
        begun = b""
        while True:
            chunk = read(LINE_LIMIT + 1)
            if chunk.endswith(b"\n"):
                yield begun + chunk if begun else chunk
                begun = b""
            elif chunk:  # too long, or not yet written to its end
                begun = (begun + chunk)[: LINE_LIMIT + 1]
            elif self._wait is None or not self._wait():
                break
            elif self._was_cut():
                self._tell(Remark(self.number, "the log was cut after this line, and is read from its beginning again"))
                self._stream.seek(0)
                begun = b""
        if begun:
            yield begun

    def _was_cut(self) -> bool:
        return self._stream.seekable() and os.fstat(self._stream.fileno()).st_size < self._stream.tell()


def _refuse_other(line: bytes) -> None:
    for mark, told in _OTHERS.items():
        if line.startswith(mark):
            raise InputError(f"the log cannot be read: {told}")
