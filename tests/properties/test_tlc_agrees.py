"""TLC counts the same states of exported variants, and gives the same verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecheck import Verdict
from lifecheck.export.description import describe
from lifecheck.properties import Kind
from model import VARIANTS
from properties import CLAIMS
from tests.cross_check import sized
from tests.lifecheck.export.agreement import own_verdicts
from tests.lifecheck.export.tlc import Tlc, jar

jar()  # skips without it

SOME = ("unpatched",)


@pytest.mark.parametrize("name", sized(SOME, SOME, list(VARIANTS)))
@pytest.mark.long
def test_states_and_verdicts_are_the_same(name: str, tmp_path: Path) -> None:
    description = describe(VARIANTS[name], CLAIMS)
    own = own_verdicts(VARIANTS[name], description)
    tlc = Tlc(description, tmp_path)
    assert tlc.count() == description.states
    asked = [one for one in description.questions if one.asked.kind is not Kind.CAN_ALWAYS_REACH]
    ruled = [one for one in asked if one.asked.kind is not Kind.SOMETIMES]
    assert tlc.all_hold([one for one in ruled if own[one.name] is not Verdict.VIOLATED])
    violated = [one for one in ruled if own[one.name] is Verdict.VIOLATED]
    for question in sized(violated[:1], violated[:1], violated):
        assert tlc.verdict(question) is own[question.name], question.name
    assert violated or name != "unpatched"
