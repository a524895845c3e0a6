"""On hierarchical machines, guards, callbacks and observers sets of states give what a judge and the explorer give."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests import needs
from tests.cross_check import sized

needs.package("oxidd")

from lifecheck import Result, Verdict  # noqa: E402
from lifecheck.checking import check_by  # noqa: E402
from lifecheck.checking.check import settled  # noqa: E402
from lifecheck.machines import Tables  # noqa: E402
from lifecheck.machines.conformance import Drive  # noqa: E402
from lifecheck.statespace import Explorer  # noqa: E402
from lifecheck.symbolic import SymbolicLimitError, SymbolicSpace, fire  # noqa: E402
from tests.lifecheck.callback_judge import JudgedSystem  # noqa: E402
from tests.lifecheck.described_machines import system_of, with_fairness_of  # noqa: E402
from tests.lifecheck.random_callback_systems import random_callback_systems, random_questions  # noqa: E402

SYSTEMS = sized(9, 60, 2_500)
MIXTURES = 3


@pytest.fixture(autouse=True)
def _quick_firing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fire once: nothing is hidden in these machines, and what firing finds is not what is compared here."""
    monkeypatch.setattr("lifecheck.machines.conformance._BESIDES", 0)
    monkeypatch.setattr(
        "lifecheck.machines.table.drive", lambda *_, **__: Drive(difference=None, firings=0, is_whole=True)
    )


def test_verdicts_counts_depth_and_evidence_are_those_of_the_judge_and_of_the_explorer() -> None:
    random, met = Random(SYSTEMS), Counter[str]()
    for number, described in enumerate(random_callback_systems(31415, SYSTEMS, MIXTURES)):
        description, questions = described.description, random_questions(random, described)
        if number % MIXTURES == 0:
            system, tables = system_of(description), Tables()
        else:
            system = with_fairness_of(description, system)
        explorer = Explorer(tables)
        found, known = [], []
        for one in questions:
            try:
                found.append(settled(check_by(explorer, system, one.asked, engine="symbolic")))
            except SymbolicLimitError:  # a local state that no run reaches cannot be fired
                met["refused"] += 1
                break
            known.append(settled(check_by(explorer, system, one.asked, engine="explicit")))
        for symbolic, explicit in zip(found, known, strict=True):
            alike(symbolic, explicit)
            met[symbolic.verdict] += 1
        faults = [
            one.faults for one in JudgedSystem(description, described.tables).compared(questions[: len(found)], found)
        ]
        assert not any(faults), (description, faults)
        if len(found) == len(questions):
            space, graph = SymbolicSpace(system, fire(system, tables)), explorer.explore(system)
            assert (space.states, space.transitions, space.depth) == (len(graph), graph.transitions, graph.depth)
        met["hierarchical"] += any(part.hierarchical for part in description.machines)
        met["guarded"] += any(row.guards for part in description.machines for row in part.rows)
        met["observed"] += bool(description.observers)
    print("\n", dict(met))
    assert met["refused"] < SYSTEMS / 10
    assert min(met[what] for what in ("hierarchical", "guarded", Verdict.HOLDS, Verdict.VIOLATED)) > SYSTEMS / 10
    assert met["observed"] >= sized(0, 6, 250)


def alike(symbolic: Result, explicit: Result) -> None:
    """Assert that two answers are the same, but for which of several lassos is shown.

    Where one of them reads an observer that the other never came to read, they are about different systems.
    """
    assert (symbolic.engine, explicit.engine) == ("symbolic", "explicit")
    assert symbolic.verdict is explicit.verdict
    if symbolic.system is not explicit.system:
        assert symbolic.system.left_out != explicit.system.left_out
        return
    assert (symbolic.states, symbolic.transitions) == (explicit.states, explicit.transitions)
    assert symbolic.assumptions == explicit.assumptions
    if not symbolic.property.kind.is_liveness:
        assert symbolic.evidence == explicit.evidence
    elif symbolic.evidence is not None and explicit.evidence is not None and symbolic.evidence.shortest:
        assert len(symbolic.evidence.states) == len(explicit.evidence.states)
