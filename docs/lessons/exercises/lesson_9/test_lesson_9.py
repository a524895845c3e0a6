"""Has the answer what a good answer has, whatever it is about?"""

from __future__ import annotations

from types import ModuleType
from typing import NoReturn, TypeVar

import pytest

from lifecheck import (
    Claim,
    Component,
    Judgement,
    LifecheckError,
    Property,
    Result,
    System,
    Verdict,
    check,
    judge,
    story,
)
from lifecheck.properties import Kind

Wanted = TypeVar("Wanted")

IN_THE_END = (Kind.LEADS_TO, Kind.EVENTUALLY, Kind.CAN_ALWAYS_REACH)


def tell(hint: str) -> NoReturn:
    pytest.fail(f"Hint: {hint}", pytrace=False)


def given(answer: ModuleType, name: str, kind: type[Wanted], hint: str) -> Wanted:
    found = getattr(answer, name, None)
    if not isinstance(found, kind):
        tell(hint)
    return found


def system_of(answer: ModuleType) -> System:
    hint = "SYSTEM is to be a System of your own; begin with one component."
    return given(answer, "SYSTEM", System, hint)


def broken_of(answer: ModuleType) -> System:
    hint = "BROKEN is to be the same System with one row missing or wrong."
    return given(answer, "BROKEN", System, hint)


def claim_of(answer: ModuleType) -> Claim:
    hint = "CLAIM is to be a Claim, with a leads_to or can_always_reach of your own."
    return given(answer, "CLAIM", Claim, hint)


def witness_of(answer: ModuleType) -> Property:
    witness = claim_of(answer).witness
    if witness is None or witness.kind is not Kind.SOMETIMES:
        tell("give the claim a witness, sometimes(...), so that it cannot be vacuous.")
    return witness


def judged(system: System, claim: Claim) -> Judgement:
    problem = ""
    try:
        found = judge("yours", system, claim)
    except LifecheckError as error:
        problem = str(error)
    if problem:
        tell(f"the claim cannot be asked of {system.name!r}: {problem}")
    return found


def checked(system: System, asked: Property) -> Result:
    problem = ""
    try:
        found = check(system, asked)
    except LifecheckError as error:
        problem = str(error)
    if problem:
        tell(f"the witness cannot be asked of {system.name!r}: {problem}")
    return found


def differing(system: System, broken: System) -> tuple[list[str], list[str]]:
    """Return the rows that BROKEN lacks, and those that it has instead; nothing else may differ."""
    names = [part.name for part in system.parts]
    if names != [part.name for part in broken.parts]:
        tell("BROKEN is to differ from SYSTEM in a row, not in its components.")
    pairs = list(zip(system.parts, broken.parts, strict=True))
    for right, wrong in pairs:
        compare(right, wrong)
    for what in ("environment", "weakly_fair", "strongly_fair"):
        if getattr(system, what) != getattr(broken, what):
            tell(
                "BROKEN is to differ from SYSTEM in a row, not in what is fair or the environment's; whoever changes "
                "the promises has another world, not another machine."
            )
    return (
        [
            str(row)
            for right, wrong in pairs
            for row in right.rows
            if row not in wrong.rows
        ],
        [
            str(row)
            for right, wrong in pairs
            for row in wrong.rows
            if row not in right.rows
        ],
    )


def compare(right: Component, wrong: Component) -> None:
    if right.alphabet != wrong.alphabet:
        lost = ", ".join(sorted(right.alphabet ^ wrong.alphabet))
        tell(
            f"the alphabet of {right.name!r} is another in BROKEN ({lost}). A component without a row blocks the "
            "trigger; one without the trigger in its alphabet lets the others move alone. Pass the same alphabet."
        )
    if right.initial != wrong.initial or set(right.states) != set(wrong.states):
        tell(
            f"BROKEN is to differ from SYSTEM in a row, not in the states of {right.name!r}."
        )


def test_the_claim_is_about_what_happens_in_the_end(answer: ModuleType) -> None:
    system_of(answer)  # what the claim is about comes first
    if claim_of(answer).asked.kind not in IN_THE_END:
        tell("ask leads_to, eventually or can_always_reach: something must come true.")


def test_the_claim_has_a_witness(answer: ModuleType) -> None:
    judged(
        system_of(answer), claim_of(answer)
    )  # what it cannot be asked of is told first
    found = checked(system_of(answer), witness_of(answer))
    if found.verdict is Verdict.HOLDS and not (found.evidence and found.evidence.stem):
        tell(
            "the witness is true before anything has happened, so it says nothing. Ask for something that is not so at "
            "the start, and must be able to happen."
        )


def test_the_claim_holds_on_the_right_system(answer: ModuleType) -> None:
    found = judged(system_of(answer), claim_of(answer))
    if found.verdict is Verdict.VACUOUS:
        tell("it holds only because its case never arises; see what the witness needs.")
    if found.verdict is not Verdict.HOLDS:
        hint = "it does not hold. Is a trigger the environment's that should be the system's?"
        tell(f"{hint}\n\n{story(found.result)}")


def test_broken_is_the_same_but_for_one_row(answer: ModuleType) -> None:
    gone, new = differing(system_of(answer), broken_of(answer))
    if not gone and not new:
        tell(
            "BROKEN has the same rows as SYSTEM. Take one away, or let it lead elsewhere."
        )
    if len(gone) > 1 or len(new) > 1:
        tell(
            f"BROKEN differs from SYSTEM in {max(len(gone), len(new))} rows. Break one row, and you know which one was "
            "noticed."
        )


def test_the_claim_notices_that_the_broken_system_is_broken(answer: ModuleType) -> None:
    system, broken, claim = system_of(answer), broken_of(answer), claim_of(answer)
    differing(system, broken)
    verdict = judged(broken, claim).verdict
    if verdict is Verdict.VACUOUS:
        tell(
            "in BROKEN the case of the claim never arises: the row that you broke leads to it. Break one that comes "
            "after."
        )
    if verdict is not Verdict.VIOLATED:
        tell(
            "the claim does not notice that BROKEN is broken: break more, or claim more."
        )
