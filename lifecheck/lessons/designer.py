"""The designer's turn: change a row of a table, and let requirements judge it that are told one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lifecheck.checking import Result
from lifecheck.errors import InputError, LifecheckError
from lifecheck.instances import check
from lifecheck.machines import component_of
from lifecheck.properties import Property, Verdict
from lifecheck.reports import story
from lifecheck.system import System

TableRow = Sequence[str]
"""A row as the owner of a `transitions` machine writes it: trigger, source, destination."""


@dataclass(frozen=True)
class Requirement:
    """What must hold of the mended machine.

    Parameters
    ----------
    words
        It in a few words, as a sentence.
    asked
        The property; that it is vacuous is no fault.
    hint
        What to say where it is violated.
    stays
        What to say instead where the run that violates it does not go round, but stays where it is.

    Examples
    --------
    >>> from lifecheck import never
    >>> Requirement("nothing burns", never("oven == 'burning'"), "who turns it off?").words
    'nothing burns'
    """

    words: str
    asked: Property
    hint: str
    stays: str = ""

    def hint_of(self, result: Result) -> str:
        """Return what to say of a result that is not as required."""
        evidence = result.evidence
        stays = evidence is not None and evidence.loop is not None and not evidence.loop
        return self.stays if self.stays and stays else self.hint


@dataclass(frozen=True)
class Failure:
    """Why an answer is not right: one thing, the first.

    Parameters
    ----------
    hint
        What to think about.
    requirement
        What is not met; None where the rows are no machine, or one of them can never be taken.
    result
        What the checker says of it.
    """

    hint: str
    requirement: Requirement | None = None
    result: Result | None = None

    @property
    def evidence(self) -> str:
        """The run that shows it, if one does."""
        return story(self.result) if self.result is not None and self.result.evidence is not None else ""

    def __str__(self) -> str:
        return "\n\n".join(filter(None, [self.hint, self.evidence]))


@dataclass(frozen=True)
class Designer:
    """A table to be mended.

    Parameters
    ----------
    task
        What to do, in words.
    component
        The component whose rows are changed.
    rows
        Its rows as they are handed out.
    system
        Makes the system with rows in their place.
    requirements
        What is asked of it, in the order in which it is told what is not met.
    answer
        A file in which the rows can be written instead of being typed, as ``path/answer.py:ROWS``.
    machines
        The functions or classes that make the machines, to be shown, where they are others than the lesson's.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import component_of, eventually
    >>> def lamp(rows):
    ...     machine = Machine(states=["off", "on"], initial="off", transitions=[*rows], auto_transitions=False)
    ...     return System("room", [component_of(machine, "lamp", alphabet={"switch"})])
    >>> lit = Requirement("it is lit in the end", eventually("lamp == 'on'"), "which row leads to on?")
    >>> task = Designer("Light it.", "lamp", [["switch", "off", "off"]], lamp, [lit])
    >>> task.failure(task.rows).hint
    'which row leads to on?'
    >>> task.failure(task.edited("1 switch off on")) is None
    True
    """

    task: str
    component: str
    rows: Sequence[TableRow]
    system: Callable[[Sequence[TableRow]], System]
    requirements: Sequence[Requirement]
    answer: str = ""
    machines: Sequence[Callable[..., object]] = ()

    def failure(self, rows: object) -> Failure | None:
        """Return the first requirement that rows do not meet; None if they meet all.

        Of rows that do not, one that can never be taken is told in place of a requirement: it says why nothing changed.
        """
        try:
            table = table_of(rows)
            system = self.system(table)
        except LifecheckError as error:
            return Failure(_ROW_NUMBER.sub("row (", str(error)))
        except Exception as error:  # the library refuses some rows itself, as a trigger called 'state'
            return Failure(f"these rows make no machine: {type(error).__name__}: {error}")
        for requirement in self.requirements:
            result = check(system, requirement.asked)
            if result.verdict not in (Verdict.HOLDS, Verdict.VACUOUS):
                never = _never_taken(table)
                return Failure(never) if never else Failure(requirement.hint_of(result), requirement, result)
        return None

    def edited(self, text: str) -> tuple[TableRow, ...]:
        """Return the rows with changes made that somebody typed, several with commas between them.

        ``acknowledge deleted settled`` adds a row, ``3 acknowledge deleted settled`` puts it in the place of the
        third, and ``-3`` takes that away.

        Raises
        ------
        InputError
            If it is none of these.

        Examples
        --------
        >>> from lifecheck import Component
        >>> task = Designer("", "lamp", [["on", "a", "b"], ["off", "b", "a"]], None, [])
        >>> task.edited("-1, 2 off b b, break a a")
        (['off', 'b', 'b'], ['break', 'a', 'a'])
        """
        rows: list[TableRow | None] = [[*row] for row in self.rows]
        added: list[TableRow] = []
        for part in text.split(","):
            found = _EDIT.fullmatch(part.strip())
            if found is None:
                raise InputError(f"{part.strip()!r} is no change of a row; {FORMS_OF_EDIT}")
            number = found["gone"] or found["place"]
            if number is not None and not 1 <= int(number) <= len(rows):
                raise InputError(f"{part.strip()!r}: there is no row {number}; the table has {len(rows)}")
            row = found["row"].split() if found["row"] else None
            if number is None and row is not None:
                added.append(row)
            elif number is not None:
                rows[int(number) - 1] = row
        return (*(row for row in rows if row is not None), *added)


def _never_taken(rows: Sequence[TableRow]) -> str:
    """Say of the first row that can never be taken why: of rows with a trigger and a source the first one wins."""
    first: dict[tuple[str, str], TableRow] = {}
    for row in rows:
        trigger, source, _ = row
        before = first.get((trigger, "*")) or first.setdefault((trigger, source), row)
        if [*before] == [*row] and before is not row:
            return f"'{' '.join(row)}' is there already: a second one can never be taken."
        if before is not row:
            return (
                f"'{' '.join(row)}' can never be taken, because '{' '.join(before)}' stands before it, has the same "
                "trigger and source, and is always taken first. Put it in the place of that one, or change one of them."
            )
    return ""


_ROW_NUMBER = re.compile(r"\brow \d+ \(")
"""Where an error counts rows: a machine keeps them by trigger, and not as they were written."""

_EDIT = re.compile(r"-(?P<gone>\d+)|((?P<place>\d+)[.:]?\s+)?(?P<row>[^\s\d-]\S*\s+\S+\s+\S+)")

FORMS_OF_EDIT = (
    "write 'trigger source dest' to add a row, '3 trigger source dest' to change row 3, '-3' to take it away"
)
"""What `Designer.edited` reads."""


def rows_of(machine: object) -> tuple[TableRow, ...]:
    """Return the rows of a machine, to be handed out.

    Parameters
    ----------
    machine
        What `lifecheck.component_of` takes.

    Examples
    --------
    >>> from transitions import Machine
    >>> rows_of(Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]]))
    (['switch', 'off', 'on'],)
    """
    return tuple([row.trigger, row.source, row.target] for row in component_of(machine, "machine").rows)


def table_of(rows: object) -> tuple[TableRow, ...]:
    """Return rows as they were written, if they are rows.

    Raises
    ------
    InputError
        If they are none.

    Examples
    --------
    >>> table_of([["switch", "off"]])
    Traceback (most recent call last):
    lifecheck.errors.InputError: row 1 is ['switch', 'off']; a row has three words: trigger, source, destination
    """
    if not isinstance(rows, list | tuple):
        raise InputError(
            f"the rows are {type(rows).__name__}; write a list of rows: [[trigger, source, destination], ...]"
        )
    for number, row in enumerate(rows, 1):
        is_row = isinstance(row, list | tuple) and len(row) == 3 and all(isinstance(word, str) for word in row)
        if not is_row:
            raise InputError(f"row {number} is {row!r}; a row has three words: trigger, source, destination")
    return tuple([*row] for row in rows)  # a machine takes lists
