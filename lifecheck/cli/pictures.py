"""Which pictures a project has, by the names of their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count
from typing import Any

from lifecheck.checking import Judgement, Result, judge, kept_run, verify
from lifecheck.cli.picture_kinds import KINDS, OF_CLAIMS
from lifecheck.diagrams import (
    Diagram,
    component_diagram,
    counterexample_diagram,
    lifecycle_diagram,
    listed,
    matrix_diagram,
    pair_diagram,
    sequence_diagram,
    state_space_diagram,
    visible,
)
from lifecheck.errors import TooLargeError
from lifecheck.project import Project
from lifecheck.properties import Kind, Verdict
from lifecheck.system import Component, Row, System

LONGEST_NAME = 200


@dataclass
class Pictures:
    """The pictures of some variants.

    Parameters
    ----------
    project
        Where they come from.
    systems
        The variants by name.
    beside
        Further variants of which the state space alone is drawn.
    is_whole
        Whether the project as a whole is drawn, not variants that somebody chose.
    limit
        The largest number of states to visit.

    Attributes
    ----------
    left_out
        Why a picture was not drawn, a sentence each.
    """

    project: Project
    systems: Mapping[str, System]
    beside: Mapping[str, System] = field(default_factory=dict)
    is_whole: bool = False
    limit: int = 100_000
    left_out: list[str] = field(default_factory=list)

    def draw(self, kinds: Sequence[str] = ()) -> dict[str, Diagram]:
        """Return the pictures of these kinds, or of all."""
        drawing = {
            "component": self._components,
            "lifecycle": self._lifecycles,
            "pair": self._pairs,
            "counterexample": self._counterexamples,
            "sequence": self._sequences,
            "good-run": self._good_runs,
            "state-space": self._state_spaces,
            "matrix": self._matrices,
        }
        chosen = [kind for kind in KINDS if kind in (kinds or KINDS)]
        if not self.project.claims:
            lacking = [OF_CLAIMS[kind] for kind in chosen if kind in OF_CLAIMS]
            chosen = [kind for kind in chosen if kind not in OF_CLAIMS]
            if lacking:
                self.left_out.append(_nothing_claimed(lacking, self.project.name))
        found: dict[str, Diagram] = {}
        for kind in chosen:
            for name, diagram in drawing[kind]():
                found[file_name(name, found)] = diagram
        return found

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every claim on every variant."""
        return verify(self.systems, self.project.claims, limit=self.limit)

    def _drawn(self, name: str, draw: Callable[..., Diagram], *what: Any, **how: Any) -> Iterator[tuple[str, Diagram]]:
        """Draw a picture, or say why it is left out."""
        try:
            yield name, draw(*what, **how)
        except TooLargeError as error:
            self.left_out.append(f"{visible(name)} is not drawn: {error}")

    def _lanes(self, *systems: System) -> dict[str, str]:
        """Return the lanes for components that all of the systems have."""
        lanes = self.project.lanes or {component.name: component.name for component in systems[0].components}
        if self.project.lanes and len(systems) == 1:
            return dict(lanes)  # one that names no component is an error
        common = set.intersection(*({part.name for part in system.parts} for system in systems))
        return {name: title for name, title in lanes.items() if name in common}

    def _components(self) -> Iterator[tuple[str, Diagram]]:
        """Draw each component once; where variants differ in it, once for each kind, named by its first variant."""
        kinds: dict[str, dict[Component, list[str]]] = {}
        for name, system in self.systems.items():
            for component in system.components:
                kinds.setdefault(component.name, {}).setdefault(component, []).append(name)
        for name, found in kinds.items():
            for component, variants in found.items():
                ending, title = "", ""
                if len(found) > 1:
                    ending, title = f"-{variants[0]}", f"Component {name} of {listed(variants)}"
                yield from self._drawn(
                    f"component-{name}{ending}",
                    component_diagram,
                    component,
                    self.systems[variants[0]].meanings,
                    title=title,
                )

    def _lifecycles(self) -> Iterator[tuple[str, Diagram]]:
        for name, system in self.systems.items():
            nearest = self._nearest(name)
            highlight = [] if nearest is None else _rows_apart(system, self.systems[nearest])
            lanes = self._lanes(system)
            yield from self._drawn(
                f"lifecycle-{name}",
                lifecycle_diagram,
                system,
                lanes,
                highlight=highlight,
                mark=f"not in {nearest}",
                limit=self.limit,
            )

    def _nearest(self, name: str) -> str | None:
        """Return the variant that differs in the fewest rows, if any differs."""
        here = _rows(self.systems[name])
        apart = {other: len(here ^ _rows(system)) for other, system in self.systems.items() if other != name}
        return min((other for other in apart if apart[other]), key=apart.__getitem__, default=None)

    def _pairs(self) -> Iterator[tuple[str, Diagram]]:
        """Draw each variant together with the one that is nearest to it."""
        drawn: set[frozenset[str]] = set()
        for name, system in self.systems.items():
            other = self._nearest(name)
            if other is None or {name, other} in drawn:
                continue
            lanes = self._lanes(system, self.systems[other])
            if lanes:
                drawn.add(frozenset((name, other)))
                both = {name: system, other: self.systems[other]}
                yield from self._drawn(f"pair-{name}-{other}", pair_diagram, both, lanes, limit=self.limit)

    def _counterexamples(self) -> Iterator[tuple[str, Diagram]]:
        """Draw the first counterexample of each variant."""
        for name in self.systems:
            found = next((one for one in self.judgements if one.variant == name and one.is_counterexample), None)
            if found is not None:
                title = f"{found.claim.words}: violated on {name}, state by state"
                yield from self._drawn(
                    f"counterexample-{found.claim.name}-{name}",
                    counterexample_diagram,
                    found.result,
                    title=title,
                )

    def _sequences(self) -> Iterator[tuple[str, Diagram]]:
        """Draw every counterexample."""
        for judgement in self.judgements:
            if judgement.is_counterexample and _is_run(judgement.result):
                title = f"{judgement.claim.words}: violated on {judgement.variant}, step by step"
                lifelines = self._lifelines(judgement.result.system)
                yield from self._drawn(
                    f"sequence-{judgement.claim.name}-{judgement.variant}",
                    sequence_diagram,
                    judgement.result,
                    lifelines,
                    title=title,
                )

    def _lifelines(self, system: System) -> dict[str, str] | None:
        chosen = self.project.lifelines or self.project.lanes
        known = {part.name for part in system.parts}
        return {name: title for name, title in chosen.items() if name in known} or None

    def _good_runs(self) -> Iterator[tuple[str, Diagram]]:
        """Draw the shortest runs on which promises that hold are kept, each run once."""
        drawn: set[tuple[str, ...]] = set()
        for judgement in self.judgements:
            if judgement.verdict is not Verdict.HOLDS or not judgement.claim.asked.kind.is_liveness:
                continue
            run = kept_run(self.systems[judgement.variant], judgement.claim.asked, limit=self.limit)
            if run is not None and run.triggers not in drawn:
                drawn.add(run.triggers)
                title = f"{judgement.claim.words}: a good run on {judgement.variant}"
                yield from self._drawn(
                    f"good-run-{judgement.claim.name}-{judgement.variant}",
                    sequence_diagram,
                    run,
                    self._lifelines(run.system),
                    title=title,
                )

    def _state_spaces(self) -> Iterator[tuple[str, Diagram]]:
        """Draw the state space of each variant for the claim that it violates first, or else for the first claim."""
        found: dict[str, Judgement] = {}
        for one in (*self.judgements, *self._judged_beside()):
            if one.variant not in found or (one.is_counterexample and not found[one.variant].is_counterexample):
                found[one.variant] = one
        for name, judgement in found.items():
            title = f"{judgement.claim.words}: the states of {name}"
            lanes = list(self._lanes(self._all[name]))
            yield from self._drawn(
                f"state-space-{judgement.claim.name}-{name}",
                state_space_diagram,
                judgement.result,
                lanes,
                title=title,
            )

    @property
    def _all(self) -> Mapping[str, System]:
        return {**self.beside, **self.systems}

    def _judged_beside(self) -> Iterator[Judgement]:
        for name, system in self.beside.items():
            if name not in self.systems and self.project.claims:
                yield judge(name, system, self.project.claims[0], limit=self.limit)

    def _matrices(self) -> Iterator[tuple[str, Diagram]]:
        if not self.judgements:
            return
        yield "verdicts", matrix_diagram(self.judgements)
        if self.is_whole and len(self.project.systems) > len(self.systems):
            every = verify(self.project.systems, self.project.claims, limit=self.limit)
            yield "verdicts-all", matrix_diagram(every, title="The verdicts of every variant")


def file_name(name: str, taken: Collection[str] = ()) -> str:
    """Return a picture's name as that of a file: without spaces and other signs, and unlike those that are taken.

    Examples
    --------
    >>> file_name("component-my queue"), file_name("component-my/queue", {"component-my-queue"})
    ('component-my-queue', 'component-my-queue-2')
    """
    # a byte limit, as file systems have it; and no two names that differ in capitals alone, which some take for one
    slug = re.sub(r"[^\w.-]+|\.{2,}", "-", name).encode()[:LONGEST_NAME].decode(errors="ignore")
    known = {other.casefold() for other in taken}
    others = (f"{slug}-{number}" for number in count(2))
    return next(found for found in chain([slug], others) if found.casefold() not in known)


def _nothing_claimed(lacking: Sequence[str], system: str) -> str:
    return (
        f"{listed(lacking)} {'is' if lacking == [OF_CLAIMS['matrix']] else 'are'} not drawn: nothing is claimed of "
        f"{system!r}; name the claims with --properties package.module:name"
    )


def _is_run(result: Result) -> bool:
    return result.property.kind is not Kind.SOMETIMES


def _rows(system: System) -> set[tuple[str, Row]]:
    return {(component.name, row) for component in system.components for row in component.rows}


def _rows_apart(system: System, other: System) -> list[Row]:
    """Return the rows that a system has and another has not."""
    there = _rows(other)
    return [row for component in system.components for row in component.rows if (component.name, row) not in there]
