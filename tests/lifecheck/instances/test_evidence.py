"""Loops are found with patience that ends, and a set that no run leads to is an error, not a search for ever."""

from __future__ import annotations

import pytest

from tests import needs

needs.package("numpy")

from lifecheck import Component, LifecheckError, Row, System, eventually  # noqa: E402
from lifecheck.instances import evidence  # noqa: E402
from lifecheck.instances.checking import check_instances  # noqa: E402
from lifecheck.instances.evidence import lasso, shortest_path  # noqa: E402
from lifecheck.instances.exploration import InstanceSpace, explore_instances  # noqa: E402
from lifecheck.instances.fair import Duty, Owed  # noqa: E402
from lifecheck.instances.layout import Bits  # noqa: E402

TASK = Component(
    "task", ["new", "busy", "lost"], "new", [Row("take", "new", "busy"), Row("give", "busy", "new")], {"take", "give"}
)
LOST = (0, 2, 0)
"""The first task is lost: no run leads there."""


@pytest.fixture
def found() -> InstanceSpace:
    rows = [*TASK.rows, Row("lose", "new", "lost")]
    never_lost = Component("guard", ["on"], "on", [], {"lose"})
    task = Component("task", TASK.states, "new", rows, {*TASK.alphabet, "lose"})
    return explore_instances(System("work", [task, never_lost], copied={"task"}), 2)


def chain(length: int) -> System:
    """Return tasks that go a long way, each step of which they owe, and then turn round for ever."""
    rows = [Row("go", str(at), str(at + 1)) for at in range(length)]
    states = [str(at) for at in range(length + 1)]
    return System(
        "chain",
        [Component("task", [*states, "done"], "0", [*rows, Row("turn", str(length), "=")], {"go", "turn"})],
        copied={"task"},
    )


def test_the_nearest_loops_are_tried_first_and_then_one_is_taken_that_must_be_fair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []
    component = evidence._component

    def counted(exploration: InstanceSpace, point: tuple[int, ...], hull: Bits) -> Bits:
        tried.append(1)
        return component(exploration, point, hull)

    monkeypatch.setattr(evidence, "_component", counted)
    result = check_instances(chain(12), eventually("task == 'done'"), 2, cutoff=False)
    assert result.evidence is not None
    assert len(result.evidence.stem) == 24  # both tasks must be at the end of their way: 168 states before are not fair
    assert len(tried) == evidence.TRIED_COMPONENTS + 1


def test_a_loop_that_is_near_is_preferred_to_one_that_must_be_fair(monkeypatch: pytest.MonkeyPatch) -> None:
    from model import configured
    from properties.claims import CLEAN_MAIL_ARRIVES

    lengths = []
    for patience in (1, 50):
        monkeypatch.setattr(evidence, "TRIED_COMPONENTS", patience)
        found = check_instances(configured({"slots": "1"}), CLEAN_MAIL_ARRIVES.asked, 3, cutoff=False).evidence
        assert found is not None
        lengths.append(len(found.states))
    assert lengths[0] > lengths[1]


def test_a_way_to_where_no_run_leads_is_an_error(found: InstanceSpace) -> None:
    lost = found.layout.one(LOST)
    with pytest.raises(LifecheckError, match="no run leads to a state that was found, so no verdict is given"):
        shortest_path(found, lost)
    start, owed = found.layout.one(found.initial), Owed.of(found.system)
    with pytest.raises(LifecheckError, match="no run leads to a state that was found"):
        lasso(found, start, found.reachable, lost, owed)


def test_a_hull_without_a_fair_loop_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "is_fair", lambda _moves, _component, _owed: False)
    for patience in (1, 50):
        monkeypatch.setattr(evidence, "TRIED_COMPONENTS", patience)
        with pytest.raises(LifecheckError, match="no run leads to a state that was found"):
            check_instances(chain(2), eventually("task == 'done'"), 2, cutoff=False)


def test_a_loop_that_settles_nothing_is_an_error(found: InstanceSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Duty, "settled_in", lambda _duty, component: component)
    alone, owed = found.layout.one(found.initial), Owed.of(found.system)
    with pytest.raises(LifecheckError, match="no run leads to a state that was found"):
        evidence._loop(found, alone, found.initial, owed)
