"""Measures the processor time of the command beside that of starting Python, alternating in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 7
START = "python -c pass"
COMMANDS = {
    START: ["-c", "pass"],
    "lifecheck --help": ["-m", "lifecheck", "--help"],
    "lifecheck verify": ["-m", "lifecheck", "verify"],
    "lifecheck verify --all-variants": ["-m", "lifecheck", "verify", "--all-variants"],
}


def processor_seconds(words: list[str]) -> float:
    """Run Python with these words and return the processor time that it took, in seconds."""
    before = os.times()
    subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def main() -> None:
    """Print the median of each command, and what it adds to the start of Python."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, words in COMMANDS.items():
            taken[name].append(processor_seconds(words))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        beyond = f"{median - medians[START]:5.2f} s beyond the start of Python"
        ratio = f"{median / medians[START]:5.1f} times it"
        print(f"{name:<32} {median:5.2f} s" + ("" if name == START else f", {beyond}, {ratio}"))


if __name__ == "__main__":
    main()
