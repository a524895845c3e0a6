"""Claims are compared with what is recorded of them; a surprising pass counts as a surprising failure does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lifecheck import Claim, Role, State, Verdict, always, never, sometimes
from lifecheck.checking.verify import judge, verify
from tests.lifecheck.toys import toy

SYSTEM = toy("0 a 1", "1 b 2")


def at(number: str) -> Callable[[State], bool]:
    return lambda s: str(s.n) == number


@pytest.mark.parametrize(
    ("claim", "verdict", "is_expected"),
    [
        (Claim("c", "holds, nothing recorded", never(at("9"))), Verdict.HOLDS, True),
        (Claim("c", "violated, nothing recorded", never(at("2"))), Verdict.VIOLATED, False),
        (Claim("c", "a false claim", never(at("2")), expected={"toy": Verdict.VIOLATED}), Verdict.VIOLATED, True),
        (Claim("c", "a surprising pass", never(at("9")), expected={"toy": Verdict.VIOLATED}), Verdict.HOLDS, False),
        (Claim("c", "vacuous", always(at("1"), given=at("9"))), Verdict.VACUOUS, False),
        (Claim("c", "no witness", never(at("9")), witness=sometimes(at("8"))), Verdict.VACUOUS, False),
        (
            Claim("c", "no witness", never(at("9")), witness=sometimes(at("8")), expected={"toy": Verdict.VACUOUS}),
            Verdict.VACUOUS,
            True,
        ),
        (Claim("c", "a witness", never(at("9")), witness=sometimes(at("1"))), Verdict.HOLDS, True),
        (Claim("c", "seen", sometimes(at("2")), role=Role.OBSERVATION), Verdict.HOLDS, True),
        (Claim("c", "not seen", sometimes(at("9")), role=Role.OBSERVATION), Verdict.VIOLATED, True),
    ],
    ids=lambda value: getattr(value, "words", str(value)),
)
def test_a_verdict_is_judged_by_what_is_recorded_or_else_by_its_role(
    claim: Claim, verdict: Verdict, is_expected: bool
) -> None:
    judgement = judge("toy", SYSTEM, claim)
    assert (judgement.verdict, judgement.is_expected) == (verdict, is_expected)


def test_an_unknown_verdict_is_never_as_expected() -> None:
    judgement = judge("toy", SYSTEM, Claim("c", "too large", never(at("9"))), limit=1)
    assert (judgement.verdict, judgement.is_expected) == (Verdict.UNKNOWN, False)


def test_judgements_come_claim_by_claim_and_for_each_variant_by_variant() -> None:
    claims = [Claim("one", "one", never(at("9"))), Claim("two", "two", never(at("2")))]
    judgements = verify({"first": SYSTEM, "second": SYSTEM}, claims)
    assert [(judgement.claim.name, judgement.variant) for judgement in judgements] == [
        ("one", "first"),
        ("one", "second"),
        ("two", "first"),
        ("two", "second"),
    ]


def test_a_judgement_as_json_has_the_documented_keys() -> None:
    assert judge("toy", SYSTEM, Claim("c", "false", never(at("2")))).as_json() == {
        "variant": "toy",
        "property": "c",
        "kind": "requirement",
        "verdict": "violated",
        "expected": None,
        "states": 3,
        "transitions": 2,
        "instances": None,
        "decided_by": None,
        "reason": "",
        "assumptions": [],
        "engine": "explicit",
        "note": "",
        "evidence": {"stem": ["a", "b"], "loop": []},
    }
    assert judge("toy", SYSTEM, Claim("c", "true", never(at("9")))).as_json()["evidence"] is None
