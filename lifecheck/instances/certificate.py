"""The certificate of a verdict for every number: the abstract states and the tables, for whoever wants to check it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError
from lifecheck.files import write_whole
from lifecheck.instances.copies import Sharing
from lifecheck.instances.property_of_one import of_one
from lifecheck.instances.result import DecidedBy, InstancesResult
from lifecheck.properties import Decisive, evaluate

FORMAT = "lifecheck counter abstraction 2"
"""What stands in each certificate as its format."""


def certificate(result: InstancesResult) -> dict[str, Any]:
    """Return why a verdict is for every number of instances, as plain data.

    It has the tables of instance 1 (``own``), of another instance (``others``) and of what is shared, with the next
    state of each state or -1; in which class each local state of others is, where how many are is counted and where
    that is untold; and the abstract states. Whoever checks it sees that runs begin in them and lead to no others, that
    none is ``bad``, and that no fair loop is in what can be reached from ``given`` without ``goal``; these are pairs of
    states of instance 1 and of what is shared.

    Parameters
    ----------
    result
        A verdict that the counter abstraction decided.

    Raises
    ------
    InputError
        If something else decided it.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> from lifecheck.instances import check_instances
    >>> takes = [Row("take", "new", "busy"), Row("give", "busy", "new")]
    >>> task = Component("task", ["new", "busy"], "new", takes, {"take", "give"})
    >>> lends = [Row("take", "free", "lent"), Row("give", "lent", "free")]
    >>> tool = Component("tool", ["free", "lent"], "free", lends, {"take", "give"})
    >>> work = System("work", [task, tool], copied={"task"})
    >>> result = check_instances(work, never("task == 'busy' and tool == 'free'"), 100)
    >>> found = certificate(result)
    >>> found["verdict"], found["counted"], found["untold"], found["bad"], found["states"]
    ('holds', [1], [0], [], [[0, 0, [1, 0]], [1, 1, [1, 0]], [1, 0, [1, 1]]])
    """
    if not isinstance(result, InstancesResult):
        raise InputError(
            f"the verdict on {result.property.formula} is about one instance; ask check(..., instances='any') for one "
            "that may have a certificate"
        )
    counted = result.counted
    if result.decided_by is not DecidedBy.COUNTER_ABSTRACTION or counted is None or counted.abstraction is None:
        raise InputError(
            f"the verdict on {result.property.formula} was decided by {result.decided_by}, not by the counter "
            "abstraction, so there are no abstract states to write out"
        )
    abstraction = counted.abstraction
    decomposition, asked = abstraction.decomposition, of_one(result.property, result.system)
    pairs = list(dict.fromkeys((state.own, state.shared) for state in abstraction.states))
    views = {pair: decomposition.view(*pair) for pair in pairs}
    arising = [pair for pair in pairs if asked.given is None or evaluate(asked.given, views[pair])]
    is_loop = asked.kind.decided_by is Decisive.LOOP
    goal = [pair for pair in (pairs if is_loop else arising) if evaluate(asked.goal, views[pair])]
    bad = [pair for pair in arising if (pair in goal) is asked.kind.settling]
    return {
        "format": FORMAT,
        "system": result.system.name,
        "property": result.property.formula,
        "verdict": str(result.verdict),
        "broadcast": [trigger for trigger, kind in decomposition.sharing.items() if kind is Sharing.BROADCAST],
        "own": _listed(decomposition.own.moves),
        "others": _listed(decomposition.others.moves),
        "shared": _listed(decomposition.shared.moves),
        "class_of": list(abstraction.others.class_of),
        "out_of_play": abstraction.others.out_of_play,
        "counted": sorted(abstraction.counted),
        "untold": sorted(abstraction.untold),
        "states": [[shared, own, list(others)] for shared, own, others in abstraction.states],
        "bad": [] if is_loop else [list(pair) for pair in bad],
        "given": None if asked.given is None else [list(pair) for pair in arising],
        "goal": [list(pair) for pair in goal] if is_loop else None,
        "weak": [list(members) for members in result.system.owed_weakly.values()],
        "strong": [list(members) for members in result.system.owed_strongly.values()],
    }


def write_certificate(result: InstancesResult, path: str | Path, *, force: bool = False) -> None:
    """Write the certificate of a verdict for every number as JSON.

    Parameters
    ----------
    result
        A verdict that the counter abstraction decided.
    path
        The file.
    force
        Also over a file that lifecheck did not write.

    Raises
    ------
    InputError
        If something else decided the verdict, or the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from lifecheck import Component, Row, System, never
    >>> from lifecheck.instances import check_instances
    >>> task = Component("task", ["new", "busy"], "new", [Row("take", "new", "busy")], {"take"})
    >>> tool = Component("tool", ["free", "lent"], "free", [Row("take", "free", "lent")], {"take"})
    >>> work = System("work", [task, tool], copied={"task"})
    >>> result = check_instances(work, never("task == 'busy' and tool == 'free'"), 100)
    >>> with TemporaryDirectory() as folder:
    ...     place = Path(folder) / "work.json"
    ...     write_certificate(result, place)
    ...     json.loads(place.read_text())["property"]
    "never(task == 'busy' and tool == 'free')"
    """
    write_whole(path, json.dumps(certificate(result)) + "\n", force=force)


def _listed(moves: dict[str, tuple[int, ...]]) -> dict[str, list[int]]:
    return {trigger: list(targets) for trigger, targets in moves.items()}
