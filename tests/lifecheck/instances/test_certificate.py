"""A certificate for every number is checked by a small program of its own, which refuses one that was tampered with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lifecheck import Component, Row, System, Verdict, can_always_reach, leads_to
from lifecheck.errors import InputError
from lifecheck.instances import DecidedBy, Decompositions, certificate, check_instances, write_certificate
from model import configured
from properties import CLAIMS
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.instances import certificate_checker
from tests.lifecheck.instances.certificate_checker import Checker
from tests.lifecheck.instances.random_populations import random_populations, random_properties

ALONE = sized(30, 60, 1_000)
"""How many random populations are asked whose certificates are checked."""

TASK = Component(
    "task", ["new", "busy"], "new", [Row("take", "new", "busy"), Row("give", "busy", "new")], {"take", "give"}
)
TOOL = Component(
    "tool", ["free", "lent"], "free", [Row("take", "free", "lent"), Row("give", "lent", "free")], {"take", "give"}
)
LENDING = System("lending", [TASK, TOOL], copied={"task"}, strong={"take": "turns are taken"})
WAITING = leads_to("task == 'new'", "task == 'busy'")


def test_the_program_that_checks_is_short_and_imports_nothing_of_lifecheck() -> None:
    source = Path(certificate_checker.__file__).read_text(encoding="utf-8")
    assert "lifecheck" not in source.split('"""', 2)[2]
    assert len(source.splitlines()) < 150


def test_a_certificate_is_written_out_and_checked(tmp_path: Path) -> None:
    result = check_instances(LENDING, WAITING, 1_000)
    assert (result.verdict, result.instances, result.decided_by) == (
        Verdict.HOLDS,
        "any",
        DecidedBy.COUNTER_ABSTRACTION,
    )
    write_certificate(result, tmp_path / "lending.json")
    command = [sys.executable, certificate_checker.__file__, str(tmp_path / "lending.json")]
    assert subprocess.run(command, check=False, capture_output=True, text=True, timeout=60).stderr == ""
    found = json.loads((tmp_path / "lending.json").read_text(encoding="utf-8"))
    (tmp_path / "lending.json").write_text(json.dumps(found | {"strong": []}), encoding="utf-8")
    refused = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (refused.returncode, refused.stderr) == (1, "there may be a fair loop\n")


def without_a_state(found: dict[str, Any]) -> None:
    found["states"].pop()


def without_the_initial_ones(found: dict[str, Any]) -> None:
    del found["states"][:2]


def with_classes_put_together(found: dict[str, Any]) -> None:
    found["class_of"] = [0, 0]


def with_everybody_out_of_play(found: dict[str, Any]) -> None:
    found["out_of_play"] = 1


def with_less_fairness(found: dict[str, Any]) -> None:
    found["weak"] = []


def with_less_of_a_goal(found: dict[str, Any]) -> None:
    found["goal"] = []


@pytest.mark.parametrize(
    "changed",
    [
        without_a_state,
        without_the_initial_ones,
        with_classes_put_together,
        with_everybody_out_of_play,
        with_less_fairness,
        with_less_of_a_goal,
    ],
)
def test_a_certificate_that_was_changed_is_refused(changed: Callable[[dict[str, Any]], None]) -> None:
    found = certificate(check_instances(LENDING, WAITING, 2))
    assert Checker(found).fault() == ""
    other = deepcopy(found)
    changed(other)
    assert Checker(other).fault() != ""


def test_what_something_else_decided_has_none() -> None:
    needs.package("oxidd")
    result = check_instances(LENDING, can_always_reach("task == 'busy'"), 2)
    assert result.decided_by is DecidedBy.EXPLORING
    assert "what can always be reached it cannot prove" in result.reason()
    with pytest.raises(InputError, match="was decided by exploring, not by the counter abstraction"):
        certificate(result)


def test_certificates_of_random_populations_are_right() -> None:
    needs.package("oxidd")
    checked = 0
    for number, (system, _) in enumerate(random_populations(7, ALONE)):
        for asked in random_properties(Random(number), system):
            result = check_instances(system, asked, 1)
            if result.decided_by is DecidedBy.COUNTER_ABSTRACTION:
                assert Checker(certificate(result)).fault() == "", (system, asked)
                checked += 1
    assert checked > ALONE / 6


@pytest.mark.parametrize("slots", sized(["1"], ["1", "2"], ["1", "2", "3"]))
def test_the_certificates_of_the_corrected_mail_system_are_right(slots: str) -> None:
    system, known = configured({"correction": "report-success", "slots": slots}), Decompositions()
    for claim in CLAIMS:
        if claim.name in ("clean-mail-arrives", "deleted-leaves-queue", "nothing-vanishes"):
            result = check_instances(system, claim.asked, 1, known=known)
            assert (result.verdict, result.decided_by) == (Verdict.HOLDS, DecidedBy.COUNTER_ABSTRACTION), claim.name
            assert Checker(certificate(result)).fault() == "", claim.name
