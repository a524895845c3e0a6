"""The built wheel carries lifecheck alone, and checks a machine outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PROGRAM = """
import lifecheck
from transitions import Machine

assert "{site}" in lifecheck.__file__, lifecheck.__file__
machine = Machine(states=["open", "stuck"], initial="open", transitions=[["push", "open", "stuck"]])
system = lifecheck.System("door", [lifecheck.Component.of(machine, "door")], fair={{"push"}})
print(lifecheck.check(system, lifecheck.eventually(lambda s: s.door == "stuck")).verdict)
print(lifecheck.check(system, lifecheck.can_always_reach(lambda s: s.door == "open")).verdict)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_lifecheck_alone_and_says_that_it_is_typed(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"lifecheck"}
    assert "lifecheck/py.typed" in names


def test_it_checks_a_machine_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)  # a pure wheel is its own installation
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(site=site)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["holds", "violated"]


def test_its_command_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    run = subprocess.run(
        [sys.executable, "-m", "lifecheck", "verify"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.startswith("lifecheck: there is no pyproject.toml in the current folder")
