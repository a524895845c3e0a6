"""Measures the symbolic engine beside the explicit one, in one run, and by itself where nobody can list the states.

Times are processor seconds of one core, medians of three; tables are fired beforehand, encoding is told apart from
exploring. Counts and verdicts must be equal where both engines run. Each row also tells the peak memory so far.
"""

from __future__ import annotations

import resource
import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import large_system  # noqa: E402
from examples.dining_philosophers import table  # noqa: E402
from lifecheck import (  # noqa: E402
    Property,
    System,
    always,
    can_always_reach,
    eventually,
    explore,
    leads_to,
    never,
    sometimes,
)
from lifecheck.checking import check_by, decide_by_sets  # noqa: E402
from lifecheck.instances import check_instances  # noqa: E402
from lifecheck.statespace import STATE_LIMIT, Explorer  # noqa: E402
from lifecheck.symbolic import GrowingSpace, SymbolicSpace, fire  # noqa: E402
from model import VARIANTS, configured  # noqa: E402

ROUNDS = 3
BESIDE = 12
"""Philosophers that the explicit engine can still list."""

KINDS = [
    never("philosopher_0 == 'eating' and philosopher_1 == 'eating'"),
    always("fork_0 == 'held'", given="philosopher_0 == 'eating'"),
    sometimes("philosopher_0 == 'eating' and philosopher_2 == 'eating'"),
    can_always_reach("philosopher_0 == 'eating'"),
    eventually("philosopher_0 == 'eating'"),
    leads_to("philosopher_0 == 'has_one'", "philosopher_0 == 'eating'"),
]


def main() -> None:
    """Measure, and print a line for each measurement."""
    exploring_beside_explicit("philosophers", table("philosophers", philosophers=BESIDE))
    exploring_beside_explicit("wheels", large_system.counter())
    promise_beside_explicit()
    for strong in (False, True):
        kinds_by_itself(60, strong=strong)
    for slots, instances in (("2", 6), ("2", 12), ("3", 20)):
        system = configured({**VARIANTS["unpatched"].settings, "slots": slots})
        instances_by_themselves(f"{instances} messages in {slots} slots", system, instances, has_file())
    alone = VARIANTS["at-most-once"]
    for instances in (6, 50):
        instances_by_themselves(f"{instances} messages that share nothing", alone, instances, has_file())
    lost = VARIANTS["patched-lost-once"]
    promise = leads_to("queue in ('queued', 'delivering')", "queue == 'removed'")
    for instances in (4, 10, 50):
        instances_by_themselves(f"leads-to, {instances} messages that share nothing", lost, instances, promise)


def has_file() -> Property:
    """Return a claim that is quick to judge, so that exploring is what takes time."""
    return always("queue_file == 'present'", given="queue == 'queued'")


def exploring_beside_explicit(name: str, system: System) -> None:
    """Explore a system with both engines."""
    tables = fire(system)
    encoding = median(lambda: [relation.pairs for relation in SymbolicSpace(system, tables).relations])
    symbolic = median(lambda: SymbolicSpace(system, tables).reachable)
    graph = explore(system)
    explicit = median(lambda: explore(system))
    space = SymbolicSpace(system, tables)
    assert (space.states, space.transitions) == (len(graph), graph.transitions)
    told(f"exploring {space.states:,} states of {name}", symbolic, f"{explicit / symbolic:,.0f} times the explicit")
    told("  of which encoding", encoding)


def promise_beside_explicit() -> None:
    """Decide one leads-to on 100,000 states with both engines."""
    system = large_system.counter()
    tables = fire(system)
    for name, (asked, expected) in large_system.PROMISES.items():
        result = decide_by_sets(GrowingSpace(system, tables), asked)
        assert (result.verdict, result.states) == (expected, large_system.STATES)
        symbolic = median(lambda asked=asked: decide_by_sets(GrowingSpace(system, tables), asked))
        explicit = median(lambda asked=asked: check_by(Explorer(), system, asked, engine="explicit", limit=STATE_LIMIT))
        told(f"leads-to on wheels, {name}", symbolic, f"{explicit / symbolic:,.0f} times the explicit")


def kinds_by_itself(philosophers: int, *, strong: bool) -> None:
    """Decide each kind of property on philosophers whose states nobody can list, under weak or strong fairness."""
    system = table("philosophers", philosophers=philosophers)
    if strong:
        reasons = {trigger: "a fork comes free again and again" for trigger in system.triggers if "take" in trigger}
        system = replace(system, environment=frozenset(), fair=None, strong=reasons)
    space = GrowingSpace(system, fire(system))
    fairness = "strong" if strong else "weak"
    told(f"exploring {philosophers} philosophers, {fairness} fairness", once(lambda: space.ask(lambda one: one.states)))
    for asked in KINDS:
        found = []
        seconds = once(lambda asked=asked, found=found: found.append(decide_by_sets(space, asked)))
        told(f"  {asked.kind}: {found[0].verdict}", seconds)


def instances_by_themselves(name: str, system: System, instances: int, asked: Property) -> None:
    """Check one instance among so many, everything included but starting Python."""
    found = []
    seconds = once(lambda: found.append(check_instances(system, asked, instances, cutoff=False, engine="symbolic")))
    told(f"{name}: {found[0].verdict}, {found[0].states:.3g} states", seconds)


def once(measured: Callable[[], object]) -> float:
    """Return the processor seconds of one run."""
    start = process_time()
    measured()
    return process_time() - start


def median(measured: Callable[[], object]) -> float:
    """Return the median of several runs."""
    return statistics.median(once(measured) for _ in range(ROUNDS))


def told(what: str, seconds: float, beside: str = "") -> None:
    """Print one measurement."""
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<62} {seconds:8.4f} s {megabytes:6.0f} MB  {beside}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
