"""SPIN counts the same states of exported machines with callbacks, and gives the same verdicts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from lifecheck import Verdict
from lifecheck.properties import Kind
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.described_machines import system_of
from tests.lifecheck.export.agreement import Split, agree_with_spin
from tests.lifecheck.machine_interpreter import compose
from tests.lifecheck.random_callback_systems import random_callback_systems, random_questions

needs.program("spin")
needs.program("cc")

SYSTEMS = 20
BLOCKS = sized(1, 1, 25)


@pytest.mark.parametrize("block", range(BLOCKS))
@pytest.mark.long
def test_states_and_verdicts_are_the_same(block: int, tmp_path: Path) -> None:
    seed = 2_004 + block
    random = Random(seed)
    split: Split = Counter()
    hierarchical = attributes = several = 0
    for number, described in enumerate(random_callback_systems(seed, SYSTEMS)):
        parts = described.description.parts
        questions = random_questions(random, described)
        asked = {f"{one.asked.kind} {at}": one.asked for at, one in enumerate(questions)}
        exported, verdicts = agree_with_spin(system_of(described.description), asked, tmp_path / str(number))
        whole = compose(described.description, described.tables, [part.name for part in parts])
        assert whole is not None
        assert exported.states == len(whole.moves)
        assert exported.transitions == sum(map(len, whole.moves.values()))
        split += verdicts
        hierarchical += any(part.hierarchical for part in parts)
        attributes += any(part.start for part in parts)
        several += len(described.description.machines) > 1
    assert min(hierarchical, attributes, several) >= 3
    for kind in Kind:
        if kind is not Kind.CAN_ALWAYS_REACH:
            assert split[kind, Verdict.HOLDS], kind
            assert split[kind, Verdict.VIOLATED], kind
    assert split[Kind.LEADS_TO, Verdict.VACUOUS]
