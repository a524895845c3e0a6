"""What is ruled out without exploring leaves the counterexample: judged by checking every change of random systems."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from random import Random

import pytest

from lifecheck import (
    Component,
    LifecheckError,
    Result,
    Row,
    System,
    Verdict,
    always,
    can_always_reach,
    check,
    sometimes,
)
from lifecheck.changes.mutants import Change, Mutant, added_rows, mutants_of, replaced_rows
from lifecheck.changes.relevance import Relevance
from tests.lifecheck.random_systems import random_properties, random_systems

SYSTEMS = 16


def changes(system: System) -> list[Mutant]:
    return list(chain(mutants_of(system), replaced_rows(system), added_rows(system)))


def verdict_of(mutant: Mutant, system: System, result: Result) -> Verdict | None:
    try:
        return check(mutant.of(system), result.property).verdict
    except LifecheckError:
        return None


@pytest.mark.parametrize("seed", range(4))
def test_a_change_that_is_ruled_out_leaves_the_verdict_or_does_what_the_removal_does(seed: int) -> None:
    random = Random(seed)
    ruled_out = concerned = flipped = 0
    for system in random_systems(seed, SYSTEMS, groups=seed % 2 == 1):
        asked = random.choice(random_properties(random, system))
        result = check(system, asked)
        if result.verdict is not Verdict.VIOLATED:
            continue
        relevance = Relevance(result)
        for mutant in random.sample(everything := changes(system), min(60, len(everything))):
            if relevance.concerns(mutant):
                concerned += 1
                flipped += verdict_of(mutant, system, result) is Verdict.HOLDS
                continue
            ruled_out += 1
            verdict = verdict_of(mutant, system, result)
            if verdict is not Verdict.VIOLATED:
                assert mutant.kind is Change.REPLACE_ROW, mutant.description
                removed = replace(mutant, kind=Change.REMOVE_ROW, dest=None, row=None)
                assert relevance.concerns(removed), mutant.description
                assert verdict is verdict_of(removed, system, result), mutant.description
    assert ruled_out > 50  # else this test says nothing
    assert concerned > 50
    assert flipped > 0


RING = Component(
    "n",
    ["a", "b", "c"],
    "a",
    [Row("go", "a", "b"), Row("back", "b", "a"), Row("end", "c", "c")],
    {"go", "back", "end", "jump"},
)


def test_a_row_on_the_way_concerns_it_and_a_row_elsewhere_does_not() -> None:
    result = check(System("ring", [RING]), always(lambda s: s.n == "a"))
    concerned = {mutant.description for mutant in changes(result.system) if Relevance(result).concerns(mutant)}
    assert "n: row go, a -> b removed" in concerned
    assert "n: row back, b -> a removed" not in concerned  # the path ends before
    assert not [description for description in concerned if description.endswith("added")]  # a path is never blocked


class Closed:
    open = False


def test_a_row_that_hid_another_may_lead_out_when_it_is_gone() -> None:
    rows = [Row("go", "a", "a", unless=("open",)), Row("go", "a", "b"), Row("wait", "a", "a")]
    door = Component("n", ["a", "b"], "a", rows, {"go", "wait"}, model=Closed)
    system = System("door", [door])
    result = check(system, can_always_reach(lambda s: s.n == "b"))
    verdicts = {mutant.description: verdict_of(mutant, system, result) for mutant in changes(system)}
    found = {mutant.description for mutant in changes(system) if Relevance(result).concerns(mutant)}
    assert verdicts["n: row go, a -> a removed"] is Verdict.HOLDS
    assert {description for description, verdict in verdicts.items() if verdict is Verdict.HOLDS} <= found
    assert "n: row wait, a -> a removed" not in found


def test_nothing_is_ruled_out_of_what_was_nowhere_found() -> None:
    result = check(System("ring", [RING]), sometimes(lambda s: s.n == "c"))
    assert all(Relevance(result).concerns(mutant) for mutant in changes(result.system))


def test_beyond_the_limit_nothing_is_said_about_what_is_never_taken() -> None:
    blocker = Component("m", ["x"], "x", [], {"jump"})
    result = check(System("ring", [RING, blocker]), always(lambda s: s.n == "a"))
    (replaced,) = [
        mutant
        for mutant in replaced_rows(result.system)
        if mutant.description == "n: row go, a -> b replaced by jump, a -> c"
    ]
    assert not Relevance(result).concerns(replaced)  # the other component never takes jump
    assert Relevance(result, limit=0).concerns(replaced)


def test_without_a_counterexample_there_is_nothing_to_take_away() -> None:
    with pytest.raises(ValueError, match=r"is holds: there is no counterexample to take away"):
        Relevance(check(System("ring", [RING]), always(lambda s: s.n != "c")))
