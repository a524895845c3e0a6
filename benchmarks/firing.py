"""Measures lint and check beside the bare library, which does once each of the firings that they make.

Every firing is made by the library; what is measured is what lifecheck does around it: making machines, looking what
changes, comparing, remembering, searching the ways. Processor seconds, alternating in one run.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from transitions import Machine

from lifecheck import check, lint, never
from lifecheck.machines.machine import Firing, RealMachine
from lifecheck.system import LocalState

WANTED = 6.0
"""How many times the bare library's time lifecheck should take at most."""

ROUNDS = 3


class Guarded:
    """50 states, 200 transitions, each with a condition and a callback, and no attribute."""

    def __init__(self) -> None:
        rows: list[Any] = [
            {
                "trigger": f"trigger_{number // 50}",
                "source": f"s{number % 50}",
                "dest": f"s{(number * 7 + number // 50) % 50}",
                "conditions": "is_open",
                "after": "note",
            }
            for number in range(200)
        ]
        states = [f"s{number}" for number in range(50)]
        Machine(self, states=states, initial="s0", transitions=rows, auto_transitions=False)

    def is_open(self) -> bool:
        """Return whether the way is open."""
        return True

    def note(self) -> None:
        """Change nothing."""


class Counting:
    """20,000 local states: two states and an attribute that counts, beside a payload that nothing changes."""

    most = 10_000

    def __init__(self) -> None:
        self.count = 0
        self.payload = {"lines": [[number, str(number)] for number in range(10)]}
        rows: list[Any] = [
            {"trigger": "push", "source": "open", "dest": "shut", "after": "add", "unless": "is_full"},
            {"trigger": "push", "source": "open", "dest": "shut", "after": "empty"},
            ["pull", "shut", "open"],
            {"trigger": "knock", "source": "shut", "dest": "=", "conditions": "is_full"},
        ]
        Machine(self, states=["open", "shut"], initial="open", transitions=rows, auto_transitions=False)

    def is_full(self) -> bool:
        """Return whether no more fits in."""
        return self.count >= self.most

    def add(self) -> None:
        """Count one more."""
        self.count += 1

    def empty(self) -> None:
        """Begin anew."""
        self.count = 0


@dataclass(frozen=True)
class Case:
    """What is fired: a machine, the attributes that belong to its state, and by whom."""

    name: str
    factory: Callable[[], Any]
    attributes: tuple[str, ...]
    work: Callable[[], object]


CASES = [
    Case("lint, 50 states", Guarded, (), lambda: lint(Guarded)),
    Case("check, 50 states", Guarded, (), lambda: check(Guarded, never("state == 's1' and state == 's2'"))),
    Case("lint, 20,000 states", Counting, ("count",), lambda: lint(Counting, attributes=["count"], limit=30_000)),
    Case(
        "check, 20,000 states",
        Counting,
        ("count",),
        lambda: check(Counting, never("state.count > 10000"), attributes=["count"], local_limit=30_000),
    ),
]


def firings_of(work: Callable[[], object]) -> list[tuple[LocalState, str]]:
    """Return each firing that is made: in which local state, and the trigger."""
    made: list[tuple[LocalState, str]] = []
    fire = RealMachine.fire_once

    def noted(self: RealMachine, trigger: str, **how: Any) -> Firing:
        made.append((self.local, trigger))
        return fire(self, trigger, **how)

    with patch.object(RealMachine, "fire_once", noted):
        work()
    return made


def by_the_library(factory: Callable[[], Any], firings: list[tuple[LocalState, str]]) -> float:
    """Return the processor seconds that the bare library takes for these firings, each from its own state."""
    model = factory()
    prepared = [(str(state), list(state.attributes.items()), trigger) for state, trigger in firings]
    before = time.process_time()
    for state, attributes, trigger in prepared:
        model.state = state
        for name, value in attributes:
            setattr(model, name, value)
        model.trigger(trigger)
    return time.process_time() - before


def measured(case: Case) -> tuple[int, float, float]:
    """Return how many firings there are, and the medians of the seconds that the library and lifecheck take."""
    firings = firings_of(case.work)
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(by_the_library(case.factory, firings))
        before = time.process_time()
        case.work()
        ours.append(time.process_time() - before)
    return len(firings), statistics.median(bare), statistics.median(ours)


def main() -> int:
    """Print each, and return 1 if one takes too long."""
    is_slow = False
    for case in CASES:
        count, bare, ours = measured(case)
        is_slow |= ours > WANTED * bare
        told = f"{ours:6.2f} s, {ours / bare:4.1f} times the bare library's {bare:5.2f} s"
        print(f"{case.name:<22} {count:>8,} firings: {told}", flush=True)
    return int(is_slow)


if __name__ == "__main__":
    sys.exit(main())
