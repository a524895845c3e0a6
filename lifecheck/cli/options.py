"""The options that several commands share, and what a command is: its options and its body."""

from __future__ import annotations

import shlex
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lifecheck.cli import completion
from lifecheck.cli.in_options import in_options
from lifecheck.cli.memory_size import read_size
from lifecheck.cli.number_of_instances import read_instances
from lifecheck.cli.output import others_on_standard_error
from lifecheck.cli.progress import DOING
from lifecheck.errors import SlowCallbackWarning

if TYPE_CHECKING:
    from lifecheck.instances import Instances
    from lifecheck.project import Project, Subject
    from lifecheck.system import Guards

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Option = Callable[[Decorated], Decorated]

TRACEBACK = "lifecheck.traceback"
"""Under this key a context remembers whether tracebacks were asked for."""


TIMEOUT = 30.0
"""How many seconds loading what is named may take, unless told otherwise."""

IS_MACHINE = "lifecheck.is_machine"
"""Under this key a context remembers whether what is asked about is one machine, of which options can declare."""


class Command(click.Command):
    """A command whose body returns the exit status, and alone writes to standard output meanwhile."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the body."""
        with others_on_standard_error(), DOING.something("loading"), _warnings_in_one_line():
            return super().invoke(ctx)


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


_FORMS = (
    "SYSTEM is package.module:name, module:object.attribute or path/file.py:name, or a file in YAML or JSON that "
    "configures a machine; without it, what [tool.lifecheck] of the nearest pyproject.toml names."
)


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

force = click.option("--force", is_flag=True, help="Also replace what lifecheck did not write.")


@dataclass(frozen=True)
class Asked:
    """What a command is asked about, and how it is looked at; the same for every command.

    Parameters
    ----------
    system
        What to check, as it was named; None for what the project file names.
    properties
        The claims, as they were named; None for the project's or the module's.
    attributes, ignored, final, arguments
        What was said of a machine.
    settings
        Switches to set, as ``key=value``.
    limit
        How many states are visited at most.
    words
        What else was named: a property, or two variants.
    guards
        "either" where no condition is asked.
    timeout
        How many seconds loading may take; 0 for as long as it takes.
    """

    system: str | None
    properties: str | None
    attributes: tuple[str, ...]
    ignored: tuple[str, ...]
    final: tuple[str, ...]
    settings: tuple[str, ...]
    limit: int
    words: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    guards: Guards | None = None
    timeout: float = 0

    def project(self, *, claims_needed: bool = True) -> Project:
        """Load what is asked about."""
        from lifecheck.project import load_project, within

        with within(self.timeout, self.named):
            project = load_project(
                self.system,
                self.properties,
                claims_needed=claims_needed,
                attributes=self.attributes,
                ignored=self.ignored,
                final=self.final,
                arguments=self.arguments,
                guards=self.guards,
            )
        DOING.now(f"exploring {project.name}")
        context = click.get_current_context(silent=True)
        if context is not None:
            context.meta[IS_MACHINE] = project.is_machine
        return project

    @property
    def named(self) -> str:
        """What is loaded, for messages."""
        return "what the project file names" if self.system is None else repr(self.system)

    def subject(self) -> Subject:
        """Load what is asked about, and leave it as it is found."""
        from lifecheck.project import load_subject, within

        with within(self.timeout, self.named):
            return load_subject(self.system)

    def again(self, command: str, *words: str) -> str:
        """Return another command about the same, to be pasted into a shell."""
        options = [
            *(("--properties", self.properties) if self.properties else ()),
            *(part for name in self.attributes for part in ("--attribute", name)),
            *(part for name in self.ignored for part in ("--ignored", name)),
            *(part for name in self.final for part in ("--final", name)),
            *(part for given in self.arguments for part in ("--arguments", given)),
            *(("--guards", self.guards) if self.guards else ()),
            *(part for setting in self.settings for part in ("--set", setting)),
        ]
        return shlex.join(["lifecheck", command, *([self.system] if self.system else []), *words, *options])


def about(
    *named: str, limit: int, properties: bool = True, limited: str = "--limit"
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return what gives a command its subject and the options about it, and passes them on as one `Asked`.

    Parameters
    ----------
    named
        What else is named after SYSTEM, such as a property.
    limit
        How many states are visited unless told otherwise.
    properties
        Whether the command asks for claims.
    limited
        The option that says so, where ``--limit`` is of something else.
    """

    def given(body: Callable[..., int]) -> Callable[..., int]:
        @wraps(body)
        def called(**values: Any) -> int:
            taken = {name: values.pop(name) for name in _ABOUT if name in values}
            system, words = _split(values.pop("subject"), named)
            return body(Asked(system=system, words=words, **{"properties": None, **taken}), **values)

        metavar = " ".join(["[SYSTEM]", *named])
        decorators = [
            click.argument("subject", nargs=-1, metavar=metavar, shell_complete=completion.of_subject(*named)),
            *([_properties] if properties else []),
            _attributes,
            _ignored,
            _arguments,
            _guards,
            _final,
            _settings,
            _timeout,
            click.option(
                limited,
                "limit",
                type=click.IntRange(min=1),
                metavar="N",
                default=limit,
                help=f"Visit at most N states, beyond which 'unknown' is said.  [default: {limit:,}]",
            ),
        ]
        for decorator in reversed(decorators):
            called = decorator(called)
        return called

    return given


_ABOUT = ("properties", "attributes", "ignored", "arguments", "guards", "final", "settings", "limit", "timeout")


def _split(given: tuple[str, ...], named: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Return the system, if one is named, and what is named after it."""
    from lifecheck.project import is_configuration

    begins_with_system = bool(given) and (":" in given[0] or is_configuration(given[0]))
    lacking = len(named) + begins_with_system - len(given)
    if lacking > 0:
        raise click.UsageError(f"Missing argument {named[-lacking]!r}", click.get_current_context())
    if len(given) > len(named) + 1:
        raise click.UsageError(
            f"Got unexpected extra argument ({' '.join(given[len(named) + 1 :])})", click.get_current_context()
        )
    has_system = len(given) > len(named)
    return (given[0] if has_system else None), given[has_system:]


_properties = click.option(
    "--properties", metavar="CLAIMS", help="Claims to check, named as SYSTEM is; else the project's or the module's."
)

_settings = click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set a switch of the variants; may be repeated."
)

_timeout = click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=TIMEOUT,
    help=f"How long loading SYSTEM may take, where importing starts a program; 0: no limit.  [default: {TIMEOUT:g}]",
)

_attributes = click.option(
    "--attribute",
    "attributes",
    multiple=True,
    metavar="NAME",
    help="An attribute of a machine's model that belongs to its state; may be repeated.",
)

_ignored = click.option(
    "--ignored",
    multiple=True,
    metavar="NAME",
    help="What may change because nothing depends on it, as a log; may be repeated.",
)

_arguments = click.option(
    "--arguments",
    multiple=True,
    metavar="TRIGGER=VALUE",
    help="What a trigger is fired with that takes arguments, as pay=5; each choice is a trigger of its own.",
)

_guards = click.option(
    "--guards",
    type=click.Choice(["either"]),
    help="Run no callback; each guard may answer either way, which proves what holds however they answer.",
)

_final = click.option(
    "--final",
    multiple=True,
    metavar="STATE",
    help="A run may end here, and asks whether it always can; COMPONENT=STATE of a system; may be repeated.",
)


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
