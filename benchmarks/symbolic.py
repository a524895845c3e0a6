"""Measures the symbolic engine beside the explicit one, in one run, and by itself where nobody can list the states.

Times are processor seconds of one core, medians; tables are fired beforehand, but for any number of messages. Counts
and verdicts must be equal where both engines run.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import process_time
from typing import TypeVar

from benchmarks import large_system
from examples.dining_philosophers import table
from lifecheck import (
    Property,
    Result,
    System,
    always,
    can_always_reach,
    eventually,
    explore,
    leads_to,
    never,
    sometimes,
)
from lifecheck.checking import check_by, decide_by_sets
from lifecheck.instances import DecidedBy, check_instances
from lifecheck.instances.by_sets import decide_for_first, space_of_instances
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.symbolic import DEFAULT_MEMORY, GrowingSpace, SymbolicSpace, fire
from model import VARIANTS, configured
from properties import REQUIREMENTS

ROUNDS = 3
REPEATED_BELOW = 2.0
"""Seconds: what takes longer is run once."""
BESIDE = 12
"""Philosophers that the explicit engine can still list."""

Found = TypeVar("Found")

KINDS = [
    never("philosopher_0 == 'eating' and philosopher_1 == 'eating'"),
    always("fork_0 == 'held'", given="philosopher_0 == 'eating'"),
    sometimes("philosopher_0 == 'eating' and philosopher_2 == 'eating'"),
    can_always_reach("philosopher_0 == 'eating'"),
    eventually("philosopher_0 == 'eating'"),
    leads_to("philosopher_0 == 'has_one'", "philosopher_0 == 'eating'"),
]


ANY_NUMBER = {"1": 0.5, "2": 3.0, "3": 15.0}
"""By the number of slots, how many seconds a verdict for every number of messages should take at most."""

ASKED_OF_ANY_NUMBER = {
    "unpatched": {"strong": {"attempt_delivery": "the queue takes turns"}},
    "unpatched, weak": {},
    "patched": {},
    "consuming": {},
    "bouncing": {},
}
"""Of which variants, and with what changed, it is asked whether clean mail arrives."""


@dataclass(frozen=True)
class Measured:
    """One measurement.

    Parameters
    ----------
    what
        What was done, and what it came to.
    seconds
        How long it took.
    most
        How many seconds it should take at most; None where it should take a fraction of another's time.
    beside
        How many times as long the explicit engine took; None where it was not asked.
    least
        How many times as long it should take at least.
    """

    what: str
    seconds: float
    most: float | None = None
    beside: float | None = None
    least: float | None = None


def main() -> None:
    """Measure, and print a line for each measurement."""
    for one in everything(ROUNDS):
        wanted = f"at most {one.most} s" if one.most else ""
        if one.beside is not None:
            wanted = f"{one.beside:,.0f} times the explicit" + (f", at least {one.least:,.0f}" if one.least else "")
        print(f"{one.what:<72} {one.seconds:8.4f} s  {wanted}".rstrip(), flush=True)


def everything(rounds: int, *, short: bool = False) -> list[Measured]:
    """Return every measurement; of a short benchmark less is asked."""
    philosophers, instances, slots = (20, 10, ["1"]) if short else (60, 50, list(ANY_NUMBER))
    found = [*promise_beside_explicit(rounds)]
    for strong in (False, True):
        found += kinds_by_itself(philosophers, rounds, strong=strong)
    alone, lost = VARIANTS["at-most-once"], VARIANTS["patched-lost-once"]
    promise = leads_to("queue in ('queued', 'delivering')", "queue == 'removed'")
    nothing = "messages that share nothing"
    found.append(instances_by_themselves(f"exploring, {instances} {nothing}", alone, instances, has_file(), rounds))
    found.append(instances_by_themselves(f"leads-to, {instances} {nothing}", lost, instances, promise, rounds, 2.0))
    for number, many in (("2", 6), ("2", 12), ("3", 20))[: 1 if short else 3]:
        system = configured({**VARIANTS["unpatched"].settings, "slots": number})
        what = f"exploring, {many} messages in {number} slots"
        found.append(instances_by_themselves(what, system, many, has_file(), rounds))
    for number, many in (("1", 4), ("2", 6))[: 1 if short else 2]:
        system = configured({**VARIANTS["patched"].settings, "slots": number})
        what = f"leads-to, {many} messages in {number} slot{'s' if number != '1' else ''}"
        found.append(instances_by_themselves(what, system, many, promise, rounds))
    for number in slots:
        found += any_number(number, rounds)
    return found


def has_file() -> Property:
    """Return a claim that is quick to judge, so that exploring is what takes time."""
    return always("queue_file == 'present'", given="queue == 'queued'")


def promise_beside_explicit(rounds: int) -> list[Measured]:
    """Explore 100,000 states and decide one leads-to on them, with both engines."""
    system = large_system.counter()
    tables = fire(system)
    found = []
    for name, (asked, expected) in large_system.PROMISES.items():
        result, symbolic = measured(rounds, lambda asked=asked: decide_by_sets(GrowingSpace(system, tables), asked))
        assert (result.verdict, result.states) == (expected, large_system.STATES)
        _, explicit = measured(
            rounds, lambda asked=asked: check_by(Explorer(), system, asked, engine="explicit", limit=STATE_LIMIT)
        )
        what = f"exploring and one leads-to on {large_system.STATES:,} states of wheels: {name}"
        found.append(Measured(what, symbolic, None, explicit / symbolic, 100))
    system = table("philosophers", philosophers=BESIDE)
    tables = fire(system)
    states, symbolic = measured(rounds, lambda: SymbolicSpace(system, tables).states)
    graph, explicit = measured(rounds, lambda: explore(system))
    assert states == len(graph)
    return [*found, Measured(f"exploring {BESIDE} philosophers", symbolic, None, explicit / symbolic)]


def kinds_by_itself(philosophers: int, rounds: int, *, strong: bool) -> list[Measured]:
    """Decide each kind of property on philosophers whose states nobody can list, under weak or strong fairness."""
    system = table("philosophers", philosophers=philosophers)
    if strong:
        reasons = {trigger: "a fork comes free again and again" for trigger in system.triggers if "take" in trigger}
        system = replace(system, environment=frozenset(), fair=None, strong=reasons)
    tables = fire(system)
    fairness = "strong" if strong else "weak"
    found = []
    for asked in KINDS:
        result, took = measured(rounds, lambda asked=asked: decide_by_sets(GrowingSpace(system, tables), asked))
        kind = str(asked.kind).replace("_", " ")
        found.append(Measured(f"{philosophers} philosophers, {fairness} fairness, {kind}: {result.verdict}", took, 5.0))
    return found


def instances_by_themselves(
    name: str, system: System, instances: int, asked: Property, rounds: int, most: float | None = None
) -> Measured:
    """Check one instance among so many, without the cutoff and the counting that may make it needless."""
    reduced = system.with_observers(())
    fired = space_of_instances(reduced, instances, memory=DEFAULT_MEMORY)

    def decided() -> Result:
        return decide_for_first(reduced, instances, GrowingSpace(fired.system, fired.tables), asked)

    result, took = measured(rounds, decided)
    what = f"{name}: {result.verdict}, {result.states:.3g} states"
    return Measured(what.replace("e+0", "e+").replace("e+", " · 10^"), took, most)


def any_number(slots: str, rounds: int) -> list[Measured]:
    """Decide for every number of messages whether clean mail arrives, firing included."""
    (asked,) = (claim.asked for claim in REQUIREMENTS if claim.name == "clean-mail-arrives")
    found = []
    for name, changed in ASKED_OF_ANY_NUMBER.items():
        variant = VARIANTS[name.partition(",")[0]]
        system = replace(configured({**variant.settings, "slots": slots}), **changed)
        result, took = measured(rounds, lambda system=system: check_instances(system, asked, int(slots) + 1))
        assert result.decided_by is not DecidedBy.EXPLORING
        many = "slot" if slots == "1" else "slots"
        words = f"every number of messages, {slots} {many}, {name}: {result.verdict} by {result.decided_by}"
        found.append(Measured(words, took, ANY_NUMBER[slots]))
    return found


def encoding_seconds(fired: GrowingSpace) -> float:
    """Return how long it takes to make the variables and relations of a system."""

    def encoded() -> None:
        for relation in SymbolicSpace(fired.system, fired.tables).relations:
            relation.image(relation.encoding.nothing)

    return measured(1, encoded)[1]


def measured(rounds: int, work: Callable[[], Found]) -> tuple[Found, float]:
    """Return what some work comes to, and the median of its runs; what takes long is run once."""
    taken: list[float] = []
    while len(taken) < rounds and (not taken or taken[-1] < REPEATED_BELOW):
        start = process_time()
        found = work()
        taken.append(process_time() - start)
    return found, statistics.median(taken)


if __name__ == "__main__":
    main()
