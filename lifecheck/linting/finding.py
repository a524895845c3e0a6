"""What lint finds: a code, a sentence, the place as its author wrote it, and a remedy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from lifecheck.errors import did_you_mean
from lifecheck.linting.codes import CODES


class Origin(StrEnum):
    """Where a finding comes from.

    Examples
    --------
    >>> str(Origin("definition"))
    'definition'
    """

    DEFINITION = "definition"
    EXPLORING = "exploring"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a machine, or looks so.

    Parameters
    ----------
    code
        What kind of thing it is, one of `CODES`.
    place
        The state, transition or callback, as its author wrote it.
    sentence
        What is wrong.
    remedy
        What to do about it.
    origin
        Whether it was read in the definition, or shown by firing the machine.
    is_question
        Whether it is a fault only if its author did not mean it so.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import lint
    >>> lamp = Machine(states=["off", "on"], initial="off", auto_transitions=False)
    >>> for finding in lint(lamp).findings:
    ...     print(finding.code, finding.place, finding.origin)
    unreachable-state state 'on' definition
    stuck-state state 'off' definition
    """

    code: str
    place: str
    sentence: str
    remedy: str
    origin: Origin
    is_question: bool = False

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code!r} is no code of a finding; {did_you_mean(self.code, CODES)}")

    def as_json(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        return asdict(self) | {"origin": str(self.origin)}


@dataclass(frozen=True)
class LintReport:
    """What lint has to say of one machine or system.

    Parameters
    ----------
    name
        What was linted.
    findings
        What is wrong, in the order of the definition, then of exploring.
    remarks
        What to know when reading them: what was left out, what was run, and what could not be said.
    states
        How many states were explored; 0 if only the definition was read.

    Examples
    --------
    >>> finding = Finding("stuck-state", "state 'lost'", "nothing can happen there", "mark it", Origin.DEFINITION)
    >>> print(LintReport("queue", (finding,), ("nothing was run",), 0).text())
    queue: 1 finding
      stuck-state: state 'lost': nothing can happen there
        mark it (from the definition)
    Note: nothing was run.
    """

    name: str
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]
    states: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The code of each finding."""
        return tuple(finding.code for finding in self.findings)

    @property
    def questions(self) -> tuple[Finding, ...]:
        """The findings that are faults only if the author did not mean it so."""
        return tuple(finding for finding in self.findings if finding.is_question)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that are no questions."""
        return tuple(finding for finding in self.findings if not finding.is_question)

    def text(self) -> str:
        """Return the report as lines of text."""
        explored = f", {self.states:,} states explored" if self.states > 1 else ""
        counts = [(len(self.faults), "finding"), (len(self.questions), "question")]
        told = " and ".join(f"{count:,} {what}{'s' * (count > 1)}" for count, what in counts if count) or "no findings"
        lines = [f"{self.name}: {told}{explored}"]
        for finding in (*self.faults, *self.questions):
            asked = "question, " if finding.is_question else ""
            lines.append(f"  {asked}{finding.code}: {finding.place}: {finding.sentence}")
            lines.append(f"    {finding.remedy} (from {_SOURCES[finding.origin]})")
        return "\n".join(map(_on_one_line, [*lines, *(f"Note: {remark}." for remark in self.remarks)]))

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "name": self.name,
            "findings": [finding.as_json() for finding in self.findings],
            "remarks": list(self.remarks),
            "states": self.states,
        }


def _on_one_line(text: str) -> str:
    """Write what would break a line, or mislead a terminal, as it is written in Python."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


_SOURCES = {Origin.DEFINITION: "the definition", Origin.EXPLORING: "exploring"}
