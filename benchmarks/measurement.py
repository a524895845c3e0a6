"""What was measured of one number of instances: counts, and the runs of each checker."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field

from benchmarks.run import Run


@dataclass
class Line:
    """One number of instances: what was counted, and what every run of each checker was.

    Parameters
    ----------
    task
        What was done: `EXPLORING`, `LIVENESS` of the report, or exploring a system of so many slots.
    instances, states, transitions
        What lifecheck counted.
    seconds
        Processor seconds of each run, by checker.
    ran
        What the last run of each other checker found.
    not_run
        Why a checker did not run, by checker.
    nodes
        How large the decision diagram of the reachable states is.
    encoding
        Processor seconds of lifecheck in which it makes the variables and the relations; they are part of `seconds`.
    """

    task: str
    instances: int
    states: int
    transitions: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    ran: dict[str, Run] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)
    nodes: int = 0
    encoding: float = 0

    def median(self, checker: str) -> float | None:
        """Return the median of a checker's runs; None if it did not run."""
        return statistics.median(self.seconds[checker]) if self.seconds.get(checker) else None
