"""A property reads one instance among many: text or function, by its plain name or as stories call it."""

from __future__ import annotations

from typing import Literal

import pytest

from tests import needs

needs.package("oxidd")

from lifecheck import (  # noqa: E402
    Component,
    InputError,
    PredicateError,
    Property,
    Row,
    State,
    System,
    Verdict,
    can_always_reach,
    never,
    sometimes,
)
from lifecheck.instances.checking import check_instances  # noqa: E402

TAKE_AND_GIVE = {"take", "give"}
TASK = Component(
    "task", ["new", "busy"], "new", [Row("take", "new", "busy"), Row("give", "busy", "new")], TAKE_AND_GIVE
)
TOOL = Component(
    "tool", ["free", "lent"], "free", [Row("take", "free", "lent"), Row("give", "lent", "free")], TAKE_AND_GIVE
)
POWER = Component("power", ["on", "off"], "on", [Row("cut", "on", "off")], {"cut"})
TAKEN = Component("taken", ["no", "yes"], "no", [Row("take", "no", "yes"), Row("take", "yes", "=")], {"take"})
ALONE = System("alone", [TASK, POWER], observers=[TAKEN], copied={"task", "taken"})
COMPETING = System("competing", [TASK, TOOL, POWER], observers=[TAKEN], copied={"task", "taken"})
WAYS = pytest.mark.parametrize(
    ("system", "cutoff", "instances"),
    [(ALONE, True, "any"), (ALONE, False, 3), (COMPETING, True, "any"), (COMPETING, False, 3)],
    ids=["by the cutoff", "explored without it", "by one, lifted", "explored by wish"],
)


def busy(s: State) -> bool:
    return s.task == "busy" and s.power == "off"


@WAYS
@pytest.mark.parametrize("given", ["task == 'busy' and power == 'off'", "power == 'off' and task == 'busy'", busy])
def test_text_and_functions_are_asked_alike(system: System, cutoff: bool, instances: int | str, given: str) -> None:
    for _ in range(2):  # text that has been asked before has looked its names up already
        result = check_instances(system, sometimes(given), 3, cutoff=cutoff)
        assert (result.verdict, result.instances) == (Verdict.HOLDS, instances)


@WAYS
@pytest.mark.parametrize("asked", ["power == 'off'", lambda s: s.power == "off", "power == 'off' or task == 'busy'"])
def test_what_is_shared_may_be_asked_about_by_itself(
    system: System, cutoff: bool, instances: int | str, asked: str
) -> None:
    result = check_instances(system, never(asked), 3, cutoff=cutoff)
    assert (result.verdict, result.instances) == (Verdict.VIOLATED, instances)


@pytest.mark.parametrize("number", [3, "any"])
def test_what_stands_left_of_an_and_may_spare_reading_the_instance(number: int | Literal["any"]) -> None:
    power = Component("power", ["on", "off"], "on", [Row("cut", "on", "=")], {"cut"})
    alone = System("alone", [TASK, power], copied={"task"})
    result = check_instances(alone, never(lambda s: s.power == "off" and s.task == "busy"), number)
    assert (result.verdict, result.instances) == (Verdict.HOLDS, "any")


@pytest.mark.parametrize("limit", [1, 2])
def test_a_limit_that_is_met_before_anything_is_asked_is_told(limit: int) -> None:
    result = check_instances(COMPETING, can_always_reach("task == 'busy'"), 3, limit=limit, engine="explicit")
    assert result.verdict is Verdict.UNKNOWN
    assert f"the limit of {limit} state" in result.note


def test_text_is_taken_apart_among_many_as_it_is_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lifecheck.symbolic.predicates.ANSWER_LIMIT", 20)

    def ring(name: str) -> Component:
        rows = [Row(f"turn_{name}", str(number), str((number + 1) % 6)) for number in range(6)]
        return Component(name, [str(number) for number in range(6)], "0", rows, {f"turn_{name}"})

    wheels = System("wheels", [ring("a"), ring("b"), ring("c"), POWER], copied={"a", "b", "c"})
    text = "(a == '3' or b == '4') and not (b == '5' or c == '2') and (c == '1' or power == 'off')"
    result = check_instances(wheels, sometimes(text), 2, cutoff=False, engine="symbolic")
    assert (result.verdict, result.states) == (Verdict.HOLDS, 2 * 6**6)
    asked = sometimes(lambda s: (s.a == "3" or s.b == "4") and s.c == "1")
    with pytest.raises(InputError, match="reads so much that it would be asked more than 20 times"):
        check_instances(wheels, asked, 2, cutoff=False, engine="symbolic")


def test_text_that_is_decided_by_what_is_shared_is_about_a_instance_all_the_same() -> None:
    asked = never("tool == 'lent' and tool == 'free' and task == 'busy'")
    assert [check_instances(COMPETING, asked, 2).verdict for _ in range(2)] == [Verdict.HOLDS] * 2


@WAYS
@pytest.mark.parametrize("name", ["taken", "taken[1]"])
def test_instance_1_and_its_observers_go_by_the_names_of_a_story(
    system: System, cutoff: bool, instances: int | str, name: str
) -> None:
    result = check_instances(system, never(lambda s: s[name] == "yes"), 3, cutoff=cutoff)
    assert (result.verdict, result.instances) == (Verdict.VIOLATED, instances)
    assert result.evidence is not None
    assert result.evidence.stem == (("take" if instances == "any" else "take[1]"),)


@WAYS
@pytest.mark.parametrize("name", ["task", "taken"])
def test_another_instance_is_refused_because_the_evidence_would_be_about_instance_1(
    system: System, cutoff: bool, instances: int | str, name: str
) -> None:
    asked: list[Property] = [sometimes(lambda s: s[f"{name}[2]"] == "busy"), never(lambda s: s[f"{name}[9]"] == "yes")]
    for one in asked:
        with pytest.raises(PredicateError, match=rf"{name}\[\d\]' is of another instance.*read '{name}' alone"):
            check_instances(system, one, 3, cutoff=cutoff)
