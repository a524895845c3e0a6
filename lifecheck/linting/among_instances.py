"""What may happen among any number of instances: what one alone does not use is not unused for that."""

from __future__ import annotations

from collections.abc import Iterator

from lifecheck.errors import LifecheckError
from lifecheck.instances import Decomposition, Decompositions, Sharing
from lifecheck.linting.system_by_sets import Uses
from lifecheck.machines import BLOCKED, Tables
from lifecheck.system import System

Pair = tuple[int, int]
"""A state of one instance, and one of what is shared."""

Step = tuple[str, Pair, Pair]


def uses_among_instances(system: System, tables: Tables) -> dict[str, Uses] | None:
    """Return of each component what is reached and taken among some number of instances, and perhaps more.

    One instance is looked at beside what is shared. All are alike: another can do to what is shared whatever this one
    could do there, and is thought to be wherever that helps. What does not happen so happens for no number of
    instances.

    Parameters
    ----------
    system
        The system of one instance.
    tables
        Where fired tables are kept.

    Returns
    -------
    dict of str to pair of sets, or None
        For each component the states that are reached, and the steps that are taken; None where that cannot be found.

    Examples
    --------
    >>> from lifecheck import Component, Row
    >>> task = Component("task", ["new", "busy"], "new", [Row("take", "new", "busy")], {"take"})
    >>> lends = [Row("take", "2", "1"), Row("take", "1", "0")]
    >>> tools = Component("tools", ["2", "1", "0", "-1"], "2", lends, {"take"})
    >>> sorted(uses_among_instances(System("work", [task, tools], copied={"task"}), Tables())["tools"][0])
    ['0', '1', '2']
    """
    try:
        decomposition = Decompositions(tables).of(system.with_observers(()))
    except LifecheckError:
        return None
    found: dict[str, Uses] = {part.name: (set(), set()) for part in system.components}
    pairs, steps = _beside_others(decomposition)
    named = {pair: _names(decomposition, pair) for pair in pairs}
    for names in named.values():
        for name, local in names.items():
            found[name][0].add(local)
    for trigger, before, after in steps:
        for part in system.owners[trigger]:
            if part.name in found:
                found[part.name][1].add((trigger, named[before][part.name], named[after][part.name]))
    return found


def _beside_others(decomposition: Decomposition) -> tuple[dict[Pair, None], set[Step]]:
    """Return the pairs in which one among any number of instances may be, and its steps."""
    pairs: dict[Pair, None] = {(0, 0): None}
    instances: dict[int, set[int]] = {}  # by state of what is shared, who may be there
    leads: dict[int, set[int]] = {}  # by state of what is shared, where an instance may lead it
    steps: set[Step] = set()
    for own, shared in (walked := [(0, 0)]):  # grows while it is walked
        instances.setdefault(shared, set()).add(own)
        reached = {(own, after) for after in leads.get(shared, ())}
        for step in _steps(decomposition, (own, shared)):
            steps.add(step)
            trigger, _, (after_own, after) = step
            reached.add((after_own, after))
            if decomposition.sharing[trigger] is Sharing.INDEXED and after not in leads.setdefault(shared, set()):
                leads[shared].add(after)
                reached |= {(other, after) for other in instances[shared]}
        for pair in sorted(reached - pairs.keys()):
            pairs[pair] = None
            walked.append(pair)
    return pairs, steps


def _steps(decomposition: Decomposition, pair: Pair) -> Iterator[Step]:
    own, shared = decomposition.own.moves, decomposition.shared.moves
    for trigger in decomposition.sharing:
        after = (
            own[trigger][pair[0]] if trigger in own else pair[0],
            shared[trigger][pair[1]] if trigger in shared else pair[1],
        )
        if BLOCKED not in after:
            yield trigger, pair, after


def _names(decomposition: Decomposition, pair: Pair) -> dict[str, str]:
    locals_ = {**decomposition.own.locals_of(pair[0]), **decomposition.shared.locals_of(pair[1])}
    return {name: str(local) for name, local in locals_.items()}
