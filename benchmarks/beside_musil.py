"""Measures lifecheck beside musil on one system and one promise, in one run, alternating."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
from pathlib import Path

from large_system import STATES
from musil_python import NEEDED, python_with_musil

ROUNDS = 3
WANTED = 5.0
HERE = Path(__file__).parent
OURS = [sys.executable, "-c", "import large_system; print(large_system.measured('holds')[1])"]
MUSIL = HERE / "musil_wheels.py"


def main() -> None:
    """Print the median of each, and how they compare; say so where musil cannot run."""
    program = python_with_musil()
    if program is None:
        print(f"musil: not measured; {NEEDED}")
        return
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(float(subprocess.run(OURS, capture_output=True, text=True, check=True, cwd=HERE).stdout))
        run = subprocess.run([program, str(MUSIL)], capture_output=True, text=True, check=True)
        theirs.append(json.loads(run.stdout))
        assert theirs[-1]["holds"]
        assert theirs[-1]["states"] == STATES
    own, other = statistics.median(ours), statistics.median(one["seconds"] for one in theirs)
    print(f"lifecheck {own:5.2f} s (Python {platform.python_version()})")
    times = f"{other / own:.1f} times as long (at least {WANTED:.0f})"
    print(f"musil     {other:5.2f} s (Python {theirs[0]['python']}), {times}")


if __name__ == "__main__":
    main()
