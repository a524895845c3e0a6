"""The command ``python -m mail``: runs the case on real mail software, and tells what was seen."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import click

from lifecheck import LifecheckError
from lifecheck.files import write_whole
from mail.case import COLUMNS, SILENT, LiveCase, LogParts, Seen
from mail.clamd import version_in
from mail.conformance import ANSWERS
from mail.errors import MailError, listed
from mail.folder import end_leftovers
from mail.instance import STORES, Instance
from mail.judgement import judged
from mail.programs import run, version_of
from mail.redis_streams import CONSUMERS, RedisServer, Stream

SAYS = {
    "unpatched": "a small store that says nothing of what it deletes",
    "patched": "a small store that reports success for what it deletes",
    "consuming": "a small store that reports what it deletes as consumed",
    "bouncing": "a small store that reports a failure for what it deletes",
    "remembering": "a small store that says nothing of what it deletes, and knows it when it comes again",
}

COUNT_NOT_BESIDE = {
    "--redis": ("variant", "store", "attempts", "port"),
    "--end-leftovers": ("variant", "store", "attempts", "port", "logs", "force", "redis"),
}

AS_EXPECTED, FINDINGS, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


@click.command("python -m mail")
@click.option(
    "--variant",
    type=click.Choice([*ANSWERS]),
    default="unpatched",
    show_default=True,
    help="What the store says of a copy that it deletes.",
)
@click.option(
    "--store",
    type=click.Choice(STORES),
    default="small",
    show_default=True,
    help="Dovecot reports what it discards; unpatched, the report is lost on its way.",
)
@click.option("--attempts", type=click.IntRange(1, 100), default=3, show_default=True, help="Attempts at delivery.")
@click.option("--port", type=click.IntRange(1024, 65535), help="Where Postfix takes mail, on loopback.")
@click.option(
    "--logs",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Keep what Postfix and clamd write.",
)
@click.option("--force", is_flag=True, help="Keep it also in the place of files that are there.")
@click.option("--redis", is_flag=True, help="Have Redis Streams bear witness instead.")
@click.option("--end-leftovers", is_flag=True, help="End instances whose owner is gone, and do nothing else.")
def main(
    variant: str,
    store: str,
    attempts: int,
    port: int | None,
    logs: Path | None,
    force: bool,
    redis: bool,
    end_leftovers: bool,
) -> int:
    """Have real mail programs deliver an infected message, and a clean one whose replies are lost.

    Postfix, clamd and a store are started in a temporary folder, on loopback, and ended again. It must be run as root.

    Exit status: 0 if the model's variant explains what Postfix wrote, 1 if it does not, 2 if the programs cannot be
    used.
    """
    _refuse_what_would_not_count("--end-leftovers" if end_leftovers else "--redis" if redis else "")
    if end_leftovers:
        _tell_ended()
        return AS_EXPECTED
    if store == "dovecot" and variant not in ("unpatched", "patched"):
        raise MailError(f"Dovecot reports success for what it discards; it cannot be {variant}: use --store small")
    name = "redis" if redis else variant if store == "small" else f"dovecot-{variant}"
    if logs is not None:
        _refuse_to_replace(logs, name, force=force)
    if redis:
        return _witness(logs)
    patience = 1 if store == "small" and variant in SILENT else 60  # of Postfix, which waits only for what never comes
    with Instance(variant, dovecot=store == "dovecot", patience=patience, port=port or 0) as instance:
        told = Told()
        told.say(_versions(instance))
        told.say(f"The store is {SAYS[variant] if store == 'small' else _said_of_dovecot(variant)}.")
        case = LiveCase(instance, attempts=attempts, loses=name == "dovecot-unpatched")
        parts = LogParts(instance, logs)
        seen, log, _ = parts.of(name, case.infected)
        told.of("An infected message:", seen)
        explained = told.judged(log, variant, losing=False)
        seen, log, _ = parts.of(f"{name}-lost-replies", case.clean)
        told.of("A clean message, whose replies are lost:", seen)
        explained &= told.judged(log, variant, losing=True)
        told.keep(logs, name)
    return AS_EXPECTED if explained else FINDINGS


class Told:
    """What was told so far, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str = "") -> None:
        """Tell a line, folded where it is long."""
        indent = " " * (len(line) - len(line.lstrip()))
        folded = textwrap.wrap(line, 80, subsequent_indent=f"{indent}  ") or [""]
        for part in [line] if len(line) <= 80 else folded:
            click.echo(part)
            self.lines.append(part)

    def keep(self, folder: Path | None, name: str) -> None:
        """Keep what was told in a folder, if there is one."""
        if folder is not None:
            write_whole(folder / f"{name}.txt", "".join(f"{line}\n" for line in self.lines), force=True)

    def of(self, heading: str, seen: list[Seen]) -> None:
        """Tell what was seen of a message."""
        self.say()
        self.say(heading)
        for event, queue, file, *numbers in (COLUMNS, *(one.columns for one in seen)):
            self.say(f"  {event:<16}  {queue:<8}  {file:<5}" + "".join(f"{number:>11}" for number in numbers))
        for reason in dict.fromkeys(one.reason for one in seen if one.reason):
            self.say(f"  Postfix: {reason}")

    def judged(self, log: Path, variant: str, *, losing: bool) -> bool:
        """Tell which variants could have written a log of Postfix; return whether the one that did is among them."""
        could = [name for name, one in judged(log, "Postfix", losing=losing).items() if one]
        lost = ", where replies may be lost" if losing else ""
        self.say(f"  Its log could be of {listed(could) if could else 'no variant'}{lost}.")
        return variant in could


def _refuse_what_would_not_count(chosen: str) -> None:
    """Raise if an option was given that says nothing beside another."""
    given = click.get_current_context().get_parameter_source
    for name in COUNT_NOT_BESIDE.get(chosen, ()):
        if given(name) is not click.core.ParameterSource.DEFAULT:
            raise MailError(f"--{name} says nothing beside {chosen}; leave one of them out")


def _refuse_to_replace(folder: Path, name: str, *, force: bool) -> None:
    """Make a folder for logs; raise if there are logs of that name already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [path.name for path in sorted(folder.iterdir()) if path.stem == name]
    except OSError as error:
        raise MailError(f"logs cannot be kept in {str(folder)!r}: {error.strerror}") from error
    if there and not force:
        raise MailError(f"{listed(there)} of {str(folder)!r} would be replaced; name another folder, or add --force")


def _versions(instance: Instance) -> str:
    postfix = run(["postconf", "-dh", "mail_version"], instance.postfix.log).strip()
    return f"Postfix {postfix}, clamd {version_in(instance.clamd.log)}"


def _said_of_dovecot(variant: str) -> str:
    lost = "; its replies are lost on the way" if variant == "unpatched" else ""
    return f"Dovecot with a Sieve script that discards what clamd finds{lost}"


def _witness(logs: Path | None) -> int:
    """Have consumers of a stream do their work on a real server, and tell what it says after each step."""
    told = Told()
    with RedisServer() as server:
        told.say(f"Redis {version_of('redis-server')}")
        for consumer, triggers in CONSUMERS.items():
            told.say()
            told.say(f"A consumer that {consumer}:")
            stream = Stream(server, consumer)
            for trigger in triggers:
                stream.do(trigger)
                there = "in the stream" if stream.holds_entry() else "not in the stream"
                told.say(f"  {trigger:<14} {there:<18} {'pending' if stream.is_pending() else 'not pending'}")
        if logs is not None:
            write_whole(logs / "redis.log", server.log(), force=True)
    told.keep(logs, "redis")
    return AS_EXPECTED


def _tell_ended() -> None:
    ended = end_leftovers()
    for path in ended:
        click.echo(f"ended: {path}")
    if not ended:
        click.echo("nothing is left over")


def run_as_a_program() -> int:
    """Run the command; tell what cannot be in one line."""
    try:
        status: int = main(standalone_mode=False)
    except click.ClickException as error:
        print(f"mail: {error.format_message().rstrip('.')}; see python -m mail --help", file=sys.stderr)
        return UNUSABLE
    except LifecheckError as error:
        print(f"mail: {error}", file=sys.stderr)
        return UNUSABLE
    except OSError as error:  # a full disk, as a rule
        where = f" ({error.filename})" if error.filename else ""
        print(f"mail: {error.strerror or error}{where}; what was started is ended", file=sys.stderr)
        return UNUSABLE
    except (click.Abort, KeyboardInterrupt):
        print("mail: interrupted; what was started is ended", file=sys.stderr)
        return INTERRUPTED
    return status
