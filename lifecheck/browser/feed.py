"""What the page asks, answered as plain data from the real machines: the one feed, whoever carries its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any

from lifecheck.browser.closed_loop import ClosedLoop, closed_loop
from lifecheck.browser.places import Places
from lifecheck.browser.settings import STRONG, declared_fairness, with_fairness
from lifecheck.checking import Evidence, Judgement, Result, check_by, judge
from lifecheck.diagrams import lifecycle_diagram, place_id, run_diagram
from lifecheck.errors import InputError, did_you_mean
from lifecheck.machines import Tables
from lifecheck.properties import Claim, Property, Verdict, sometimes
from lifecheck.reports import regression_test, run_as_test
from lifecheck.statespace import Explorer, names_of_owed
from lifecheck.system import System
from lifecheck.version import __version__

LIMIT = 100_000
"""How many states are visited for a verdict unless told otherwise; nobody at a page would wait for more."""

PICTURES = ("lifecycle",)
"""The pictures that can be asked for."""

COPIES = ("pytest", "mermaid")
"""The forms in which a run can be asked for."""

_MOST_KEPT = 100
"""For how many settings of fairness the verdicts of a variant are kept, for those that go to and fro."""


class Feed:
    """Answers what the page asks of some variants.

    A state is shown by its number among those that were come to; only this object knows it. What is fired to walk is
    fired once, and what is fired to judge once more: a machine that does something else meanwhile is found out by
    both, and no verdict rests on what an earlier page asked.

    Parameters
    ----------
    variants
        The systems by name.
    claims
        What is claimed of them.
    name
        Where the systems are, as ``package.module:name``, for tests that import them.
    claims_name
        Where the claims are, likewise.
    lanes
        Components that share the lifecycle picture, with their titles; without it, all but observers.
    limit
        How many states are visited for a verdict.

    Raises
    ------
    LifecheckError
        If a system cannot be explored.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> feed = Feed({"hall": System("hall", [lamp])}, [Claim("dark", "it stays dark", never("lamp == 'on'"))])
    >>> feed.start("hall")["possible"], feed.step("hall", 0, "switch")["possible"]
    (['switch'], [])
    >>> feed.judge("hall")["claims"][0]["verdict"]
    'violated'
    """

    def __init__(
        self,
        variants: Mapping[str, System],
        claims: Sequence[Claim] = (),
        *,
        name: str = "",
        claims_name: str = "",
        lanes: Mapping[str, str] | None = None,
        limit: int = LIMIT,
    ) -> None:
        self.claims = tuple(claims)
        self.name = name
        self.limit = limit
        self._claims_name = claims_name
        self._lanes = dict(lanes or {})
        self._variants = {
            one.name: one for variant, system in variants.items() for one in _by_start(variant, system, self.claims)
        }

    def describe(self) -> dict[str, Any]:
        """Return what there is: variants with their components and triggers, and the claims."""
        return {
            "name": self.name,
            "version": __version__,
            "variants": {name: self._described(one) for name, one in self._variants.items()},
            "claims": [
                {
                    "name": claim.name,
                    "words": claim.words,
                    "formula": claim.asked.formula,
                    "kind": str(claim.asked.kind),
                    "role": str(claim.role),
                    "assumptions": claim.assumptions,
                }
                for claim in self.claims
            ],
            "can": {"judge": "any", "judge_run": True, "pictures": list(PICTURES), "copies": list(COPIES)},
        }

    def places(self, variant: str) -> Places:
        """Return what was come to of a variant.

        Raises
        ------
        InputError
            If there is no such variant.
        """
        return self._variant(variant).places

    def start(self, variant: str) -> dict[str, Any]:
        """Return the state where a variant starts."""
        one = self._variant(variant)
        with one.walking:
            return one.places.told(0)

    def step(self, variant: str, state: int, trigger: str) -> dict[str, Any]:
        """Return the state that a trigger leads to.

        Raises
        ------
        BlockedError
            If some component blocks it.
        InputError
            If nobody came to the state.
        """
        one = self._variant(variant)
        with one.walking:
            return one.places.told(one.places.step(state, trigger))

    def judge(self, variant: str, fairness: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the verdict of every claim, under the fairness declared or another.

        Parameters
        ----------
        variant
            The variant.
        fairness
            As for `with_fairness`.
        """
        one = self._variant(variant)
        system = with_fairness(one.system, fairness or {})
        settings = declared_fairness(one.system) | dict(fairness or {})
        key = json.dumps(settings, sort_keys=True)
        with one.judging:
            if key not in one.judged:
                if len(one.judged) >= _MOST_KEPT:
                    one.judged.clear()
                explorer = Explorer(one.tables)  # its graphs end with the answer, what it fired stays
                one.judged[key] = {
                    "fairness": settings,
                    "claims": [self._judged(one, system, claim, explorer) for claim in self.claims],
                }
            return one.judged[key]

    def judge_run(
        self,
        variant: str,
        stem: Sequence[str],
        loop: Sequence[str],
        fairness: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return whether a loop closes and is fair, what it owes, and which claims the run refutes.

        Raises
        ------
        BlockedError
            If the run cannot be taken.
        """
        system = with_fairness(self._variant(variant).system, fairness or {})
        found = self._closed(system, stem, loop)
        settings = declared_fairness(system)
        return {
            "closes": found.closes,
            "fair": found.is_fair,
            "owed": [
                {
                    "name": name,
                    "setting": settings[name],
                    "words": _owed_words(settings[name], bool(loop)),
                }
                for name in found.owed
            ],
            "claims": [
                {"name": claim.name, "refutes": said.refutes, "words": said.words}
                for claim, said in zip(self.claims, found.said, strict=True)
            ],
        }

    def picture(self, variant: str, kind: str) -> dict[str, Any]:
        """Return a picture as SVG, and the ids of its states.

        Raises
        ------
        InputError
            If it cannot be drawn; says why.
        """
        if kind not in PICTURES:
            raise InputError(f"there is no picture {kind!r}; " + did_you_mean(kind, PICTURES))
        one = self._variant(variant)
        with one.judging:
            if kind not in one.pictures:
                one.pictures[kind] = self._drawn(one.system)
            return one.pictures[kind]

    def copy(self, variant: str, kind: str, stem: Sequence[str], loop: Sequence[str] | None = None) -> dict[str, Any]:
        """Return a run as text: a pytest file, or a Mermaid sequence diagram.

        A run that refutes a claim under the fairness declared becomes a regression test of that claim; any other
        becomes a test that replays it.

        Raises
        ------
        InputError
            If another file cannot import the machines, or the run is too long to draw.
        """
        if kind not in COPIES:
            raise InputError(f"a run cannot be copied as {kind!r}; " + did_you_mean(kind, COPIES))
        one = self._variant(variant)
        taken = [*stem, *(loop or ())]
        if kind == "mermaid":
            states = [one.places.view(0)]
            with one.walking:
                place = 0
                for trigger in taken:
                    place = one.places.step(place, trigger)
                    states.append(one.places.view(place))
            return {"text": run_diagram(one.system, taken, states, len(stem) if loop else None).text("mermaid")}
        if one.variant != one.name:
            raise InputError("a test imports the variant, which does not say in which of its states it starts")
        for claim, said in zip(self.claims, self._closed(one.system, stem, loop or ()).said, strict=True):
            if said.refutes and said.system is not None and (loop is not None or not claim.asked.kind.is_liveness):
                result = Result(said.system, claim.asked, Verdict.VIOLATED, 0, 0, said.evidence)
                text = regression_test(
                    result,
                    source=self.name or None,
                    variant=one.variant,
                    claim=claim,
                    claims=self._claims_name or None,
                )
                return {"text": text}
        return {"text": run_as_test(one.system, taken, source=self.name, variant=one.variant)}

    def _variant(self, name: str) -> _Variant:
        if name not in self._variants:
            raise InputError(f"there is no variant {name!r}; " + did_you_mean(name, self._variants))
        return self._variants[name]

    def _described(self, one: _Variant) -> dict[str, Any]:
        system = one.system
        observers = {part.name for part in system.observers}
        groups = {name: list(members) for name, members in names_of_owed(system).items() if len(members) > 1}
        return {
            "digest": _digest(system),
            "components": [
                {"name": part.name, "observer": part.name in observers, "states": list(part.states)}
                for part in system.parts
            ],
            "triggers": [
                {
                    "name": trigger,
                    "meaning": system.meanings.get(trigger, ""),
                    "components": [part.name for part in system.owners[trigger]],
                }
                for trigger in system.triggers
            ],
            "groups": groups,
            "fairness": declared_fairness(system),
        }

    def _judged(self, one: _Variant, system: System, claim: Claim, explorer: Explorer) -> dict[str, Any]:
        judgement = judge(one.name, system, claim, limit=self.limit, explorer=explorer)
        result = judgement.result
        witness = self._witness(system, judgement, explorer)
        expected = claim.expected.get(one.name)
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
            "counterexample": _run_of(result.counterexample),
            "witness": None if witness is None else _run_of(witness),
        }

    def _witness(self, system: System, judgement: Judgement, explorer: Explorer) -> Evidence | None:
        """Return a run that shows what the claim is about: its witness, or that its obligation does arise."""
        claim = judgement.claim
        if claim.asked.kind.is_reachability:
            return judgement.result.evidence if judgement.verdict is Verdict.HOLDS else None
        shown: Property | None = claim.witness
        if shown is None and claim.asked.given is not None:
            shown = sometimes(claim.asked.given)
        if shown is None or judgement.verdict is Verdict.UNKNOWN:
            return None
        result = check_by(explorer, system, shown, limit=self.limit)
        return result.evidence if result.verdict is Verdict.HOLDS else None

    def _closed(self, system: System, stem: Sequence[str], loop: Sequence[str]) -> ClosedLoop:
        return closed_loop(system, [claim.asked for claim in self.claims], stem, loop)

    def _drawn(self, system: System) -> dict[str, Any]:
        parts = {part.name: part for part in system.components}
        lanes = {name: title for name, title in self._lanes.items() if name in parts} or {name: name for name in parts}
        diagram = lifecycle_diagram(system, lanes, limit=self.limit, identified=True)
        ids = {
            name: {state: place_id(lane, number) for number, state in enumerate(parts[name].states)}
            for lane, name in enumerate(lanes)
        }
        return {"svg": diagram.svg(), "description": diagram.description, "ids": ids}


@dataclass
class _Variant:
    """A system that starts in one state, with what was fired of it."""

    name: str
    variant: str
    system: System
    places: Places
    tables: Tables = field(default_factory=Tables)
    judged: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: dict[str, dict[str, Any]] = field(default_factory=dict)
    walking: Lock = field(default_factory=Lock)
    judging: Lock = field(default_factory=Lock)


def _by_start(variant: str, system: System, claims: Sequence[Claim]) -> Iterator[_Variant]:
    """Yield the variant once for each choice of initial states, which its name tells where there are several."""
    for one in system.by_start:
        name = variant
        if system.has_several_starts:
            chosen = (part.name for part in system.parts if part.starts)
            initial = {part.name: part.initial for part in one.parts}
            name = f"{variant} ({', '.join(f'{part} {initial[part]}' for part in chosen)})"
        yield _Variant(name, variant, one, Places(one, claims))


def _run_of(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {
        "stem": list(evidence.stem),
        "loop": None if evidence.loop is None else list(evidence.loop),
        "shortest": evidence.shortest,
    }


def _owed_words(setting: str, is_repeated: bool) -> str:
    if not is_repeated:
        return "it is possible where the run stays"
    if setting == STRONG:
        return "it is possible in the loop and never taken"
    return "it is possible all through the loop and never taken"


def _digest(system: System) -> str:
    """Return by what a link tells that it was made on another version: names, states, rows and fairness."""
    parts = [
        [
            part.name,
            list(part.states),
            part.initial,
            [[row.trigger, str(row.source), str(row.dest)] for row in part.rows],
        ]
        for part in system.parts
    ]
    return sha256(json.dumps([parts, declared_fairness(system)]).encode()).hexdigest()[:12]
