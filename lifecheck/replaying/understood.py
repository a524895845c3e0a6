"""What reading a log came to: how much of it was understood, and what was wrong with the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from lifecheck.replaying.event import Remark
from lifecheck.text import counted

SHOWN = 5
"""How many remarks of one kind are kept; the others are counted."""


@dataclass
class Understood:
    """What reading a log came to.

    Attributes
    ----------
    lines
        How many lines were read that are not empty.
    events
        How many of them show something.
    remarks
        What was wrong with lines, by kind, the first of each.
    counts
        How often, by kind.
    first
        The first line that no rule fits.
    """

    lines: int = 0
    events: int = 0
    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    first: tuple[int, str] | None = None
    unmatched: int = 0

    def tell(self, remark: Remark) -> None:
        """Keep what was wrong with a line."""
        kept = self.remarks.setdefault(remark.reason, [])
        self.counts[remark.reason] = self.counts.get(remark.reason, 0) + 1
        if len(kept) < SHOWN:
            kept.append(remark)

    @property
    def told(self) -> tuple[str, ...]:
        """What was wrong, a sentence each."""
        found = [
            f"{_numbered([one.number for one in kept], self.counts[reason])}: {reason}"
            for reason, kept in self.remarks.items()
        ]
        if self.unmatched and self.first is not None:
            found.append(f"{counted(self.unmatched, 'line')} of no pattern, the first line {self.first[0]}")
        return tuple(found)


def _numbered(numbers: list[int], count: int) -> str:
    listed = ", ".join(map(str, numbers))
    more = f" and {count - len(numbers):,} more" if count > len(numbers) else ""
    return f"{'line' if count == 1 else 'lines'} {listed}{more}"
