"""Checks a table of claims on named variants, and compares each verdict with the expected one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lifecheck.checking.check import check_by, settled
from lifecheck.checking.engines import Engine
from lifecheck.checking.result import Evidence, Result
from lifecheck.errors import InputError
from lifecheck.machines import Subject, Tables, system_of
from lifecheck.properties import Claim, Final, Property, Role, Verdict, can_end, refuse_same_names
from lifecheck.statespace import STATE_LIMIT, Explorer
from lifecheck.symbolic import DEFAULT_MEMORY
from lifecheck.system import Guards, System


@dataclass(frozen=True)
class Judgement:
    """One claim on one variant.

    Parameters
    ----------
    variant
        Name of the variant.
    claim
        What was claimed.
    result
        What the check of the claim's property answered.
    verdict
        That answer, or `vacuous` where the property holds but the claim's witness cannot happen.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> claim = Claim("dark", "the lamp stays dark", never("lamp == 'on'"), expected={"lamp": Verdict.VIOLATED})
    >>> judgement = judge("lamp", System("lamp", [lamp]), claim)
    >>> judgement.is_expected, judgement.is_counterexample
    (True, True)
    """

    variant: str
    claim: Claim
    result: Result
    verdict: Verdict

    @property
    def expected(self) -> Verdict | None:
        """The recorded verdict, if one is recorded."""
        return self.claim.expected.get(self.variant)

    @property
    def is_expected(self) -> bool:
        """Whether the verdict is the recorded one or, where none is, an acceptable one."""
        return self.claim.is_met(self.verdict, self.variant)

    @property
    def is_counterexample(self) -> bool:
        """Whether a requirement is violated, so that there is a story to tell."""
        return self.verdict is Verdict.VIOLATED and self.claim.role is Role.REQUIREMENT

    def as_json(self) -> dict[str, Any]:
        """Return the judgement as plain data."""
        return {
            "variant": self.variant,
            "property": self.claim.name,
            "kind": str(self.claim.role),
            "verdict": str(self.verdict),
            "expected": None if self.expected is None else str(self.expected),
            "states": self.result.states,
            "transitions": self.result.transitions,
            "instances": self.result.instances,
            "decided_by": self.result.decided_by,
            "reason": self.result.reason(),
            "assumptions": list(self.result.assumptions) if self.verdict is Verdict.HOLDS else [],
            "engine": self.result.engine,
            "note": self.result.note,
            "evidence": _evidence_as_json(self.result.evidence),
        }


Checker = Callable[[System, Property], Result]
"""What decides a property on a system."""


def judge(
    variant: str,
    system: System,
    claim: Claim,
    *,
    limit: int = STATE_LIMIT,
    by: Checker | None = None,
    explorer: Explorer | None = None,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
) -> Judgement:
    """Check one claim, and its witness where the claim holds.

    Parameters
    ----------
    variant
        Name under which the expected verdict is recorded.
    system
        The variant.
    claim
        The claim.
    limit
        The largest number of states to visit.
    by
        What decides instead of `check`, such as `lifecheck.instances.check_instances` for a number of instances.
    explorer
        Owns what is explored, where several claims are judged on one system; without it, it is explored anew.
    engine, memory
        As for `check`.

    Examples
    --------
    >>> from lifecheck import Component, Row, never, sometimes
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch_on", "off", "on")], {"switch_on"})
    >>> claim = Claim("no-fire", "no fire", never(lambda s: False), witness=sometimes(lambda s: False))
    >>> str(judge("lamp", System("lamp", [lamp]), claim).verdict)
    'vacuous'
    """
    known = explorer or Explorer()

    def checked(one: System, asked: Property) -> Result:
        return check_by(known, one, asked, limit=limit, engine=engine, memory=memory)

    decide = by or checked
    result = settled(decide(system, claim.asked))
    verdict = result.verdict
    if verdict is Verdict.HOLDS and claim.witness is not None:
        witness = decide(system, claim.witness)
        if witness.verdict is Verdict.VIOLATED:
            verdict = Verdict.VACUOUS
    return Judgement(variant, claim, result, verdict)


def verify(
    systems: Mapping[str, Subject],
    claims: Iterable[Claim] = (),
    *,
    attributes: Iterable[str] = (),
    ignored: Iterable[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    final: Final = (),
    guards: Guards | None = None,
    limit: int = STATE_LIMIT,
    engine: Engine | None = None,
    memory: int = DEFAULT_MEMORY,
    progress: Callable[[Judgement], None] | None = None,
) -> tuple[Judgement, ...]:
    """Check every claim on every variant; claims in order, and for each the variants in order.

    Parameters
    ----------
    systems
        The variants by name, each what `check` takes.
    claims
        What is claimed of them; none only where `final` asks.
    attributes, ignored, arguments, guards
        As for `check`, where the variants are machines.
    final
        States in which a run may end, as for `check`: adds the claim ``can-end``, that a run always can.
    limit
        The largest number of states to visit of each.
    engine, memory
        As for `check`.
    progress
        Is called with each judgement as it is made, variant by variant.

    Raises
    ------
    LifecheckError
        If a system or a predicate cannot be used, or two claims have one name.

    Examples
    --------
    >>> from lifecheck import Component, Row, System, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> claim = Claim("dark", "the lamp stays dark", never("lamp == 'on'"))
    >>> systems = {"lamp": System("lamp", [lamp])}
    >>> [(one.variant, one.claim.name, str(one.verdict)) for one in verify(systems, [claim])]
    [('lamp', 'dark', 'violated')]
    >>> [str(one.verdict) for one in verify(systems, final=["off"])]
    ['violated']
    """
    if not isinstance(systems, Mapping):
        raise InputError(f"systems is {systems!r}; write the variants by name: {{'plain': ...}}")
    if not systems:
        raise InputError("systems names no variant; write one by name: {'plain': ...}")
    listed = (claims,) if isinstance(claims, Claim) else tuple(claims) if isinstance(claims, Iterable) else (claims,)
    for claim in listed:
        if not isinstance(claim, Claim):
            written = claim.formula if isinstance(claim, Property) else repr(claim)
            raise InputError(
                f"claims holds {written}, which is no claim; write Claim('name', 'what it says', never(...)), or ask "
                "check(..., never(...))"
            )
    given = {
        name: system_of(subject, attributes=attributes, ignored=ignored, arguments=arguments, guards=guards)
        for name, subject in systems.items()
    }
    asked = (*listed, *can_end(given.values(), final))
    if not asked:
        raise InputError("nothing is asked; write claims, or final=[...]")
    refuse_same_names(asked)
    tables = Tables()
    found: dict[tuple[Claim, str], Judgement] = {}
    for name, system in given.items():
        explorer = Explorer(tables)  # the graphs of one variant serve all its claims, and then are forgotten
        for claim in asked:
            found[claim, name] = judge(
                name, system, claim, limit=limit, explorer=explorer, engine=engine, memory=memory
            )
            if progress is not None:
                progress(found[claim, name])
    return tuple(found[claim, name] for claim in asked for name in given)


def _evidence_as_json(evidence: Evidence | None) -> dict[str, list[str]] | None:
    if evidence is None:
        return None
    return {"stem": list(evidence.stem), "loop": list(evidence.loop or ())}
