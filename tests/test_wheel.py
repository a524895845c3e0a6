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
system = lifecheck.System("door", [lifecheck.component_of(machine, "door")], fair={{"push"}})
print(lifecheck.check(system, lifecheck.eventually(lambda s: s.door == "stuck")).verdict)
print(lifecheck.check(system, lifecheck.can_always_reach(lambda s: s.door == "open")).verdict)
"""

DOOR = """
from lifecheck import Claim, always, never
from transitions import Machine

def door():
    rows = [["push", "closed", "open"], ["slam", "open", "jammed"], ["pull", "open", "closed"]]
    return Machine(states=["closed", "open", "jammed"], initial="closed", transitions=rows)

CLAIMS = [
    Claim("jams", "it never jams", never("state == 'jammed'")),
    Claim("there", "it is somewhere", always("state in ('closed', 'open', 'jammed')")),
]
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


def test_its_pytest_plugin_tests_the_claims_of_a_project_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text('[tool.lifecheck]\nsystems = "door:door"\nproperties = "door:CLAIMS"\n')
    (project / "door.py").write_text(DOOR)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--lifecheck", "-q", "-p", "no:cacheprovider"],
        cwd=project,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "it never jams: violated on door" in run.stdout
    assert "machine: open -> jammed" in run.stdout
    assert run.stdout.splitlines()[-1].startswith("1 failed, 1 passed")
