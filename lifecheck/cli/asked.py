"""What a command is asked about: the options that say which system, and how it is looked at."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from lifecheck.cli import completion
from lifecheck.cli.progress import DOING

if TYPE_CHECKING:
    from lifecheck.project import Project, Subject
    from lifecheck.system import Guards

TIMEOUT = 30.0
"""How many seconds loading what is named may take, unless told otherwise."""

IS_MACHINE = "lifecheck.is_machine"
"""Under this key a context remembers whether what is asked about is one machine, of which options can declare."""


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
