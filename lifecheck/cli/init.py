"""The command ``init``: finds a machine, writes the first table and the first claim, and says what to run next."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import click

from lifecheck.cli import completion, options
from lifecheck.cli.command import command
from lifecheck.cli.output import say
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED
from lifecheck.errors import InputError
from lifecheck.files import write_all
from lifecheck.machines import component_of, undeclared_by
from lifecheck.project import PROJECT_FILE, SECTION, load_subject, machines_of
from lifecheck.system import Component

CLAIMS_FILE = "lifecheck_claims.py"
"""Where the first claim is written."""


@command("init")
@click.argument("system", required=False, metavar="[SYSTEM]", shell_complete=completion.of_subject())
@options.force
def init(system: str | None, force: bool) -> int:
    """Begin in a project: find its machine, and write a first claim.

    Adds [tool.lifecheck] to pyproject.toml and writes lifecheck_claims.py beside it. A function or class that makes a
    machine is called, and its callbacks run.

    Example: lifecheck init shop.py:order

    Exit status: 0 if both are written, 2 if the input cannot be used, 3 if lifecheck itself failed.
    """
    folder = Path.cwd()
    project_file = folder / PROJECT_FILE
    before = _text_of(project_file)
    named = system or _only_machine(folder)
    subject = load_subject(named, folder)
    if not subject.is_machine:
        raise InputError(f"{named!r} is no machine; init begins with one machine, and a system says itself what it is")
    DOING.now(f"exploring {named}")
    component = component_of(subject.found)
    attributes, ignored = undeclared_by(component)
    ends = _ends(component)
    claims = folder / CLAIMS_FILE
    texts = {project_file: before + _table(named, attributes, ignored), claims: _claims(component, ends)}
    write_all({claims: texts[claims]}, force=force)
    write_all({project_file: texts[project_file]}, force=True)  # what was there stays
    say(f"Found {named}: {len(component.states)} states, called {component.name!r}.")
    for role, names in (("belongs to its state", attributes), ("is ignored, because no condition reads it", ignored)):
        for name in names:
            say(f"  {name} {role}")
    say(f"Written: [{SECTION}] in {PROJECT_FILE}, and a first claim in {CLAIMS_FILE}.")
    say("Next:")
    say("  lifecheck verify           whether the claim holds, and if not, a run that shows it")
    say("  lifecheck explain can-end  what would have saved it")
    say("  lifecheck lint             what else is wrong with the machine")
    return AS_EXPECTED


def _text_of(project_file: Path) -> str:
    """Return what the project file holds, ready to be added to."""
    if not project_file.is_file():
        return ""
    try:
        text = project_file.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise InputError(f"{PROJECT_FILE} cannot be read: {error}") from error
    if "lifecheck" in content.get("tool", {}):
        raise InputError(f"{PROJECT_FILE} has a section [{SECTION}] already; go on with lifecheck verify")
    return f"{text.rstrip()}\n\n" if text.strip() else ""


def _only_machine(folder: Path) -> str:
    makers = machines_of(folder)
    found = [one.name for one in makers if not one.needs]
    if len(found) > 1:
        raise InputError(f"{len(found)} machines were found; name one: " + ", ".join(found[:8]))
    if found:
        return found[0]
    if makers:
        place = makers[0].name.partition(":")[0]
        raise InputError(
            f"{makers[0].name} makes a machine, and needs arguments; write a function without any beside it, "
            f"{makers[0].factory}, and then: lifecheck init {place}:{makers[0].factory_name}"
        )
    raise InputError(
        "no machine of transitions was found in the Python files here; name what makes it: "
        "lifecheck init package.module:name"
    )


def _ends(component: Component) -> tuple[str, ...]:
    """Return the states that nothing leaves, or else the initial one: where a run can always come back to."""
    left = {str(row.source) for row in component.rows if row.dest != "="}
    ends = tuple(str(state) for state in component.states if str(state) not in left)
    return ends or (str(component.initial),)


def _table(named: str, attributes: tuple[str, ...], ignored: tuple[str, ...]) -> str:
    lines = [f"[{SECTION}]", f"systems = {_quoted(named)}", f'properties = "{Path(CLAIMS_FILE).stem}:CLAIMS"']
    for key, names in (("attributes", attributes), ("ignored", ignored)):
        if names:
            lines.append(f"{key} = [{', '.join(map(_quoted, names))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _claims(component: Component, ends: tuple[str, ...]) -> str:
    asked = " or ".join(f"state == {end!r}" for end in ends)
    return (
        '"""What must hold of the machine; written by lifecheck init, to be changed and added to."""\n\n'
        "from lifecheck import Claim, can_always_reach\n\n"
        "CLAIMS = [\n"
        "    # from everywhere one of these can still be reached; leave out the ends that nobody wants\n"
        f'    Claim("can-end", "a run can always end", can_always_reach({asked!r})),\n'
        "]\n"
    )
