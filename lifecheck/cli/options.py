"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lifecheck.cli import completion
from lifecheck.cli.memory_size import read_size
from lifecheck.cli.number_of_instances import read_instances

if TYPE_CHECKING:
    from lifecheck.instances import Instances

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Option = Callable[[Decorated], Decorated]


class Place(click.Path):
    """A file or folder; an empty name is none, though Python takes it for the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the place; what is no place is refused."""
        if value == "":
            self.fail("it is empty; name a place", param, ctx)
        if str(value) in ("-", "/dev/stdout", "/dev/fd/1"):
            self.fail(f"{value} is standard output; name a place, or leave the option out", param, ctx)
        return super().convert(value, param, ctx)


force = click.option("--force", is_flag=True, help="Also replace what lifecheck did not write.")

DEFAULT_SIZE = "768M"


def _read_memory(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int:
    return read_size(DEFAULT_SIZE if value is None else value)


def _read_instances(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Instances | None:
    return None if value is None else read_instances(value)


engine = click.option(
    "--engine",
    type=click.Choice(["explicit", "symbolic"]),
    help="Visit states one by one, or hold sets of them; without it, sets where the states grow many.",
)


memory = click.option(
    "--memory",
    metavar="M",
    callback=_read_memory,
    help=f"What sets of states may take, as in 500M or 2G.  [default: {DEFAULT_SIZE}]",
)
"""Passed on as a number of bytes."""


instances = click.option(
    "--instances",
    metavar="N",
    callback=_read_instances,
    help="Check one instance among many: for any number where that follows, else explore N; with any, but a few.",
)
"""Passed on as a number, or as any."""


def variant(purpose: str) -> Option[Any]:
    """Return the option that names one variant."""
    return click.option("--variant", metavar="V", help=purpose, shell_complete=completion.variants)


def variants(purpose: str) -> Option[Any]:
    """Return the option that names variants."""
    return click.option(
        "--variant", "variants", multiple=True, metavar="V", help=purpose, shell_complete=completion.variants
    )


def several_properties(purpose: str) -> Option[Any]:
    """Return the option that names properties; one that is named twice counts once."""
    return click.option(
        "--property",
        "names",
        multiple=True,
        metavar="P",
        help=purpose,
        callback=_once_each,
        shell_complete=completion.properties,
    )


def _once_each(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def as_json(instead_of: str) -> Option[Any]:
    """Return the option that asks for one JSON object."""
    return click.option("--json", "as_json", is_flag=True, help=f"Print one JSON object instead of {instead_of}.")


def place(purpose: str, flag: str = "--out", **more: Any) -> Option[Any]:
    """Return the option that says where to write."""
    return click.option(flag, type=Place(), help=purpose, **more)
