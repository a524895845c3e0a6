"""What a command is: its options above a body that returns the exit status, and what every command can be asked."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from lifecheck.cli.in_options import in_options
from lifecheck.cli.output import others_on_standard_error
from lifecheck.cli.progress import DOING
from lifecheck.errors import SlowCallbackWarning

TRACEBACK = "lifecheck.traceback"
"""Under this key a context remembers whether tracebacks were asked for."""


_FORMS = (
    "SYSTEM is package.module:name, module:object.attribute or path/file.py:name, or a file in YAML or JSON that "
    "configures a machine; without it, what [tool.lifecheck] of the nearest pyproject.toml names."
)


class Command(click.Command):
    """A command whose body returns the exit status, and alone writes to standard output meanwhile."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the body."""
        with others_on_standard_error(), DOING.something("loading"), _warnings_in_one_line():
            return super().invoke(ctx)


def command(name: str, epilog: str = _FORMS) -> Callable[[Callable[..., int]], Command]:
    """Make a command of its body, which returns the exit status; its help ends with how what it takes is named."""

    def made(body: Callable[..., int]) -> Command:
        return click.command(name, cls=Command, epilog=epilog)(traceback(body))

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


@contextmanager
def _warnings_in_one_line() -> Iterator[None]:
    """Tell what lifecheck warns of on standard error, in the words of the command line."""
    with warnings.catch_warnings():
        others = warnings.showwarning
        told: set[str] = set()

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if issubclass(category, SlowCallbackWarning):
                component, _, _ = str(message).partition(": ")
                if component not in told:  # it may be explored several times
                    told.add(component)
                    DOING.clear()
                    click.echo(f"lifecheck: {in_options(str(message))}", err=True)
                    DOING.now(DOING.told)
            else:
                others(message, category, *place, **more)

        warnings.simplefilter("always", SlowCallbackWarning)
        warnings.showwarning = show
        yield
