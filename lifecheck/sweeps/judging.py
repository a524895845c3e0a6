"""What a worker does: it makes the systems of a batch, finds what is stored, and checks the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from lifecheck.changes import Mutant, mutants_of
from lifecheck.checking import Result, check_by, judge
from lifecheck.errors import InputError, LifecheckError
from lifecheck.machines import Tables, runs_code
from lifecheck.properties import Claim, Property, Verdict
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.sweeps.digest import Digests, version_digest
from lifecheck.sweeps.items import Item
from lifecheck.sweeps.origin import Loaded, Origin
from lifecheck.sweeps.store import Store, Stored
from lifecheck.system import Component, System

_COMPONENTS = 5_000
"""After so many components the fired tables are forgotten, so that they do not fill the memory."""


@dataclass(frozen=True)
class Question:
    """What is asked of every item.

    Parameters
    ----------
    origin
        Where the systems come from.
    claims
        The claims, by name.
    limit
        The largest number of states to visit.
    """

    origin: Origin
    claims: tuple[str, ...]
    limit: int = STATE_LIMIT


@dataclass(frozen=True)
class Found:
    """What was found of one claim.

    Parameters
    ----------
    verdict
        What `judge` says.
    states
        How many states the property needed; none where it could not be judged.
    note
        What limits an `unknown`, or why it could not be judged.
    """

    verdict: Verdict
    states: int
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """What was found of one item.

    Parameters
    ----------
    item
        What was asked about.
    found
        What was found of each claim, by its name; empty where there is no such system.
    refused
        Why there is no such system: the settings contradict each other, or a mutant cannot be made.
    known_as
        The named variant that the settings make, if they make one.
    digest
        Of all that decides the verdicts: equal where no claim can tell two systems apart. Empty where there is none.
    """

    item: Item
    found: Mapping[str, Found] = field(default_factory=dict)
    refused: str = ""
    known_as: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Reply:
    """What a worker sends back of a batch.

    Parameters
    ----------
    answers
        One for each item, in their order.
    new
        What is to be stored.
    asked
        How many verdicts were asked for, those of witnesses included.
    unstored
        How many were found and cannot be stored, because nothing lists what decides them.
    seconds
        How long the work took.
    """

    answers: tuple[Answer, ...]
    new: Mapping[bytes, Stored]
    asked: int
    unstored: int
    seconds: float


def judged(
    question: Question, items: Sequence[Item], store: str | None = None, known: Mapping[bytes, Stored] | None = None
) -> Reply:
    """Judge a batch of items.

    Parameters
    ----------
    question
        What is asked.
    items
        Of what.
    store
        The file of verdicts, where this process can read it.
    known
        What is stored of them, where it cannot.
    """
    began = perf_counter()
    worker = worker_of(question.origin)
    batch = _Batch(worker, question, _lookup(store, known))
    answers = tuple(map(batch.answer, items))
    return Reply(answers, batch.new, batch.asked, batch.unstored, perf_counter() - began)


def keys_of(question: Question, items: Sequence[Item]) -> tuple[bytes, ...]:
    """Return the digests of all that a batch asks, for whoever has the store."""
    worker = worker_of(question.origin)
    found: dict[bytes, None] = {}
    for item in items:
        try:
            system = worker.system(item)
        except LifecheckError:
            continue
        claims = map(worker.loaded.project.claim, question.claims)
        keys = worker.digests.of_all(system, list(_asked(claims)), question.limit)
        found.update(dict.fromkeys(key for key in keys if key is not None))
    return tuple(found)


def versions() -> tuple[str, str]:
    """Return what must be the same wherever verdicts are found: the versions of lifecheck and of `transitions`."""
    import transitions

    return version_digest().hex(), str(transitions.__version__)


class Worker:
    """What one process keeps between batches: what it loaded, and the tables of components that are rows alone.

    Parameters
    ----------
    loaded
        What is swept.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.forget()

    def forget(self) -> None:
        """Begin anew with what was fired."""
        self.tables = Tables()
        self.digests = Digests(self.tables)

    def system(self, item: Item) -> System:
        """Make the system of an item, its mutants included.

        Raises
        ------
        LifecheckError
            If there is none.
        """
        system = self.loaded.system(item)
        for description in item.mutants:
            system = mutant_named(system, description).of(system)
        return system


def mutant_named(system: System, description: str) -> Mutant:
    """Return the mutant of a system by its description.

    Raises
    ------
    InputError
        If there is none, as where another change took its row away.
    """
    found = next((mutant for mutant in mutants_of(system) if mutant.description == description), None)
    if found is None:
        raise InputError(f"there is no mutant {description!r} beside the other; they change one row")
    return found


class _Batch:
    def __init__(
        self, worker: Worker, question: Question, lookup: Callable[[Sequence[bytes]], Mapping[bytes, Stored]]
    ) -> None:
        self._worker = worker
        self._question = question
        self._lookup = lookup
        self._claims = tuple(map(worker.loaded.project.claim, question.claims))
        self.new: dict[bytes, Stored] = {}
        self.asked = self.unstored = 0
        self._explorer = Explorer()
        self._explored: tuple[Component, ...] = ()

    def answer(self, item: Item) -> Answer:
        worker, limit = self._worker, self._question.limit
        if worker.tables.size > _COMPONENTS:
            worker.forget()
        try:
            system = worker.system(item)
        except (InputError, LifecheckError) as error:
            if isinstance(error, InputError) or item.mutants:
                return Answer(item, refused=_one_line(error))
            return Answer(item, dict(self._unjudged(error)))
        explorer = self._explorer_of(system)
        asked = list(_asked(self._claims))
        keys = dict(zip(asked, worker.digests.of_all(system, asked, limit), strict=True))
        known = self._lookup([key for key in keys.values() if key is not None])

        def decide(one: System, asked: Property) -> Result:
            key = keys[asked]
            self.asked += 1
            stored = None if key is None else known.get(key) or self.new.get(key)
            if stored is not None:
                return Result(
                    one, asked, Verdict(stored.verdict), stored.states, stored.transitions,
                    note=stored.note, engine=stored.engine,
                )  # fmt: skip
            self.unstored += 1
            result = check_by(explorer, one, asked, limit=limit, evidence=False)
            if key is not None:
                self.unstored -= 1
                self.new[key] = Stored(
                    str(result.verdict), result.states, result.transitions, result.engine, result.note
                )
            return result

        found: dict[str, Found] = {}
        for claim in self._claims:
            try:
                judgement = judge(item.variant, system, claim, by=decide)
                found[claim.name] = Found(judgement.verdict, judgement.result.states, judgement.result.note)
            except LifecheckError as error:
                found[claim.name] = Found(Verdict.UNKNOWN, 0, _one_line(error))
        return Answer(item, found, known_as=self._worker.loaded.known_as(item, system), digest=_together(keys.values()))

    def _explorer_of(self, system: System) -> Explorer:
        """Return what explores a system; the same as before where only who owes what is another."""
        if any(map(runs_code, system.parts)):
            return Explorer()
        parts = tuple(system.parts)
        if len(parts) != len(self._explored) or any(
            one is not other for one, other in zip(parts, self._explored, strict=True)
        ):
            self._explorer, self._explored = Explorer(self._worker.tables), parts
        return self._explorer

    def _unjudged(self, error: LifecheckError) -> Iterator[tuple[str, Found]]:
        for claim in self._claims:
            yield claim.name, Found(Verdict.UNKNOWN, 0, _one_line(error))


def _asked(claims: Iterable[Claim]) -> Iterator[Property]:
    for claim in claims:
        yield from filter(None, [claim.asked, claim.witness])


def _together(keys: Iterable[bytes | None]) -> str:
    """Return one digest of many; none where one of them could not be made."""
    found = list(keys)
    return "" if None in found else hashlib.sha256(b"".join(filter(None, found))).hexdigest()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


_workers: dict[Origin, Worker] = {}
"""What this process has loaded; one sweep at a time needs one."""

_readers: dict[str, Store] = {}


def worker_of(origin: Origin) -> Worker:
    """Return what this process keeps of a sweep; it is loaded when it is first asked for."""
    if origin not in _workers:
        _workers.clear()
        _workers[origin] = Worker(origin.loaded())
    return _workers[origin]


def install(origin: Origin, loaded: Loaded) -> None:
    """Keep what was loaded for batches that name this origin, wherever it stands here."""
    _workers.clear()
    _workers[origin] = Worker(loaded)


def forget_workers() -> None:
    """Forget what this process has loaded and opened, when a sweep ends in it: what it fired decides no other."""
    _workers.clear()
    for reader in _readers.values():
        reader.close()
    _readers.clear()


def _lookup(
    store: str | None, known: Mapping[bytes, Stored] | None
) -> Callable[[Sequence[bytes]], Mapping[bytes, Stored]]:
    if store is None:
        return lambda _: known or {}
    if store not in _readers:
        _readers[store] = Store(Path(store), writes=False)
    return _readers[store].find
