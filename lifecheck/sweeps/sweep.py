"""The library's call: many settings, mutants and properties, judged wherever there is room, and resumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import chain, combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from lifecheck.changes import mutants_of
from lifecheck.errors import InputError
from lifecheck.statespace import STATE_LIMIT
from lifecheck.sweeps.items import ITEM_LIMIT, Grid, Item
from lifecheck.sweeps.judging import Answer, Question, forget_workers
from lifecheck.sweeps.origin import Loaded, Origin, import_path
from lifecheck.sweeps.running import Running
from lifecheck.sweeps.store import Progress, Store
from lifecheck.sweeps.workers import Here, Processes, Workers, cores, end_where_it_begins_again


def sweep(
    subject: object = None,
    properties: str | None = None,
    *,
    over: Mapping[str, Iterable[object]] | None = None,
    every: bool = False,
    settings: Iterable[Mapping[str, str]] | None = None,
    mutants: int = 0,
    variants: Iterable[str] = (),
    names: Iterable[str] = (),
    jobs: int | None = None,
    dask: str | None = None,
    store: Path | str | None = None,
    states: int = STATE_LIMIT,
    limit: int = ITEM_LIMIT,
    folder: Path | str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[Answer]:
    """Judge every property on every setting, or on every mutant, on all cores or on a cluster.

    The verdicts are those of `judge`; evidence is looked for only where machines run code, which it would find out.
    Equal systems are checked once.

    Parameters
    ----------
    subject
        What `lifecheck verify` takes, by its import path (``shop.orders:order``), or a function at the top of a
        module; what the project file names, if it is None.
    properties
        The claims, named likewise; else the project's or the module's.
    over
        Switches, or parameters of the function, with the values to go over; in every combination.
    every
        Go over every value of every switch that is declared, too.
    settings
        These settings instead, each a mapping of switches to values.
    mutants
        1 for each mutant of each system beside itself; 2 for the pairs of them too.
    variants
        The named variants to ask about; all, unless settings are asked about.
    names
        The claims to ask; all of them, unless named.
    jobs
        How many processes; all cores unless given, and with 1 this process alone.
    dask
        The address of a Dask cluster, or ``local:4`` for one of four processes that is started for this.
    store
        The file of verdicts; without it, they are forgotten afterwards.
    states
        As the ``limit`` of `check`.
    limit
        How many systems at most; more are refused before anything is judged.
    folder
        Where the subject is found; the current folder unless given.
    progress
        Is called with how far it is.

    Yields
    ------
    Answer
        What was found of each system, in order.

    Raises
    ------
    LifecheckError
        If something named cannot be found, or the store or the cluster cannot be used.

    Examples
    --------
    >>> for answer in sweep("model:VARIANTS", "properties:CLAIMS", variants=["patched"], names=["can-drain"], jobs=1):
    ...     print(answer.item, answer.found["can-drain"].verdict)
    patched holds
    """
    end_where_it_begins_again()
    origin = Origin(
        None if subject is None else import_path(subject), properties, str(Path(folder or Path.cwd()).resolve())
    )
    asked = asked_about(
        origin,
        over={switch: tuple(map(str, values)) for switch, values in (over or {}).items()},
        every=every,
        settings=settings,
        mutants=mutants,
        variants=tuple(variants),
        names=tuple(names),
        states=states,
        limit=limit,
    )
    with opened(store) as kept, workers_for(jobs, dask, origin, len(asked.items)) as workers:
        yield from Running(asked.question, asked.items, workers, kept, asked.told).answers(progress)


class Plan:
    """A sweep before it starts: what is asked, and of how many systems.

    Parameters
    ----------
    loaded
        What is swept, as this process loaded it.
    question
        What is asked.
    items
        Of what.
    told
        The same in one line.
    over
        The switches that are gone over, with their values.
    """

    def __init__(
        self,
        loaded: Loaded,
        question: Question,
        items: Sequence[Item],
        told: str,
        over: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.loaded = loaded
        self.question = question
        self.items = items
        self.told = told
        self.over = over


def asked_about(
    origin: Origin,
    *,
    over: Mapping[str, tuple[str, ...]],
    every: bool = False,
    settings: Iterable[Mapping[str, str]] | None = None,
    mutants: int = 0,
    variants: Sequence[str] = (),
    fixed: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
    states: int = STATE_LIMIT,
    limit: int = ITEM_LIMIT,
) -> Plan:
    """Load what is swept, and list what is asked; nothing is judged.

    Raises
    ------
    LifecheckError
        If something named cannot be found, there is nothing to ask or nothing to ask about, or it is too much.
    """
    loaded = origin.loaded()
    claims = tuple(loaded.project.claim(name).name for name in names) or tuple(claim.name for claim in loaded.claims)
    if not claims:
        raise InputError(f"there is no property to check on {loaded.project.name!r}; add a Claim")
    every_value = _every_value(loaded) if every else {}
    chosen = {**{name: values for name, values in every_value.items() if name not in (fixed or {})}, **over}
    for switch in chosen:
        if switch in (fixed or {}):
            raise InputError(f"switch {switch!r} is both set and gone over; leave one of them out")
        if not chosen[switch]:
            raise InputError(f"switch {switch!r} has no value to go over; name some: {switch}=a,b,c")
    loaded.refuse_unknown({**chosen, **{switch: (value,) for switch, value in (fixed or {}).items()}})
    items = _items(loaded, chosen, settings, variants, tuple((fixed or {}).items()))
    if not len(items):
        raise InputError("the sweep is empty: no setting is named; write --over switch=a,b,c, or leave it out")
    _refuse_too_many(len(items), limit, "settings")
    if mutants:
        items = _with_mutants(loaded, items, mutants, limit)
    told = f"{len(claims)} of {loaded.project.name}: {' '.join(chosen) or ', '.join(variants) or 'its variants'}"
    return Plan(loaded, Question(origin, claims, states), items, told, chosen)


def _every_value(loaded: Loaded) -> dict[str, tuple[str, ...]]:
    if not loaded.switches:
        raise InputError(
            f"{loaded.project.name!r} declares no switches to go over; name values: --over switch=a,b,c, or let "
            "[tool.lifecheck] name 'switches'"
        )
    return {switch.name: switch.values for switch in loaded.switches}


def _items(
    loaded: Loaded,
    over: Mapping[str, tuple[str, ...]],
    settings: Iterable[Mapping[str, str]] | None,
    variants: Sequence[str],
    fixed: tuple[tuple[str, str], ...],
) -> Sequence[Item]:
    for name in variants:
        loaded.project.variant(name)
        if over or fixed:
            loaded.project.refuse_unset(name)
    if settings is not None:
        return [Item(settings=tuple(one.items())) for one in settings]
    if over:
        grids = [Grid(over, fixed, name) for name in variants or ("",)]
        return grids[0] if len(grids) == 1 else list(chain.from_iterable(grids))
    return [Item(name, fixed) for name in variants or loaded.project.systems]


def _with_mutants(loaded: Loaded, items: Sequence[Item], mutants: int, limit: int) -> list[Item]:
    """Return each item with its mutants after it; of a contradictory one there are none."""
    found: list[Item] = []
    number = 0
    for item in items:
        try:
            names = [mutant.description for mutant in mutants_of(loaded.system(item))]
        except InputError:
            names = []
        pairs = len(names) * (len(names) - 1) // 2 if mutants == 2 else 0
        number += 1 + len(names) + pairs
        if number > limit:  # all are counted, so that who is refused is told the whole number
            found.clear()
            continue
        found += [item, *(Item(item.variant, item.settings, (name,)) for name in names)]
        if mutants == 2:
            found += [Item(item.variant, item.settings, pair) for pair in combinations(names, 2)]
    _refuse_too_many(number, limit, "systems and mutants")
    return found


def _refuse_too_many(number: int, limit: int, what: str) -> None:
    if number > limit:
        raise InputError(
            f"the sweep is of {number:,} {what}, and at most {limit:,} are judged; ask for fewer, or raise the limit "
            f"with --limit {number}"
        )


@contextmanager
def opened(store: Path | str | None) -> Iterator[Store]:
    """Open the store, or one that is forgotten afterwards."""
    if store is not None:
        with Store(Path(store)) as kept:
            kept.refuse_broken()
            yield kept
        return
    with TemporaryDirectory(prefix="lifecheck-") as folder, Store(Path(folder) / "verdicts") as kept:
        yield kept


@contextmanager
def workers_for(jobs: int | None, dask: str | None, origin: Origin, number: int) -> Iterator[Workers]:
    """Begin the workers, and end them.

    Raises
    ------
    InputError
        If a cluster cannot be reached, or its workers cannot do what is asked.
    """
    if dask is not None:
        from lifecheck.sweeps.cluster import Cluster

        with closing(Cluster(dask, origin)) as cluster:
            yield cluster
        return
    size = min(cores() if jobs is None else jobs, number)
    workers = Processes(size) if size > 1 else Here()
    try:
        yield workers
    finally:
        workers.close()
        forget_workers()
