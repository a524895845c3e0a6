"""Where the environment chooses the initial state, a log is explained from each, and the story says from which."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from lifecheck import Component, Row, System, never, replay
from lifecheck.replaying import Outcome, Replay, case_test, group_story
from tests.cross_check import sized
from tests.lifecheck.cli.cli import call
from tests.lifecheck.random_systems import random_systems

ROWS = [Row("switch_on", "off", "on"), Row("switch_off", "on", "off"), Row("burn_out", "on", "dead")]
LAMP = Component("lamp", ["off", "on", "dead"], ("off", "on"), ROWS, {"switch_on", "switch_off", "burn_out"})
HALL = System("hall", [LAMP])


def test_a_log_is_explained_from_whichever_start_can_have_written_it() -> None:
    for log, begins in ((["switch_on", "burn_out"], "off"), (["switch_off"], "on"), (["burn_out"], "on")):
        found = replay(HALL, log)
        assert found
        assert found.answer.states[0].lamp == begins
    assert "Start  lamp on" in group_story(replay(HALL, ["switch_off"]).groups[0])
    assert replay(HALL, ["switch_on"]).note == "the environment chooses among 2 initial states, each of which was tried"
    assert replay(replace(HALL, components=[LAMP.starting_in("off")]), ["switch_on"]).note == ""


def test_the_cheapest_of_all_starts_is_told_and_the_first_among_equals() -> None:
    assert replay(HALL, ["burn_out"], visible=["burn_out"]).answer.triggers == ("burn_out",)
    assert replay(HALL, [("switch_on", {"lamp": "on"})], lost=2).answer.states[0].lamp == "off"
    assert replay(HALL, [("burn_out", {})], surplus=1).answer.states[0].lamp == "on"


def test_a_log_is_impossible_only_where_it_is_from_every_start() -> None:
    found = replay(HALL, ["switch_on", "switch_on"])
    assert (found.answer.line, found.answer.outcome) == (2, Outcome.IMPOSSIBLE)
    first = replay(replace(HALL, components=[replace(LAMP, rows=ROWS[:1])]), ["burn_out"])
    assert first.answer.line == 1
    assert {one.by for one in first.answer.refused} == {(("lamp", "off"),), (("lamp", "on"),)}
    assert first.answer.possible == ("switch_on",)


def test_what_is_violated_on_the_way_is_sure_only_where_it_is_so_from_every_start() -> None:
    dark = never("lamp == 'on'")
    (broken,) = replay(HALL, ["switch_on"], properties=[dark]).answer.broken
    assert (broken.line, broken.surely) == (1, True)
    silent = replay(HALL, ["burn_out"], visible=["burn_out"], properties=[dark]).answer
    assert silent.broken[0].line is None
    assert silent.broken[0].surely


def test_every_row_that_a_case_takes_from_some_start_is_exercised() -> None:
    assert replay(HALL, ["switch_off", "switch_on", "burn_out"]).never_exercised == ()
    assert [row.trigger for _, row in replay(HALL, ["switch_off"]).never_exercised] == ["switch_on", "burn_out"]


def test_a_case_from_a_start_that_was_chosen_is_written_as_a_test(tmp_path: Path) -> None:
    text = case_test(replay(HALL, ["switch_off"]).answer, visible=HALL.triggers, source=f"{__name__}:HALL")
    there: dict[str, object] = {}
    exec(compile(text, "test_case.py", "exec"), there)
    there["test_case_log"]()  # type: ignore[operator]


def test_the_command_asks_and_follows_from_every_start(tmp_path: Path) -> None:
    (tmp_path / "hall.log").write_text("switch_off\nswitch_on\n")
    mapping = tmp_path / "hall.toml"
    mapping.write_text("format = 'text'\n[[line]]\npattern = '(?P<what>.*)'\ntrigger = '{what}'\n")
    called = call("replay", str(tmp_path / "hall.log"), f"{__name__}:HALL", "--mapping", str(mapping))
    assert called.status == 0
    assert "  Start  lamp on\n" in called.out
    assert "Note: the environment chooses among 2 initial states, each of which was tried.\n" in called.out


def with_more_starts(system: System, rng: random.Random) -> System:
    parts = [
        replace(part, initial=tuple(rng.sample(list(part.states), min(2, len(part.states)))))
        if rng.random() < 0.7
        else part
        for part in system.components
    ]
    return replace(system, components=parts)


@pytest.mark.cross_check
def test_a_system_is_asked_as_each_of_its_starts_is_asked_by_itself() -> None:
    outcomes = set()
    for seed, plain in enumerate(random_systems(17, sized(25, 100, 20_000))):
        rng = random.Random(seed)
        system = with_more_starts(plain, rng)
        triggers = list(system.triggers)
        log = [rng.choice(triggers) for _ in range(rng.randrange(1, 5))]
        visible = [trigger for trigger in triggers if trigger in log or rng.random() < 0.5]
        asked = {"visible": visible, "lost": rng.randrange(2), "surplus": rng.randrange(2)}
        together = replay(system, log, **asked)  # type: ignore[arg-type]
        each: list[Replay] = [replay(one, log, **asked) for one in system.by_start]  # type: ignore[arg-type]
        outcomes.add((len(each) > 1, together.answer.outcome))
        assert bool(together) == any(each), seed
        if together:
            costs = [_cost(one) for one in each if one]
            assert _cost(together) == min(costs), seed
            cheapest = next(one for one in each if one and _cost(one) == min(costs))
            assert together.answer.steps == cheapest.answer.steps, seed
        else:
            assert together.answer.line == max(one.answer.line or 0 for one in each), seed
            latest = [one.answer for one in each if one.answer.line == together.answer.line]
            assert set(together.answer.possible) == {name for one in latest for name in one.possible}, seed
            assert set(together.answer.refused) == {why for one in latest for why in one.refused}, seed
    assert {(True, Outcome.EXPLAINED), (True, Outcome.IMPOSSIBLE)} <= outcomes


def _cost(found: Replay) -> tuple[int, int]:
    kinds = [str(step.kind) for step in found.answer.steps]
    return kinds.count("lost") + kinds.count("surplus"), kinds.count("silent")
