"""The list of commands says what each says of itself, and loads none of them."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from lifecheck.cli.main import COMMANDS, main
from tests.lifecheck.cli.cli import ROOT, call


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_a_command_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").partition("\n")[0] == COMMANDS[name][1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_stands_in_the_file_of_its_name(name: str) -> None:
    assert COMMANDS[name][0] == f"lifecheck.cli.{name}:{name}"
    assert (ROOT / "lifecheck" / "cli" / f"{name}.py").is_file()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_names_its_exit_statuses(name: str) -> None:
    called = call(name, "--help")
    assert (called.status, called.err) == (0, "")
    for words in ("Exit status: 0 if", "2 if the input cannot be used", "3 if lifecheck itself failed", "--traceback"):
        assert words in " ".join(called.out.split())


def test_the_list_of_commands_is_whole_and_loads_none_of_them() -> None:
    program = (
        "import sys, click.testing\nfrom lifecheck.cli.main import COMMANDS, main\n"
        "print(click.testing.CliRunner().invoke(main, ['--help']).output)\n"
        "print([name for name, _ in COMMANDS.values() if name.partition(':')[0] in sys.modules])\n"
        "print([name for name in ('transitions', 'lifecheck.machines', 'lifecheck.checking') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    *told, commands, libraries = run.stdout.splitlines()
    assert (commands, libraries) == ("[]", "[]")
    assert [line.split()[0] for line in told[told.index("Commands:") + 1 :] if line.strip()] == list(COMMANDS)
