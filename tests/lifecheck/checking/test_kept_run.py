"""A good run: shortest by an independent count, replayable, and refused where nothing is promised or kept."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest

from lifecheck import InputError, Run, System, always, eventually, leads_to
from lifecheck.checking.kept_run import kept_run
from model import PATCHED, UNPATCHED, VARIANTS
from properties import CLAIMS
from properties.claims import CLEAN_MAIL_ARRIVES, DELETED_AT_MOST_ONCE, DELETED_LEAVES_QUEUE, DELETES_AGAIN
from tests.cross_check import sized
from tests.lifecheck.naive_judge import GlobalState, NaiveJudge
from tests.lifecheck.random_systems import random_properties, random_systems
from tests.lifecheck.toys import toy

SEED = 321757


def distances(judge: NaiveJudge, start: GlobalState) -> Mapping[GlobalState, int]:
    """Return how many steps each state is away, counted by widening circles."""
    found, circle, steps = {start: 0}, {start}, 0
    while circle:
        steps += 1
        circle = {target for state in circle for target in judge.successors[state]} - found.keys()
        found |= dict.fromkeys(circle, steps)
    return found


def test_it_is_as_short_as_the_way_to_the_promise_and_on_to_its_goal() -> None:
    random = Random(SEED)
    kept = broken = 0
    for system in random_systems(SEED, sized(20, 130, 400)):
        judge = NaiveJudge(system)
        for asked in random_properties(random, system):
            if not asked.kind.is_liveness:
                continue
            goal = judge.where(asked.goal)
            opening = {judge.start} if asked.given is None else judge.where(asked.given)
            from_start = distances(judge, judge.start)
            ways = [
                from_start[state] + away
                for state in opening
                for target, away in distances(judge, state).items()
                if target in goal
            ]
            run = kept_run(system, asked)
            assert (run is None) == (not ways), asked.formula
            if run is not None:
                kept += 1
                assert run.kept == min(ways)
                assert run.made <= run.kept
                assert len(run.states) == len(run.triggers) + 1
            else:
                broken += 1
    assert min(kept, broken) > 20


@pytest.mark.long
def test_the_states_are_those_of_the_real_machines() -> None:
    for system in VARIANTS.values():
        for claim in CLAIMS:
            if claim.asked.kind.is_liveness:
                run = kept_run(system, claim.asked)
                if run is not None:
                    assert Run(run.system).replay(run.triggers) == run.states[-1]


def test_the_corrected_system_keeps_its_promise_in_one_step_and_then_comes_to_rest() -> None:
    run = kept_run(PATCHED, DELETED_LEAVES_QUEUE.asked)
    assert run is not None
    assert run.triggers[run.made - 1 : run.kept] == ("delete", "acknowledge")
    assert run.triggers[run.kept :] == ("remove_file",)
    assert run.stem == len(run.triggers)


def test_as_shipped_no_run_keeps_it() -> None:
    assert kept_run(UNPATCHED, DELETED_LEAVES_QUEUE.asked) is None
    assert kept_run(UNPATCHED, CLEAN_MAIL_ARRIVES.asked) is not None


def test_a_promise_that_was_kept_before_is_made_where_it_is_open_at_last() -> None:
    run = kept_run(toy("0 go 1", "1 go 2", "2 go 3"), leads_to(lambda s: s.n in {"0", "2"}, lambda s: s.n == "3"))
    assert run is not None
    assert (run.made, run.kept) == (0, 3)
    run = kept_run(toy("0 go 1", "1 go 2"), leads_to(lambda s: s.n in {"0", "1"}, lambda s: s.n in {"0", "2"}))
    assert run is not None
    assert (run.made, run.kept) == (0, 0)


def test_what_is_promised_at_the_start_may_be_kept_at_once() -> None:
    run = kept_run(toy("0 go 1", fair=[]), eventually(lambda s: s.n == "0"))
    assert run is not None
    assert (run.triggers, run.made, run.kept, run.stem) == ((), 0, 0, 0)


def test_an_observer_that_the_promise_reads_goes_along() -> None:
    run = kept_run(UNPATCHED, eventually(lambda s: s.deletions == "again"))
    assert run is not None
    assert [part.name for part in run.system.observers] == ["deletions"]
    assert run.triggers.count("delete") >= 2


@pytest.mark.parametrize("asked", [DELETED_AT_MOST_ONCE.asked, DELETES_AGAIN.asked, always(lambda s: True)])
def test_what_promises_nothing_is_an_input_error(asked: object) -> None:
    system: System = PATCHED
    with pytest.raises(InputError, match="promises nothing that a run could keep"):
        kept_run(system, asked)  # type: ignore[arg-type]
