"""The entry of the command line, also as ``python -m lifecheck``."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress


def main() -> None:
    """Run the command as a program of its own, to whose standard output nothing is written but its answer."""
    try:
        from lifecheck.cli import kept_for_the_answer
        from lifecheck.cli import main as command

        with kept_for_the_answer():
            command()
    except SystemExit as ending:
        _leave_behind_what_runs_on(ending)
        raise
    except KeyboardInterrupt:  # before the command could take it
        print("lifecheck: interrupted", file=sys.stderr)
        sys.exit(130)


def _leave_behind_what_runs_on(ending: SystemExit) -> None:
    """End at once where importing started threads that go on: Python would wait for them for ever."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if any(not thread.daemon for thread in others):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(ending.code if isinstance(ending.code, int) else 0 if ending.code is None else 1)


if __name__ == "__main__":
    main()
