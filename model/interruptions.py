"""Which steps faults and limits can interrupt, read from what the machines do when they are fired."""

from __future__ import annotations

from collections.abc import Set

from lifecheck import System
from lifecheck.machines import Tables
from lifecheck.statespace import Explorer, Graph

MOST = 5_000
"""After so many components what was fired is forgotten: a sweep makes some hundred thousand."""

_FIRED = [Tables()]
"""What the components of the model do: rows alone, which do the same whenever they are fired."""


def interrupted(system: System, faults: Set[str]) -> frozenset[str]:
    """Return the steps whose possibility a fault, or another message that takes what is limited, can take away.

    Parameters
    ----------
    system
        The mail system of one message, with its faults.
    faults
        What goes wrong; the arrival of mail is the environment's too, and no fault.

    Examples
    --------
    >>> from model import Acknowledgements, Configuration, exchange
    >>> losing = exchange(Configuration(acknowledgements=Acknowledgements.LOST_AGAIN))
    >>> sorted(interrupted(losing, {"lose_acknowledgement"}))
    ['acknowledge']
    """
    if _FIRED[0].size > MOST:
        _FIRED[0] = Tables()
    alone = system.with_observers(())
    return (
        _taken_away_by_faults(Explorer(_FIRED[0]).explore(alone), faults) | _taken_by_others(alone)
    ) - system.environment


def _taken_away_by_faults(graph: Graph, faults: Set[str]) -> frozenset[str]:
    """Return what is possible before a fault, or before a step that only faults bring about, and not after it.

    A crash of the SMTP service costs the store its copy only when the queue is rebuilt: what is done after faults
    alone, such as a restart, belongs to the fault.
    """
    moves = _moves(graph)
    without_faults, pending = {0}, [0]
    while pending:
        for trigger, target in moves[pending.pop()].items():
            if trigger not in faults and target not in without_faults:
                without_faults.add(target)
                pending.append(target)
    ordinary = {trigger for state in without_faults for trigger in moves[state]} - faults
    return frozenset(
        lost
        for possible in moves
        for trigger, target in possible.items()
        if trigger not in ordinary
        for lost in possible.keys() - moves[target].keys() - {trigger}
    )


def _taken_by_others(system: System) -> frozenset[str]:
    """Return what each message can do while no other does anything, and not after others did.

    That is read from each shared component alone, as the steps of messages move it. What is not possible at first
    gives back what the same message took: that, no other can take away.
    """
    found: set[str] = set()
    for part in system.components:
        if part.name not in system.copied:
            each = part.alphabet & {
                trigger for other in system.components if other.name in system.copied for trigger in other.alphabet
            }
            each -= system.environment | system.broadcast
            moves = _moves(Explorer(_FIRED[0]).explore(System(part.name, [part])))
            reached, pending = {0}, [0]
            while pending:
                for trigger, target in moves[pending.pop()].items():
                    if trigger in each and target not in reached:
                        reached.add(target)
                        pending.append(target)
            found |= {trigger for trigger in moves[0].keys() & each if any(trigger not in moves[at] for at in reached)}
    return frozenset(found)


def _moves(graph: Graph) -> list[dict[str, int]]:
    names = graph.system.triggers
    return [{names[trigger]: target for trigger, target in graph.edges(state)} for state in range(len(graph))]
