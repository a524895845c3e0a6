"""Specification mutation on many cores: the mutants of one system, judged wherever there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lifecheck.changes import Mutation, Outcome, Trial
from lifecheck.sweeps.origin import Origin
from lifecheck.sweeps.workers import LostWorkerError, Workers

TOGETHER = 8
"""How many mutants one process judges at a time; what they leave alone was fired before."""

TIMES_LOST = 4
"""How often a batch is begun before it is taken to be what ends the workers."""


@dataclass(frozen=True)
class Mutated:
    """What is mutated, by name.

    Parameters
    ----------
    origin
        Where it comes from.
    variant
        The named variant.
    settings
        Switches that are set in it, as ``key=value``.
    noticing
        The claims that may notice a mutant, by name.
    limit
        The largest number of states to visit.
    """

    origin: Origin
    variant: str
    settings: tuple[str, ...]
    noticing: tuple[str, ...]
    limit: int

    def mutation(self) -> Mutation:
        """Load it, and judge the original."""
        project = self.origin.loaded().project
        ((_, original),) = project.chosen([self.variant], self.settings).items()
        asked = [project.claim(name) for name in self.noticing]
        return Mutation(original, project.claims, asked=asked, limit=self.limit)


def trials(mutated: Mutated, mutation: Mutation, workers: Workers) -> Iterator[Trial]:
    """Yield what became of each mutant, in their order.

    Parameters
    ----------
    mutated
        What is mutated.
    mutation
        The same, loaded here; it has the reasons why a mutant may survive.
    workers
        Where.

    Raises
    ------
    LifecheckError
        If workers end again and again.
    """
    if workers.size == 1 and workers.reads_files:
        yield from map(mutation.judge, mutation.mutants)
        return
    numbers = range(len(mutation.mutants))
    waiting = [(tuple(numbers[at : at + TOGETHER]), 1) for at in numbers[::TOGETHER]]
    pending = {workers.submit(_judged, mutated, batch): (batch, times) for batch, times in waiting}
    found: dict[int, Sequence[Any]] = {}
    following = 0
    while pending:
        for call in list(workers.wait(list(pending))):
            batch, times = pending.pop(call)
            try:
                found.update(zip(batch, workers.answer(call), strict=True))
            except LostWorkerError:
                if times >= TIMES_LOST:
                    raise
                pending[workers.submit(_judged, mutated, batch)] = batch, times + 1
        while following in found:
            outcome, noticed_by, reason = found.pop(following)
            yield mutation.trial(mutation.mutants[following], Outcome(outcome), noticed_by, reason)
            following += 1


_loaded: dict[Mutated, Mutation] = {}


def _judged(mutated: Mutated, batch: Sequence[int]) -> list[tuple[str, tuple[str, ...], str]]:
    """Judge some mutants; what is sent back has no code of anybody in it."""
    if mutated not in _loaded:
        _loaded.clear()
        _loaded[mutated] = mutated.mutation()
    mutation = _loaded[mutated]
    judged = [mutation.judge(mutation.mutants[number]) for number in batch]
    return [(str(trial.outcome), trial.noticed_by, trial.reason) for trial in judged]
