"""Whether what so many instances show is so of any larger number: where the others may stay as they began."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck.checking import Evidence
from lifecheck.instances.copies import Sharing, names_of_copies
from lifecheck.instances.decomposition import Decomposition
from lifecheck.machines import BLOCKED

Place = tuple[int, int]
"""The states of what is shared and of an instance that stands idle."""


def lifts(decomposition: Decomposition, instances: int, evidence: Evidence) -> bool:
    """Whether a run of so many instances is one of any larger number, in which those that come along stand idle.

    They begin where every instance does, take broadcasts, which none blocks, and nothing else. A path needs no more.
    A loop is fair to them if each weakly fair trigger is impossible for them somewhere in it, and each strongly fair
    one everywhere; where broadcasts move them it is gone round until they are where they were.

    Parameters
    ----------
    decomposition
        The system of one instance, with the observers that the property reads.
    instances
        How many there are in the run.
    evidence
        The run; its triggers by the names of `copies`, or of the system of one instance where there is one.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, check, eventually
    >>> from lifecheck.instances import decompose
    >>> rows = [Row("begin", "new", "busy"), Row("end", "busy", "done")]
    >>> task = Component("task", ["new", "busy", "done"], "new", rows, {"begin", "end"})
    >>> for owed in ({"end"}, {"begin"}):
    ...     system = System("work", [task], copied={"task"}, fair=owed)
    ...     asked = eventually(lambda s: s.task == "done")
    ...     evidence = check(system, asked).evidence
    ...     print(evidence.stem, evidence.loop, lifts(decompose(system), 1, evidence))
    () () True
    ('begin',) () False
    """
    if evidence.loop is None:
        return True
    plain = {name: name for name in decomposition.sharing}
    for trigger, names in names_of_copies(decomposition.system, instances).items():
        plain |= dict.fromkeys(names, trigger)
    stem, loop = [[plain[name] for name in names] for names in (evidence.stem, evidence.loop)]
    at: Place = (0, 0)
    for trigger in stem:
        at = _after(decomposition, at, trigger)
    rounds: dict[Place, list[Place]] = {}
    while at not in rounds:
        visited = rounds[at] = [at]
        for trigger in loop:
            visited.append(_after(decomposition, visited[-1], trigger))
        at = visited[-1]
    heads = list(rounds)
    visited = [place for head in heads[heads.index(at) :] for place in rounds[head]]
    return _owes_nothing(decomposition, visited)


def _owes_nothing(decomposition: Decomposition, visited: list[Place]) -> bool:
    """Whether nothing stays owed to an idle instance that is in these places again and again."""

    def possible(members: Iterable[str]) -> list[bool]:
        own = [trigger for trigger in members if decomposition.sharing[trigger] is Sharing.INDEXED]
        return [any(_is_possible(decomposition, place, trigger) for trigger in own) for place in visited]

    weak, strong = decomposition.system.owed_weakly, decomposition.system.owed_strongly
    return not any(all(possible(one)) for one in weak.values()) and not any(
        any(possible(one)) for one in strong.values()
    )


def _is_possible(decomposition: Decomposition, place: Place, trigger: str) -> bool:
    shared, idle = place
    moves = decomposition.shared.moves
    return decomposition.others.moves[trigger][idle] != BLOCKED and (
        trigger not in moves or moves[trigger][shared] != BLOCKED
    )


def _after(decomposition: Decomposition, place: Place, trigger: str) -> Place:
    shared, idle = place
    if trigger in decomposition.shared.moves:
        shared = decomposition.shared.moves[trigger][shared]
    if decomposition.sharing[trigger] is Sharing.BROADCAST:
        idle = decomposition.others.moves[trigger][idle]
    return shared, idle
