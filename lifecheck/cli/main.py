"""The command: lists what there is, loads what is called, and tells what went wrong in one line and an exit status."""

from __future__ import annotations

import re
import shutil
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from lifecheck.cli.asked import IS_MACHINE
from lifecheck.cli.command import TRACEBACK
from lifecheck.cli.command import traceback as traceback_option
from lifecheck.cli.in_options import in_options
from lifecheck.cli.output import PLAINER, NotWrittenError, answering
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, FAILED, INPUT_CANNOT_BE_USED, INTERRUPTED, READER_LEFT
from lifecheck.errors import ForeignFileError, LifecheckError, UndeclaredError, did_you_mean
from lifecheck.text import folded
from lifecheck.version import __version__

COMMANDS = {
    "compare": ("lifecheck.cli.compare:compare", "Tell one story on two variants."),
    "draw": ("lifecheck.cli.draw:draw", "Draw machines, runs and verdicts."),
    "explain": ("lifecheck.cli.explain:explain", "Tell the story behind a verdict."),
    "explore": ("lifecheck.cli.explore:explore", "Walk through the states in a browser."),
    "export": ("lifecheck.cli.export:export", "Write a system for another checker."),
    "init": ("lifecheck.cli.init:init", "Begin in a project: find its machine, and write a first claim."),
    "lint": ("lifecheck.cli.lint:lint", "Say what is wrong with a machine."),
    "mutate": ("lifecheck.cli.mutate:mutate", "Ask which property notices a wrong row."),
    "play": ("lifecheck.cli.play:play", "Play a lesson: predict, break it, mend it."),
    "replay": ("lifecheck.cli.replay:replay", "Ask whether a log could have happened."),
    "sweep": ("lifecheck.cli.sweep:sweep", "Judge many settings or mutants."),
    "verify": ("lifecheck.cli.verify:verify", "Check properties on variants."),
}
"""Where each command is, to be imported when it is called, and what the list of commands says of it."""


class _Commands(click.Group):
    """Loads a command when it is called; every error is one line on standard error, and a status of its own."""

    def main(self, *args: Any, **options: Any) -> Any:
        sys.exit(self._status(*args, **options | {"prog_name": "lifecheck", "standalone_mode": False}))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])

    def _status(self, *args: Any, **options: Any) -> int:
        try:
            with answering():
                return super().main(*args, **options) or AS_EXPECTED
        except NotWrittenError as error:
            return _tell_not_written(error)
        except click.exceptions.NoArgsIsHelpError as error:
            _say(error.ctx.get_help() if error.ctx else error.message)
            return INPUT_CANNOT_BE_USED
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "lifecheck"
            meant = re.match("No such command '(.*)'", error.format_message())
            near = f"; {did_you_mean(meant[1], COMMANDS)}" if meant else ""
            told = error.format_message().rstrip(".") + near
            return _refuse(f"{told}{' See' if told.endswith('?') else '; see'} {where} --help")
        except (click.Abort, KeyboardInterrupt):
            return _tell_interrupt()
        except Exception as error:  # before or after what is called, so that no option was read
            return _tell_failure(error)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what is called, and return its exit status, or that of the error it ended with."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, NotWrittenError):
            raise
        except KeyboardInterrupt:
            _show_traceback(ctx)
            return _tell_interrupt()
        except ForeignFileError as error:
            _show_traceback(ctx)
            return _refuse(str(ForeignFileError(error.path, "--force")))
        except UndeclaredError as error:
            _show_traceback(ctx)
            is_machine = ctx.meta.get(IS_MACHINE, False)
            return _refuse(error.told(error.options) if is_machine else str(error))
        except LifecheckError as error:
            _show_traceback(ctx)
            told = str(error).replace("engine='explicit'", "--engine explicit")  # of a system as well: it is asked here
            return _refuse(in_options(told) if ctx.meta.get(IS_MACHINE) else told)
        except SystemExit as error:  # no command exits: they return
            _show_traceback(ctx)
            return _refuse(f"{_place(error)} exits (SystemExit: {error.code}), and no answer is had; take that out")
        except BaseException as error:
            _show_traceback(ctx)
            return _tell_failure(error, "" if ctx.meta.get(TRACEBACK) else "; --traceback shows more")


def _refuse(reason: str) -> int:
    _say("lifecheck: " + " ".join(reason.split()))
    return INPUT_CANNOT_BE_USED


def _tell_interrupt() -> int:
    for line in DOING.known:
        _say(line)
    _say("lifecheck: interrupted" + (f" while {DOING.told}" if DOING.told else ""))
    return INTERRUPTED


def _tell_failure(error: BaseException, more: str = "") -> int:
    _say(f"lifecheck: failed: {type(error).__name__}: {' '.join(str(error).split())} ({_place(error)}){more}")
    return FAILED


def _tell_not_written(error: NotWrittenError) -> int:
    if error.reader_left:
        return READER_LEFT
    _say(f"lifecheck: standard output cannot be written: {error}")
    return FAILED


def _show_traceback(ctx: click.Context) -> None:
    if ctx.meta.get(TRACEBACK):
        _say(traceback.format_exc().rstrip())


def _place(error: BaseException) -> str:
    """Return where in the code an error arose."""
    *_, frame = traceback.extract_tb(error.__traceback__)
    return f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name}"


def _say(text: str) -> None:
    """Write to standard error, if that can be written."""
    with suppress(OSError, ValueError):  # a full disk, or what is checked closed it: the status tells the rest
        is_watched = sys.stderr is not None and sys.stderr.isatty()
        width = shutil.get_terminal_size().columns
        lines = [part for line in text.split("\n") for part in (folded(line, width) if is_watched else [line])]
        click.echo("\n".join(lines), err=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@traceback_option
def main() -> None:
    """Ask whether something in a state machine can get stuck, be lost or go round for ever.

    Example: lifecheck init, then lifecheck verify

    Exit status: 0 if all is as expected, 1 if something is not, 2 if the input cannot be used, 3 if lifecheck itself
    failed or its output cannot be written, 130 if it was interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=PLAINER)
