"""Lints one machine as its author gave it: reads its definition, and explores what a factory makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from lifecheck.errors import ComponentError, did_you_mean
from lifecheck.linting.definition import automatic_calls, definition_findings
from lifecheck.linting.finding import Finding, LintReport, Origin
from lifecheck.linting.firings import firing_findings
from lifecheck.linting.graphs import (
    ends_of_ways,
    moves_as_rows_say,
    unreachable_states,
    unused_transitions,
    ways_explored,
    ways_of_rows,
)
from lifecheck.linting.wildcards import merged
from lifecheck.machines import (
    LOCAL_STATE_LIMIT,
    Definition,
    Exploration,
    explore_machine,
    is_asynchronous,
    read_definition,
    refuse_beside_guards,
    table_mode,
)
from lifecheck.system import TOGETHER, Guards


def lint_machine(
    source: object,
    *,
    final: Iterable[Any] = (),
    attributes: Collection[str] = (),
    ignored: Collection[str] = (),
    arguments: Mapping[str, Iterable[Any]] | None = None,
    name: str = "machine",
    limit: int | None = None,
    definition_only: bool = False,
    guards: Guards | None = None,
) -> LintReport:
    """Lint a machine, a model that carries one, or what a factory makes.

    Raises
    ------
    ComponentError
        If there is no machine in what was given, or a final state or an attribute does not exist.
    """
    definition = read_definition(source, name)
    finals = _final_states(definition, final, name)
    for attribute in attributes:
        if attribute in ignored:
            raise ComponentError(
                f"component {name!r}: attribute {attribute!r} is both declared and ignored; declare it if anything "
                "depends on it"
            )
    findings = list(definition_findings(definition))
    codes = {finding.code for finding in findings}
    explored: Exploration | None = None
    if guards is not None and "collapsing-regions" not in codes:
        refuse_beside_guards(name, guards, attributes)
        explored = table_mode(definition, name, limit or LOCAL_STATE_LIMIT).found
    elif not definition_only and _may_explore(definition) and "collapsing-regions" not in codes:
        explored = explore_machine(
            definition, name, tuple(attributes), limit or LOCAL_STATE_LIMIT, ignored=tuple(ignored), arguments=arguments
        )
        findings += firing_findings(definition, explored, name)
    # from an initial state without exit all others are out of reach, and regions that collapse show the wrong states
    if not codes & {"initial-without-exit", "collapsing-regions"}:
        findings += _graph_findings(definition, explored, finals)
    findings = _with_questions(merged(findings, definition), definition, finals)
    findings.sort(key=lambda finding: finding.origin is Origin.EXPLORING)
    remarks = tuple(_remarks(definition, explored, attributes, as_asked=definition_only))
    return LintReport(name, tuple(findings), remarks, len(explored.states) if explored else 0)


def _with_questions(findings: list[Finding], definition: Definition, finals: frozenset[str]) -> list[Finding]:
    """Ask whether a run may end where no row leads on, as long as nobody said where one may."""
    if finals or definition.nesting is not None:
        return findings
    left = {row.source for row in definition.rows} | {definition.initial}
    ends = [state for state in definition.states if state not in left]
    places = {f"state {state!r}" for state in ends}
    asked = f"if so, write final={ends!r}; if not, add a transition that leaves it"
    return [
        replace(one, sentence="no transition leaves it: may a run end here?", remedy=asked, is_question=True)
        if one.code == "stuck-state" and one.place in places
        else one
        for one in findings
    ]


def _may_explore(definition: Definition) -> bool:
    # of a hierarchical machine without callbacks a private copy is fired; of a flat one the rows say all
    return definition.factory is not None or (definition.nesting is not None and not definition.callbacks)


def _is_sound(found: Exploration) -> bool:
    """Whether the moves found are all that can be made."""
    return found.complete and not found.has("raises", "differs", "random", "undeclared", "refused")


def _graph_findings(definition: Definition, explored: Exploration | None, finals: frozenset[str]) -> Iterator[Finding]:
    found = explored if explored is not None and _is_sound(explored) else None
    seen = found if found is not None and found.watched else None
    entered = {f"state {state!r}" for state in (explored.entered if explored is not None else ())}
    yield from (finding for finding in unreachable_states(definition, found) if finding.place not in entered)
    if seen is not None:
        yield from unused_transitions(definition, seen)

    def is_final(state: str) -> bool:
        nesting = definition.nesting
        if nesting is None:
            return state in finals
        return all(finals.intersection(nesting.within(leaf)) for leaf in state.split(TOGETHER))

    by_rows: set[tuple[str, str]] = set()
    if definition.nesting is None and (
        not automatic_calls(definition) if explored is None else moves_as_rows_say(definition, explored)
    ):
        ways = ways_of_rows(definition)
        told = list(ends_of_ways(ways, is_final, ends=bool(finals), origin=Origin.DEFINITION))
        by_rows = {(finding.code, finding.place) for finding in told}
        if found is None:
            yield from told
    if found is not None:
        for finding in ends_of_ways(ways_explored(found), is_final, ends=bool(finals), origin=Origin.EXPLORING):
            yield _from_definition(finding) if (finding.code, finding.place) in by_rows else finding


def _from_definition(finding: Finding) -> Finding:
    return Finding(finding.code, finding.place, finding.sentence, finding.remedy, Origin.DEFINITION)


def _final_states(definition: Definition, final: Iterable[Any], name: str) -> frozenset[str]:
    if not isinstance(final, Iterable):
        raise ComponentError(f"final is {final!r}; write a list of states")
    given = [final] if isinstance(final, str | Enum) else list(final)
    names = {state.name if isinstance(state, Enum) else str(state) for state in given}
    for state in sorted(names):
        if state not in definition.states:
            raise ComponentError(
                f"component {name!r}: final state {state!r} is not one of its states; "
                + did_you_mean(state, definition.states)
            )
    return definition.final | names


def _remarks(
    definition: Definition, explored: Exploration | None, attributes: Collection[str], *, as_asked: bool
) -> Iterator[str]:
    if definition.left_out:
        yield f"the automatic triggers are left out: {', '.join(definition.left_out)}"
        if not definition.rows:
            yield "it has no others: write the moves that may happen as transitions, so that they can be judged"
    if explored is not None and explored.guards is not None:
        yield (
            "no callback was run, and each guard may answer either way, so that more is reached than the machine may "
            "reach, and nothing that it reaches is left out"
        )
    elif explored is None and as_asked:
        yield "only the definition was read and no callback was run, as was asked for"
    elif explored is None and (definition.callbacks or definition.nesting):
        yield (
            "only the definition was read and no callback was run; to explore, give a function that returns a fresh "
            "machine or model"
            if definition.factory is None and definition.callbacks
            else "only the definition was read and no callback was run, because regions collapse"
        )
    elif definition.factory is not None and definition.callbacks:
        yield "exploring ran the callbacks, on machines that the factory made"
    if explored is not None and is_asynchronous(definition.machine):
        yield "the machine is asynchronous, and was fired one trigger at a time, each awaited to its end"
    if explored is not None and explored.unseen.kinds:
        yield f"callbacks read what firing does not see: {', '.join(explored.unseen.kinds)}"
    if explored is not None and not explored.is_driven_whole and not explored.has("differs"):
        yield f"there are {explored.why_not_whole} that not each was asked again after every other"
    if attributes and explored is None:
        yield "attributes were not looked at, because nothing was explored"
    if explored is not None and not _is_sound(explored):
        yield "what is said about ways comes from the definition, because exploring did not show all that can happen"
        if definition.nesting is None and not moves_as_rows_say(definition, explored):
            yield "callbacks move the machine where no row leads, so it was not asked whether a run gets stuck"
    if explored is None and automatic_calls(definition):
        yield "callbacks name automatic triggers, so it was not asked whether a run gets stuck"
    if explored is not None and not explored.watched:
        yield "the models share one machine, which is left as it is, so it was not watched which transitions are taken"
    ignoring = definition.machine.ignore_invalid_triggers
    if ignoring:
        yield "the machine ignores invalid triggers, so that a misspelt one does nothing and says nothing"
    if explored is not None:
        for read in explored.outside:
            yield (
                f"the attribute {read.attribute!r}, which {' and '.join(map(repr, read.readers))} read"
                f"{'s' if len(read.readers) == 1 else ''}, is changed by nothing in the machine: what is found is true "
                f"for {read.value}"
            )
    for note in explored.noted if explored is not None else ():
        if note.what == "chain":
            yield (
                f"one firing of {note.trigger!r} in state {note.state!r} also takes transitions of {note.told}; a "
                "check sees only where it ends"
            )
