"""What is asked of a log, of which systems, and what the cases of the log come to on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lifecheck.errors import InputError
from lifecheck.properties import Claim, Property
from lifecheck.replaying.answer import Answer, Outcome
from lifecheck.replaying.cases import Case, Cases
from lifecheck.replaying.event import Sign
from lifecheck.replaying.every_start import GraphOfEveryStart
from lifecheck.replaying.explanation import Explainer
from lifecheck.replaying.observed import ObservedSystem
from lifecheck.replaying.replayed import CaseGroup, Replay
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.system import System
from lifecheck.text import counted


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
        listed = (properties,) if isinstance(properties, Property | Claim | str) else tuple(properties)
        self.properties = tuple(one.asked if isinstance(one, Claim) else one for one in listed)
        for asked in self.properties:
            if not isinstance(asked, Property):
                raise InputError(f"properties holds {asked!r}, which is no property; write one as never(...) is")

    def cases(self, visible: frozenset[str], explorer: Explorer) -> dict[str, Cases]:
        """Explore the systems, and return what follows the cases of a log on each."""
        observed = {}
        for name, system in self.systems.items():
            graph = GraphOfEveryStart(system, [explorer.explore(one, self.limit) for one in system.by_start])
            observed[name] = ObservedSystem(
                graph,
                visible & frozenset(system.triggers),
                lost=self.lost,
                surplus=self.surplus,
                anywhere=self.anywhere,
            )

        def refuse_unknown(sign: Sign, number: int) -> None:
            """Raise where no variant has what a line tells of; one that lacks it cannot have written the line."""
            refused = []
            for one in observed.values():
                try:
                    return one.refuse_unknown(sign, number)
                except InputError as error:
                    refused.append(error)
            raise refused[0]

        return {name: Cases(one, refuse_unknown) for name, one in observed.items()}

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
            graph.note,
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
