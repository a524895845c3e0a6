"""A run as text that is taken elsewhere: a test, or a picture."""

from __future__ import annotations

from collections.abc import Sequence

from lifecheck.browser.closed_loop import closed_loop
from lifecheck.browser.variant import Variant
from lifecheck.checking import Result
from lifecheck.diagrams import Diagram, run_diagram
from lifecheck.errors import InputError
from lifecheck.properties import Claim, Verdict
from lifecheck.reports import regression_test, run_as_test


def sequence_of(one: Variant, stem: Sequence[str], loop: Sequence[str] | None) -> Diagram:
    """Return the sequence diagram of a run.

    Raises
    ------
    BlockedError
        If the run cannot be taken.
    TooLargeError
        If it is too long to draw.
    """
    taken = [*stem, *(loop or ())]
    states = [one.places.view(0)]
    with one.walking:
        place = 0
        for trigger in taken:
            place = one.places.step(place, trigger)
            states.append(one.places.view(place))
    return run_diagram(one.system, taken, states, len(stem) if loop else None)


def as_test(
    one: Variant,
    claims: Sequence[Claim],
    stem: Sequence[str],
    loop: Sequence[str] | None,
    *,
    name: str,
    claims_name: str,
) -> str:
    """Return a run as a pytest file: the regression test of the first claim that it refutes, or one that replays it.

    Parameters
    ----------
    one
        Whose run it is.
    claims
        What may be refuted.
    stem, loop
        Its triggers; without a loop, it just ends.
    name, claims_name
        Where the systems and the claims are imported from.

    Raises
    ------
    InputError
        If another file cannot import the machines.
    """
    if one.variant != one.name:
        raise InputError("a test imports the variant, which does not say in which of its states it starts")
    found = closed_loop(one.system, [claim.asked for claim in claims], stem, loop or ())
    for claim, said in zip(claims, found.said, strict=True):
        if said.refutes and said.system is not None and (loop is not None or not claim.asked.kind.is_liveness):
            return regression_test(
                Result(said.system, claim.asked, Verdict.VIOLATED, 0, 0, said.evidence),
                source=name or None,
                variant=one.variant,
                claim=claim,
                claims=claims_name or None,
            )
    return run_as_test(one.system, [*stem, *(loop or ())], source=name, variant=one.variant)
