"""Hypothesis at scale: how often, and how soon, random runs of the real machines find what is violated."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any

from lifecheck.errors import InputError
from lifecheck.properties import Property, Role, Verdict
from lifecheck.sweeps.items import Item
from lifecheck.sweeps.judging import Question, worker_of
from lifecheck.sweeps.summary import Summary
from lifecheck.sweeps.workers import LostWorkerError, Workers
from lifecheck.system import System

EXAMPLES = 60
"""How many examples Hypothesis tries with one seed."""

STEPS = 20
"""How many steps an example has at most."""

TOGETHER = 4
"""How many seeds one process tries at a time."""

TIMES_LOST = 4
"""How often a batch is begun before it is taken to be what ends the workers."""


@dataclass(frozen=True)
class Tried:
    """What one seed came to.

    Parameters
    ----------
    examples
        How many examples were run until the first that is a counterexample; None if none was found.
    length
        How many steps the minimal example has.
    """

    examples: int | None
    length: int | None


@dataclass(frozen=True)
class Seeds:
    """What all seeds came to, of one claim of one system.

    Parameters
    ----------
    item
        The system.
    claim
        The claim, by name.
    tried
        What each seed came to, in order.

    Examples
    --------
    >>> seeds = Seeds(Item("shop"), "ends", (Tried(3, 2), Tried(9, 2), Tried(None, None)))
    >>> print(seeds)
    shop: ends was found with 2 of 3 seeds, after 6 examples by the median and 9 at worst; a minimal example has 2 steps
    """

    item: Item
    claim: str
    tried: tuple[Tried, ...]

    @property
    def found(self) -> tuple[int, ...]:
        """How many examples it took, of the seeds that found it."""
        return tuple(one.examples for one in self.tried if one.examples is not None)

    def __str__(self) -> str:
        if not self.found:
            return f"{self.item}: {self.claim} was found with none of {len(self.tried):,} seeds"
        lengths = sorted({one.length for one in self.tried if one.length is not None})
        steps = " or ".join(map(str, lengths))
        return (
            f"{self.item}: {self.claim} was found with {len(self.found):,} of {len(self.tried):,} seeds, after "
            f"{_examples(statistics.median(self.found))} by the median and {max(self.found):,} at worst; a minimal "
            f"example has {steps} step{'' if lengths == [1] else 's'}"
        )


def _examples(number: float) -> str:
    return f"{number:g} example{'' if number == 1 else 's'}"


def violated_on_runs(question: Question, items: Sequence[Item], summary: Summary) -> list[tuple[Item, str]]:
    """Return the requirements that are violated and that a single run can refute, with the systems.

    Raises
    ------
    InputError
        If there are none.
    """
    requirements = [
        claim for claim in summary.claims if claim.role is Role.REQUIREMENT and claim.asked.kind.is_judged_on_runs
    ]
    verdicts = {claim.name: summary.verdicts_of(claim) for claim in requirements}
    found: list[tuple[Item, str]] = []
    number = 0
    for item, refused in zip(items, summary.refusals, strict=True):
        if refused:
            continue
        found += [(item, claim.name) for claim in requirements if verdicts[claim.name][number] is Verdict.VIOLATED]
        number += 1
    if not found:
        raise InputError("--seeds lets Hypothesis look for what is violated, and no requirement that a run refutes is")
    return found


def seeds_tried(
    question: Question, asked: Sequence[tuple[Item, str]], number: int, workers: Workers
) -> Iterator[Seeds]:
    """Try each seed from 0 on, and yield what they came to, claim by claim.

    Raises
    ------
    InputError
        If Hypothesis is not installed.
    """
    try:
        import hypothesis  # noqa: F401 - asked for here, before workers miss it
    except ImportError as error:
        raise InputError("--seeds needs Hypothesis; install it with pip install 'lifecheck[hypothesis]'") from error
    for item, claim in asked:
        batches = [tuple(range(at, min(at + TOGETHER, number))) for at in range(0, number, TOGETHER)]
        pending = {workers.submit(_tried, question, item, claim, batch): (batch, 1) for batch in batches}
        found: dict[int, Tried] = {}
        while pending:
            for call in list(workers.wait(list(pending))):
                batch, times = pending.pop(call)
                try:
                    found.update(zip(batch, workers.answer(call), strict=True))
                except LostWorkerError:
                    if times >= TIMES_LOST:
                        raise
                    pending[workers.submit(_tried, question, item, claim, batch)] = batch, times + 1
        yield Seeds(item, claim, tuple(found[seed] for seed in range(number)))


def _tried(question: Question, item: Item, name: str, batch: Sequence[int]) -> list[Tried]:
    worker = worker_of(question.origin)
    system, claim = worker.system(item), worker.loaded.project.claim(name)
    return [_with_seed(system, claim.asked, seed) for seed in batch]


def _with_seed(system: System, asked: Property, seed: int) -> Tried:
    """Let Hypothesis look once, count the examples until the first that fails, and the steps of the least one."""
    import hypothesis
    from hypothesis.stateful import run_state_machine_as_test

    from lifecheck.stateful import state_machine

    machine: Any = state_machine(system, asked)
    lengths: list[int] = []  # of each example, in the order in which they are run; the last is the least that fails
    failed: list[int] = []

    class Counted(machine):  # type: ignore[misc]
        def __init__(self) -> None:
            lengths.append(0)
            try:
                super().__init__()
            except AssertionError:
                failed.append(len(lengths))
                raise

        def teardown(self) -> None:
            lengths[-1] = len(self.states) - 1
            if isinstance(sys.exc_info()[1], AssertionError):
                failed.append(len(lengths))
            super().teardown()

    settings = hypothesis.settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=False,
        database=None,
        print_blob=False,
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        with redirect_stdout(StringIO()):
            run_state_machine_as_test(hypothesis.seed(seed)(Counted), settings=settings)
    except AssertionError:
        return Tried(failed[0], lengths[-1])
    return Tried(None, None)
