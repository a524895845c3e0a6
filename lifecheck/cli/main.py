"""The commands and their options; what each does is in a module of its own, imported when it is called."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from lifecheck.cli.kinds import KINDS, PICTURE_FORMATS
from lifecheck.errors import LifecheckError
from lifecheck.version import __version__

NOT_WRITTEN = 1
INPUT_CANNOT_BE_USED = 2
INTERRUPTED = 130


class _Group(click.Group):
    """Reports unusable input as one line with exit status 2, without usage text or traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        options |= {"prog_name": "lifecheck", "standalone_mode": False}
        try:
            sys.exit(super().main(*args, **options))
        except LifecheckError as error:
            _refuse(str(error))
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else error.message, err=True)
            sys.exit(INPUT_CANNOT_BE_USED)
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "lifecheck"
            _refuse(f"{error.format_message().rstrip('.')}; see {where} --help")
        except click.exceptions.Exit as wanted:
            sys.exit(wanted.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo("lifecheck: interrupted", err=True)
            sys.exit(INTERRUPTED)
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(NOT_WRITTEN)


def _refuse(reason: str) -> NoReturn:
    click.echo("lifecheck: " + " ".join(reason.split()), err=True)
    sys.exit(INPUT_CANNOT_BE_USED)


class _Place(click.Path):
    """A file or folder; an empty name is none, though Python takes it for the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty; name a place", param, ctx)
        return super().convert(value, param, ctx)


_system = click.argument("system", required=False, metavar="[PACKAGE.MODULE:NAME]")
_properties = click.option(
    "--properties", metavar="PACKAGE.MODULE:NAME", help="Claims to check; without it the project's or the module's."
)
_settings = click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set a switch of the variants; may be repeated."
)
_limit = click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Visit at most N states; beyond that 'unknown' is said."
)
_attributes = click.option(
    "--attribute", "attributes", multiple=True, metavar="NAME", help="An attribute that belongs to the state."
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Ask whether something in a state machine can get stuck, be lost or go round for ever."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # stories use box-drawing characters, also where the locale has none
            stream.reconfigure(encoding="utf-8")


@main.command()
@_system
@click.option("--variant", "variants", multiple=True, metavar="V", help="Check this variant; may be repeated.")
@click.option("--all-variants", is_flag=True, help="Check every variant, also those not shown by default.")
@click.option("--property", "names", multiple=True, metavar="P", help="Check this property; may be repeated.")
@_settings
@_properties
@_attributes
@_limit
@click.option(
    "--messages",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check one message among many: for any number where that follows, else explore N.",
)
@click.option("--slots", type=click.IntRange(min=1), metavar="K", help="Short for --set slots=K.")
@click.option("--memory", metavar="M", help="With --messages: what sets of states may take, as in 500M; 2G by default.")
@click.option("--json", "form", flag_value="json", help="Print one JSON object instead of a table.")
@click.option("--markdown", "form", flag_value="markdown", help="Print the table alone, for a document.")
def verify(
    system: str | None,
    variants: tuple[str, ...],
    all_variants: bool,
    names: tuple[str, ...],
    settings: tuple[str, ...],
    properties: str | None,
    attributes: tuple[str, ...],
    limit: int | None,
    messages: int | None,
    slots: int | None,
    memory: str | None,
    form: str | None,
) -> None:
    """Check properties on variants.

    Prints the verdict table, then the counterexamples as stories.

    Exit status: 0 if all is as expected (or, where nothing is expected, all requirements hold), 1 if some
    is not, 2 if the input cannot be used.
    """
    from lifecheck.cli.verify import run

    if slots is not None:
        settings = (*settings, f"slots={slots}")
    sys.exit(
        run(system, variants, all_variants, names, settings, properties, limit, form, messages, memory, attributes)
    )


@main.command()
@click.argument("name", metavar="PROPERTY")
@click.option("--variant", metavar="V", help="Explain it on this variant; without it, where it is violated first.")
@click.option("--system", metavar="PACKAGE.MODULE:NAME", help="Instead of the project's systems.")
@_settings
@_properties
@_attributes
@_limit
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a story.")
@click.option(
    "--pytest",
    "pytest_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the counterexample to FILE as a test that fails while it can happen.",
)
def explain(
    name: str,
    variant: str | None,
    system: str | None,
    settings: tuple[str, ...],
    properties: str | None,
    attributes: tuple[str, ...],
    limit: int | None,
    as_json: bool,
    pytest_file: Path | None,
) -> None:
    """Tell the story behind a verdict.

    Ends with the settings under which the property fails, and with each single change of a switch, of fairness
    or of a row that would have saved it, and at what price.
    """
    from lifecheck.cli.explain import run

    sys.exit(run(name, variant, system, settings, properties, limit, as_json, pytest_file, attributes))


@main.command()
@click.argument("first", metavar="V1")
@click.argument("second", metavar="V2")
@click.option("--property", "name", metavar="P", help="Compare by it; without it, by the first that tells them apart.")
@click.option("--system", metavar="PACKAGE.MODULE:NAME", help="Instead of the project's systems.")
@_properties
@_limit
def compare(
    first: str, second: str, name: str | None, system: str | None, properties: str | None, limit: int | None
) -> None:
    """Tell one story on two variants.

    Tells the common steps once, then the step in which they part, and how each ends.
    """
    from lifecheck.cli.compare import run

    sys.exit(run((first, second), name, system, properties, limit))


@main.command()
@_system
@click.option("--variant", "variants", multiple=True, metavar="V", help="Draw this variant; may be repeated.")
@_properties
@click.option(
    "--out",
    type=_Place(),
    default=Path("docs/diagrams"),
    show_default=True,
    help="Folder to write to.",
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Draw this kind alone; may be repeated.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(PICTURE_FORMATS),
    help="Write this format instead of svg; may be repeated.",
)
@_attributes
@_limit
def draw(
    system: str | None,
    variants: tuple[str, ...],
    properties: str | None,
    out: Path,
    kinds: tuple[str, ...],
    formats: tuple[str, ...],
    attributes: tuple[str, ...],
    limit: int | None,
) -> None:
    """Draw machines, runs and verdicts.

    Components, lifecycles and what two variants differ in, counterexamples and good runs, state spaces and the
    table of verdicts. Each can be had as SVG and, but for the largest table, as Mermaid; as DOT where Graphviz
    renders it.
    """
    from lifecheck.cli.draw import run

    sys.exit(run(system, variants, properties, out, kinds, limit, attributes, formats))


@main.command()
@_system
@click.option("--variant", metavar="V", help="Mutate this variant; without it the project's choice or the first shown.")
@click.option("--property", "names", multiple=True, metavar="P", help="Let this property notice; may be repeated.")
@_properties
@_limit
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def mutate(
    system: str | None,
    variant: str | None,
    names: tuple[str, ...],
    properties: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Ask which property notices a wrong row.

    Removes and redirects each row, and removes each trigger from its alphabet, one change at a time.

    Exit status: 0 if every mutant that differs is noticed or may survive for a recorded reason, 1 if one
    survives without a reason or a reason names no survivor, 2 if the input cannot be used.
    """
    from lifecheck.cli.mutate import run

    sys.exit(run(system, variant, names, properties, limit, as_json))


@main.command()
@_system
@click.option(
    "--final", "finals", multiple=True, metavar="STATE", help="A run may end here; COMPONENT=STATE of a system."
)
@_attributes
@click.option(
    "--ignored", multiple=True, metavar="NAME", help="What may change because nothing depends on it, as a log."
)
@click.option("--definition-only", is_flag=True, help="Only read what a function makes, and run no callback.")
@_limit
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def lint(
    system: str | None,
    finals: tuple[str, ...],
    attributes: tuple[str, ...],
    ignored: tuple[str, ...],
    definition_only: bool,
    limit: int | None,
    as_json: bool,
) -> None:
    """Say what is wrong with a machine.

    Needs no property. A machine or model is only read; what a function makes is fired as well, callbacks included.

    Exit status: 0 if there is nothing to say, 1 if there are findings, 2 if the input cannot be used.
    """
    from lifecheck.cli.lint import run

    sys.exit(run(system, finals, attributes, limit, as_json, ignored=ignored, definition_only=definition_only))


@main.command()
@_system
@click.option("--to", "to", required=True, metavar="FORMAT", help="promela (for SPIN), tla (for TLC) or json.")
@click.option("--variant", metavar="V", help="Export this variant; without it the first shown.")
@click.option("--property", "names", multiple=True, metavar="P", help="Export this property; may be repeated.")
@_settings
@_properties
@_attributes
@click.option("--out", type=_Place(), metavar="FILE", help="Write to this file; without it, print.")
@_limit
def export(
    system: str | None,
    to: str,
    variant: str | None,
    names: tuple[str, ...],
    settings: tuple[str, ...],
    properties: str | None,
    attributes: tuple[str, ...],
    out: Path | None,
    limit: int | None,
) -> None:
    """Write a system for another checker.

    The same system, properties and fairness, as they were fired from the real machines.
    """
    from lifecheck.cli.export import run

    sys.exit(run(system, to, variant, names, settings, properties, out, limit, attributes))
