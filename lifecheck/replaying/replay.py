"""Replays a log: whether each of its cases could have happened on a system, or on which of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lifecheck.checking import not_seen
from lifecheck.errors import InputError
from lifecheck.machines import Subject, system_of
from lifecheck.properties import Claim, Property
from lifecheck.replaying.answer import Answer, Outcome
from lifecheck.replaying.cases import Case, Cases
from lifecheck.replaying.event import Line, Written, lines_of
from lifecheck.replaying.explanation import Explainer
from lifecheck.replaying.following import Follower
from lifecheck.replaying.log import Given, opened, visible_among
from lifecheck.replaying.observed import ObservedSystem
from lifecheck.replaying.readers import LogReader
from lifecheck.replaying.replayed import CaseGroup, Replay
from lifecheck.replaying.trigger_names import TriggerNames
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import System
from lifecheck.text import counted


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


class Asking:
    """What is asked of a log, and of which systems.

    Parameters
    ----------
    systems
        The variants by name.
    lost, surplus, anywhere, properties, limit
        As of `replay`.
    """

    def __init__(
        self,
        systems: Mapping[str, System],
        *,
        lost: int = 0,
        surplus: int = 0,
        anywhere: bool = False,
        properties: Iterable[Property | Claim] = (),
        limit: int = STATE_LIMIT,
    ) -> None:
        for name, number in (("lost", lost), ("surplus", surplus)):
            if not isinstance(number, int) or number < 0:
                raise InputError(f"{name} is {number!r}; write how many lines of a case may be: 0 or more")
        self.systems = systems
        self.lost, self.surplus, self.anywhere, self.limit = lost, surplus, anywhere, limit
        self.properties = tuple(one.asked if isinstance(one, Claim) else one for one in properties)

    def cases(self, visible: frozenset[str], explorer: Explorer) -> dict[str, Cases]:
        """Explore the systems, and return what follows the cases of a log on each."""
        found = {}
        for name, system in self.systems.items():
            graph = explorer.explore(system, self.limit)
            found[name] = Cases(
                ObservedSystem(
                    graph,
                    visible & frozenset(system.triggers),
                    lost=self.lost,
                    surplus=self.surplus,
                    anywhere=self.anywhere,
                )
            )
        return found

    def result(self, cases: Cases, lines: int, events: int, remarks: Sequence[str]) -> Replay:
        """Return what the cases came to."""
        explainer = Explainer(cases.observed, self.properties)
        groups = grouped(cases, explainer)
        told = list(remarks)
        if cases.backwards:
            first = min(cases.backwards.values())
            told.append(
                f"the clock goes backwards in {counted(len(cases.backwards), 'case')}, first on line {first.number}: "
                f"{first.reason}; the order of lines is what counts"
            )
        later = sum(case.later for case in cases)
        if later:
            told.append(f"{counted(later, 'line')} after one that no run has, and not looked at")
        graph = cases.observed.graph
        return Replay(
            graph.system,
            groups,
            tuple(explainer.never_exercised()),
            lines,
            events,
            tuple(told),
            "; ".join(not_seen(graph)),
        )


def grouped(cases: Iterable[Case], explainer: Explainer) -> tuple[CaseGroup, ...]:
    """Return cases by their stories, those of most cases first; what lines say alike is explained once."""
    known: dict[object, Answer] = {}
    found: dict[object, list[tuple[Case, Answer]]] = {}
    for case in cases:
        history = (tuple(case.signs), case.died, case.limited)
        answer = known.get(history)
        if answer is None:
            answer = known[history] = explainer.explain(case.name, case.lines)
        found.setdefault(_story_of(answer), []).append((case, answer))
    groups = []
    for members in found.values():
        rounds = [answer.loop.rounds if answer.loop else 0 for _, answer in members]
        groups.append(
            CaseGroup(
                members[0][1],
                tuple(case.name for case, _ in members),
                tuple(case.numbers[-1] if case.died else None for case, _ in members),
                (min(rounds), max(rounds)),
            )
        )
    return tuple(sorted(groups, key=lambda group: (-len(group.cases), group.answer.outcome is Outcome.EXPLAINED)))


def _story_of(answer: Answer) -> object:
    """Return what two cases have in common that have one story: all but the lines, and how often a loop went round."""
    steps = [(step.kind, step.trigger) for step in answer.steps]
    refused = (answer.outcome, answer.sign)
    if answer.loop is None:
        return refused, tuple(steps), ()
    begins, length = answer.loop.begins, answer.loop.length
    rest = (len(steps) - begins) % length
    return refused, tuple(steps[:begins]), tuple(steps[begins : begins + length]), rest


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
