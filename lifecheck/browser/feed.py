"""What the page asks, answered as plain data from the real machines: the one feed, whoever carries its answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lifecheck.browser.closed_loop import closed_loop
from lifecheck.browser.continuation import nearest_violation
from lifecheck.browser.copies import as_test, sequence_of
from lifecheck.browser.places import Places
from lifecheck.browser.settings import declared_fairness, with_fairness
from lifecheck.browser.surroundings import AROUND, PARTS, PROJECTED, surroundings
from lifecheck.browser.variant import Variant, by_start
from lifecheck.browser.verdicts import told_loop, told_run, told_verdict
from lifecheck.diagrams import can_render, lifecycle_diagram, place_id
from lifecheck.errors import InputError, did_you_mean
from lifecheck.properties import Claim, claim_named
from lifecheck.statespace import Explorer
from lifecheck.system import System
from lifecheck.version import __version__

LIMIT = 100_000
"""How many states are visited for a verdict unless told otherwise; nobody at a page would wait for more."""

LIFECYCLE, SEQUENCE = "lifecycle", "sequence"
PICTURES = (LIFECYCLE, AROUND, PROJECTED, PARTS, SEQUENCE)
"""The pictures that can be asked for."""

COPIES = ("pytest", "mermaid")
"""The forms in which a run can be asked for."""

_MOST_KEPT = 100
"""For how many settings of fairness the verdicts of a variant are kept, for those that go to and fro."""

_MOST_DEPTH = 12
"""How many steps around a state can be asked for."""


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
    render
        Draws DOT as SVG; Graphviz, unless given.

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
        render: Callable[[str], str] | None = None,
    ) -> None:
        self.claims = tuple(claims)
        self.name = name
        self.limit = limit
        self._claims_name = claims_name
        self._lanes = dict(lanes or {})
        self._render = render
        self._variants = {
            one.name: one for variant, system in variants.items() for one in by_start(variant, system, self.claims)
        }

    def describe(self) -> dict[str, Any]:
        """Return what there is: variants with their components and triggers, and the claims."""
        pictures = PICTURES if self._render or can_render() else (SEQUENCE,)  # which no Graphviz draws
        return {
            "name": self.name,
            "version": __version__,
            "variants": {name: one.described() for name, one in self._variants.items()},
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
            "can": {
                "judge": "any",
                "judge_run": True,
                "nearest": True,
                "pictures": list(pictures),
                "copies": list(COPIES),
            },
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
                    "claims": [told_verdict(one.name, system, claim, self.limit, explorer) for claim in self.claims],
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
        found = closed_loop(system, [claim.asked for claim in self.claims], stem, loop)
        return told_loop(system, self.claims, found, bool(loop))

    def nearest(
        self, variant: str, claim: str, taken: Sequence[str], fairness: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the shortest run that goes on from another and violates a claim.

        Raises
        ------
        BlockedError
            If the run cannot be taken.
        InputError
            If there is no such claim, or the run is too long.
        """
        one = self._variant(variant)
        system = with_fairness(one.system, fairness or {})
        asked = claim_named(self.claims, claim).asked
        with one.judging:
            found = nearest_violation(system, asked, taken, limit=self.limit, explorer=Explorer(one.tables))
        return {"words": found.words, "run": told_run(found.evidence)}

    def picture(
        self,
        variant: str,
        kind: str,
        state: int = 0,
        shown: Sequence[str] | None = None,
        steps: int = 2,
        stem: Sequence[str] = (),
        loop: Sequence[str] | None = None,
    ) -> dict[str, Any]:
        """Return a picture as SVG, in words, and where one is in it.

        Parameters
        ----------
        variant, kind
            Of which variant, and one of `PICTURES`.
        state
            Where one is.
        shown
            The components whose states are told; without it, all but observers.
        steps
            How far to look around.
        stem, loop
            The run, for its sequence diagram.

        Raises
        ------
        InputError
            If it cannot be drawn; says why.
        """
        if kind not in PICTURES:
            raise InputError(f"there is no picture {kind!r}; " + did_you_mean(kind, PICTURES))
        one = self._variant(variant)
        if kind == SEQUENCE:
            diagram = sequence_of(one, stem, loop)
            return {"svg": diagram.svg(), "description": diagram.description}
        if kind == LIFECYCLE:
            with one.judging:
                if kind not in one.pictures:
                    one.pictures[kind] = self._lifecycle(one.system)
                return one.pictures[kind]
        depth = min(max(steps, 0), _MOST_DEPTH)
        with one.walking:
            return surroundings(one.places, kind, state, self._ticked(one, shown), depth, self._render)

    def picture_for_all(self, variant: str, kind: str, shown: Sequence[str] | None = None) -> dict[str, Any]:
        """Return a picture of every state, and in which box each is, for those who cannot ask for one at each.

        Parameters
        ----------
        variant, kind, shown
            As for `picture`; `PROJECTED` or `PARTS`.

        Raises
        ------
        InputError
            If it cannot be drawn; says why.
        """
        one = self._variant(variant)
        with one.walking:
            return surroundings(one.places, kind, 0, self._ticked(one, shown), 0, self._render, for_all=True)

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
        if kind == "mermaid":
            return {"text": sequence_of(one, stem, loop).text("mermaid")}
        return {"text": as_test(one, self.claims, stem, loop, name=self.name, claims_name=self._claims_name)}

    def _variant(self, name: str) -> Variant:
        if name not in self._variants:
            raise InputError(f"there is no variant {name!r}; " + did_you_mean(name, self._variants))
        return self._variants[name]

    def _ticked(self, one: Variant, shown: Sequence[str] | None) -> Sequence[str]:
        return [part.name for part in one.system.components] if shown is None else shown

    def _lifecycle(self, system: System) -> dict[str, Any]:
        parts = {part.name: part for part in system.components}
        lanes = {name: title for name, title in self._lanes.items() if name in parts} or {name: name for name in parts}
        diagram = lifecycle_diagram(system, lanes, limit=self.limit, identified=True)
        ids = {
            name: {state: place_id(lane, number) for number, state in enumerate(parts[name].states)}
            for lane, name in enumerate(lanes)
        }
        return {"svg": diagram.svg(self._render), "description": diagram.description, "ids": ids}
