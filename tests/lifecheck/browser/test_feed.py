"""The feed answers what the real machines do: compared with exploring, checking and a naive judge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import pytest
from transitions import Machine

from lifecheck import (
    BlockedError,
    Claim,
    Component,
    CompositionError,
    InputError,
    LifecheckError,
    Property,
    Row,
    Run,
    State,
    System,
    check,
    component_of,
    explore,
    never,
    sometimes,
    verify,
)
from lifecheck.browser import SETTINGS, Feed, declared_fairness, with_fairness
from lifecheck.checking import labels
from lifecheck.machines import system_of
from lifecheck.properties import evaluate
from lifecheck.statespace import names_of_owed
from model import VARIANTS
from properties import CLAIMS
from tests import needs
from tests.cross_check import sized
from tests.lifecheck.naive_judge import NaiveJudge
from tests.lifecheck.naive_lasso import LassoJudge
from tests.lifecheck.random_systems import random_properties, random_systems

SYSTEMS = sized(7, 20, 2_000)
CASE = {name: VARIANTS[name] for name in ("unpatched", "patched")}


@pytest.fixture(scope="module")
def case() -> Feed:
    return Feed(CASE, CLAIMS, name="model:VARIANTS", claims_name="properties:CLAIMS")


def claims_of(random: Random, system: System) -> list[Claim]:
    return [Claim(f"claim-{at}", "", asked) for at, asked in enumerate(random_properties(random, system))]


def every_state(feed: Feed, variant: str) -> Iterator[dict]:
    """Yield every state that the feed leads to, breadth first."""
    told = {0: feed.start(variant)}
    for number in (waiting := [0]):
        yield told[number]
        for trigger in told[number]["possible"]:
            after = feed.step(variant, number, trigger)
            if after["state"] not in told:
                told[after["state"]] = after
                waiting.append(after["state"])


def where(told: dict) -> tuple[tuple[str, str], ...]:
    return tuple((part["name"], part["label"]) for part in told["components"])


def agrees_with_explore(feed: Feed, variant: str, system: System) -> None:
    graph = explore(system)
    expected = {tuple(labels(graph.view(state)).items()): state for state in range(len(graph))}
    found = {where(told): told for told in every_state(feed, variant)}
    assert found.keys() == expected.keys()
    for place, told in found.items():
        state = expected[place]
        moves = {system.triggers[trigger]: target for trigger, target in graph.edges(state)}
        assert told["possible"] == [trigger for trigger in system.triggers if trigger in moves]
        for trigger, target in moves.items():
            after = where(feed.step(variant, told["state"], trigger))
            assert expected[after] == target
        run = Run(system)
        run.replay(graph.path_to(state))
        by = {one["trigger"]: [(who["component"], who["state"]) for who in one["by"]] for one in told["blocked"]}
        assert by == {trigger: list(run.blocked_by(trigger)) for trigger in system.triggers if trigger not in moves}
        for claim, answer in zip(feed.claims, told["answers"], strict=True):
            given = claim.asked.given
            view = graph.view(state)
            assert answer == [None if given is None else evaluate(given, view), evaluate(claim.asked.goal, view)]


@pytest.mark.parametrize("variant", CASE)
def test_what_can_happen_in_the_case_is_what_exploring_finds(case: Feed, variant: str) -> None:
    agrees_with_explore(case, variant, CASE[variant])


def test_what_can_happen_in_random_systems_is_what_exploring_finds() -> None:
    random = Random(16)
    for system in random_systems(16, SYSTEMS, groups=True):
        agrees_with_explore(Feed({"it": system}, claims_of(random, system)), "it", system)


def test_the_verdicts_of_the_case_are_those_of_verify(case: Feed) -> None:
    for judgement in verify(CASE, CLAIMS):
        (told,) = [one for one in case.judge(judgement.variant)["claims"] if one["name"] == judgement.claim.name]
        assert told["verdict"] == judgement.verdict
        assert told["states"] == judgement.result.states
        evidence = judgement.result.counterexample
        assert told["counterexample"] == (
            None
            if evidence is None
            else {
                "stem": list(evidence.stem),
                "loop": None if evidence.loop is None else list(evidence.loop),
                "shortest": evidence.shortest,
            }
        )


def test_every_witness_of_the_case_replays_and_shows_what_the_claim_is_about(case: Feed) -> None:
    shown = 0
    for variant, system in CASE.items():
        for claim, told in zip(CLAIMS, case.judge(variant)["claims"], strict=True):
            if told["witness"] is None:
                continue
            state = Run(system).replay(told["witness"]["stem"])
            about = claim.asked if claim.asked.kind.is_reachability else claim.witness
            assert evaluate(claim.asked.given if about is None else about.goal, state)
            shown += 1
    assert shown > len(CLAIMS)


def a_setting(random: Random, system: System) -> dict[str, str]:
    grouped = {member for members in names_of_owed(system).values() if len(members) > 1 for member in members}
    found = {}
    for name in declared_fairness(system):
        allowed = SETTINGS if name in system.triggers and name not in grouped else SETTINGS[:3]
        if random.random() < 0.6:
            found[name] = random.choice(allowed)
    return found


def test_the_verdict_under_any_fairness_is_that_of_check_and_of_a_naive_judge() -> None:
    random = Random(17)
    verdicts = set()
    for system in random_systems(17, SYSTEMS, groups=True):
        claims = claims_of(random, system)
        feed = Feed({"it": system}, claims)
        for settings in ({}, a_setting(random, system)):
            changed = with_fairness(system, settings)
            naive = NaiveJudge(changed)
            for claim, told in zip(claims, feed.judge("it", settings)["claims"], strict=True):
                assert told["verdict"] == check(changed, claim.asked).verdict
                assert told["verdict"] == naive.verdict(claim.asked)
                verdicts.add(told["verdict"])
    assert verdicts == {"holds", "violated", "vacuous"}


def test_a_setting_is_what_the_system_then_declares() -> None:
    random = Random(18)
    for system in random_systems(18, SYSTEMS, groups=True):
        assert with_fairness(system, declared_fairness(system)) is system
        settings = a_setting(random, system)
        wanted = declared_fairness(system) | settings
        kept = {name: it for name, it in wanted.items() if name in system.triggers or it != "off"}
        assert declared_fairness(with_fairness(system, settings)) == kept


def test_a_lasso_closed_by_hand_is_judged_as_a_naive_judge_does() -> None:
    random = Random(19)
    found = {True: 0, False: 0}
    for system in random_systems(19, SYSTEMS, groups=True):
        claims = [claim for claim in claims_of(random, system) if claim.asked.kind.is_liveness]
        feed = Feed({"it": system}, claims)
        naive = [naive_judge_of(system, claim.asked) for claim in claims]
        for _ in range(6):
            stem, loop = a_lasso(random, system)
            told = feed.judge_run("it", stem, loop)
            for judge, said in zip(naive, told["claims"], strict=True):
                assert said["refutes"] == (judge.fault(stem, loop) == ""), (system, stem, loop, said)
                found[said["refutes"]] += 1
                assert not said["refutes"] or told["fair"]
        for claim, said in zip(claims, feed.judge("it")["claims"], strict=True):
            run = said["counterexample"]
            if run is not None:
                told = feed.judge_run("it", run["stem"], run["loop"])
                assert told["fair"]
                assert {one["name"]: one["refutes"] for one in told["claims"]}[claim.name]
    assert found[True] > 0
    assert found[False] > 30


def naive_judge_of(system: System, asked: Property) -> LassoJudge:
    read = [name for predicate in asked.predicates for name in predicate.names]
    return LassoJudge(NaiveJudge(system.with_observers(read)), asked)


def a_lasso(random: Random, system: System) -> tuple[list[str], list[str]]:
    """Return a random walk, cut where it comes by its last state for the first time."""
    run, taken = Run(system), []
    states = [run.state]
    while run.possible() and len(taken) < 6:
        taken.append(random.choice(run.possible()))
        run.trigger(taken[-1])
        states.append(run.state)
    cut = states.index(states[-1]) if random.random() < 0.8 else random.randint(0, len(taken))
    return taken[:cut], taken[cut:]


def test_what_a_loop_owes_is_named_with_the_reason(case: Feed) -> None:
    told = case.judge_run("patched", ["accept_infected_message"], [])
    assert not told["fair"]
    assert told["owed"] == [
        {"name": "attempt_delivery", "setting": "weak", "words": "it is possible where the run stays"}
    ]


def test_fairness_taken_away_turns_a_verdict_and_gives_the_run_that_tells_why(case: Feed) -> None:
    declared, changed = case.judge("patched"), case.judge("patched", {"acknowledge": "off"})
    turned = [
        (old["name"], new["counterexample"])
        for old, new in zip(declared["claims"], changed["claims"], strict=True)
        if old["verdict"] != new["verdict"]
    ]
    assert "deleted-leaves-queue" in dict(turned)
    run = dict(turned)["deleted-leaves-queue"]
    assert case.judge_run("patched", run["stem"], run["loop"], {"acknowledge": "off"})["fair"]
    assert not case.judge_run("patched", run["stem"], run["loop"])["fair"]


def test_the_lifecycle_has_an_id_for_every_state_that_is_ever_taken(case: Feed) -> None:
    needs.package("pygraphviz")
    picture = case.picture("unpatched", "lifecycle")
    for told in every_state(case, "unpatched"):
        for part in told["components"]:
            if part["name"] in picture["ids"]:
                assert f'id="{picture["ids"][part["name"]][part["state"]]}"' in picture["svg"]


def test_everything_that_is_answered_is_json(case: Feed) -> None:
    told = [case.describe(), case.start("patched"), case.judge("patched"), case.judge_run("patched", [], [])]
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(("loop", "words"), [(True, "assert_gone("), (False, "run.trigger(trigger)")])
def test_a_copied_test_is_python_that_runs_on_the_real_machines(case: Feed, loop: bool, words: str) -> None:
    run = next(one for one in case.judge("unpatched")["claims"] if one["name"] == "deleted-leaves-queue")
    stem, again = run["counterexample"]["stem"], run["counterexample"]["loop"] if loop else None
    text = case.copy("unpatched", "pytest", stem, again)["text"]
    assert words in text
    names: dict = {}
    exec(compile(text, "copied", "exec"), names)
    (test,) = [value for name, value in names.items() if name.startswith("test_")]
    if loop:
        with pytest.raises(AssertionError):  # the defect is still there
            test()
    else:
        test()


def test_a_copied_picture_tells_every_step(case: Feed) -> None:
    text = case.copy("unpatched", "mermaid", ["accept_clean_message", "attempt_delivery"])["text"]
    assert text.startswith("sequenceDiagram")
    assert "attempt_delivery" in text


def test_a_system_that_starts_in_several_states_is_walked_from_each() -> None:
    lamp = Component("lamp", ["off", "on"], ("off", "on"), [Row("switch", "off", "on")], {"switch"})
    feed = Feed({"hall": System("hall", [lamp])}, [Claim("dark", "", never("lamp == 'on'"))])
    assert list(feed.describe()["variants"]) == ["hall (lamp off)", "hall (lamp on)"]
    assert where(feed.start("hall (lamp on)")) == (("lamp", "on"),)
    with pytest.raises(InputError, match="in which of its states it starts"):
        feed.copy("hall (lamp on)", "pytest", [])


def test_what_cannot_be_answered_says_why(case: Feed) -> None:
    with pytest.raises(InputError, match="there is no variant 'patchd'; did you mean 'patched'"):
        case.start("patchd")
    with pytest.raises(InputError, match="nobody came to a state 10000"):
        case.step("patched", 10_000, "deliver")
    with pytest.raises(InputError, match="nobody came to a state -1"):
        case.step("patched", -1, "deliver")
    with pytest.raises(BlockedError, match="'deliver' is blocked by 'store' in state 'absent'"):
        case.step("patched", 0, "deliver")
    with pytest.raises(BlockedError, match="did you mean 'deliver'"):
        case.step("patched", 0, "delivr")
    with pytest.raises(InputError, match="did you mean 'deliver'"):
        case.judge("patched", {"delivr": "weak"})
    with pytest.raises(InputError, match="'deliver' cannot be 'fair'"):
        case.judge("patched", {"deliver": "fair"})
    with pytest.raises(InputError, match="there is no picture 'map'"):
        case.picture("patched", "map")
    with pytest.raises(InputError, match="cannot be copied as 'pdf'"):
        case.copy("patched", "pdf", [])


def test_a_group_is_set_as_a_whole_and_never_the_environments() -> None:
    rows = [Row("soon", "sent", "sent"), Row("late", "sent", "sent"), Row("get", "sent", "got")]
    line = Component("line", ["sent", "got"], "sent", rows, {"soon", "late", "get"})
    system = System("line", [line], fair=["get", ("soon", "late")])
    assert with_fairness(system, {"soon or late": "strong"}).owed_strongly == {"soon or late": ("soon", "late")}
    with pytest.raises(InputError, match="is a group, and only a trigger"):
        with_fairness(system, {"soon or late": "environment"})
    with pytest.raises(CompositionError, match="'soon' is both fair and the environment's"):
        with_fairness(system, {"soon": "environment"})


def test_a_predicate_that_cannot_be_asked_is_told_in_its_place() -> None:
    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    feed = Feed({"hall": System("hall", [lamp])}, [Claim("dark", "", never("lamp == 'onn'"))])
    assert "no state 'onn'" in feed.start("hall")["answers"][0]
    assert "no state 'onn'" in feed.judge_run("hall", [], [])["claims"][0]["words"]


def test_a_claim_that_cannot_be_asked_keeps_no_other_from_its_verdict() -> None:
    def raises(state: State) -> bool:
        return 1 / 0 > 1

    lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    claims = [
        Claim("misspelt", "", never("lamp == 'onn'")),
        Claim("dark", "", never("lamp == 'on'")),
        Claim("raises", "", never(raises)),
        Claim("unwitnessed", "", never("lamp == 'on' and lamp == 'off'"), witness=sometimes(raises)),
    ]
    told = Feed({"hall": System("hall", [lamp])}, claims).judge("hall")["claims"]
    assert [one["words"] for one in told] == ["not decided", "violated", "not decided", "not decided"]
    assert [one["verdict"] for one in told] == ["unknown", "violated", "unknown", "unknown"]
    assert not any(one["good"] for one in told)
    assert "no state 'onn'" in told[0]["note"]
    assert "ZeroDivisionError" in told[2]["note"]
    assert "ZeroDivisionError" in told[3]["note"]


def test_where_guards_may_answer_either_way_no_run_refutes_and_fairness_stays() -> None:
    rows = [
        {"trigger": "go", "source": "here", "dest": "there", "conditions": "is_open"},
        {"trigger": "go", "source": "here", "dest": "here"},
    ]

    class Gate:
        def is_open(self) -> bool:
            raise AssertionError("no condition is asked")

    def gate() -> Machine:
        return Machine(Gate(), states=["here", "there"], initial="here", transitions=rows, auto_transitions=False)

    system = system_of(gate, guards="either")
    feed = Feed({"gate": system}, [Claim("away", "", never("state == 'there'"))])
    (there,) = [one for one in feed.start("gate")["possible"] if "not" not in one]
    assert where(feed.step("gate", 0, there)) == (("gate", "there"),)
    assert feed.judge("gate")["claims"][0]["verdict"] == "unknown"
    (said,) = feed.judge_run("gate", [there], [])["claims"]
    assert not said["refutes"]
    assert said["words"].endswith("That is possible, if the guards answer so.")
    with pytest.raises(InputError, match="fairness stays as declared"):
        feed.judge("gate", {there: "weak"})


def test_a_machine_whose_hidden_state_decides_is_refused_while_it_is_walked() -> None:
    class Turnstile:
        def __init__(self) -> None:
            self.pushes = 0

        def push(self) -> None:
            self.pushes += 1

        def is_worn(self) -> bool:
            return self.pushes > 0

    rows = [
        {"trigger": "turn", "source": "free", "dest": "stuck", "conditions": "is_worn"},
        {"trigger": "turn", "source": "free", "dest": "free", "before": "push"},
    ]

    def turnstile() -> Machine:
        return Machine(Turnstile(), states=["free", "stuck"], initial="free", transitions=rows, auto_transitions=False)

    feed = Feed({"turnstile": system_of(turnstile)})
    with pytest.raises(LifecheckError, match="pushes"):
        feed.start("turnstile")


def test_what_one_step_unlocks_unseen_is_found_while_it_is_walked() -> None:
    def door() -> Machine:
        knocks: list[int] = []
        rows = [
            {"trigger": "open", "source": "shut", "dest": "open", "conditions": lambda: bool(knocks)},
            {"trigger": "knock", "source": "shut", "dest": "shut", "after": lambda: knocks.append(1)},
        ]
        return Machine(states=["shut", "open"], initial="shut", transitions=rows, auto_transitions=False)

    with pytest.raises(LifecheckError, match="depends on something that is no part of its state"):
        Feed({"door": system_of(door)}).start("door")


def test_machines_with_code_of_their_own_are_walked_together() -> None:
    def gate() -> Machine:
        rows = [{"trigger": "go", "source": "shut", "dest": "open", "conditions": lambda: True}]
        return Machine(states=["shut", "open"], initial="shut", transitions=rows, auto_transitions=False)

    feed = Feed({"gates": System("gates", [component_of(gate, "left"), component_of(gate, "right")])})
    assert where(feed.step("gates", 0, "go")) == (("left", "open"), ("right", "open"))
