"""Checks one property on one system: explores, decides, and replays the evidence on the real machines."""

from __future__ import annotations

from dataclasses import replace

from lifecheck import liveness, safety
from lifecheck.errors import BlockedError, LifecheckError
from lifecheck.graph import STATE_LIMIT, Graph, explore
from lifecheck.properties import Kind, Property
from lifecheck.result import Evidence, Result, Verdict
from lifecheck.state import ObserverNeededError
from lifecheck.system import System

_DECIDE = {
    Kind.ALWAYS: safety.decide_always,
    Kind.NEVER: safety.decide_always,
    Kind.SOMETIMES: safety.decide_sometimes,
    Kind.CAN_ALWAYS_REACH: safety.decide_can_always_reach,
    Kind.EVENTUALLY: liveness.decide,
    Kind.LEADS_TO: liveness.decide,
}


def check(system: System, asked: Property, *, limit: int = STATE_LIMIT) -> Result:
    """Check a property by visiting every reachable state.

    The system is checked with those observers alone that the property reads, because observers lengthen
    lassos. Whatever evidence is found has been replayed on the real machines.

    Parameters
    ----------
    system
        The system.
    asked
        The property.
    limit
        The largest number of states to visit; beyond it the verdict is `unknown`, unless what was
        covered already decides.

    Returns
    -------
    Result
        Verdict, scope, assumptions and evidence.

    Raises
    ------
    LifecheckError
        If the system or a predicate cannot be used; the text says where and what to do.

    Examples
    --------
    >>> from lifecheck import Component, Row, leads_to
    >>> rows = [Row("ring", "quiet", "rung"), Row("give_up", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung", "answered"], "quiet", rows, {"ring", "give_up", "answer"})
    >>> system = System("doorbell", [bell], environment={"ring"})
    >>> result = check(system, leads_to(lambda s: s.bell == "rung", lambda s: s.bell == "answered"))
    >>> result.verdict, result.evidence.stem, result.evidence.loop
    (<Verdict.VIOLATED: 'violated'>, (), ('ring', 'give_up'))
    """
    read: frozenset[str] = frozenset()
    while True:
        reduced = system.with_observers(read)
        try:
            graph = explore(reduced, limit)
            result = _DECIDE[asked.kind](graph, asked)
        except ObserverNeededError as needed:
            read |= {needed.name}
        else:
            if result.evidence is not None:
                replay(reduced, result.evidence)
            return replace(result, note=_covered(graph)) if result.verdict is Verdict.UNKNOWN else result


def _covered(graph: Graph) -> str:
    return (
        f"the limit of {graph.limit:,} states was met: {len(graph):,} states were found and the transitions of "
        f"{graph.expanded:,} of them explored, breadth first to depth {graph.depth}"
    )


def replay(system: System, evidence: Evidence) -> None:
    """Drive the real machines along the evidence, and refuse to report what they do not do.

    Raises
    ------
    LifecheckError
        If they block a step, or are elsewhere than the evidence says.
    """
    run = system.start()
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
