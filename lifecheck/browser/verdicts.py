"""Verdicts as the page reads them: each with the runs that show it."""

from __future__ import annotations

from typing import Any

from lifecheck.browser.closed_loop import ClosedLoop
from lifecheck.browser.settings import STRONG, declared_fairness
from lifecheck.checking import Evidence, Judgement, check_by, judge
from lifecheck.errors import PredicateError
from lifecheck.properties import Claim, Property, Verdict, sometimes
from lifecheck.statespace import Explorer
from lifecheck.system import System

NOT_DECIDED = "not decided"
"""What is said of a claim whose predicate cannot be asked, in place of a verdict."""


def told_verdict(variant: str, system: System, claim: Claim, limit: int, explorer: Explorer) -> dict[str, Any]:
    """Return the verdict of a claim, its counterexample, and a run that shows what it is about.

    A claim whose predicate cannot be asked is not decided, and says why; the others are.

    Parameters
    ----------
    variant
        How the system is called, where verdicts are expected of it.
    system
        It, with its fairness.
    claim
        What is claimed.
    limit
        How many states are visited.
    explorer
        What explores.
    """
    expected = claim.expected.get(variant)
    try:
        judgement = judge(variant, system, claim, limit=limit, explorer=explorer)
        witness = _witness(system, judgement, limit, explorer)
    except PredicateError as error:
        return {
            "name": claim.name,
            "verdict": str(Verdict.UNKNOWN),
            "words": NOT_DECIDED,
            "good": False,
            "expected": None if expected is None else str(expected),
            "states": None,
            "engine": None,
            "assumptions": [],
            "note": " ".join(str(error).split()),
            "counterexample": None,
            "witness": None,
        }
    result = judgement.result
    return {
        "name": claim.name,
        "verdict": str(judgement.verdict),
        "words": claim.wording(judgement.verdict),
        "good": claim.is_met(judgement.verdict),
        "expected": None if expected is None else str(expected),
        "states": result.states,
        "engine": result.engine,
        "assumptions": list(result.assumptions) if judgement.verdict is Verdict.HOLDS else [],
        "note": result.note,
        "counterexample": told_run(result.counterexample),
        "witness": told_run(witness),
    }


def told_run(evidence: Evidence | None) -> dict[str, Any] | None:
    """Return a run as triggers, its loop by itself; None where there is none."""
    if evidence is None:
        return None
    return {
        "stem": list(evidence.stem),
        "loop": None if evidence.loop is None else list(evidence.loop),
        "shortest": evidence.shortest,
    }


def told_loop(system: System, claims: tuple[Claim, ...], found: ClosedLoop, is_repeated: bool) -> dict[str, Any]:
    """Return what is to be said of a run that somebody closed: what it owes, and what it refutes."""
    settings = declared_fairness(system)
    return {
        "closes": found.closes,
        "fair": found.is_fair,
        "owed": [
            {
                "name": name,
                "setting": settings[name],
                "words": _owed_words(settings[name], is_repeated),
            }
            for name in found.owed
        ],
        "claims": [
            {"name": claim.name, "refutes": said.refutes, "words": said.words}
            for claim, said in zip(claims, found.said, strict=True)
        ],
    }


def _witness(system: System, judgement: Judgement, limit: int, explorer: Explorer) -> Evidence | None:
    """Return a run that shows what the claim is about: its witness, or that its obligation does arise."""
    claim = judgement.claim
    if claim.asked.kind.is_reachability:
        return judgement.result.evidence if judgement.verdict is Verdict.HOLDS else None
    shown: Property | None = claim.witness
    if shown is None and claim.asked.given is not None:
        shown = sometimes(claim.asked.given)
    if shown is None or judgement.verdict is Verdict.UNKNOWN:
        return None
    result = check_by(explorer, system, shown, limit=limit)
    return result.evidence if result.verdict is Verdict.HOLDS else None


def _owed_words(setting: str, is_repeated: bool) -> str:
    if not is_repeated:
        return "it is possible where the run stays"
    if setting == STRONG:
        return "it is possible in the loop and never taken"
    return "it is possible all through the loop and never taken"
