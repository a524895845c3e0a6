"""The answer about one instance among many."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

from lifecheck.checking import Result
from lifecheck.instances.cutoff import Cutoff
from lifecheck.properties import Verdict

ANY_NUMBER = "any"
"""For how many instances a verdict is where the cutoff holds."""


@dataclass(frozen=True, repr=False)
class InstancesResult(Result):
    """A result, and whether it holds for any number.

    Parameters
    ----------
    cutoff
        Why the verdict holds for any number, or what forbids that; None where it was not looked for.
    """

    cutoff: Cutoff | None = None

    @cached_property
    def instances(self) -> int | str | None:
        """For how many instances the verdict is: a number, "any", or None where the system models no instances."""
        is_for_any = self.cutoff is not None and self.cutoff.holds and self.verdict is not Verdict.UNKNOWN
        return ANY_NUMBER if is_for_any else self.system.instances


def with_cutoff(result: Result, cutoff: Cutoff | None) -> InstancesResult:
    """Return a result as one about any number of instances, where the cutoff holds."""
    return InstancesResult(**{field.name: getattr(result, field.name) for field in fields(Result)}, cutoff=cutoff)
