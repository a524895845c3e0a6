"""A certificate for every number is checked by a small program of its own, which refuses one that was tampered with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lifecheck import Component, Row, System, Verdict, can_always_reach, check, leads_to, never
from lifecheck.errors import InputError
from lifecheck.instances import DecidedBy, Decompositions, certificate, check_instances, write_certificate
from lifecheck.instances.copies import copies
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


CROWD = System(
    "crowd",
    [
        Component("task", ["new", "in"], "new", [Row("enter", "new", "in"), Row("reset", "in", "in"),
                                                 Row("reset", "new", "new")], {"enter", "reset"}),
        Component("room", ["0", "1", "2", "3"], "0", [Row("enter", "0", "1"), Row("enter", "1", "2"),
                                                      Row("enter", "2", "3"), *(Row("reset", n, "=") for n in "0123")],
                  {"enter", "reset"}),
    ],
    copied={"task"},
    broadcast={"reset"},
    fair={"enter"},
)  # fmt: skip
"""A room that three are too many for."""


def closed(found: dict[str, Any]) -> dict[str, Any]:
    """Return the certificate with the states that its changed tables and classes reach: nothing is missing any more."""
    checker, size = Checker(found), max(found["class_of"]) + 1
    first = found["class_of"][0]
    states: list[Any] = [(0, 0, checker.told([some * (place == first) for place in range(size)])) for some in (0, 1)]
    for state in states:  # grows while it is walked
        states += dict.fromkeys(after for *_, after in checker.after(state) if after not in states)
    return found | {"states": [[shared, own, list(others)] for shared, own, others in states]}


def for_the_crowd(**changes: Any) -> dict[str, Any]:
    """Return what claims that the room is never too full, where it is when there are three."""
    own = {"enter": [1, -1], "reset": [0, 1]}
    return {
        "format": "lifecheck counter abstraction 2",
        "system": "crowd",
        "property": "never(room == '3')",
        "verdict": "holds",
        "broadcast": ["reset"],
        "own": own,
        "others": own,
        "shared": {"enter": [1, 2, 3, -1], "reset": [0, 1, 2, 3]},
        "class_of": [0, 1],
        "out_of_play": None,
        "counted": [],
        "untold": [],
        "states": [],
        "bad": [[0, 3], [1, 3]],
        "given": None,
        "goal": None,
        "weak": [["enter"]],
        "strong": [],
    } | changes


def test_the_room_is_too_full_for_some_number_and_an_honest_certificate_shows_it() -> None:
    assert check(copies(CROWD, 3), never("room == '3'")).verdict is Verdict.VIOLATED
    assert "is bad" in Checker(closed(for_the_crowd(counted=[1]))).fault()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"counted": [0, 1]}, "a class that is counted, as if it were known how many they are"),
        ({"class_of": [-1, -1]}, "others begin nowhere"),
        ({"broadcast": ["enter", "reset"]}, "broadcast enter is blocked"),
        ({"broadcast": []}, "is bad"),
        (
            {"others": {"enter": [-1, 1], "reset": [1, 1]}, "counted": [1]},
            "reset leads from a class that is not counted, or not told of, to one that is",
        ),
        ({"verdict": "violated"}, "that never is violated does not follow"),
        ({"verdict": "vacuous"}, "that never is vacuous does not follow"),
        ({"property": "leads_to(room == '0', room == '3')"}, "that leads_to is holds does not follow"),
        ({"property": "can_always_reach(room == '0')"}, "that can_always_reach is holds does not follow"),
        ({"format": "lifecheck counter abstraction 1"}, "is another format"),
        ({"own": {"reset": [0, 1]}}, "enter is taken by others, or owed, and instance 1"),
        ({"weak": [["enter"], ["nobody"]]}, "nobody is taken by others, or owed, and instance 1"),
        ({"property": "never(room == '2', given=room == '9')", "given": [[0, 9]]}, "never gets to where something is"),
        ({"untold": [1], "counted": [1]}, "a class that is counted, as if it were known how many they are"),
        (
            {"others": {"enter": [-1, 1], "reset": [1, 1]}, "untold": [0]},
            "reset leads from a class that is not counted, or not told of, to one that is",
        ),
    ],
)
def test_a_certificate_whose_states_fit_what_was_changed_is_refused_for_what_contradicts_itself(
    changes: dict[str, Any], told: str
) -> None:
    found = for_the_crowd(**changes)
    with suppress(IndexError, KeyError):  # what cannot be closed is refused for the same reason
        found = closed(found)
    assert told in Checker(found).fault()


def test_what_something_else_decided_has_none() -> None:
    needs.package("oxidd")
    result = check_instances(LENDING, can_always_reach("task == 'busy'"), 2)
    assert result.decided_by is DecidedBy.EXPLORING
    assert "counting cannot prove what can always be reached" in result.reason()
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
