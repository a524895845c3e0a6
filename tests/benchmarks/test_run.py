"""What another checker prints is read, and its processor time taken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.run import OutOfMemoryError, timed


def test_the_time_is_that_of_the_processor(tmp_path: Path) -> None:
    said, seconds = timed([sys.executable, "-c", "import time; print(input()); time.sleep(0.5)"], tmp_path, "asked\n")
    assert said == "asked\n"
    assert 0 < seconds < 0.5


@pytest.mark.parametrize("ending", ["os.kill(os.getpid(), 9)", "print('pan: out of memory')"])
def test_what_ran_out_of_memory_is_no_measurement(ending: str, tmp_path: Path) -> None:
    with pytest.raises(OutOfMemoryError, match="ended with status"):
        timed([sys.executable, "-c", f"import os; {ending}"], tmp_path)
