"""The nearest violation from a run, against a naive judge of the same system begun where the run ends."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from transitions import Machine

from lifecheck import (
    BlockedError,
    Component,
    InputError,
    PredicateError,
    Property,
    Row,
    Run,
    System,
    always,
    can_always_reach,
    component_of,
    eventually,
    leads_to,
    never,
    sometimes,
)
from lifecheck.browser import Feed
from lifecheck.browser.continuation import MOST_STEPS, nearest_violation
from lifecheck.properties import evaluate
from lifecheck.statespace import Explorer
from model import VARIANTS
from properties import CLAIMS
from tests.cross_check import sized
from tests.lifecheck.naive_judge import NaiveJudge
from tests.lifecheck.naive_lasso import LassoJudge
from tests.lifecheck.random_systems import random_properties, random_systems

SYSTEMS = sized(4, 60, 3_000)


def found_from(system: System, asked: Property, taken: list[str], limit: int = 10_000):
    return nearest_violation(system, asked, taken, limit=limit, explorer=Explorer())


def a_run(random: Random, system: System) -> tuple[list[str], list]:
    run, taken = Run(system), []
    states = [run.state]
    for _ in range(random.randint(0, 5)):
        if not run.possible():
            break
        taken.append(random.choice(run.possible()))
        run.trigger(taken[-1])
        states.append(run.state)
    return taken, states


def begun_at(system: System, state) -> System:
    """Return the same rows, begun in another state; the composition under test is no part of it."""

    def there(parts):
        return [replace(part, initial=str(state[part.name])) for part in parts]

    return replace(system, components=there(system.components), observers=there(system.observers))


def is_open(asked: Property, states: list) -> bool:
    since = False
    for number, state in enumerate(states):
        since = since or (number == 0 if asked.given is None else evaluate(asked.given, state))
        since = since and not evaluate(asked.goal, state)
    return since


def can_still_be_violated(system: System, asked: Property, states: list) -> bool | None:
    """Return what a naive judge says of what follows the last state; None where the run itself settled it."""
    judge = NaiveJudge(begun_at(system, states[-1]))
    kind = str(asked.kind)
    if kind in ("always", "never"):
        if any(asked.is_settled_in(state) for state in states):
            return None
        return str(judge.verdict(asked)) == "violated"
    if kind == "can_always_reach":
        return str(judge.verdict(asked)) == "violated"
    if is_open(asked, states):
        return str(judge.verdict(eventually(asked.goal))) == "violated"
    if asked.given is None:
        return None
    return str(judge.verdict(leads_to(asked.given, asked.goal))) == "violated"


def test_it_is_found_exactly_where_a_naive_judge_of_what_follows_refutes() -> None:
    random, tried = Random(23), {}
    for system in random_systems(23, SYSTEMS, groups=True):
        for asked in random_properties(random, system):
            if asked.kind.is_reachability:
                continue
            taken, states = a_run(random, system)
            found = found_from(system, asked, taken)
            expected = can_still_be_violated(system, asked, states)
            assert (found.evidence is not None) == bool(expected), (system, asked, taken, found)
            tried.setdefault(str(asked.kind), set()).add(expected)
            if found.evidence is None:
                continue
            whole = [*found.evidence.stem, *(found.evidence.loop or ())]
            assert whole[: len(taken)] == taken
            Run(system).replay(whole)
            if asked.kind.is_liveness:
                read = [name for predicate in asked.predicates for name in predicate.names]
                judge = LassoJudge(NaiveJudge(system.with_observers(read)), asked)
                assert judge.fault(found.evidence.stem, found.evidence.loop) == ""
    assert tried.keys() == {"always", "never", "can_always_reach", "eventually", "leads_to"}
    assert {True, False} <= set.union(*tried.values())
    assert SYSTEMS < 60 or all({True, False} <= answers for answers in tried.values())


def test_of_safety_it_is_the_shortest_way() -> None:
    random, compared = Random(24), 0
    for system in random_systems(24, SYSTEMS):
        for asked in random_properties(random, system):
            taken, states = a_run(random, system)
            if not asked.kind.is_safety or can_still_be_violated(system, asked, states) is not True:
                continue
            judge = NaiveJudge(begun_at(system, states[-1]))
            wrong = {place for place in judge.reachable if asked.is_settled_in(judge.view(place))}
            assert len(found_from(system, asked, taken).evidence.stem) - len(taken) == judge.distance(wrong)
            compared += 1
    assert compared > 0


BELL = Component(
    "bell",
    ["quiet", "rung", "open"],
    "quiet",
    [Row("ring", "quiet", "rung"), Row("answer", "rung", "open"), Row("give_up", "rung", "quiet")],
    {"ring", "answer", "give_up"},
)
DOOR = System("door", [BELL], environment={"ring"}, fair={"give_up"})


@pytest.mark.parametrize(
    ("asked", "taken", "words"),
    [
        (never("bell == 'open'"), ["ring", "answer"], "This run refutes it already, after step 2."),
        (eventually("bell == 'rung'"), ["ring"], "It is kept already, whatever comes."),
        (never("bell == 'rung'"), [], "Refuted 1 step from here."),
        (can_always_reach("bell == 'quiet'"), ["ring", "answer"], "Refuted here."),
        (always("bell == 'open'", given="bell == 'open'"), [], "From here it can be violated no more."),
        (leads_to("bell == 'rung'", "bell == 'open'"), ["ring", "answer"], "From here it can be violated no more."),
        (leads_to("bell == 'rung'", "bell == 'open'"), ["ring"], "Refuted 1 step from here."),
        (sometimes("bell == 'open'"), [], "No run refutes this: it asks whether one shows it."),
    ],
)
def test_it_says_how_far_it_is_or_why_there_is_none(asked: Property, taken: list[str], words: str) -> None:
    assert found_from(DOOR, asked, taken).words == words


def test_the_run_is_told_whatever_the_components_are_called() -> None:
    named = System("door", [replace(BELL, name="the run so far")], environment={"ring"})
    found = found_from(named, never(lambda s: s["the run so far"] == "open"), ["ring"])
    assert found.evidence.stem == ("ring", "answer")


def test_a_limit_that_was_met_is_no_answer() -> None:
    asked = never("bell == 'open' and bell == 'rung'")
    assert found_from(DOOR, asked, ["ring"], limit=2).words.startswith("None was found: the limit of 2 states was met")


def bin_whose_guards_answer_either_way() -> System:
    rows = [
        {"trigger": "step", "source": "filling", "dest": "full", "conditions": "heavy"},
        {"trigger": "step", "source": "filling", "dest": "filling"},
        {"trigger": "burn", "source": "full", "dest": "burnt"},
    ]

    def can() -> Machine:
        return Machine(states=["filling", "full", "burnt"], initial="filling", transitions=rows, auto_transitions=False)

    return System("bin", [component_of(can, "can", guards="either")], fair=["step", "burn"])


@pytest.mark.parametrize(
    ("asked", "taken", "words"),
    [
        (
            never(lambda s: s.can == "full"),
            [],
            "Refuted 1 step from here: possible, if the guards answer so; guards may",
        ),
        (
            never(lambda s: s.can == "burnt"),
            ["step [heavy]"],
            "Refuted 1 step from here: possible, if the guards answer so",
        ),
        (never(lambda s: s.can == "full"), ["step [heavy]"], "This run refutes it already, after step 1."),
        (never(lambda s: False), [], "From here it can be violated no more."),
        (eventually(lambda s: s.can == "burnt"), ["step [heavy]"], "From here it can be violated no more."),
        (eventually(lambda s: s.can == "burnt"), [], "Refuted 1 step from here: possible, if the guards answer so"),
        (can_always_reach(lambda s: s.can == "burnt"), [], "None was found: can_always_reach is never said to hold"),
        (
            can_always_reach(lambda s: s.can == "full"),
            [],
            "Refuted 2 steps from here: possible, if the guards answer so",
        ),
    ],
)
def test_where_guards_may_answer_either_way_it_is_found_and_only_possible(
    asked: Property, taken: list[str], words: str
) -> None:
    system = bin_whose_guards_answer_either_way()
    found = found_from(system, asked, taken)
    assert found.words.startswith(words)
    plain = replace(system, components=[replace(part, guards=None) for part in system.components])
    run = Run(plain)
    states = [run.state, *(run.replay([trigger]) for trigger in taken)]
    assert (found.evidence is not None) == bool(can_still_be_violated(plain, asked, states))
    if found.evidence is not None:
        Run(system).replay([*found.evidence.stem, *(found.evidence.loop or ())])


def test_an_attribute_has_no_value_where_guards_were_not_asked() -> None:
    with pytest.raises(PredicateError, match="guards='either' runs no callback"):
        found_from(bin_whose_guards_answer_either_way(), never("can.weight > 2"), [])


def test_a_run_that_is_blocked_or_too_long_is_refused() -> None:
    with pytest.raises(BlockedError, match="answer"):
        found_from(DOOR, never("bell == 'open'"), ["answer"])
    with pytest.raises(InputError, match="more than 2,000 steps"):
        found_from(DOOR, never("bell == 'open'"), ["ring", "give_up"] * MOST_STEPS)


@pytest.mark.long
def test_in_the_case_each_counterexample_is_the_nearest_violation_from_the_start() -> None:
    feed = Feed({"unpatched": VARIANTS["unpatched"]}, CLAIMS)
    for told in feed.judge("unpatched")["claims"]:
        found = feed.nearest("unpatched", told["name"], [])
        if told["counterexample"] is not None:
            lengths = [
                sum(len(run[part] or ()) for part in ("stem", "loop")) for run in (found["run"], told["counterexample"])
            ]
            assert lengths[0] == lengths[1], told["name"]
        elif told["verdict"] != "unknown":
            assert found["run"] is None
