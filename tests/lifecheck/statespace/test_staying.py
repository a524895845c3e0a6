"""What a picture marks as needing fairness agrees with a naive judge who tries every set of states."""

from __future__ import annotations

from random import Random

from lifecheck import System, check, explore
from lifecheck.diagrams.state_space_content import StateSpaceContent
from lifecheck.properties import Kind
from lifecheck.statespace.staying import Staying, stayings
from lifecheck.system.state import local_states
from model import VARIANTS
from tests.cross_check import sized
from tests.lifecheck.naive_judge import Fairness, GlobalState, NaiveJudge, Places, closure
from tests.lifecheck.random_systems import random_properties, random_systems
from tests.lifecheck.toys import toy

SEED = 285667


def naive(judge: NaiveJudge, region: Places) -> dict[GlobalState, Staying]:
    declared = judge.fairness
    weakened = Fairness(declared.weak | declared.strong, frozenset())
    found = {}
    for state in judge.reachable:
        fair = (declared.weak | declared.strong) & judge.moves[state].keys()
        found[state] = Staying.WEAK if fair else Staying.ALLOWED
        for states in (region, judge.reachable):
            around = [inside for inside in judge.connected_sets if state in inside and inside <= states]
            loops = any(judge.is_fair_place(inside, weakened) for inside in around)
            if fair and loops and not any(judge.is_fair_place(inside, declared) for inside in around):
                found[state] = Staying.STRONG
    return found


def test_marks_and_shades_are_those_of_a_naive_judge() -> None:
    random = Random(SEED)
    seen = dict.fromkeys(Staying, 0)
    for system in random_systems(SEED, sized(200, 200, 600), 3):
        asked = next(asked for asked in random_properties(random, system) if asked.kind is Kind.LEADS_TO)
        result = check(system, asked)
        judge = NaiveJudge(result.system)
        graph = explore(result.system)
        place = [tuple(map(str, local_states(graph.view(state)).values())) for state in range(len(graph))]
        missing = judge.reachable - judge.where(asked.goal)
        opening = judge.where(asked.given) if asked.given is not None else frozenset()
        due = closure(opening & missing, {state: judge.successors[state] & missing for state in missing})
        space = StateSpaceContent(graph, result, ())
        assert {place[state] for state in space.region} == due
        expected = naive(judge, due)
        assert {place[state]: staying for state, staying in enumerate(space.stayings)} == expected
        for staying in expected.values():
            seen[staying] += 1
    assert min(seen.values()) > 5


def names(system: System, *states: int) -> list[str]:
    return [staying.name for staying in stayings(explore(system), states)]


def test_where_only_the_environment_moves_a_run_may_stay() -> None:
    assert names(toy("0 go 1", environment={"go"})) == ["ALLOWED", "ALLOWED"]
    assert names(toy("0 go 1")) == ["WEAK", "ALLOWED"]


def test_a_loop_that_a_weakly_fair_trigger_cannot_end_is_left_by_a_strongly_fair_one() -> None:
    edges = ("0 try 1", "1 lose 0", "1 get 2")
    assert names(toy(*edges, environment={"lose"}, strong={"get"}), 0, 1) == ["STRONG", "STRONG", "ALLOWED"]
    # without strong fairness the loop is never left: nothing leads on but out of each state alone
    assert names(toy(*edges, environment={"lose"}), 0, 1) == ["WEAK", "WEAK", "ALLOWED"]


def test_where_reports_are_lost_again_strong_fairness_leads_out_of_the_retries() -> None:
    for name, expected in (("patched-lost-again", False), ("patched-lost-again-strong", True)):
        graph = explore(VARIANTS[name].with_observers(()))
        assert (Staying.STRONG in stayings(graph, range(len(graph)))) is expected
