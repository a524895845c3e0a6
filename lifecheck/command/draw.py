"""The command ``draw``: components, the lifecycle across them, and the first counterexample of each variant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from lifecheck.command.project import Project, load_project
from lifecheck.component import Component
from lifecheck.diagrams import (
    Diagram,
    component_diagram,
    counterexample_diagram,
    lifecycle_diagram,
    write_diagrams,
)
from lifecheck.row import Row
from lifecheck.story import counted
from lifecheck.system import System
from lifecheck.verification import judge


def run(system: str | None, variants: Sequence[str], properties: str | None, out: Path) -> int:
    """Draw, write what changed, say so, and return the exit status.

    Raises
    ------
    LifecheckError
        If the input cannot be used or the folder cannot be written; nothing is half-written then.
    """
    project = load_project(system, properties)
    names = tuple(variants) or project.shown or tuple(project.systems)
    diagrams = draw_all(project, {name: project.variant(name) for name in names})
    written = write_diagrams(diagrams, out)
    for path in written:
        click.echo(str(path))
    click.echo(f"{counted(len(diagrams), 'picture')} in {out}, {counted(len(written), 'file')} written.")
    return 0


def draw_all(project: Project, systems: Mapping[str, System]) -> dict[str, Diagram]:
    """Return every picture of these variants by the name of its files."""
    return {
        **_components(systems),
        **{
            f"lifecycle-{name}": lifecycle_diagram(
                system,
                project.lanes or {component.name: component.name for component in system.components},
                highlight=_differing_rows(name, systems),
            )
            for name, system in systems.items()
        },
        **_counterexamples(project, systems),
    }


def _components(systems: Mapping[str, System]) -> dict[str, Diagram]:
    """Draw each component once; where variants differ in it, once for each kind, named by its first variant."""
    kinds: dict[str, dict[Component, str]] = {}
    for name, system in systems.items():
        for component in system.components:
            kinds.setdefault(component.name, {}).setdefault(component, name)
    meanings = {name: system.meanings for name, system in systems.items()}
    return {
        f"component-{name}" + (f"-{variant}" if len(found) > 1 else ""): component_diagram(component, meanings[variant])
        for name, found in kinds.items()
        for component, variant in found.items()
    }


def _differing_rows(name: str, systems: Mapping[str, System]) -> list[Row]:
    """Return the rows that tell a variant from the one that is nearest to it."""
    here = _rows(systems[name])
    others = [_rows(other) for other_name, other in systems.items() if other_name != name]
    distances = [len(here ^ other) for other in others]
    if not any(distances):
        return []
    nearest = others[distances.index(min(distance for distance in distances if distance))]
    return [
        row for component in systems[name].components for row in component.rows if (component.name, row) not in nearest
    ]


def _rows(system: System) -> set[tuple[str, Row]]:
    return {(component.name, row) for component in system.components for row in component.rows}


def _counterexamples(project: Project, systems: Mapping[str, System]) -> dict[str, Diagram]:
    found = {}
    for name, system in systems.items():
        for claim in project.claims:
            judgement = judge(name, system, claim)
            if judgement.is_counterexample:
                title = f"{claim.words}: violated on {name}"
                found[f"counterexample-{claim.name}-{name}"] = counterexample_diagram(judgement.result, title=title)
                break
    return found
