"""The options that several commands share, and what a command is: its options and its body."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from lifecheck.cli.output import others_on_standard_error

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Option = Callable[[Decorated], Decorated]

TRACEBACK = "lifecheck.traceback"
"""Under this key a context remembers whether tracebacks were asked for."""


class Command(click.Command):
    """A command whose body returns the exit status, and alone writes to standard output meanwhile."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the body."""
        with others_on_standard_error():
            return super().invoke(ctx)


class _Place(click.Path):
    """A file or folder; an empty name is none, though Python takes it for the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("it is empty; name a place", param, ctx)
        if str(value) in ("-", "/dev/stdout", "/dev/fd/1"):
            self.fail(f"{value} is standard output; name a place, or leave the option out", param, ctx)
        return super().convert(value, param, ctx)


def command(name: str) -> Callable[[Callable[..., int]], Command]:
    """Make a command of its body, which returns the exit status."""

    def made(body: Callable[..., int]) -> Command:
        return click.command(name, cls=Command)(traceback(body))

    return made


def _remember_traceback(ctx: click.Context, _: click.Parameter, is_wanted: bool) -> None:
    if is_wanted:
        ctx.meta[TRACEBACK] = True


traceback = click.option(
    "--traceback",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember_traceback,
    help="Of an error show also where in the code it arose.",
)

subject = click.argument("system", required=False, metavar="[PACKAGE.MODULE:NAME]")

instead = click.option("--system", metavar="PACKAGE.MODULE:NAME", help="Instead of the project's systems.")

properties = click.option(
    "--properties", metavar="PACKAGE.MODULE:NAME", help="Claims to check; without it the project's or the module's."
)

settings = click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set a switch of the variants; may be repeated."
)

limit = click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Visit at most N states; beyond that 'unknown' is said."
)

engine = click.option(
    "--engine",
    type=click.Choice(["explicit", "symbolic"]),
    help="Visit states one by one, or hold sets of them; without it, sets where the states grow many.",
)

attributes = click.option(
    "--attribute", "attributes", multiple=True, metavar="NAME", help="An attribute that belongs to the state."
)


force = click.option("--force", is_flag=True, help="Also replace what lifecheck did not write.")


def variant(purpose: str) -> Option[Any]:
    """Return the option that names one variant."""
    return click.option("--variant", metavar="V", help=purpose)


def variants(purpose: str) -> Option[Any]:
    """Return the option that names variants."""
    return click.option("--variant", "variants", multiple=True, metavar="V", help=purpose)


def several_properties(purpose: str) -> Option[Any]:
    """Return the option that names properties; one that is named twice counts once."""
    return click.option("--property", "names", multiple=True, metavar="P", help=purpose, callback=_once_each)


def _once_each(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def as_json(instead_of: str) -> Option[Any]:
    """Return the option that asks for one JSON object."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print one JSON object instead of {instead_of}.")


def place(purpose: str, **more: Any) -> Option[Any]:
    """Return the option that says where to write."""
    return click.option("--out", type=_Place(), help=purpose, **more)
