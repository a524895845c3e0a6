"""Checks one property of one instance among many: by the cutoff where it holds, else by exploring so many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from lifecheck.checking import SYMBOLIC, Engine, Result, check_by, not_seen, replay
from lifecheck.errors import InputError
from lifecheck.instances.by_sets import decide_for_first, space_of_instances
from lifecheck.instances.copies import watched
from lifecheck.instances.cutoff import cutoff_of
from lifecheck.instances.decomposition import Decompositions
from lifecheck.instances.limits import DEFAULT_MEMORY
from lifecheck.instances.property_of_one import PropertyOfOne
from lifecheck.instances.result import InstancesResult, with_cutoff
from lifecheck.properties import Property
from lifecheck.statespace import STATE_LIMIT, with_needed_observers
from lifecheck.system import System

if TYPE_CHECKING:
    from lifecheck.instances.exploration import InstanceSpace
    from lifecheck.instances.fixpoints import Progress


def check_instances(
    system: System,
    asked: Property,
    instances: int,
    *,
    memory: int = DEFAULT_MEMORY,
    limit: int = STATE_LIMIT,
    progress: Progress | None = None,
    cutoff: bool = True,
    explorer: Callable[[System, int], InstanceSpace] | None = None,
    known: Decompositions | None = None,
    engine: Engine | None = None,
) -> InstancesResult:
    """Check a property of one instance among so many.

    Where no instance can change what is shared, the system of one instance is checked, and its verdict holds for
    any number. Otherwise every state of so many instances is visited. Evidence has been replayed on the real
    machines.

    Parameters
    ----------
    system
        The system of one instance, with `copied` and `broadcast`.
    asked
        The property; it reads one instance, by the plain names of its components, and what is shared.
    instances
        How many instances to explore where the cutoff does not hold.
    memory
        How many bytes the sets of states may take.
    limit
        The largest number of states to visit where one instance suffices.
    progress
        Told after each sweep what is being done.
    cutoff
        Whether to use the cutoff; without it the instances are explored also where one would do.
    explorer
        What explores instead of `explore_instances`; for a caller that keeps what was explored.
    known
        Owns what was fired, where more is asked; without it, all is fired anew.
    engine
        "symbolic" for decision diagrams, which have room for hundreds of instances that share little; otherwise the
        instances are explored as sets of bits.

    Raises
    ------
    LifecheckError
        If the system has no population, the population does not fit, or the property is not about one instance.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, can_always_reach
    >>> takes = [Row("take", "new", "busy"), Row("give", "busy", "new")]
    >>> task = Component("task", ["new", "busy"], "new", takes, {"take", "give"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> system = System("work", [task, tool], copied={"task"})
    >>> result = check_instances(system, can_always_reach(lambda s: s.task == "busy"), 3)
    >>> str(result.verdict), result.states, result.instances
    ('holds', 4, 3)
    """
    if instances < 1:
        raise InputError(f"{system.counted_instances(instances)} cannot be explored; name a number from 1 on")
    question = PropertyOfOne(asked, system)
    known = known or Decompositions()
    alone = check_by(known.explorer, system, question.of_one, limit=limit)
    found = cutoff_of(alone.system, known)  # with the observers that the property reads
    if cutoff and found.holds:
        return with_cutoff(question.answered(alone), found)
    explore = explorer or partial(exploring, memory=memory, progress=progress, known=known)

    def decided(read: frozenset[str]) -> tuple[System, Result]:
        reduced = system.with_observers(read)
        if engine == SYMBOLIC:
            sets = known.explorer.kept(
                reduced,
                (SYMBOLIC, instances, memory),
                lambda: space_of_instances(reduced, instances, memory=memory, progress=progress, known=known),
            )
            return reduced, question.answered(decide_for_first(reduced, instances, sets, question.of_one))
        space = explore(reduced, instances)
        from lifecheck.instances.deciding import decide  # needs numpy, which is here if anything was explored

        return reduced, question.answered(decide(space, question.of_one, progress))

    # more may be read where there are several instances
    reduced, result = with_needed_observers(decided, (observer.name for observer in alone.system.observers))
    unseen = not_seen(known.explorer.explore(alone.system, limit))  # instances run the same code
    result = replace(result, system=watched(reduced, instances), note="; ".join(filter(None, [result.note, *unseen])))
    if result.evidence is not None:
        replay(result.system, result.evidence)
    return with_cutoff(result, cutoff_of(reduced, known) if cutoff else None)


def refuse_before_exploring(
    system: System,
    asked: Property,
    instances: int,
    *,
    memory: int,
    limit: int = STATE_LIMIT,
    known: Decompositions | None = None,
) -> None:
    """Refuse a check of so many instances that would not fit, with the observers that the property reads of one.

    Raises
    ------
    LifecheckError
        If it would not, or the system or the property cannot be used.
    """
    known = known or Decompositions()
    reduced = check_by(known.explorer, system, PropertyOfOne(asked, system).of_one, limit=limit).system
    if not cutoff_of(reduced, known).holds:
        _refuse_what_does_not_fit(reduced, instances, memory, known)


def exploring(
    system: System,
    instances: int,
    *,
    memory: int,
    progress: Progress | None = None,
    known: Decompositions | None = None,
) -> InstanceSpace:
    """Explore so many instances, if checking them fits.

    Raises
    ------
    InputError
        If numpy is not installed.
    """
    known = known or Decompositions()
    _refuse_what_does_not_fit(system, instances, memory, known)
    from lifecheck.instances.exploration import explore_instances

    return explore_instances(system, instances, memory=memory, progress=progress, known=known)


def _refuse_what_does_not_fit(system: System, instances: int, memory: int, known: Decompositions) -> None:
    try:  # one instance is checked without numpy
        from lifecheck.instances.memory import refuse_what_does_not_fit
    except ModuleNotFoundError as error:
        raise InputError(
            f"exploring several {system.instance_words} needs {error.name}; install it with pip install {error.name}"
        ) from None
    refuse_what_does_not_fit(system, instances, memory, checking=True, known=known)
