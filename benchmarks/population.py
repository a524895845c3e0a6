"""Measures the population explorer beside SPIN on the same rows, alternating in one run, and writes docs/benchmarks.md.

Times are processor time of one core. SPIN's leave out generating and compiling its verifier, lifecheck's the firing of
the machines; counts must be equal. `--short` goes up to four messages, once, and writes nothing. Six messages
take SPIN about 6 GiB: `--spin-memory 8` runs them too.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from benchmarks import report  # noqa: E402
from benchmarks.promela import promela  # noqa: E402
from benchmarks.spin import EXHAUSTIVE, FAIR, REDUCED, SAFETY, Run, Verifier, verifier  # noqa: E402
from lifecheck import State, System, Verdict, explore, leads_to  # noqa: E402
from lifecheck.composition import compose  # noqa: E402
from lifecheck.population import check_messages  # noqa: E402
from lifecheck.population.exploration import Exploration, explore_messages  # noqa: E402
from model import VARIANTS  # noqa: E402

EXPLORED = "at-most-once"
JUDGED = "patched-lost-once"
"""In it a message never has two fair triggers to choose from, so that SPIN's fairness to processes is the same."""

SPIN_BYTES_PER_STATE = 70
"""What SPIN took for each state of five messages; tells beforehand whether six would fit."""


def in_queue(s: State) -> bool:
    """The entry is in the queue."""
    return s.queue in ("queued", "delivering")


def removed(s: State) -> bool:
    """The entry is settled."""
    return s.queue == "removed"


LEAVES = leads_to(in_queue, removed)
IN_SPIN = {"given": "queue_state[0] == 1 || queue_state[0] == 2", "goal": "queue_state[0] == 3"}
FORMULA = "[] (given -> <> goal)"


@dataclass
class Line:
    """One number of messages: what was counted, and the processor seconds of every run of each checker."""

    messages: int
    states: int
    transitions: int
    bytes_per_state: float
    seconds: dict[str, list[float]] = field(default_factory=dict)
    spin_bytes_per_state: float | None = None
    reduced_states: int | None = None
    sweeps: int = 0
    bytes_moved: int = 0

    def median(self, checker: str) -> float | None:
        """Return the median of a checker's runs; None if it did not run."""
        return statistics.median(self.seconds[checker]) if self.seconds.get(checker) else None


def main() -> None:
    """Measure, and print or write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="up to four messages, once, and write nothing")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the median is taken")
    parser.add_argument(
        "--spin-memory",
        type=float,
        default=3,
        metavar="GIB",
        help="skip what would take SPIN more",
    )
    asked = parser.parse_args()
    if not (shutil.which("spin") and shutil.which("gcc")):
        sys.exit("benchmarks/population.py: spin or gcc is not installed; on Debian: apt-get install spin gcc")
    rounds = 1 if asked.short else asked.rounds
    most, most_of_spin = (4, 3) if asked.short else (6, 4)
    explored = [exploration(n, rounds, asked.spin_memory) for n in range(1, most + 1)]
    judged = [liveness(n, rounds, spin=n <= most_of_spin) for n in range(1, min(most, 5) + 1)]
    text = report.text(explored, judged, cutoff_seconds(rounds), bandwidth(), machine(), (EXPLORED, JUDGED), rounds)
    print(text)
    if not asked.short:
        report.write(ROOT / "docs", text)


def exploration(messages: int, rounds: int, spin_gib: float) -> Line:
    """Explore so many messages with lifecheck and with SPIN, alternating."""
    system = VARIANTS[EXPLORED].with_observers(())
    found = explore_messages(system, messages)
    line = Line(messages, found.states, found.transitions, traced(system, messages) / found.states)
    line.sweeps, line.bytes_moved = sweeps(system, messages), moved(found)
    del found
    fits = line.states * SPIN_BYTES_PER_STATE < spin_gib * 2**30
    with tempfile.TemporaryDirectory() as folder:
        checkers = spins(Path(folder), promela(system, messages), (SAFETY,), (), depth=10_000) if fits else {}
        for _ in range(rounds):
            line.seconds.setdefault("lifecheck", []).append(seconds(lambda: explore_messages(system, messages)))
            for name, checker in checkers.items():
                ran = timed(line, name, checker)
                if name == "SPIN":
                    assert (ran.states, ran.transitions) == (line.states, line.transitions + 1), ran
                    line.spin_bytes_per_state = ran.bytes / ran.states
                else:
                    line.reduced_states = ran.states
    return line


def liveness(messages: int, rounds: int, *, spin: bool) -> Line:
    """Judge whether what is queued leaves the queue, under weak fairness of every message, alternating."""
    system = VARIANTS[JUDGED].with_observers(())
    graph = explore(system)
    fair = graph.mask(system.weakly_fair)
    assert all((enabled & fair).bit_count() <= 1 for enabled in graph.enabled)
    result = check_messages(system, LEAVES, messages, cutoff=False)
    assert result.verdict is Verdict.HOLDS
    line = Line(messages, result.states, result.transitions, 0)
    with tempfile.TemporaryDirectory() as folder:
        text = promela(system, messages, FORMULA, IN_SPIN)
        checkers = spins(Path(folder), text, (), FAIR) if spin else {}
        for _ in range(rounds):
            took = seconds(lambda: check_messages(system, LEAVES, messages, cutoff=False))
            line.seconds.setdefault("lifecheck", []).append(took)
            for name, checker in checkers.items():
                assert timed(line, name, checker).errors == 0
    return line


def spins(
    folder: Path, text: str, flags: tuple[str, ...], options: tuple[str, ...], depth: int = 1_000_000
) -> dict[str, Verifier]:
    """Compile SPIN's verifier without and with partial-order reduction."""
    found = {}
    for name, reduction in (("SPIN", EXHAUSTIVE), ("SPIN, reduced", REDUCED)):
        (folder / name).mkdir()
        found[name] = verifier(folder / name, text, reduction, *flags, options=options, depth=depth)
    return found


def timed(line: Line, name: str, checker: Verifier) -> Run:
    """Run a verifier, and take down its processor time."""
    before = os.times()
    ran = checker.run()
    after = os.times()
    took = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    line.seconds.setdefault(name, []).append(took)
    return ran


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes, composing the tables included."""
    compose.cache_clear()
    begin = process_time()
    work()
    return process_time() - begin


def traced(system: System, messages: int) -> int:
    """Return the most memory that exploring takes at a time."""
    tracemalloc.start()
    explore_messages(system, messages)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def sweeps(system: System, messages: int) -> int:
    """Return how many sweeps exploring takes."""
    told: list[int] = []
    explore_messages(system, messages, progress=lambda _doing, states: told.append(states))
    return len(told)


def moved(found: Exploration) -> int:
    """Return how many bytes a sweep reads and writes: for each step one slab read, and one read and written."""
    steps = [step for move in found.moves for step in move.steps]
    return sum(3 * found.reachable[step.source].nbytes for step in steps)


def bandwidth() -> float:
    """Return how many bytes a second numpy can read, or, and write in memory: half of them read, a third written."""
    source, target = np.ones(1 << 24, np.uint64), np.zeros(1 << 24, np.uint64)
    took = [seconds(lambda: np.bitwise_or(source, target, out=target)) for _ in range(5)]
    return 3 * source.nbytes / statistics.median(took)


def cutoff_seconds(rounds: int) -> float:
    """Return how long one verdict for any number of messages takes."""
    system = VARIANTS["unpatched"]
    return statistics.median(seconds(lambda: check_messages(system, LEAVES, 6)) for _ in range(rounds))


def machine() -> str:
    """Describe the machine."""
    cpu = Path("/proc/cpuinfo")
    names = [row.partition(":")[2].strip() for row in cpu.read_text().splitlines() if row.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = subprocess.run(["spin", "-V"], capture_output=True, text=True, check=True).stdout.strip()
    compiler = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    return (
        f"{names[0] if names else platform.machine()}, {len(names) or os.cpu_count()} cores of which one is used, "
        f"{memory:.0f} GiB; {platform.system()}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"{version}, gcc {compiler}"
    )


if __name__ == "__main__":
    main()
