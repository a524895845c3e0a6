"""``lifecheck explain --pytest FILE``: the counterexample of a verdict as a test, run for real."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lifecheck.cli.cli import ROOT, call

LAMP = """
from transitions import Machine
from lifecheck import Claim, never

def lamp():
    return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])

LAMP = lamp()
CLAIMS = [Claim("dark", "it stays dark", never("state == 'on'")), Claim("never", "it is both", never("False"))]
"""


def outcome(*files: Path, folder: Path) -> str:
    """Run test files by plain pytest in a process of its own, and return what it says in the end."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        *map(str, files),
    ]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    run = subprocess.run(command, cwd=files[0].parent, env=environment, capture_output=True, text=True, check=False)
    return run.stdout.splitlines()[-1]


@pytest.fixture
def lamps(elsewhere: Path) -> Path:
    """Move to a folder with a module of lamps."""
    (elsewhere / "strangers_lamp.py").write_text(LAMP)
    return elsewhere


@pytest.mark.long
def test_the_files_fail_on_the_shipped_system_and_pass_on_the_corrected_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    shipped, corrected = tmp_path / "shipped", tmp_path / "corrected"
    for folder in (shipped, corrected):
        folder.mkdir()
    for name in ("deleted-leaves-queue", "can-drain", "deleted-at-most-once"):
        file = shipped / f"test_{name.replace('-', '_')}.py"
        called = call("explain", name, "--variant", "unpatched", "--pytest", str(file))
        assert called.status == 0
        assert called.out.endswith(f"Written as a regression test: {file}\n")
        text = file.read_text()
        assert "from model import VARIANTS\n" in text
        assert f"def {file.stem}() -> None:\n" in text
        assert "        # The store deletes the copy.\n" in text or name == "can-drain"
        assert 'VARIANTS["unpatched"]' in text
        (corrected / file.name).write_text(text.replace('VARIANTS["unpatched"]', 'VARIANTS["patched"]'))

    assert outcome(*sorted(shipped.iterdir()), folder=ROOT).startswith("3 failed")
    assert outcome(*sorted(corrected.iterdir()), folder=ROOT).startswith("3 passed")


@pytest.mark.parametrize("name", ["lamp", "LAMP"])
def test_a_machine_or_the_function_that_makes_it_is_imported_by_its_name(lamps: Path, name: str) -> None:
    called = call("explain", f"strangers_lamp:{name}", "dark", "--pytest", "test_lamp.py")
    assert called.status == 1  # a requirement without expectation that does not hold
    text = (lamps / "test_lamp.py").read_text()
    assert f'from strangers_lamp import {name}\n\nSYSTEM = RecordedSystem(\n    {{"lamp": {name}}},' in text
    assert "PROPERTY = never(\"state == 'on'\")\n" in text
    assert "def test_dark() -> None:\n" in text
    assert outcome(lamps / "test_lamp.py", folder=lamps).startswith("1 failed")


def test_a_file_in_a_folder_is_called_after_the_claim(lamps: Path) -> None:
    (lamps / "regressions").mkdir()
    called = call("explain", "strangers_lamp:lamp", "dark", "--pytest", "regressions")
    assert called.out.endswith("\nWritten as a regression test: regressions/test_dark.py\n")
    assert outcome(lamps / "regressions" / "test_dark.py", folder=lamps).startswith("1 failed")


def test_a_lambda_is_the_claim_of_its_table_and_explain_says_so(lamps: Path) -> None:
    (lamps / "strangers_lamp.py").write_text(
        LAMP.replace("never(\"state == 'on'\")", 'never(lambda s: s.state == "on")')
    )
    called = call("explain", "strangers_lamp:lamp", "dark", "--pytest", "test_dark.py")
    assert called.out.endswith("test_dark.py\nThe property is that of the claim 'dark' of strangers_lamp:CLAIMS.\n")
    assert outcome(lamps / "test_dark.py", folder=lamps).startswith("1 failed")


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "strangers_lamp:lamp", "dark", "--pytest", "mine.py"],
        ["export", "strangers_lamp:lamp", "--to", "promela", "--out", "mine.py"],
        ["draw", "strangers_lamp:lamp", "--kind", "sequence", "--out", "pictures"],
    ],
)
def test_what_lifecheck_did_not_write_is_replaced_only_if_forced(lamps: Path, words: list[str]) -> None:
    (lamps / "pictures").mkdir()
    mine = lamps / ("pictures/sequence-dark-lamp.svg" if "draw" in words else "mine.py")
    mine.write_text("mine")
    called = call(*words)
    assert (called.status, called.out) == (2, "")
    said = (
        f"lifecheck: {str(mine.relative_to(lamps))!r} is there already and lifecheck did not write it; choose another"
    )
    assert called.err == f"{said} name, or replace it with --force\n"
    assert mine.read_text() == "mine"
    assert call(*words, "--force").status in (0, 1)
    assert mine.read_text() != "mine"
    assert call(*words).status in (0, 1)  # what lifecheck wrote it may replace


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["strangers_lamp:lamp", "never"], "never(False): holds; there is no run that a test could replay"),
        (["strangers_lamp:lamp", "dark", "--pytest", "no/where.py"], "cannot write 'no/where.py': No such"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line_before_anything_is_said(
    lamps: Path, words: list[str], message: str
) -> None:
    called = call("explain", "--pytest", "test_lamp.py", *words)
    assert (called.status, called.out) == (2, "")
    assert called.err.startswith(f"lifecheck: {message}")
    assert called.err.count("\n") == 1
    assert not (lamps / "test_lamp.py").exists()


def test_a_variant_that_switches_made_has_no_name_to_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words = ["deleted-at-most-once", "--variant", "patched-expiry", "--set", "acknowledgements=lost-again"]
    made = call("explain", *words, "--set", "store_crashes=on", "--pytest", str(tmp_path / "test_it.py"))
    assert made.status == 2
    assert "holds no variant 'patched-expiry acknowledgements=lost-again" in made.err
