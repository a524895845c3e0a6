"""What is counted on sets of states of many instances; and what is said where sets cannot be held."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import needs

needs.package("oxidd")

import networkx  # noqa: E402

from docs.generate.steps import steps_to  # noqa: E402
from lifecheck import Component, Row, State, System, Verdict, can_always_reach, explore, never  # noqa: E402
from lifecheck.instances import check_instances, of_first, space_of_instances  # noqa: E402
from lifecheck.instances.copies import copies  # noqa: E402
from lifecheck.properties.property import leads_to  # noqa: E402
from model import configured  # noqa: E402
from tests.lifecheck.cli.cli import ROOT  # noqa: E402
from tests.lifecheck.instances.for_instance import for_instance  # noqa: E402

WITHOUT_OXIDD = """
import sys
sys.modules["oxidd.bcdd"] = None
from lifecheck.errors import InputError
from lifecheck.instances import check_instances
from model import VARIANTS, configured
from properties.claims import CLEAN_MAIL_ARRIVES
print(check_instances(VARIANTS["patched"], CLEAN_MAIL_ARRIVES.asked, 9).instances)
two = check_instances(configured({"slots": "1"}), CLEAN_MAIL_ARRIVES.asked, 2)
print(two.engine, two.verdict, two.states)
some = check_instances(configured({"slots": "1"}), CLEAN_MAIL_ARRIVES.asked, 3, limit=100, cutoff=False)
print(some.verdict, some.note)
try:
    check_instances(configured({"slots": "1"}), CLEAN_MAIL_ARRIVES.asked, 2, engine="symbolic")
except InputError as error:
    print(error)
"""


def waiting(s: State) -> bool:
    return s.message == "clean" and s.queue == "queued"


def removed(s: State) -> bool:
    return s.queue == "removed"


@pytest.mark.parametrize(("slots", "instances"), [("1", 1), ("1", 2), ("2", 2), ("2", 3)])
def test_steps_to_a_goal_are_those_of_the_graph(slots: str, instances: int) -> None:
    system = configured({"slots": slots}).with_observers(())
    found, graph = space_of_instances(system, instances), explore(copies(system, instances))
    asked = for_instance(leads_to(waiting, removed), system, 1)
    backwards = graph.to_networkx().reverse(copy=False)
    goals = [state for state in range(len(graph)) if asked.goal(graph.view(state))]
    steps = networkx.multi_source_dijkstra_path_length(backwards, goals, weight=lambda _u, _v, _d: 1)
    expected = max(steps[state] for state in range(len(graph)) if asked.given(graph.view(state)))
    assert found.ask(lambda space: steps_to(space, of_first(leads_to(waiting, removed), system))) == expected


def test_there_are_no_steps_to_what_cannot_be_reached() -> None:
    task = Component(
        "task", ["new", "busy", "lost"], "new", [Row("a", "new", "busy"), Row("b", "new", "lost")], {"a", "b"}
    )
    system = System("work", [task], copied={"task"})
    found = space_of_instances(system, 2)
    never_left = of_first(leads_to("task == 'lost'", "task == 'busy'"), system)
    assert found.ask(lambda space: steps_to(space, never_left)) is None
    at_once = of_first(leads_to("task == 'busy'", "task != 'new'"), system)
    assert found.ask(lambda space: steps_to(space, at_once)) == 0
    counts = found.ask(lambda one: (one.states, one.transitions, one.depth, one.encoding.count(one.deadlocks)))
    assert counts == (9, 12, 2, 4)


def test_a_hundred_instances_that_share_nothing_and_twelve_in_a_queue_are_counted() -> None:
    rows = [Row("ask", "idle", "waiting"), Row("get", "waiting", "served"), Row("leave", "served", "idle")]
    guest = Component("guest", ["idle", "waiting", "served"], "idle", rows, {"ask", "get", "leave"})
    alone = System("guests", [guest], copied={"guest"})
    result = check_instances(alone, can_always_reach("guest == 'served'"), 100, cutoff=False)
    assert (result.verdict, result.states) == (Verdict.HOLDS, 3**100)
    lends = [Row("get", "free", "lent"), Row("leave", "lent", "free")]
    table = Component("table", ["free", "lent"], "free", lends, {"get", "leave"})
    shared = System("restaurant", [guest, table], copied={"guest"})
    result = check_instances(shared, can_always_reach("guest == 'served'"), 12)
    assert (result.verdict, result.states, result.engine) == (Verdict.HOLDS, 2**12 + 12 * 2**11, "symbolic")


def test_of_few_states_a_lasso_is_proven_shortest() -> None:
    system, asked = configured({"slots": "1"}), leads_to(waiting, removed)
    shortest = check_instances(system, asked, 2).evidence
    as_it_comes = check_instances(system, asked, 2, engine="symbolic").evidence
    assert shortest is not None
    assert as_it_comes is not None
    assert (shortest.shortest, as_it_comes.shortest) == (True, False)
    assert len(shortest.states) <= len(as_it_comes.states)


def test_three_hundred_instances_are_told_of_a_crash_at_once() -> None:
    rows = [
        Row("take", "idle", "busy"),
        Row("give", "busy", "idle"),
        Row("crash", "busy", "idle"),
        Row("crash", "idle", "="),
    ]
    worker = Component("worker", ["idle", "busy"], "idle", rows, {"take", "give", "crash"})
    power = Component(
        "power",
        ["on", "off"],
        "on",
        [Row("crash", "on", "off"), Row("mend", "off", "on"), Row("take", "on", "=")],
        {"crash", "mend", "take"},
    )
    system = System("works", [worker, power], copied={"worker"}, broadcast={"crash"}, environment={"crash"})
    result = check_instances(system, never("worker == 'busy' and power == 'off'"), 300, cutoff=False)
    assert (result.verdict, result.states) == (Verdict.HOLDS, 2**300 + 1)


def test_without_oxidd_instances_are_visited_one_by_one_and_what_is_missing_is_said() -> None:
    ran = subprocess.run([sys.executable, "-c", WITHOUT_OXIDD], cwd=ROOT, capture_output=True, text=True, check=True)
    missing = "sets of states need oxidd, which cannot be imported; install it with pip install oxidd"
    every, two, some, forced = ran.stdout.splitlines()
    assert (every, two) == ("any", "explicit violated 105")
    assert some.startswith("unknown the limit of 100 states was met")
    assert some.endswith(f"; and no sets of states were held: {missing}")
    assert forced == f"{missing}, or check with engine='explicit'"
