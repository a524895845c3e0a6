"""What is built to be published: a wheel of lifecheck alone and an sdist, at work where nothing else is installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from tests import needs
from tests.clean_environment import clean_environment, install

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

PROGRAM = """
import lifecheck
from transitions import Machine

machine = Machine(states=["open", "stuck"], initial="open", transitions=[["push", "open", "stuck"]])
system = lifecheck.System("door", [lifecheck.component_of(machine, "door")], fair={"push"})
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

TYPED = """
from lifecheck import Component, Result, Row, State, System, check, never, story

def jammed(state: State) -> bool:
    return state.door == "jammed"

door = Component("door", ["closed", "jammed"], "closed", [Row("slam", "closed", "jammed")], {"slam"})
result: Result = check(System("door", [door]), never(jammed))
text: str = story(result)
stem: tuple[str, ...] = result.evidence.stem if result.evidence else ()
"""
MISTAKEN = """
from lifecheck import Component, check, never, nowhere, story

story("no result")
Component("door", ["closed"], initial=1, rows=[], alphabet=set())
verdict: int = check(1, never("state == 'jammed'")).verdict
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(ROOT, folder)
    return folder


def build(source: Path, folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder), *options]
    subprocess.run(command, cwd=source, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def sdist(built: Path) -> Path:
    (found,) = built.glob("*.tar.gz")
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of an environment with the wheel and pytest, which the plugin waits for."""
    found = clean_environment(tmp_path_factory.mktemp("clean") / "env", [*PROJECT["project"]["dependencies"], "pytest"])
    install(found, wheel)
    return found


def run(python: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder outside of the checkout."""
    return subprocess.run([python, *words], cwd=folder, capture_output=True, text=True, check=False)


def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def metadata(wheel: Path) -> Message:
    (name,) = (name for name in content(wheel) if name.endswith(".dist-info/METADATA"))
    return message_from_bytes(content(wheel)[name])


def test_the_wheel_carries_lifecheck_alone_and_says_that_it_is_typed(wheel: Path) -> None:
    names = content(wheel)
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"lifecheck"}
    assert "lifecheck/py.typed" in names


def test_the_sdist_makes_the_same_wheel_byte_by_byte(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    build(source, tmp_path / "again", "--target", "wheel")
    (again,) = (tmp_path / "again").glob("*.whl")
    assert content(again) == content(wheel)


def test_both_pass_the_check_of_the_package_index(built: Path) -> None:
    needs.package("twine")
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, sorted(built.iterdir()))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("PASSED") == 2


def test_the_front_page_of_a_package_index_links_to_nothing_beside_itself(wheel: Path) -> None:
    needs.package("readme_renderer")
    from readme_renderer import markdown

    page = markdown.render(str(metadata(wheel).get_payload()))
    assert page is not None
    targets = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert len(targets) > 20
    assert [target for target in targets if not target.startswith(("https://", "#"))] == []
    assert "<img" in page
    assert "[[[cog" not in re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)


def test_the_wheel_checks_a_machine_where_only_what_it_declares_is_installed(python: Path, tmp_path: Path) -> None:
    found = run(python, tmp_path, "-c", PROGRAM)
    assert found.stdout.split() == ["holds", "violated"], found.stderr


def test_its_command_runs_outside_the_checkout(python: Path, tmp_path: Path) -> None:
    command = [python.parent / "lifecheck", "verify"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert found.stderr.startswith("lifecheck: there is no pyproject.toml in the current folder")


@pytest.mark.long
def test_its_pytest_plugin_tests_the_claims_of_a_project_outside_the_checkout(python: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.lifecheck]\nsystems = "door:door"\nproperties = "door:CLAIMS"\n')
    (tmp_path / "door.py").write_text(DOOR)
    found = run(python, tmp_path, "-m", "pytest", "--lifecheck", "-q", "-p", "no:cacheprovider")
    assert found.returncode == 1, found.stdout + found.stderr
    assert "it never jams: violated on door" in found.stdout
    assert "door: open -> jammed" in found.stdout
    assert found.stdout.splitlines()[-1].startswith("1 failed, 1 passed")


@pytest.mark.long
def test_the_sdist_is_installed_where_only_what_it_declares_is_there(sdist: Path, tmp_path: Path) -> None:
    declared = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    python = clean_environment(tmp_path / "env", declared)
    install(python, sdist, "--no-build-isolation")
    assert run(python, tmp_path, "-m", "lifecheck", "--version").stdout.split()[-1] in sdist.name


def test_an_environment_that_lacks_what_is_declared_is_refused(wheel: Path, tmp_path: Path) -> None:
    python = clean_environment(tmp_path / "env", ["click"])
    with pytest.raises(AssertionError, match="executing"):
        install(python, wheel)


@pytest.mark.long
def test_the_types_of_the_wheel_are_seen_by_its_users(python: Path, tmp_path: Path) -> None:
    needs.package("mypy")
    (tmp_path / "typed.py").write_text(TYPED)
    (tmp_path / "mistaken.py").write_text(MISTAKEN)
    options = ["--strict", "--no-error-summary", "--python-executable", str(python), "--cache-dir", os.devnull]
    found = run(Path(sys.executable), tmp_path, "-m", "mypy", *options, "typed.py", "mistaken.py")
    told = [line for line in found.stdout.splitlines() if ": error:" in line]
    assert {line.partition(":")[0] for line in told} == {"mistaken.py"}, found.stdout + found.stderr
    assert re.findall(r"\[([a-z-]+)\]$", "\n".join(told), re.MULTILINE) == [
        "attr-defined",
        "arg-type",
        "arg-type",
        "assignment",
    ]
