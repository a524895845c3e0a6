"""Measures what a sweep costs: a stored verdict, what the pool adds to a check, two processes beside one, a lattice.

Processor seconds where one process is meant, for other work on the machine makes the clock say little; two processes
beside one are told by the clock, which is worth something on two free cores alone.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from docs.generate.whole_lattice import grid
from lifecheck.sweeps import Progress, Store, Stored, sweep

STORED = 20_000

ROUNDS = 3
"""How often one process and two are compared, in turn: a machine is not equally fast from one minute to the next."""


def spent() -> float:
    """Return the processor seconds of this process and of those that it ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def reading() -> float:
    """Return the microseconds that reading a stored verdict takes, in batches as a sweep reads them."""
    with TemporaryDirectory() as folder, Store(Path(folder) / "verdicts") as store:
        keys = [f"{number:032}".encode() for number in range(STORED)]
        store.add(dict.fromkeys(keys, Stored("holds", 100, 200, "explicit", "")))
        random.Random(1).shuffle(keys)
        began = time.process_time()
        found = sum(len(store.find(keys[at : at + 27])) for at in range(0, STORED, 27))
        assert found == STORED
        return (time.process_time() - began) / STORED * 1e6


def some(number: int) -> Iterator[dict[str, str]]:
    """Yield settings of the mail model, drawn once and for all."""
    drawn = random.Random(2)
    for _ in range(number):
        yield dict(grid()[drawn.randrange(len(grid()))].settings)


def swept(number: int, jobs: int) -> tuple[float, float, Progress]:
    """Return the seconds by the clock and of the processor that a sweep takes, and how far it came."""
    told: list[Progress] = []
    clock, processor = time.perf_counter(), spent()
    for _ in sweep(settings=some(number), jobs=jobs, progress=told.append):
        pass
    return time.perf_counter() - clock, spent() - processor, told[-1]


def main() -> int:
    """Measure everything, and print a line for each."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=int, default=10_000, metavar="N", help="how many settings the lattice has")
    number = parser.parse_args().settings
    print(f"a stored verdict is read in {reading():.0f} microseconds", flush=True)
    few = max(100, number // 5)
    ratios, added = [], []
    for _ in range(ROUNDS):
        alone, processor_alone, progress = swept(few, 1)
        together, processor_together, _ = swept(few, 2)
        ratios.append(alone / together)
        added.append((processor_together - processor_alone) / (progress.judged + progress.reused) * 1e3)
    print(
        f"{few:,} settings: two processes are {median(ratios):.2f} times as fast as one by the clock "
        f"({min(ratios):.2f} to {max(ratios):.2f} in {ROUNDS} rounds), and take {median(added):.2f} ms more for each "
        "check",
        flush=True,
    )
    clock, processor, progress = swept(number, 2)
    print(
        f"{number:,} settings of the mail model, all properties, two processes: {clock:.0f} s by the clock, "
        f"{processor:.0f} processor seconds; {progress.judged:,} verdicts found, {progress.reused:,} reused"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
