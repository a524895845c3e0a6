"""Runs a sweep: cuts it into batches, keeps every worker busy, stores what comes, and answers in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

from lifecheck.errors import LifecheckError
from lifecheck.sweeps.items import Item
from lifecheck.sweeps.judging import Answer, Question, Reply, judged, keys_of
from lifecheck.sweeps.store import Progress, Store, now
from lifecheck.sweeps.workers import LostWorkerError, Workers

BATCH_SECONDS = 0.25
"""How long a batch should work: sending it takes some milliseconds at most, which is far less than a tenth."""

LARGEST = 256
"""How many items a batch has at most."""

AHEAD = 4
"""How many batches a worker has to itself, so that it never waits for this process."""

TIMES_LOST = 4
"""How often a batch is begun before it is taken to be what ends the workers."""


@dataclass
class _Call:
    number: int
    items: tuple[Item, ...]
    sent: float
    times: int = 1


class Running:
    """One sweep while it runs.

    Parameters
    ----------
    question
        What is asked of every item.
    items
        Of what.
    workers
        Where.
    store
        Where verdicts are looked for and kept.
    asked
        What the sweep is about, in one line, for whoever looks into the store.

    Attributes
    ----------
    progress
        How far it is.
    """

    def __init__(self, question: Question, items: Sequence[Item], workers: Workers, store: Store, asked: str) -> None:
        self._question = question
        self._items = items
        self._workers = workers
        self._store = store
        self.progress = Progress(asked, now(), now(), len(items), 0, 0, 0, False)
        self._size = 1
        self._next = 0
        self._pending: dict[Any, _Call] = {}

    def answers(self, told: Callable[[Progress], None] | None = None) -> Iterator[Answer]:
        """Yield the answer of each item, in their order.

        Parameters
        ----------
        told
            Is called with how far it is, whenever something is stored.

        Raises
        ------
        LifecheckError
            If the systems cannot be loaded, the store cannot be written, or the workers end again and again.
        """
        ready: dict[int, tuple[Answer, ...]] = {}
        number = following = 0
        self._store.add({}, lambda _: self.progress)
        while self._next < len(self._items) or self._pending:
            ahead = AHEAD * self._workers.size if self._workers.size > 1 else 1
            while self._next < len(self._items) and len(self._pending) + len(ready) < ahead:
                items = tuple(
                    self._items[at] for at in range(self._next, min(self._next + self._size, len(self._items)))
                )
                self._next += len(items)
                self._send(_Call(number, items, perf_counter()))
                number += 1
            for call in list(self._workers.wait(list(self._pending))):
                sent = self._pending.pop(call)
                try:
                    reply: Reply = self._workers.answer(call)
                except LostWorkerError as error:
                    self._again(sent, error)
                    continue
                ready[sent.number] = reply.answers
                self._keep(reply)
                self._fit(reply)
                if told is not None:
                    told(self.progress)
            while following in ready:
                yield from ready.pop(following)
                following += 1
        self.progress = replace(self.progress, ended=True, told=now())
        self._store.add({}, lambda _: self.progress)
        if told is not None:
            told(self.progress)

    def _send(self, call: _Call) -> None:
        if self._workers.reads_files:
            path = str(Path(self._store.path).resolve())
            self._pending[self._workers.submit(judged, self._question, call.items, path)] = call
            return
        known = {}
        if len(self._store):  # whoever cannot read the store is told what it says
            try:
                keys = self._workers.answer(self._workers.submit(keys_of, self._question, call.items))
            except LostWorkerError as error:
                self._again(call, error)
                return
            known = self._store.find(keys)
        self._pending[self._workers.submit(judged, self._question, call.items, None, known)] = call

    def _again(self, call: _Call, error: LostWorkerError) -> None:
        if call.times >= TIMES_LOST and not self.progress.done:
            raise LifecheckError(
                f"{error}, and so were the {call.times - 1} after it, before anything was answered; a script must call "
                'sweep under if __name__ == "__main__":, for each process imports it'
            ) from error
        if call.times >= TIMES_LOST:
            raise LifecheckError(
                f"{error}, and so was whatever went on with it, {call.times} times: between {call.items[0]} and "
                f"{call.items[-1]} something ends its process, or there is too little memory; try them with --jobs 1"
            ) from error
        call.times += 1
        self._send(call)

    def _keep(self, reply: Reply) -> None:
        """Store what was found, and count it: what two workers found at the same time is found once, as by one."""

        def told(new: int) -> Progress:
            judged = self.progress.judged + new + reply.unstored
            asked = self.progress.judged + self.progress.reused + reply.asked
            done = self.progress.done + len(reply.answers)
            self.progress = replace(self.progress, told=now(), done=done, judged=judged, reused=asked - judged)
            return self.progress

        self._store.add(reply.new, told)

    def _fit(self, reply: Reply) -> None:
        """Let the next batches take as long as they should, and leave some for every worker in the end."""
        judged = sum(not answer.refused for answer in reply.answers)
        if not judged:  # what contradicts itself takes no time, and says nothing of what comes after it
            return
        wanted = int(BATCH_SECONDS * judged / max(reply.seconds, 1e-6))
        left = (len(self._items) - self._next) // (2 * self._workers.size)
        self._size = max(1, min(wanted, 2 * self._size, left, LARGEST))
