"""Decides for each initial state that the environment may choose, and puts the answers together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lifecheck.checking.result import Result
from lifecheck.properties import Property, Verdict
from lifecheck.statespace import names_of_owed, needed_fairness
from lifecheck.system import Owing, System

Decide = Callable[[System], Result]


def decide_for_every_start(system: System, asked: Property, decide: Decide) -> Result:
    """Return what holds of a system whose environment chooses the initial state before the first step.

    A run starts in one of them, and so a property of runs holds where it holds from each, and something can happen
    where it can from some. Evidence is that of the shortest; its system is the one that starts there.

    Parameters
    ----------
    system
        The system.
    asked
        The property.
    decide
        Decides for a system with one initial state.
    """
    results = [decide(one) for one in system.by_start]
    chosen = min(results, key=lambda one: (_ORDER[asked.kind.is_reachability].index(one.verdict), _length(one)))
    count = len(results)
    note = f"the environment chooses among {count} initial states, each of which was explored by itself"
    told = replace(
        chosen,
        states=sum(one.states for one in results),
        transitions=sum(one.transitions for one in results),
        note="; ".join([note, *dict.fromkeys(one.note for one in results if one.note)]),
    )
    if chosen.verdict is Verdict.HOLDS and asked.kind.is_liveness:
        needing = [one for one in results if one.verdict is Verdict.HOLDS]
        return replace(told, _needed=lambda: _needed([one.system for one in needing], decide))
    return told


_ORDER = {
    False: (Verdict.VIOLATED, Verdict.UNKNOWN, Verdict.HOLDS, Verdict.VACUOUS),
    True: (Verdict.HOLDS, Verdict.UNKNOWN, Verdict.VIOLATED, Verdict.VACUOUS),
}
"""Which verdict on one initial state decides for all, for what must hold of every run and for what some run shows."""


def _length(result: Result) -> int:
    return 0 if result.evidence is None else len(result.evidence.states)


def _needed(systems: Sequence[System], decide: Decide) -> tuple[str, ...]:
    """Return the fairness without any of which the property would not hold from each initial state."""
    named = names_of_owed(systems[0])

    def owed(name: str) -> Owing:
        return named[name][0] if len(named[name]) == 1 else named[name]

    def holds(weak: frozenset[str], strong: frozenset[str]) -> bool:
        return all(
            decide(replace(one, fair=[owed(name) for name in weak], strong={owed(name): "kept" for name in strong}))
            for one in systems
        )

    return needed_fairness(named, set(systems[0].owed_weakly), set(systems[0].owed_strongly), holds)
