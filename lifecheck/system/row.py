"""One row of a table of transitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Guard = str | Callable[..., Any]
"""A condition as `transitions` takes it: a callable, or the name of a method or attribute of the model."""

SAME = "="
"""The destination of a row that leaves the state as it is."""


@dataclass(frozen=True)
class Row:
    """One row of a component's table of transitions.

    Parameters
    ----------
    trigger
        Name of the event that the row answers.
    source
        State in which it can be taken.
    dest
        State in which it ends; ``"="`` for the same state.
    conditions, unless
        Guards over the attributes of the component's model, as `transitions` takes them.
    reference
        Where the row comes from: a document and its place, or that it is assumed.

    Examples
    --------
    >>> Row("open", "closed", "opened")
    Row('open', 'closed', 'opened')
    """

    trigger: str
    source: str
    dest: str
    conditions: tuple[Guard, ...] = field(default=(), kw_only=True)
    unless: tuple[Guard, ...] = field(default=(), kw_only=True)
    reference: str = field(default="", kw_only=True, compare=False)

    def __repr__(self) -> str:
        return f"Row({self.trigger!r}, {self.source!r}, {self.dest!r})"

    @property
    def target(self) -> str:
        """The state in which the row ends, ``"="`` resolved."""
        return self.source if self.dest == SAME else self.dest

    def shadows(self, later: Row) -> bool:
        """Whether this row is always taken before `later`, which then can never win."""
        return (
            (self.trigger, self.source) == (later.trigger, later.source)
            and set(self.conditions) <= set(later.conditions)
            and set(self.unless) <= set(later.unless)
        )
