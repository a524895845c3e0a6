"""What is counted on sets of states: steps to a goal, deadlocks, depth; and what works without numpy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import needs

needs.package("numpy")

import networkx  # noqa: E402

from lifecheck import Component, Row, State, System, explore  # noqa: E402
from lifecheck.instances.copies import copies, for_instance  # noqa: E402
from lifecheck.instances.exploration import explore_instances  # noqa: E402
from lifecheck.instances.layout import count  # noqa: E402
from lifecheck.properties.property import leads_to  # noqa: E402
from model import configured  # noqa: E402
from tests.lifecheck.cli.cli import ROOT  # noqa: E402

WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None
from lifecheck.errors import InputError
from lifecheck.instances import check_instances
from model import VARIANTS, configured
from properties.claims import CLEAN_MAIL_ARRIVES
print(check_instances(VARIANTS["patched"], CLEAN_MAIL_ARRIVES.asked, 9).instances)
try:
    check_instances(configured({"slots": "1"}), CLEAN_MAIL_ARRIVES.asked, 2)
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
    found, graph = explore_instances(system, instances), explore(copies(system, instances))
    asked = for_instance(leads_to(waiting, removed), system, 1)
    backwards = graph.to_networkx().reverse(copy=False)
    goals = [state for state in range(len(graph)) if asked.goal(graph.view(state))]
    steps = networkx.multi_source_dijkstra_path_length(backwards, goals, weight=lambda _u, _v, _d: 1)
    expected = max(steps[state] for state in range(len(graph)) if asked.given(graph.view(state)))
    assert found.steps_to(found.where(removed), found.where(waiting)) == expected


def test_there_are_no_steps_to_what_cannot_be_reached() -> None:
    task = Component(
        "task", ["new", "busy", "lost"], "new", [Row("a", "new", "busy"), Row("b", "new", "lost")], {"a", "b"}
    )
    found = explore_instances(System("work", [task], copied={"task"}), 2)
    everywhere = found.reachable
    assert found.steps_to(found.where(lambda s: s.task == "busy"), everywhere) is None
    assert found.steps_to(everywhere, everywhere) == 0
    assert (found.states, found.transitions, found.depth, count(found.deadlocks)) == (9, 12, 2, 4)


def test_one_verdict_for_all_needs_no_numpy_and_exploring_says_what_it_needs() -> None:
    ran = subprocess.run([sys.executable, "-c", WITHOUT_NUMPY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "any",
        "exploring several messages needs numpy; install it with pip install numpy",
    ]
