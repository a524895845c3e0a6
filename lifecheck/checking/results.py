"""The answers to several properties of one system."""

from __future__ import annotations

from lifecheck.checking.result import Result, markdown_of, verdict_line
from lifecheck.properties import Verdict


class Results(tuple[Result, ...]):
    """What `check` answers to several properties, in the order in which they were asked.

    As text it is a line for each property; it is true where, and only where, all of them hold.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck import always, check, never
    >>> def lamp():
    ...     return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    >>> results = check(lamp, never("state == 'on'"), always("state in ('off', 'on')"))
    >>> print(results)
    violated  never(state == 'on')
    holds     always(state in ('off', 'on'))
    >>> results.hold, len(results.violated)
    (False, 1)
    """

    __slots__ = ()

    @property
    def hold(self) -> bool:
        """Whether every property holds; what is vacuous or unknown does not."""
        return all(result.verdict is Verdict.HOLDS for result in self)

    @property
    def violated(self) -> tuple[Result, ...]:
        """The results that are counterexamples."""
        return tuple(result for result in self if result.verdict is Verdict.VIOLATED)

    def __bool__(self) -> bool:
        return self.hold

    def __str__(self) -> str:
        width = max((len(result.verdict) for result in self), default=0)
        return "\n".join(verdict_line(result, width) for result in self)

    def __repr__(self) -> str:
        return f"<Results: {', '.join(f'{result.property.formula} {result.verdict}' for result in self)}>"

    def _repr_markdown_(self) -> str:
        return markdown_of(self)
