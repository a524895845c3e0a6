"""The command ``explain``: why one property has its verdict, where it fails, and what would have saved it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from lifecheck.changes import Causes, Lattice, Pairs, Remedies
from lifecheck.checking import Engine, Judgement, Result, judge
from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import say, tell, tell_json
from lifecheck.cli.progress import DOING
from lifecheck.cli.remedies import Search, print_causes, print_changes
from lifecheck.cli.status import AS_EXPECTED, FINDINGS, INTERRUPTED
from lifecheck.cli.verdict_table import number_of_instances, settings_line, wording
from lifecheck.errors import InputError
from lifecheck.instances import DecidedBy, Instances, InstancesResult
from lifecheck.project import Project
from lifecheck.properties import Claim, Verdict
from lifecheck.reports import file_of_test, importable_property, regression_test, story
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import System


@command("explain")
@about("PROPERTY", limit=STATE_LIMIT)
@options.variant("Explain it on this variant; without it, where it is violated first.")
@options.engine
@options.memory
@options.instances
@options.as_json("a story")
@click.option(
    "--pytest",
    "pytest_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write FILE, or test_PROPERTY.py in a folder: a test that fails while the property is violated.",
)
@options.force
def explain(
    asked: Asked,
    variant: str | None,
    engine: Engine | None,
    memory: int,
    instances: Instances | None,
    as_json: bool,
    pytest_file: Path | None,
    force: bool,
) -> int:
    """Tell the story behind a verdict.

    Ends with the settings under which the property fails, and with each single change of a switch, of fairness
    or of a row that would have saved it, and at what price. With --instances it tells the story of one among
    many, and why it is so for any number or not; changes are looked for without.

    Example: lifecheck explain shop.py:order can-end --final shipped

    Exit status: 0 if the verdict is as expected, 1 if it is not, 2 if the input cannot be used, 3 if lifecheck
    itself failed.
    """
    project = asked.project()
    claim = project.claim(asked.words[0])
    most = asked.limit
    systems = project.chosen([variant] if variant else [], asked.settings)
    DOING.now(f"checking {claim.name}")
    if instances is not None:
        if pytest_file is not None:
            raise InputError("--pytest writes a test about one instance; leave out --instances, or --pytest")
        return _explain_among_many(project, systems, claim, instances, (most, memory, engine), as_json=as_json)
    judgement = _most_telling(
        [judge(name, one, claim, limit=most, engine=engine, memory=memory) for name, one in systems.items()]
    )
    lattice = Lattice(project.switches, project.configure) if project.configure and project.switches else None
    remedies = Remedies(
        judgement,
        systems[judgement.variant],
        project.claims,
        switches=project.switches,
        configure=project.configure,
        limit=most,
    )
    if pytest_file is not None:
        regression_test(
            judgement.result,
            pytest_file,
            source=project.name,
            variant=judgement.variant,
            claim=claim,
            claims=project.claims_name,
            force=force,
        )
    if not as_json:
        _print(judgement)  # what is known at once is told at once
    search = _look_for_changes(project, remedies, lattice, judgement, most)
    if search.needs_pairs:
        search = _look_for_pairs(project, search, systems[judgement.variant], most)
    if as_json:
        tell_json(_as_json(project, search))
    else:
        print_causes(search)
        print_changes(search)
        _print_reproduction(project, judgement)
        if pytest_file is not None:
            _, about_property = importable_property(claim.asked, claim, project.claims_name)
            say(f"\nWritten as a regression test: {file_of_test(pytest_file, claim.name)}")
            tell(f"{about_property}.\n" if about_property else "", nl=False)
    if search.is_interrupted:
        click.echo(f"lifecheck: {search.progress}", err=True)
        return INTERRUPTED
    return AS_EXPECTED if judgement.is_expected else FINDINGS


def _explain_among_many(
    project: Project,
    systems: Mapping[str, System],
    claim: Claim,
    instances: Instances,
    limits: tuple[int, int, Engine | None],
    *,
    as_json: bool,
) -> int:
    from lifecheck.cli.instances import verify_instances

    with DOING.by_others():
        judgement = _most_telling(verify_instances(systems, [claim], instances, *limits))
    if as_json:
        settings = dict(judgement.result.system.settings)
        tell_json({"system": project.name, **judgement.as_json(), "settings": settings})
    else:
        _print(judgement)
        say()
        if judgement.result.reason():
            say(judgement.result.reason())
        say("What would change the verdict is looked for without --instances.")
    return AS_EXPECTED if judgement.is_expected else FINDINGS


def _most_telling(judgements: Sequence[Judgement]) -> Judgement:
    """Return the judgement on the first variant that violates the claim, or else on the first of all."""
    return next((one for one in judgements if one.verdict is Verdict.VIOLATED), judgements[0])


def _look_for_changes(
    project: Project, remedies: Remedies, lattice: Lattice | None, judgement: Judgement, limit: int
) -> Search:
    """Look for causes and try the changes, with a progress bar where somebody watches; stop early if interrupted."""
    causes: Causes | None = None
    attempts = []
    is_interrupted = False
    watching = sys.stderr.isatty()
    with DOING.by_others(), Progress(console=Console(stderr=True), transient=True, disable=not watching) as progress:
        task = progress.add_task("what would have saved you", total=len(remedies.candidates))
        try:
            causes = lattice.causes_of(judgement.claim, limit=limit) if lattice else None
            for candidate in remedies.candidates:
                attempts.append(remedies.attempt(candidate))
                progress.advance(task)
        except KeyboardInterrupt:
            is_interrupted = True  # what is known so far is worth its time: it is shown
    named = {id(system): name for name, system in project.systems.items()}
    has_faults = lattice is not None and len(lattice.switches) < len(project.switches)
    return Search(judgement, causes, has_faults, remedies, tuple(attempts), named, is_interrupted)


def _look_for_pairs(project: Project, search: Search, system: System, limit: int) -> Search:
    """Try pairs of changes within their budget; what is known so far stays if that is interrupted."""
    DOING.now("trying pairs of changes")
    pairs = Pairs(
        search.remedies,
        search.attempts,
        search.judgement,
        system,
        switches=project.switches,
        configure=project.configure,
        limit=limit,
    )
    try:
        found = pairs.found()
    except KeyboardInterrupt:
        return replace(search, is_interrupted=True)
    return replace(search, pairs=found, pairs_tried=pairs.tried)


def _as_json(project: Project, search: Search) -> dict[str, object]:
    judgement = search.judgement
    return {
        "system": project.name,
        **judgement.as_json(),
        "settings": dict(judgement.result.system.settings),
        "causes": None if search.causes is None else search.causes.as_json(),
        **search.as_json(),
    }


def _print(judgement: Judgement) -> None:
    claim, result = judgement.claim, judgement.result
    system = result.system
    say(claim.words, bold=True)
    say(f"  {claim.asked.formula}")
    if system.settings:
        say(f"  {judgement.variant}: {settings_line(system.settings)}")
    verdict = wording(claim, judgement.verdict)
    among = number_of_instances(result) if isinstance(result, InstancesResult) else ""
    number = f", for {among}" if among else ""
    expected = "" if judgement.expected is None else (" as expected" if judgement.is_expected else " (unexpected!)")
    states = "abstract states" if _by_counting(result) else "states"
    say(f"  {verdict}{expected}, {result.states:,} {states}, {result.transitions:,} transitions{number}")
    if claim.assumptions and not isinstance(result, InstancesResult):
        say(f"  {claim.assumptions}")
    for reason in _reasons(judgement):
        say(f"  {reason}")
    if result.evidence is not None:
        say()
        say(story(result))


def _print_reproduction(project: Project, judgement: Judgement) -> None:
    if project.reproduce and judgement.is_counterexample and judgement.variant in project.systems:
        command = project.reproduce.format(variant=judgement.variant, property=judgement.claim.name)
        say(f"\nReproduce it on the real machines: {command}")


def _by_counting(result: Result) -> bool:
    return isinstance(result, InstancesResult) and result.decided_by is DecidedBy.COUNTER_ABSTRACTION


def _reasons(judgement: Judgement) -> list[str]:
    result = judgement.result
    noted = [result.note] if result.note else []
    if judgement.verdict is Verdict.VACUOUS:
        return ["It says nothing here: what it is about never happens.", *noted]
    if judgement.verdict is Verdict.HOLDS and judgement.claim.asked.kind.is_liveness:
        needed = ", ".join(result.assumptions)
        if _by_counting(result) and needed:  # it allows more runs than there are, for which less may not suffice
            suffice = "suffices" if len(result.assumptions) == 1 else "suffice"
            return [f"{needed[:1].upper()}{needed[1:]} {suffice}; perhaps less would.", *noted]
        return [f"It needs {needed}; no more fairness than that." if needed else "It needs no fairness.", *noted]
    return noted
