"""What people write for final states, claims, attributes and arguments by mistake: refused with what to write."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import pytest
from transitions import Machine

from lifecheck import LifecheckError, Verdict, check, lint, never, verify

Wrong = dict[str, Any]


class Status(Enum):
    """States as members of an enumeration."""

    OPEN = 1
    SHIPPED = 2
    LOST = 3


def order() -> Machine:
    rows = [["ship", Status.OPEN, Status.SHIPPED], ["lose", Status.OPEN, Status.LOST]]
    return Machine(states=Status, initial=Status.OPEN, transitions=rows, auto_transitions=False)


LOST = never("state == 'LOST'")


def checked(wrong: Wrong) -> object:
    return check(order, LOST, **wrong)


def verified(wrong: Wrong) -> object:
    return verify({"order": order}, [], **wrong)


def linted(wrong: Wrong) -> object:
    return lint(order, **wrong)


@pytest.mark.parametrize("ask", [checked, verified, linted])
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"final": 5}, "final is 5; write a list of states"),
        ({"final": True}, "final is True; write a list of states"),
        ({"final": ["SHIPED"]}, "no state 'SHIPED'; did you mean 'SHIPPED'|'SHIPED' is not one of its states"),
        ({"attributes": "paid"}, "attributes is the text 'paid'; write a list of names"),
        ({"attributes": 5}, "attributes is 5; write a list of names"),
        ({"ignored": 5}, "ignored is 5; write a list of names"),
        ({"attributes": ["paid"], "ignored": ["paid"]}, "'paid' is both declared and ignored"),
        ({"arguments": ["ship"]}, r"arguments is \['ship'\]; write triggers with a list of choices"),
        ({"arguments": "ship"}, "arguments is 'ship'; write triggers with a list of choices"),
    ],
)
def test_what_is_written_by_mistake_is_refused_with_what_to_write(
    ask: Callable[[Wrong], object], wrong: Wrong, told: str
) -> None:
    with pytest.raises(LifecheckError, match=told):
        ask(wrong)


@pytest.mark.parametrize(
    ("final", "told"),
    [
        ("", "final is the text ''; write a list of states"),
        ("SHIPPED", r"final is the text 'SHIPPED'; write a list of states: \['SHIPPED'\]"),
        ({"order": True}, "final states of 'order' are True; write a list of states"),
        (["SHIPPED,LOST"], "no state 'SHIPPED,LOST'; name each by itself: 'SHIPPED' and 'LOST'"),
        (["SHIPPED, LSOT"], "no state 'SHIPPED, LSOT'; did you mean 'SHIPPED'"),
    ],
)
def test_final_states_are_a_list_of_names(final: Any, told: str) -> None:
    with pytest.raises(LifecheckError, match=told):
        check(order, final=final)
    with pytest.raises(LifecheckError, match=told):
        verify({"order": order}, [], final=final)


def test_final_states_may_be_members_of_an_enumeration() -> None:
    both = [Status.SHIPPED, Status.LOST]
    assert check(order, final=both)
    assert check(order, final={"order": both})
    assert check(order, final=[Status.SHIPPED]).verdict is Verdict.VIOLATED
    assert all(judged.verdict is Verdict.HOLDS for judged in verify({"order": order}, final=both))
    assert lint(order, final=both).codes == ()


@pytest.mark.parametrize(
    ("systems", "claims", "told"),
    [
        (order, [LOST], "systems is <function order .*write the variants by name"),
        ({}, [], "systems names no variant; write one by name"),
        ({"order": order}, [], "nothing is asked; write claims, or final="),
        ({"order": order}, [LOST], "claims holds never.*, which is no claim; write Claim"),
        ({"order": order}, LOST, "claims holds never.*, which is no claim; write Claim"),
        ({"order": order}, ["state == 'LOST'"], "claims holds \"state == 'LOST'\", which is no claim"),
    ],
)
def test_what_is_verified_are_claims_on_named_variants(systems: Any, claims: Any, told: str) -> None:
    with pytest.raises(LifecheckError, match=told):
        verify(systems, claims)
