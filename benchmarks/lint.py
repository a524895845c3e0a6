"""Measures linting a machine of 50 states and 200 transitions beside making it once, alternating in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import lint

ROUNDS = 9
STATES = 50
TRANSITIONS = 200


class Model:
    """Has a condition, so that lint fires the machine."""

    def is_open(self) -> bool:
        """Return whether the way is open."""
        return True


def machine(kind: type[Machine] = Machine) -> Machine:
    """Return a machine with automatic transitions, as most have them."""
    rows: list[Any] = [
        {
            "trigger": f"trigger_{number // STATES}",
            "source": f"s{number % STATES}",
            "dest": f"s{(number * 7 + number // STATES) % STATES}",
            "conditions": "is_open",
        }
        for number in range(TRANSITIONS)
    ]
    return kind(Model(), states=[f"s{number}" for number in range(STATES)], initial="s0", transitions=rows)


def hierarchical() -> Machine:
    """Return the same as a hierarchical machine."""
    return machine(HierarchicalMachine)


GIVEN = machine()
MEASURED: dict[str, Callable[[], object]] = {
    "make the machine": machine,
    "lint the machine, read only": lambda: lint(GIVEN),
    "lint a factory of it, fired": lambda: lint(machine),
    "make a hierarchical one": hierarchical,
    "lint a factory of it, fired ": lambda: lint(hierarchical),
}


def main() -> None:
    """Print the median of each, and how often the machine could have been made meanwhile."""
    taken: dict[str, list[float]] = {name: [] for name in MEASURED}
    for _ in range(ROUNDS):
        for name, work in MEASURED.items():
            before = time.process_time()
            work()
            taken[name].append(time.process_time() - before)
    first = statistics.median(taken["make the machine"])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<32} {median:6.3f} s, {median / first:5.1f} times the first")


if __name__ == "__main__":
    main()
