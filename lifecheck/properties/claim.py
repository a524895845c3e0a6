"""A claim: a property in plain words, with its witness, its assumptions and the verdict expected of each variant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lifecheck.errors import InputError, did_you_mean
from lifecheck.properties.property import Property
from lifecheck.properties.verdict import Verdict


class Role(StrEnum):
    """Whether a claim must hold on a correct system, or is worth knowing either way.

    Examples
    --------
    >>> [str(role) for role in Role]
    ['requirement', 'observation']
    """

    REQUIREMENT = "requirement"
    OBSERVATION = "observation"


@dataclass(frozen=True, eq=False)
class Claim:
    """One row of a table of properties.

    Parameters
    ----------
    name
        How the command line calls it.
    words
        What it says, in one plain sentence.
    asked
        The property.
    role
        Requirement or observation.
    witness
        A `sometimes` that shows that the claim is about something that happens.
    assumptions
        What must be granted beyond the system's own fairness, and what to keep in mind when reading it.
    expected
        The verdict expected of each variant, by its name; false claims are recorded too.

    Examples
    --------
    >>> from lifecheck import never
    >>> expected = {"shipped": Verdict.VIOLATED}
    >>> claim = Claim("dark", "the lamp stays dark", never("lamp == 'on'"), expected=expected)
    >>> claim.is_met(Verdict.VIOLATED, "shipped"), claim.is_met(Verdict.VIOLATED, "mended")
    (True, False)
    """

    name: str
    words: str
    asked: Property
    role: Role = field(default=Role.REQUIREMENT, kw_only=True)
    witness: Property | None = field(default=None, kw_only=True)
    assumptions: str = field(default="", kw_only=True)
    expected: Mapping[str, Verdict] = field(default_factory=dict, kw_only=True)

    def is_met(self, verdict: Verdict, variant: str | None = None) -> bool:
        """Whether a verdict is the expected one or, where nothing is expected, an acceptable one.

        Without expectation a requirement must hold, and an observation must be decided.

        Examples
        --------
        >>> from lifecheck import never
        >>> claim = Claim("dark", "the lamp stays dark", never("lamp == 'on'"))
        >>> claim.is_met(Verdict.HOLDS), claim.is_met(Verdict.VIOLATED)
        (True, False)
        """
        if variant is not None and variant in self.expected:
            return verdict is self.expected[variant]
        if self.role is Role.OBSERVATION:
            return verdict in (Verdict.HOLDS, Verdict.VIOLATED)
        return verdict is Verdict.HOLDS

    def wording(self, verdict: Verdict) -> str:
        """Return a verdict in words; an observation is reachable or not rather than right or wrong.

        Examples
        --------
        >>> from lifecheck import sometimes
        >>> Claim("rings", "it rings", sometimes(bool), role=Role.OBSERVATION).wording(Verdict.VIOLATED)
        'unreachable'
        """
        if self.role is Role.OBSERVATION and verdict in (Verdict.HOLDS, Verdict.VIOLATED):
            return "reachable" if verdict is Verdict.HOLDS else "unreachable"
        return str(verdict)


def claim_named(claims: Claim | Iterable[Claim], name: str) -> Claim:
    """Return the claim of this name.

    Parameters
    ----------
    claims
        A table of claims, or a single one.
    name
        Its name.

    Raises
    ------
    InputError
        If there is none; names the nearest.

    Examples
    --------
    >>> from lifecheck import never
    >>> claim_named([Claim("dark", "the lamp stays dark", never("lamp == 'on'"))], "dark").words
    'the lamp stays dark'
    """
    named = {claim.name: claim for claim in ([claims] if isinstance(claims, Claim) else claims)}
    if name not in named:
        raise InputError(f"there is no property {name!r}; " + did_you_mean(name, named))
    return named[name]


def refuse_same_names(claims: Iterable[Claim]) -> None:
    """Raise if two claims have one name, by which the command and the tests call them.

    Raises
    ------
    InputError
        If there are two.

    Examples
    --------
    >>> from lifecheck import never
    >>> dark = Claim("dark", "the lamp stays dark", never("lamp == 'on'"))
    >>> refuse_same_names([dark, Claim("dark", "the hall stays dark", never("hall == 'lit'"))])
    Traceback (most recent call last):
    lifecheck.errors.InputError: two claims are called 'dark' (the lamp stays dark; the hall stays dark); rename one
    """
    words: dict[str, str] = {}
    for claim in claims:
        if claim.name in words:
            raise InputError(
                f"two claims are called {claim.name!r} ({words[claim.name]}; {claim.words}); rename one"
                if words[claim.name] != claim.words
                else f"claim {claim.name!r} is listed twice; leave one of them out"
            )
        words[claim.name] = claim.words
