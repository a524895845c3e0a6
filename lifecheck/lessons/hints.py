"""The next step of a designer who is stuck: the one row that mends the table, found by trying, told piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lifecheck.changes import Change, Mutant, Remedies
from lifecheck.checking import judge
from lifecheck.lessons.designer import Designer, TableRow
from lifecheck.properties import Claim
from lifecheck.system import Component, Row


@dataclass(frozen=True)
class NextRow:
    """A row with which every requirement is met.

    Parameters
    ----------
    component
        Whose row it is.
    row
        What to write.
    instead
        The row in whose place it stands, counted from 1 in the rows that were mended; None if it is added.
    before
        That row.

    Examples
    --------
    >>> for told in NextRow("lamp", Row("switch", "off", "on"), 2, Row("fail", "off", "off")).steps:
    ...     print(told)
    One row of lamp is to be another.
    Its trigger is switch.
    It begins in off.
    Write 'switch off on' in the place of row 2, 'fail off off'.
    """

    component: str
    row: Row
    instead: int | None = None
    before: Row | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """What to tell, one step at a time: the component, the trigger, the source, the whole row."""
        where = "One row is missing in" if self.instead is None else "One row of"
        what = "." if self.instead is None else " is to be another."
        place = "." if self.instead is None else f" in the place of row {self.instead}, '{_typed(self.before)}'."
        return (
            f"{where} {self.component}{what}",
            f"Its trigger is {self.row.trigger}.",
            f"It begins in {self.row.source}.",
            f"Write '{_typed(self.row)}'{place}",
        )


def next_row(designer: Designer, rows: Iterable[TableRow]) -> NextRow | None:
    """Return a row that mends a table, added or in the place of another; None if no single one does.

    The changes are those that `explain` tries for the first requirement that is not met, and every requirement judges
    them. A row that is added comes first, then one in the place of another, then one that leads elsewhere.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import System, component_of, eventually
    >>> from lifecheck.lessons import Requirement
    >>> def lamp(rows):
    ...     machine = Machine(states=["off", "on"], initial="off", transitions=[*rows], auto_transitions=False)
    ...     return System("room", [component_of(machine, "lamp", alphabet={"switch"})])
    >>> lit = Requirement("it is lit in the end", eventually("lamp == 'on'"), "which row leads to on?")
    >>> next_row(Designer("Light it.", "lamp", [], lamp, [lit]), [])
    NextRow(component='lamp', row=Row('switch', 'off', 'on'), instead=None, before=None)
    """
    table = [[*row] for row in rows]
    failure = designer.failure(table)
    if failure is None or failure.requirement is None or failure.result is None or failure.result.evidence is None:
        return None
    system = designer.system(table)
    claims = [Claim(f"requirement-{at}", one.words, one.asked) for at, one in enumerate(designer.requirements)]
    judgement = judge(system.name, system, claims[designer.requirements.index(failure.requirement)])
    remedies = Remedies(judgement, system, claims)
    tried = [one for one in remedies.candidates if one.mutant is not None and _leaves_a_row(one.mutant, designer)]
    for candidate in sorted(tried, key=lambda one: _rank(one.mutant)):
        mutant = candidate.mutant
        assert mutant is not None, "only changes of rows are tried"
        attempt = remedies.attempt(candidate)
        if attempt.is_remedy and not attempt.costs and designer.failure(_table(mutant.changed)) is None:
            row = mutant.changed.rows[mutant.position]
            if mutant.kind is Change.ADD_ROW:
                return NextRow(designer.component, row)
            return NextRow(designer.component, row, mutant.position + 1, mutant.component.rows[mutant.position])
    return None


class Hints:
    """The hints to one table, told one at a time: first to the rows as handed out, if one row mends them.

    Parameters
    ----------
    designer
        The table.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import System, component_of, eventually
    >>> from lifecheck.lessons import Requirement
    >>> def lamp(rows):
    ...     machine = Machine(states=["off", "on"], initial="off", transitions=[*rows], auto_transitions=False)
    ...     return System("room", [component_of(machine, "lamp", alphabet={"switch"})])
    >>> lit = Requirement("it is lit in the end", eventually("lamp == 'on'"), "which row leads to on?")
    >>> hints = Hints(Designer("Light it.", "lamp", [["switch", "off", "off"]], lamp, [lit]))
    >>> for _ in range(3):
    ...     print(hints.next())
    One row of lamp is to be another.
    Its trigger is switch.
    It begins in off.
    """

    def __init__(self, designer: Designer) -> None:
        self._designer = designer
        self._about: object = None
        self._steps: tuple[str, ...] = ()

    def next(self, tried: Iterable[TableRow] = ()) -> str:
        """Return the next hint; the last one is told again.

        Parameters
        ----------
        tried
            The rows that were tried last. Where no single row mends those that were handed out, the hints are to
            these, from the first again when they are others.
        """
        first = self._of_first
        about = None if first is not None else [[*row] for row in tried]
        if not self._steps or about != self._about:
            self._about = about
            self._steps = first.steps if first is not None else self._to(about or self._designer.rows)
        told, *rest = self._steps
        self._steps = tuple(rest) or self._steps
        return told

    @cached_property
    def _of_first(self) -> NextRow | None:
        return next_row(self._designer, self._designer.rows)

    def _to(self, rows: Sequence[TableRow]) -> tuple[str, ...]:
        found = next_row(self._designer, rows)
        if found is not None:
            return found.steps
        failure = self._designer.failure(rows)
        if failure is None:
            return ("It is mended.",)
        if failure.requirement is None:
            return (failure.hint,)
        return (f"No single row mends it: {failure.hint} Try one that is a part of it, and ask again.",)


_ORDER = (Change.ADD_ROW, Change.REPLACE_ROW, Change.REDIRECT_ROW)


def _leaves_a_row(mutant: Mutant, designer: Designer) -> bool:
    return mutant.component.name == designer.component and mutant.kind in _ORDER


def _rank(mutant: Mutant | None) -> tuple[int, bool]:
    """Return what to try first, as people write it: a row that leads where the old one did, or to where it begins."""
    assert mutant is not None, "only changes of rows are ranked"
    is_new = mutant.kind is Change.ADD_ROW and mutant.row is not None
    before = mutant.row.source if is_new and mutant.row else mutant.component.rows[mutant.position].target
    return _ORDER.index(mutant.kind), mutant.dest != before


def _table(component: Component) -> list[list[str]]:
    return [[row.trigger, row.source, row.dest] for row in component.rows]


def _typed(row: Row | None) -> str:
    return "" if row is None else f"{row.trigger} {row.source} {row.target}"
