"""The answers to several properties of one system."""

from __future__ import annotations

from lifecheck.result import Result, Verdict


class Results(tuple[Result, ...]):
    """What `check` answers to several properties, in the order in which they were asked.

    As text it is a line for each property, then the story of each counterexample.

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
    <BLANKLINE>
    never(state == 'on')
      Start  machine off
         1. switch
            machine: off -> on
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

    def __str__(self) -> str:
        width = max((len(result.verdict) for result in self), default=0)
        lines = [f"{result.verdict:<{width}}  {result.property.formula}{_remark(result)}" for result in self]
        for result in self.violated:
            lines += ["", result.property.formula, result.story()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Results: {', '.join(f'{result.property.formula} {result.verdict}' for result in self)}>"


def _remark(result: Result) -> str:
    remark = result.note or (", ".join(result.assumptions) if result.verdict is Verdict.HOLDS else "")
    return f"  ({remark})" if remark else ""
