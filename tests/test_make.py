"""What `make` says on a machine that lacks something, and what it does when all is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # these tests may themselves be run by make, which tells a make below it so
    # what the tests themselves were made with is not for this one
    given = {"PYTHON", "VENV", "TESTS", "PATIENCE", "COMPARED", "AMOUNT", "PART"}
    environment = {name: value for name, value in os.environ.items() if name not in given and "MAKE" not in name}
    return subprocess.run(["make", *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def fake_python(folder: Path, *, fails_on: str) -> Path:
    """Write a program that stands for an interpreter which cannot run code that holds a word."""
    program = folder / "python"
    program.write_text(f'#!/bin/sh\ncase "$2" in *{fails_on}*) exit 1;; esac\nexit 0\n')
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("fails_on", "message"),
    [
        ("version_info", "is older than Python 3.11; name another: make PYTHON=..."),
        ("ensurepip", "has no venv; on Debian: apt-get install python3-venv"),
    ],
)
def test_an_interpreter_that_will_not_do_is_named_in_one_line(clone: Path, fails_on: str, message: str) -> None:
    python = fake_python(clone, fails_on=fails_on)
    run = make(clone, "verify", f"PYTHON={python}")
    assert run.returncode == 2
    assert run.stdout == f"make: {python} {message}\n"
    assert not (clone / ".venv").exists()


def test_a_missing_interpreter_is_named_in_one_line(clone: Path) -> None:
    run = make(clone, "test", "PYTHON=no-such-python")
    assert run.stdout.startswith("make: no-such-python is not there; install Python 3.11 or later")


def test_what_is_set_up_is_not_set_up_again(clone: Path) -> None:
    ready = clone / ".venv" / "ready"
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "lifecheck").write_text("#!/bin/sh\necho lifecheck $*\n")
    (clone / ".venv" / "bin" / "lifecheck").chmod(0o755)
    ready.touch()
    assert make(clone, "verify", "PYTHON=no-such-python").stdout == "lifecheck verify\n"
