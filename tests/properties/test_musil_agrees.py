"""musil counts the same states of every exported variant, and gives the same verdict on every claim."""

from __future__ import annotations

import pytest

from lifecheck.export.description import describe
from model import VARIANTS
from properties import CLAIMS
from tests.lifecheck.export import musil_answers as musil
from tests.lifecheck.export.agreement import own_verdicts


@pytest.mark.long
def test_states_and_verdicts_are_the_same() -> None:
    musil.python()  # skips without it
    descriptions = [describe(system, CLAIMS) for system in VARIANTS.values()]
    for name, description, answer in zip(VARIANTS, descriptions, musil.answers(descriptions), strict=True):
        assert answer["states"] == description.states
        assert answer["verdicts"] == own_verdicts(VARIANTS[name], description), name
