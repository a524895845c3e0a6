"""Says what is wrong with a machine before any property is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from lifecheck.errors import ComponentError
from lifecheck.linting.codes import CODES
from lifecheck.linting.finding import Finding, LintReport, Origin
from lifecheck.linting.machines import lint_machine
from lifecheck.linting.systems import lint_system, lint_variants
from lifecheck.machines import called_after
from lifecheck.system import Component, Guards, System


def lint(
    given: object,
    *,
    final: Iterable[Any] | Mapping[str, Iterable[str]] = (),
    attributes: Collection[str] = (),
    ignored: Collection[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    name: str | None = None,
    limit: int | None = None,
    definition_only: bool = False,
    guards: Guards | None = None,
) -> LintReport:
    """Say what is wrong with a machine or a system before any property is asked.

    A machine or a model is only read: none of its callbacks runs, and it is never touched. What a factory makes is
    also fired, in every state that it reaches, and its callbacks run. Automatic ``to_<state>`` triggers are left out.

    Parameters
    ----------
    given
        A `transitions` machine, a model that carries one, a function that returns a fresh machine or model, a
        `Component`, a `System`, or a mapping of names to systems that are variants of one.
    final
        The states in which a run may end, besides those flagged ``final=True``; for a system a mapping of component
        to states. A parent stands for all that is inside it.
    attributes
        Names of the model's attributes that belong to the local state.
    ignored
        Names of what may change although it belongs to no state, because nothing depends on it; see `Component`.
    arguments
        What triggers are fired with that take arguments; each choice is a trigger of its own, see `component_of`.
    name
        How the report calls it.
    limit
        The largest number of states to explore.
    definition_only
        Whether to read what a factory makes, and fire nothing, so that no callback runs.
    guards
        "either" to run no callback and let each guard answer either way: what is not reached or taken then never is.

    Returns
    -------
    LintReport
        The findings, each with its code, place, sentence and remedy, and whether the definition or exploring shows it.

    Raises
    ------
    LifecheckError
        If what was given cannot be linted; the text says why and what to do.

    Examples
    --------
    >>> from transitions import Machine
    >>> rows = [["push", "closed", "open"], ["slam", "open", "jammed"], ["pull", "open", "closed"]]
    >>> machine = Machine(states=["closed", "open", "jammed"], initial="closed", transitions=rows)
    >>> for finding in lint(machine).findings:
    ...     print(f"{finding.code}: {finding.place}: {finding.sentence}")
    stuck-state: state 'jammed': no transition leaves it: may a run end here?
    >>> lint(machine, final=["jammed"]).codes
    ()
    """
    if isinstance(given, Mapping) and given and all(isinstance(system, System) for system in given.values()):
        return lint_variants(given, final=final, name=name or "variants", limit=limit)
    if isinstance(given, System | Component):
        said = {"attributes": attributes, "ignored": ignored, "arguments": arguments, "guards": guards}
        for role, names in said.items():
            if names:
                raise ComponentError(
                    f"{role} of a component are declared where it is made: component_of(..., {role}=...)"
                )
        if definition_only:
            raise ComponentError("a component and a system are explored; give a machine, or a function that makes one")
        system = System(given.name, [given]) if isinstance(given, Component) else given
        return lint_system(system, final=final, name=name, limit=limit)
    if isinstance(final, Mapping):
        raise ComponentError("final states of a machine are a list of states; a mapping of components is for a system")
    for role, names in (("attributes", attributes), ("ignored", ignored)):
        if isinstance(names, str):
            raise ComponentError(f"{role} is the text {names!r}; write a list of names: [{names!r}]")
        if not isinstance(names, Iterable):
            raise ComponentError(f"{role} is {names!r}; write a list of names")
    return lint_machine(
        given,
        final=final,
        attributes=attributes,
        ignored=ignored,
        arguments=arguments,
        name=name or called_after(given),
        limit=limit,
        definition_only=definition_only,
        guards=guards,
    )


__all__ = ["CODES", "Finding", "LintReport", "Origin", "lint", "lint_machine", "lint_system", "lint_variants"]
