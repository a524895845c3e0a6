"""Replays a log: whether each of its cases could have happened on a system, or on which of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError
from lifecheck.machines import Subject, system_of
from lifecheck.properties import Claim, Property
from lifecheck.replaying.asking import Asking
from lifecheck.replaying.cases import Case, Cases
from lifecheck.replaying.event import Line, Written, lines_of
from lifecheck.replaying.explanation import Explainer
from lifecheck.replaying.following import Follower
from lifecheck.replaying.log import Given, opened, visible_among
from lifecheck.replaying.readers import LogReader
from lifecheck.replaying.replayed import Replay
from lifecheck.replaying.trigger_names import TriggerNames
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import System


def replay(
    subject: Subject,
    events: Iterable[Written] | Path | str,
    *,
    mapping: Given = None,
    visible: Iterable[str] | None = None,
    lost: int = 0,
    surplus: int = 0,
    anywhere: bool = False,
    properties: Iterable[Property | Claim] = (),
    limit: int = STATE_LIMIT,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
) -> Replay:
    """Ask whether a log could have happened.

    A case is explained if some run of the system has exactly its lines, in their order, among steps that write none.
    Of several such runs the cheapest is told: that of the fewest lost and surplus lines, then of the fewest silent
    steps, then the first in the order of rows.

    Parameters
    ----------
    subject
        A system, or what `check` takes.
    events
        The log: a file, or what a test writes down: triggers, ``(trigger, {"component": "state"})``, `LogEvent`.
    mapping
        How the lines of a file are read: a file of TOML, a `LogMapping`, or a function that makes a `LogEvent` of a
        line's text, or None of what shows nothing. A file that `recording` wrote needs none.
    visible
        The triggers that never fire without a line; without it those that the mapping can make of a line, and where
        there is none, all.
    lost, surplus
        How many lines of a case may lack, and how many may be there though nothing happened.
    anywhere
        Whether a case may begin in any state that the system reaches, because the log begins in the middle.
    properties
        What is promised: of liveness it is told what is open where the log ends, of safety what is violated.
    limit
        The largest number of states to visit; beyond it, what is not explained is ``unknown``.
    attributes, ignored, arguments
        Of a machine, as of `check`.

    Raises
    ------
    InputError
        If the log or the mapping cannot be used.
    ComponentError
        If the machine cannot be fired.

    Examples
    --------
    >>> from transitions import Machine
    >>> rows = [["take", "idle", "busy"], ["finish", "busy", "idle"], ["crash", "busy", "idle"]]
    >>> worker = Machine(states=["idle", "busy"], initial="idle", transitions=rows)
    >>> answer = replay(worker, ["take", "take"], visible=["take"]).answer
    >>> str(answer.outcome), answer.triggers
    ('explained', ('take', 'finish', 'take'))
    """
    system = system_of(subject, attributes=attributes, ignored=ignored, arguments=arguments)
    (found,) = replay_variants(
        {system.name: system},
        events,
        mapping=mapping,
        visible=visible,
        lost=lost,
        surplus=surplus,
        anywhere=anywhere,
        properties=properties,
        limit=limit,
    ).values()
    return found


def replay_variants(
    systems: Mapping[str, System],
    events: Iterable[Written] | Path | str,
    *,
    mapping: Given = None,
    visible: Iterable[str] | None = None,
    lost: int = 0,
    surplus: int = 0,
    anywhere: bool = False,
    properties: Iterable[Property | Claim] = (),
    limit: int = STATE_LIMIT,
    case: str | None = None,
    explorer: Explorer | None = None,
) -> dict[str, Replay]:
    """Ask of several variants whether a log could have happened; it is read once.

    Parameters
    ----------
    systems
        The variants by name.
    events, mapping, visible, lost, surplus, anywhere, properties, limit
        As of `replay`.
    case
        The only case to look at; without it, all.
    explorer
        Where what was fired is kept; without it, what ends with this call.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> def door(rows): return System("door", [Component("door", ["shut", "open"], "shut", rows, {"push", "pull"})])
    >>> variants = {"one way": door([Row("push", "shut", "open")]),
    ...             "both ways": door([Row("push", "shut", "open"), Row("pull", "open", "shut")])}
    >>> replay_variants(variants, ["push", "pull"])
    {'one way': <Replay: 1 case impossible from line 2>, 'both ways': <Replay: 1 case explained>}
    """
    names = TriggerNames(systems.values())
    asked = Asking(systems, lost=lost, surplus=surplus, anywhere=anywhere, properties=properties, limit=limit)
    explorer = Explorer() if explorer is None else explorer
    if isinstance(events, Path | str):
        with opened(events, mapping, names) as (reader, shown):
            if visible is not None:
                shown = visible_among(names, visible)
            followed = asked.cases(shown, explorer)
            _take(reader, followed, case)
            found = reader.understood
            return {
                name: asked.result(cases, found.lines, found.events, found.told) for name, cases in followed.items()
            }
    if mapping is not None:
        raise InputError("a mapping is how the lines of a file are read; give the file's path, or leave it out")
    followed = asked.cases(visible_among(names, visible), explorer)
    count = _take(lines_of(events, names.meant_by), followed, case)
    if not count:
        raise InputError("the log has no events")
    return {name: asked.result(cases, count, count, ()) for name, cases in followed.items()}


def _take(lines: Iterable[Line], followed: Mapping[str, Cases], only: str | None) -> int:
    """Let the cases of every variant take each line, or those of one case; return how many there are."""
    takers: list[Callable[[Line], Case]] = [cases.take for cases in followed.values()]
    count = taken = 0
    for line in lines:
        count += 1
        if only is None or line.case == only:
            taken += 1
            for take in takers:
                take(line)
    if only is not None and not taken:
        raise InputError(f"there is no case {only!r} in the log")
    return count


@contextmanager
def following(
    name: str,
    system: System,
    path: Path | str,
    mapping: Given,
    wait: Callable[[], bool],
    *,
    lost: int = 0,
    surplus: int = 0,
    anywhere: bool = False,
    properties: Iterable[Property | Claim] = (),
    limit: int = STATE_LIMIT,
) -> Iterator[tuple[LogReader, Follower]]:
    """Open a log that grows, and return its reader with what follows its cases.

    Parameters
    ----------
    name, system
        The variant.
    path, mapping, lost, surplus, anywhere, properties, limit
        As of `replay`.
    wait
        Called where the log ends for now, with nothing: whether to read on.

    Raises
    ------
    InputError
        As `replay` does.
    """
    asked = Asking({name: system}, lost=lost, surplus=surplus, anywhere=anywhere, properties=properties, limit=limit)
    with opened(path, mapping, TriggerNames([system]), wait) as (reader, shown):
        cases = asked.cases(shown, Explorer())[name]
        explainer = Explainer(cases.observed, asked.properties)
        yield reader, Follower(cases, explainer, forgets=not (reader.tells_states_alone or surplus))
