"""The command ``replay``: whether a log could have happened, on which variant, and what is still owed."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from lifecheck.cli import options
from lifecheck.cli.asked import Asked, about
from lifecheck.cli.command import command
from lifecheck.cli.output import say, tell, tell_json
from lifecheck.cli.progress import DOING
from lifecheck.cli.replay_json import as_object
from lifecheck.cli.status import AS_EXPECTED, FINDINGS, INTERRUPTED
from lifecheck.errors import InputError
from lifecheck.files import write_whole
from lifecheck.project import Project
from lifecheck.replaying import (
    Answer,
    Follower,
    LogReader,
    Outcome,
    Replay,
    answer_story,
    case_name,
    case_test,
    following,
    group_story,
    mapping_template,
    replay_variants,
    visible_in,
)
from lifecheck.reports import counted
from lifecheck.statespace import STATE_LIMIT
from lifecheck.system import System

SECONDS_BETWEEN = 0.2
"""How long a log that grows is left alone before it is looked at again."""


@command("replay")
@click.argument("log")
@about(limit=STATE_LIMIT)
@click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE", help="How lines are read, as TOML.")
@options.variants("Ask this variant; may be repeated.")
@click.option("--all-variants", is_flag=True, help="Ask every variant, also those not shown by default.")
@click.option("--lost", type=click.IntRange(min=0), default=0, metavar="N", help="So many lines of a case may lack.")
@click.option(
    "--surplus",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="So many lines of a case may be there though nothing happened.",
)
@click.option("--anywhere", is_flag=True, help="A case may begin in any state, as where the log begins in the middle.")
@click.option("--case", metavar="NAME", help="Look at this case alone.")
@click.option("--follow", is_flag=True, help="Read on as the log grows, and tell what cannot be at once.")
@click.option(
    "--pytest", "pytest_file", type=click.Path(path_type=Path), metavar="FILE", help="Write the case as a test."
)
@click.option("--picture", type=click.Path(path_type=Path), metavar="FILE", help="Draw the case: .svg, .mmd or .dot.")
@click.option("--explore", "in_browser", is_flag=True, help="Open the explorer in the browser on the case.")
@click.option("--no-open", is_flag=True, help="With --explore: print the address, and open no browser.")
@click.option("--mapping-template", is_flag=True, help="Name SYSTEM alone: print a mapping to be filled in.")
@click.option(
    "--format", "form", type=click.Choice(["json", "text"]), default="json", help="With --mapping-template: of a log."
)
@options.force
@options.as_json("stories")
def replay(
    asked: Asked,
    log: str,
    mapping: Path | None,
    variants: Sequence[str],
    all_variants: bool,
    lost: int,
    surplus: int,
    anywhere: bool,
    case: str | None,
    follow: bool,
    pytest_file: Path | None,
    picture: Path | None,
    in_browser: bool,
    no_open: bool,
    mapping_template: bool,
    form: str,
    force: bool,
    as_json: bool,
) -> int:
    """Ask whether a log could have happened.

    For each story of LOG how it could have happened, or from which line on it could not; of several variants, which
    could have written it. LOG is what `recording` wrote, or any log with a mapping.

    Example: lifecheck replay worker.jsonl worker.py:job --mapping worker.toml

    Exit status: 0 if one of the variants explains every case, 1 if none does, 2 if the input cannot be used, 3 if
    lifecheck itself failed.
    """
    if mapping_template:
        return _print_template(dataclasses.replace(asked, system=asked.system or log), variants, form)
    if not Path(log).exists() and Path(asked.system or "").is_file():
        raise InputError(f"{log!r} is no log, and {asked.system!r} no system; write LOG first: {asked.system} {log}")
    project = asked.project(claims_needed=False)
    systems = project.chosen(tuple(project.systems) if all_variants else variants, asked.settings)
    allowed: dict[str, Any] = {"lost": lost, "surplus": surplus, "anywhere": anywhere}
    more = {**allowed, "properties": project.claims, "limit": asked.limit}
    DOING.now(f"reading {log}")
    if follow:
        if as_json or pytest_file or picture or in_browser or case or len(systems) > 1:
            raise InputError(
                "--follow tells stories of one variant as they come; leave out --json, --case, --pytest, --picture and "
                "--explore, and name one --variant"
            )
        ((name, system),) = systems.items()
        return _follow(name, system, log, mapping, more)
    found = replay_variants(systems, Path(log), mapping=mapping, case=case, **more)
    if pytest_file is not None:
        name, answer = _the_case(found, pytest_file)
        visible = visible_in(log, mapping, answer.system)
        case_test(answer, pytest_file, visible=visible, source=project.name, variant=name, force=force, **allowed)
    if picture is not None:
        _write_picture(picture, *_the_case(found, picture), force=force)
    if in_browser:
        _only_case(found, "open in the browser")
    if as_json:
        tell_json(as_object(log, found))
    else:
        _print(found)
        for place in filter(None, (pytest_file, picture)):
            say(f"\nWritten: {place}")
    if in_browser:
        _walk_there(project, systems, found, asked.limit, no_open=no_open)
    return AS_EXPECTED if any(found.values()) else FINDINGS


def _print(found: Mapping[str, Replay]) -> None:
    first = next(iter(found.values()))
    say(f"{counted(first.lines, 'line')}, {counted(len(first.cases), 'case')}")
    for remark in first.remarks:
        say(f"  {remark}")
    if len(found) > 1:
        width = max(map(len, found))
        for name, one in found.items():
            say(f"  {name:<{width}}  {one.told}")
        say(_which(found))
    for name, one in found.items():
        if len(found) > 1:
            say(f"\n{name}: {one.told}", bold=True)
        for group in one.groups:
            say()
            say(group_story(group))
        if len(found) == 1:
            _print_unexercised(one)
        if one.note:
            say(f"\nNote: {one.note}.")


def _which(found: Mapping[str, Replay]) -> str:
    """Return which variants could have written the log."""
    could = [name for name, one in found.items() if one]
    if not could:
        return "None of them explains every case."
    return f"The log could be of {' or '.join(could)}."


def _print_unexercised(one: Replay) -> None:
    rows = sum(len(part.rows) for part in one.system.components)
    if not one.never_exercised:
        say(f"\nEach of {counted(rows, 'row')} is exercised by some case.")
        return
    say(f"\n{len(one.never_exercised)} of {counted(rows, 'row')} are exercised by no case:")
    for component, row in one.never_exercised:
        say(f"  {component}: {row.trigger}, {row.source} -> {row.target}")


def _the_case(found: Mapping[str, Replay], place: Path) -> tuple[str, Answer]:
    """Return the case to write, on the first variant that does not explain it, or else on the first of all."""
    _only_case(found, f"write to {str(place)!r}")
    name, one = next(((name, one) for name, one in found.items() if not one), next(iter(found.items())))
    return name, one.answer


def _only_case(found: Mapping[str, Replay], purpose: str) -> None:
    cases = len(next(iter(found.values())).cases)
    if cases != 1:
        raise InputError(f"the log has {counted(cases, 'case')}; say which to {purpose}: --case NAME")


def _walk_there(
    project: Project, systems: Mapping[str, System], found: Mapping[str, Replay], limit: int, *, no_open: bool
) -> None:
    """Serve the explorer on the case's run, on the first variant that explains it, the first of the others beside."""
    from lifecheck.browser import Feed, place_of_run
    from lifecheck.cli.explore import serve_until_interrupted

    variant = next((name for name, one in found.items() if one), next(iter(found)))
    beside = next((name for name in found if name != variant), "")
    feed = Feed(
        systems,
        project.claims,
        name=project.name,
        claims_name=project.claims_name,
        lanes=project.lanes,
        limit=limit,
    )
    place = place_of_run(variant, found[variant].answer.triggers, beside)
    serve_until_interrupted(feed, place, no_open=no_open)


def _write_picture(place: Path, variant: str, answer: Answer, *, force: bool) -> None:
    from lifecheck.diagrams import explanation_diagram, form_of

    diagram = explanation_diagram(answer, title=f"{variant}, {case_name(answer.case)}: {answer.told}")
    write_whole(place, diagram.text(form_of(place)), force=force)


def _print_template(asked: Asked, variants: Sequence[str], form: str) -> int:
    project = asked.project(claims_needed=False)
    system = next(iter(project.chosen(variants, asked.settings).values()))
    tell(mapping_template(system, form), nl=False)
    return AS_EXPECTED


def _follow(name: str, system: System, log: str, mapping: Path | None, more: Mapping[str, Any]) -> int:
    """Read a log as it grows, until it is interrupted or, where it is no file, ends."""
    is_file = Path(log).is_file()
    known: list[Follower] = []

    def wait() -> bool:
        for follower in known:
            _tell_loops(follower)
        if is_file:
            time.sleep(SECONDS_BETWEEN)
        return is_file

    with following(name, system, log, mapping, wait, **more) as (reader, follower):
        known.append(follower)
        DOING.now(f"following {log}")
        try:
            _tell_as_it_comes(reader, follower)
        except KeyboardInterrupt:
            _tell_end(reader, follower)
            return INTERRUPTED
        _tell_end(reader, follower)
    return FINDINGS if follower.impossible or follower.unknown else AS_EXPECTED


def _tell_as_it_comes(reader: LogReader, follower: Follower) -> None:
    since = time.monotonic()
    for count, line in enumerate(reader):
        answer = follower.take(line)
        if answer is not None:
            _tell_answer(answer)
        if count % 1_000 == 0 and time.monotonic() - since > SECONDS_BETWEEN:
            _tell_loops(follower)
            since = time.monotonic()


def _tell_loops(follower: Follower) -> None:
    for answer in follower.loops():
        _tell_answer(answer)


def _tell_answer(answer: Answer) -> None:
    loop = answer.loop
    told = answer.told if answer.outcome is not Outcome.EXPLAINED or loop is None else f"went round {loop.rounds} times"
    say(f"{case_name(answer.case)}: {told}", bold=True)
    say("\n".join(f"  {line}" for line in answer_story(answer).split("\n")))


def _tell_end(reader: LogReader, follower: Follower) -> None:
    say(f"{counted(reader.understood.lines, 'line')}: {follower.told}")
    for remark in reader.understood.told:
        say(f"  {remark}")
    if follower.note:
        say(f"Note: {follower.note}.")
