"""Waits for somebody else's code for so long, and says what it may be that does not return."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from lifecheck.errors import InputError

AGAIN = 0.5
"""After how many seconds the end is asked for again where code goes on, as one does that catches everything."""


class _TookTooLongError(BaseException):
    """Ends what is loaded; no `Exception`, which a loop that tries again and again would catch."""


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """Run what is inside for at most so many seconds.

    That takes a signal, which systems other than Windows have, in a program's main thread; elsewhere there is no limit.

    Parameters
    ----------
    seconds
        How long; 0 for as long as it takes.
    what
        What is loaded, for the message.

    Raises
    ------
    InputError
        If it took longer.

    Examples
    --------
    >>> import time
    >>> with within(0.01, "'bot:machine'"):
    ...     time.sleep(60)
    Traceback (most recent call last):
    lifecheck.errors.InputError: loading 'bot:machine' did not end within 0.01 seconds; ...
    """
    is_possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not is_possible or not seconds:
        yield
        return

    def end(_: int, frame: FrameType | None) -> None:
        raise _TookTooLongError(_place(frame))

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    except _TookTooLongError as error:
        took = f"{seconds:g} second{'' if seconds == 1 else 's'}"
        raise InputError(
            f"loading {what} did not end within {took}; it was {error} then: where importing starts a "
            "program, as a bot, a server or input(), let it start only under if __name__ == '__main__'; where it is "
            "slow, allow more: --timeout SECONDS"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(frame: FrameType | None) -> str:
    """Return the place in the user's code that is nearest to where it was."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        file = frame.f_code.co_filename
        if "importlib" not in file and "lib/python" not in file.replace("\\", "/"):
            return f"in line {frame.f_lineno} of {name}"
        frame = frame.f_back
    return "in a library"
