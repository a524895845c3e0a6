"""Loading what starts a program ends after a time, and says where it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.lifecheck.cli.cli import call

MACHINE = (
    'from transitions import Machine\nmachine = Machine(states=["a"], initial="a", transitions=[["go", "a", "a"]])\n'
)

PROGRAMS = {
    "bot": "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except Exception:\n        pass\n",
    "server": "import asyncio\nasyncio.run(asyncio.sleep(60))\n",
    "worker": "import threading\nthreading.Event().wait()\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("command", ["lint", "verify"])
def test_what_does_not_return_is_ended(name: str, command: str, elsewhere: Path) -> None:
    (elsewhere / f"{name}_of_timeout.py").write_text(MACHINE + PROGRAMS[name])
    called = call(command, f"{name}_of_timeout:machine", "--timeout", "0.2")
    assert called.status == 2
    assert called.out == ""
    assert called.err.startswith(
        f"lifecheck: loading '{name}_of_timeout:machine' did not end within 0.2 seconds; it was in line "
    )
    assert (
        "let it start only under if __name__ == '__main__'; where it is slow, allow more: --timeout SECONDS"
        in called.err
    )


@pytest.mark.parametrize("command", ["lint", "verify"])
def test_a_function_that_does_not_return_is_ended(command: str, elsewhere: Path) -> None:
    (elsewhere / "maker_of_timeout.py").write_text(
        "import time\nfrom transitions import Machine\n\n\ndef machine() -> Machine:\n    time.sleep(60)\n"
    )
    called = call(command, "maker_of_timeout:machine", "--timeout", "0.2")
    assert (called.status, called.out) == (2, "")
    assert "did not end within 0.2 seconds; it was in line 6 of maker_of_timeout then" in called.err


def test_no_limit_and_what_returns_in_time(elsewhere: Path) -> None:
    (elsewhere / "quick_of_timeout.py").write_text(MACHINE)
    for seconds in ("0", "5"):
        assert call("lint", "quick_of_timeout:machine", "--timeout", seconds).status == 0
    assert "[default: 30]" in " ".join(call("lint", "--help").out.split())


def test_a_thread_that_an_import_starts_does_not_keep_the_command(elsewhere: Path) -> None:
    (elsewhere / "threads_of_timeout.py").write_text(
        MACHINE + "import threading\nthreading.Thread(target=threading.Event().wait).start()\n"
    )
    command = [sys.executable, "-m", "lifecheck", "lint", "threads_of_timeout:machine"]
    run = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stdout.splitlines()[0]) == (0, "threads_of_timeout:machine: no findings")
