"""The answer about one instance among many."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property

from lifecheck.checking import Result
from lifecheck.instances.any_number import ForAnyNumber
from lifecheck.instances.counter_abstraction import CounterAbstraction
from lifecheck.instances.cutoff import Cutoff
from lifecheck.properties import Verdict
from lifecheck.text import counted

ANY_NUMBER = "any"
"""For how many instances a verdict is that is the same for every number."""


class DecidedBy(StrEnum):
    """What decided a verdict about one instance among many.

    Examples
    --------
    >>> [str(one) for one in DecidedBy]
    ['cutoff', 'counter abstraction', 'few instances, lifted', 'exploring']
    """

    CUTOFF = "cutoff"
    COUNTER_ABSTRACTION = "counter abstraction"
    LIFTED = "few instances, lifted"
    EXPLORING = "exploring"


@dataclass(frozen=True, repr=False)
class InstancesResult(Result):
    """A result, and whether it holds for any number.

    Parameters
    ----------
    cutoff
        Why the verdict holds for any number, or what forbids that; None where it was not looked for.
    counted
        What the counter abstraction says where the cutoff forbids it; None where it was not asked.
    least
        Of how many instances, and of any larger number, the evidence is; None where it is of just so many.
    """

    cutoff: Cutoff | None = None
    counted: ForAnyNumber | None = None
    least: int | None = None

    @cached_property
    def counted_states(self) -> str:
        """How many states decided it, and what they are, in words."""
        is_abstract = self.decided_by is DecidedBy.COUNTER_ABSTRACTION
        return counted(self.states, "abstract state" if is_abstract else "reachable state")

    @cached_property
    def instances(self) -> int | str | None:
        """For how many instances the verdict is: a number, "any", "2 or more", or None where it models no instances."""
        if self.verdict is Verdict.UNKNOWN:
            return self.system.instances
        if self.decided_by in (DecidedBy.CUTOFF, DecidedBy.COUNTER_ABSTRACTION) or self.least == 1:
            return ANY_NUMBER
        return self.system.instances if self.least is None else f"{self.least} or more"

    @cached_property
    def decided_by(self) -> DecidedBy:
        """What decided for how many instances the verdict is."""
        if self.cutoff is not None and self.cutoff.holds:
            return DecidedBy.CUTOFF
        if self.least is not None:
            return DecidedBy.LIFTED
        if self.counted is not None and self.counted.verdict is not Verdict.UNKNOWN:
            return DecidedBy.COUNTER_ABSTRACTION
        return DecidedBy.EXPLORING

    def reason(self) -> str:
        """Return in a few lines why the verdict is for any number, or for no more than were explored."""
        if self.cutoff is None or self.verdict is Verdict.UNKNOWN:
            return ""
        return "\n".join(filter(None, [self.cutoff.certificate(), self.decision]))

    @cached_property
    def decision(self) -> str:
        """What decided where instances compete, in a line; empty where they do not, or nothing is known."""
        if self.cutoff is None or self.verdict is Verdict.UNKNOWN:
            return ""
        several, one = self.system.instance_words, self.system.instance
        match self.decided_by:
            case DecidedBy.LIFTED:
                return (
                    f"Decided with {self.system.counted_instances(self.least or 1)}, for that many or more: what these "
                    "show, they show beside any that stand idle."
                )
            case DecidedBy.COUNTER_ABSTRACTION if self.counted is not None and self.counted.abstraction is not None:
                return (
                    f"Decided for every number by counting: {one} 1 and what is shared exactly, "
                    f"{_others(self.counted.abstraction)}."
                )
            case DecidedBy.EXPLORING if self.counted is not None and self.counted.note:
                explored = self.system.counted_instances(self.system.instances or 1)
                return f"Explored with {explored}; for every number of {several} it is not known: {self.counted.note}."
        return ""


def _others(abstraction: CounterAbstraction) -> str:
    if abstraction.untold:
        bounded = (
            "exactly where a conservation law bounds them, and any number" if abstraction.counted else "any number"
        )
        return f"the others {bounded} in each {'other ' if abstraction.counted else ''}local state"
    exactly = ", exactly where a conservation law bounds them" if abstraction.counted else ""
    return f"the others as none or some in each local state{exactly}"


def of_instances(
    result: Result, cutoff: Cutoff | None, counted: ForAnyNumber | None = None, least: int | None = None
) -> InstancesResult:
    """Return a result as one about many instances, with what is known of any number of them."""
    plain = {field.name: getattr(result, field.name) for field in fields(Result)}
    return InstancesResult(**plain, cutoff=cutoff, counted=counted, least=least)
