"""pytest run both ways: it fails on the unpatched system, with the story, and passes on the patched one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

EXHAUSTIVE = "test_every_state_and_every_fair_run_meets"
RUNS = "test_runs_of_the_real_machines_meet"


COMMANDS = {
    "patched": "pytest tests/properties/test_requirements.py",
    "unpatched": "pytest tests/properties/test_requirements.py --variant unpatched",
    "unpached": "pytest tests/properties/test_requirements.py --variant unpached",
}


def start(variant: str, *words: str) -> subprocess.Popen[str]:
    # the patched system is judged at length by the run that this test is part of
    profile = ["--hypothesis-profile=brief"] if variant == "patched" else []
    command = [
        sys.executable,
        "-m",
        *COMMANDS[variant].split(),
        *profile,
        *words,
        "-q",
        "-rf",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ]
    # where CI is set pytest repeats every failure in its summary; and all requirements are asked, not a part of them
    left_out = ("CI", "BUILD_NUMBER", "LIFECHECK_CROSS_CHECK_PART")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def failed(told: str) -> list[tuple[str, str]]:
    """Return each test that failed, with its claim."""
    return re.findall(r"^FAILED \S+::(\w+)\[([\w-]+)\]", told, flags=re.MULTILINE)


BROKEN = ["deleted-leaves-queue", "can-drain", "deletion-settles", "deleted-at-most-once", "outage-only-delays"]


def test_exactly_the_broken_requirements_fail_on_the_unpatched_system_and_none_on_the_patched_one() -> None:
    unpatched, patched = start("unpatched", "-k", EXHAUSTIVE), start("patched", "-k", EXHAUSTIVE)
    told, quiet = unpatched.communicate()[0], patched.communicate()[0]

    assert patched.returncode == 0, quiet
    assert "14 passed, 13 deselected" in quiet
    assert unpatched.returncode == 1, told
    assert failed(told) == [(EXHAUSTIVE, claim) for claim in BROKEN]
    assert told.count("Steps 2 to 6 can repeat for ever") == 3  # of the liveness requirements


@pytest.mark.long
def test_runs_of_the_real_machines_break_them_too_where_a_single_run_can() -> None:
    unpatched, patched = start("unpatched", "-k", RUNS), start("patched", "-k", RUNS)
    told, quiet = unpatched.communicate()[0], patched.communicate()[0]

    assert patched.returncode == 0, quiet
    assert "13 passed, 14 deselected" in quiet
    assert unpatched.returncode == 1, told
    assert failed(told) == [(RUNS, claim) for claim in BROKEN if claim != "can-drain"]  # no run ever refutes that
    assert told.count("Steps 2 to 6 can repeat for ever") == 3
    assert "state.abandon_attempt()" in told


def test_an_unknown_variant_is_refused_with_the_nearest_names() -> None:
    run = start("unpached")
    assert "there is no variant 'unpached'; did you mean 'unpatched'" in run.communicate()[0]
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
