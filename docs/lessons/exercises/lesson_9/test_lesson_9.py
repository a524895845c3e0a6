"""Has the answer what a good answer has, whatever it is about?"""

from __future__ import annotations

from types import ModuleType
from typing import TypeVar

import pytest

from lifecheck import Claim, Kind, System, Verdict, judge

Wanted = TypeVar("Wanted")

IN_THE_END = (Kind.LEADS_TO, Kind.EVENTUALLY, Kind.CAN_ALWAYS_REACH)


def given(answer: ModuleType, name: str, kind: type[Wanted], hint: str) -> Wanted:
    found = getattr(answer, name, None)
    if not isinstance(found, kind):
        pytest.fail(f"Hint: {hint}", pytrace=False)
    return found


def system_of(answer: ModuleType) -> System:
    return given(
        answer,
        "SYSTEM",
        System,
        "SYSTEM is to be a System of your own; begin with one component.",
    )


def broken_of(answer: ModuleType) -> System:
    return given(
        answer,
        "BROKEN",
        System,
        "BROKEN is to be the same System with one row missing or wrong.",
    )


def claim_of(answer: ModuleType) -> Claim:
    return given(
        answer,
        "CLAIM",
        Claim,
        "CLAIM is to be a Claim, with a leads_to or can_always_reach of your own.",
    )


def test_the_claim_is_about_what_happens_in_the_end(answer: ModuleType) -> None:
    if claim_of(answer).asked.kind not in IN_THE_END:
        pytest.fail(
            "Hint: ask leads_to, eventually or can_always_reach: something must come true.",
            pytrace=False,
        )


def test_the_claim_has_a_witness(answer: ModuleType) -> None:
    witness = claim_of(answer).witness
    if witness is None or witness.kind is not Kind.SOMETIMES:
        pytest.fail(
            "Hint: give the claim a witness, sometimes(...), so that it cannot be vacuous.",
            pytrace=False,
        )


def test_the_claim_holds_on_the_right_system(answer: ModuleType) -> None:
    found = judge("right", system_of(answer), claim_of(answer))
    if found.verdict is Verdict.VACUOUS:
        pytest.fail(
            "Hint: it holds only because its case never arises; see what the witness needs.",
            pytrace=False,
        )
    if found.verdict is not Verdict.HOLDS:
        hint = "it does not hold. Is a trigger the environment's that should be the system's?"
        pytest.fail(f"Hint: {hint}\n\n{found.result.story()}", pytrace=False)


def test_the_claim_notices_that_the_broken_system_is_broken(answer: ModuleType) -> None:
    system, broken = system_of(answer), broken_of(answer)
    if [part.name for part in system.parts] != [part.name for part in broken.parts]:
        pytest.fail(
            "Hint: BROKEN is to differ from SYSTEM in a row, not in its components.",
            pytrace=False,
        )
    if judge("broken", broken, claim_of(answer)).verdict is not Verdict.VIOLATED:
        hint = "the claim does not notice that BROKEN is broken: break more, or claim more."
        pytest.fail(f"Hint: {hint}", pytrace=False)
