"""Puts what a command prints into a document, for cog."""

from __future__ import annotations

import importlib
import shlex
import textwrap
from collections.abc import Mapping

import cog
from click.testing import CliRunner

from lifecheck import System, explore
from lifecheck.cli import main


def shown(line: str) -> None:
    """Write a command line and what it prints, as a console block."""
    cog.outl("\n```console\n$ " + line)
    cog.out(_output(line))
    cog.outl("```\n")


def refused(line: str) -> None:
    """Write a command line and the reason why it is refused, as a console block."""
    cog.outl("\n```console\n$ " + line)
    cog.out(textwrap.fill(_output(line, status=2), 100, subsequent_indent="    "))
    cog.outl("\n```\n")


def table(line: str) -> None:
    """Write what a command prints as it is."""
    cog.outl("\n" + _output(line))


def summary(line: str) -> None:
    """Write a command line and the last line of what it prints, as a console block."""
    cog.outl(f"\n```console\n$ {line}\n...\n{_output(line).rstrip().splitlines()[-1]}\n```\n")


def shown_lines(line: str, word: str) -> None:
    """Write a command line and those lines of what it prints that hold a word, folded to be read."""
    found = [row.strip() for row in _output(line).splitlines() if word in row]
    folded = "\n".join(textwrap.fill(row, 100, subsequent_indent="    ") for row in found)
    cog.outl(f"\n```console\n$ {line}\n...\n{folded}\n...\n```\n")


def _output(line: str, status: int | None = None) -> str:
    program, *words = shlex.split(line)
    assert program == "lifecheck", line
    result = CliRunner().invoke(main, words)
    assert result.exit_code in ((0, 1) if status is None else (status,)), result.output
    return "".join(f"{row.rstrip()}\n" for row in result.output.splitlines())


def sizes(target: str) -> None:
    """Write how many states and transitions each system of a mapping has, as a table."""
    systems = load_systems(target)
    graphs = [explore(system) for system in systems.values()]
    cog.outl(f"\n| | {' | '.join(systems)} |\n{'|---' * (len(systems) + 1)}|")
    cog.outl(f"| states | {' | '.join(f'{len(graph):,}' for graph in graphs)} |")
    cog.outl(f"| transitions | {' | '.join(f'{graph.transitions:,}' for graph in graphs)} |\n")


def load_systems(target: str) -> Mapping[str, System]:
    """Return the mapping of systems that is called so."""
    module, _, name = target.partition(":")
    systems: Mapping[str, System] = getattr(importlib.import_module(module), name)
    return systems


def excerpt(line: str, language: str, *passages: tuple[str, str]) -> None:
    """Write passages of what a command prints: each from the line that starts so to the next that ends so."""
    printed = _output(line).splitlines()
    shown: list[str] = []
    for start, end in passages:
        first = next(number for number, row in enumerate(printed) if row.startswith(start))
        last = next(number for number in range(first, len(printed)) if printed[number].endswith(end))
        shown += [*printed[first : last + 1], ""]
    cog.outl(f"\n```{language}\n" + "\n".join(shown).rstrip() + "\n```\n")
