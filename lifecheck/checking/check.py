"""Checks a property on a system: explores, decides, and replays the evidence on the real machines."""

from __future__ import annotations

from functools import partial

from lifecheck.checking.either_way import about_states_alone, as_far_as_proven
from lifecheck.checking.engines import Engine, Engines
from lifecheck.checking.result import Evidence, Result
from lifecheck.checking.several_starts import decide_for_every_start
from lifecheck.errors import BlockedError, LifecheckError
from lifecheck.machines import LOCAL_STATE_LIMIT, Run, Tables, runs_code
from lifecheck.properties import Property
from lifecheck.statespace import STATE_LIMIT, Explorer, with_needed_observers
from lifecheck.symbolic import DEFAULT_MEMORY, refuse_memory
from lifecheck.system import System


def check_by(
    explorer: Explorer,
    system: System,
    asked: Property,
    *,
    limit: int = STATE_LIMIT,
    local_limit: int = LOCAL_STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
    evidence: bool = True,
) -> Result:
    """Check a property on what an explorer knows, or explores now.

    Parameters
    ----------
    explorer
        Owns what is explored, so that several questions may share it.
    system
        The system with its observers.
    asked
        The property.
    limit
        The largest number of states to visit one by one.
    local_limit
        The largest number of local states of one component that has attributes.
    engine
        "explicit", "symbolic", or whichever fits.
    memory
        How many bytes sets of states may take.
    evidence
        Whether evidence is wanted. Where a machine runs code it is found and replayed in any case, because that would
        show that the machine hides something; of rows alone the verdict is the same without.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> str(check_by(Explorer(), System("lamp", [lamp]), never("lamp == 'on'")).verdict)
    'violated'
    """
    if system.has_several_starts:
        again = partial(
            check_by, explorer, limit=limit, local_limit=local_limit, engine=engine, memory=memory, evidence=evidence
        )
        return decide_for_every_start(system, asked, lambda one: again(one, asked))
    refuse_memory(memory)
    wanted = evidence or any(runs_code(part) for part in system.parts)
    engines = Engines(explorer, asked, limit, local_limit, memory, wanted)
    decide = engines.named(engine)
    with about_states_alone(system):
        result = with_needed_observers(lambda read: decide(system.with_observers(read)))
    if result.evidence is not None:
        replay(result.system, result.evidence, explorer.tables)
    return as_far_as_proven(result)


def settled(result: Result) -> Result:
    """Return a result of which nothing is left to be fired later, when the machines may do something else.

    What is found without code of the user's, in rows alone, stays the same, and may wait until somebody asks.
    """
    if result.evidence is not None and any(runs_code(part) for part in result.system.parts):
        result.evidence.blocked  # noqa: B018 - found now, and kept
    return result


def replay(system: System, evidence: Evidence, tables: Tables | None = None) -> None:
    """Drive the real machines along the evidence, and refuse to report what they do not do.

    Parameters
    ----------
    system, evidence
        What is replayed, and on what.
    tables
        As for `Run`.

    Raises
    ------
    LifecheckError
        If they block a step, or are elsewhere than the evidence says.
    """
    run = Run(system, tables)
    states = [run.state]
    try:
        for trigger in (*evidence.stem, *(evidence.loop or ())):
            run.trigger(trigger)
            states.append(run.state)
    except BlockedError as error:
        raise LifecheckError(f"system {system.name!r}: {_DOES_NOT_REPLAY}: {error}") from error
    closes = evidence.loop is None or states[-1] == states[len(evidence.stem)]
    if tuple(states) != evidence.states or not closes:
        raise LifecheckError(f"system {system.name!r}: {_DOES_NOT_REPLAY}: it ends in {states[-1]!r}")


_DOES_NOT_REPLAY = (
    "the evidence does not replay on the real machines, so no verdict is given; a condition or callback depends on "
    "more than the declared state, or lifecheck is wrong"
)
