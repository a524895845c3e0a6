"""What the named variants suggest of a property, and the settings of the whole lattice that are exceptions to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from lifecheck import Claim, Verdict
from lifecheck.changes import Cause
from lifecheck.sweeps import Summary, fewest_conditions
from model.configuration import Configuration


@dataclass(frozen=True)
class Suggestion:
    """One condition under which the named variants alone suggest that a property fails.

    Parameters
    ----------
    cause
        The condition.
    met
        How many settings of the lattice meet it.
    exceptions
        In how many of these the property is not violated.
    """

    cause: Cause
    met: int
    exceptions: int


@dataclass(frozen=True)
class Exceptions:
    """What the lattice says of what the named variants suggest.

    Parameters
    ----------
    suggestions
        The fewest conditions that tell the named variants in which the property is violated from the others.
    elsewhere
        The settings that meet none of them, and in which the property is violated; those first that have the fewest
        switches set to something else than they are when nothing is said.
    """

    suggestions: tuple[Suggestion, ...]
    elsewhere: tuple[dict[str, str], ...]


def exceptions(summary: Summary, claim: Claim, named: Mapping[str, Configuration]) -> Exceptions:
    """Return what the lattice says of what the named variants suggest of one claim.

    Parameters
    ----------
    summary
        Of the whole lattice.
    claim
        The claim, with the verdicts that are recorded of the named variants.
    named
        The configurations that have a name; of those outside the lattice nothing is taken.
    """
    found = {False: [], True: []}  # type: dict[bool, list[tuple[int, ...]]]
    for name, verdict in claim.expected.items():
        if name in named:
            found[verdict is Verdict.VIOLATED].append(_point(summary.over, named[name]))
    causes = fewest_conditions(summary.over, found[True], found[False]).causes
    settings = [
        {switch: values[at] for (switch, values), at in zip(summary.over.items(), point, strict=True)}
        for point in summary.points
    ]
    violated = [verdict is Verdict.VIOLATED for verdict in summary.verdicts_of(claim)]
    suggestions = []
    unmet = [True] * len(settings)
    for cause in causes:
        met = [at for at, one in enumerate(settings) if _meets(one, cause)]
        suggestions.append(Suggestion(cause, len(met), sum(not violated[at] for at in met)))
        for at in met:
            unmet[at] = False
    elsewhere = [
        one for one, is_violated, is_unmet in zip(settings, violated, unmet, strict=True) if is_violated and is_unmet
    ]
    return Exceptions(tuple(suggestions), tuple(sorted(elsewhere, key=lambda one: len(_differing(one)))))


def as_markdown(claim: Claim, found: Exceptions) -> Iterator[str]:
    """Yield the lines that tell of one claim."""
    yield f"**{claim.words}** (`{claim.name}`)"
    yield ""
    if not found.suggestions:
        yield "* suggested: it fails nowhere"
    for one in found.suggestions:
        told = (
            f"in {one.exceptions:,} of {one.met:,} settings it does not"
            if one.exceptions
            else f"so it does, in {one.met:,} settings"
        )
        yield f"* suggested: it fails where {one.cause if one.cause.fixed else 'anything'}; {told}"
    if found.elsewhere:
        first = ", ".join(f"{switch} {value}" for switch, value in _differing(found.elsewhere[0]).items())
        yield f"* it fails in {len(found.elsewhere):,} settings that meet none of this, as in: {first or 'nothing set'}"
    else:
        yield "* it fails nowhere else"
    yield ""


def _differing(settings: Mapping[str, str]) -> dict[str, str]:
    """Return what is set otherwise than when nothing is said."""
    usual = Configuration()
    return {switch: value for switch, value in settings.items() if str(attrgetter(switch)(usual)) != value}


def _point(over: Mapping[str, Sequence[str]], configuration: Configuration) -> tuple[int, ...]:
    return tuple(list(values).index(str(attrgetter(switch)(configuration))) for switch, values in over.items())


def _meets(settings: Mapping[str, str], cause: Cause) -> bool:
    return all(settings[switch] in kept for switch, kept in cause.fixed.items())
