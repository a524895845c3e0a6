"""Each step of the argument for any number of instances is needed: without it something wrong would be said to hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lifecheck import Component, Property, Row, System, Verdict, check, eventually, leads_to, never
from lifecheck.instances import abstract_loops, any_number, check_instances, decompose, lifting
from lifecheck.instances import counter_abstraction as abstracting
from lifecheck.instances.abstract_loops import fair_loop
from lifecheck.instances.any_number import decide_for_any_number
from lifecheck.instances.copies import copies
from lifecheck.instances.counter_abstraction import counter_abstraction
from tests import needs
from tests.lifecheck.instances.for_instance import for_instance

Break = Callable[[pytest.MonkeyPatch], None]


def part(name: str, rows: str, alphabet: str = "") -> Component:
    """Return a component from rows such as ``take new busy, give busy new``; it begins where the first row does."""
    found = [Row(*row.split()) for row in rows.split(",")]
    states = list(dict.fromkeys(state for row in found for state in (row.source, row.dest) if state != "="))
    return Component(name, states, states[0], found, {row.trigger for row in found} | set(alphabet.split()))


TASK = part("task", "take new busy, give busy new")
LENDING = System("lending", [TASK, part("tool", "take free lent, give lent free")], copied={"task"})
WAITING = leads_to("task == 'new'", "task == 'busy'")
USING_UP = System("using up", [part("task", "take new busy"), part("tools", "take 0 1, take 1 2")], copied={"task"})
UNLOCKING = System(
    "unlocking",
    [part("task", "unlock new used"), part("door", "unlock locked ajar, unlock ajar open")],
    copied={"task"},
)
WAKING = System(
    "waking",
    [
        part("task", "wake asleep awake, wake awake awake, wake done done, ring awake done"),
        part("bell", "ring 0 1, wake 0 0, wake 1 1"),
    ],
    copied={"task"},
    broadcast={"wake"},
)
SWINGING = System(
    "swinging",
    [
        part("task", "leave in out"),
        part("door", "swing open shut, swing shut open, leave open left, swing left left_shut, swing left_shut left, "
             "leave left done"),
    ],
    copied={"task"},
)  # fmt: skip
BEATING = System(
    "beating",
    [part("task", "beat in =, leave in out"), part("door", "leave open left, leave left done")],
    copied={"task"},
    fair=["beat"],
)
RETURNING = System(
    "returning",
    [
        part("task", "go in out, ring out in, ring in in, leave in gone, ring gone gone"),
        part("door", "go left right, go right left, close_left left done, close_right right done, ring left left, "
             "ring right right, ring done done"),
    ],
    copied={"task"},
    broadcast={"ring"},
)  # fmt: skip
"""Whoever went comes back by a broadcast alone, and the door is never on one side for long."""
LEAVING = System("leaving", [part("task", "unlock in gone, leave in gone"), part("door", "unlock locked done")],
                 copied={"task"})  # fmt: skip
HOLDING = System(
    "holding",
    [
        part("task", "take new busy, give busy new, mark busy marked, leave new gone"),
        part("tool", "take free lent, give lent free, close_free free free, close_lent lent lent"),
        part("door", "close_free open done, close_lent open done"),
    ],
    copied={"task"},
)


def some_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where some are, let none be left as soon as one goes."""
    right = abstracting._Making._one
    monkeypatch.setattr(abstracting._Making, "_one", lambda self, *given: iter(list(right(self, *given))[-1:]))


def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without other instances alone."""
    right = abstracting._Making.initial
    monkeypatch.setattr(abstracting._Making, "initial", lambda self: iter(list(right(self))[:1]))


def every_move_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every step of another instance for one that it takes once."""
    right = abstract_loops._taken_once

    def wrong(abstraction: Any, steps: Any) -> Any:
        _, together = right(abstraction, steps)
        return frozenset(move for state, step in steps for move in abstraction.moved(state, step)), together

    monkeypatch.setattr(abstract_loops, "_taken_once", wrong)


def broadcasts_leave_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave other instances where they are in a broadcast."""
    monkeypatch.setattr(abstracting._Making, "_all", lambda self, trigger, others: others)


def weak_as_strong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take what is owed to other instances for strong."""
    right = abstract_loops._Looking._unfair_to_others

    def wrong(self: Any, part: Any, members: Any, is_strong: bool, *more: Any) -> Any:
        return right(self, part, members, True, *more)

    monkeypatch.setattr(abstract_loops._Looking, "_unfair_to_others", wrong)


def dues_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that another instance gets its due within the loop."""
    right = abstract_loops._Looking._unfair_to_others

    def wrong(self: Any, part: Any, members: Any, is_strong: bool, taken: Any, together: Any) -> Any:
        return right(self, part, members, is_strong, set(), together)

    monkeypatch.setattr(abstract_loops._Looking, "_unfair_to_others", wrong)


def others_owe_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that others are fair."""
    monkeypatch.setattr(abstract_loops._Looking, "_unfair_to_others", lambda *given: set())


def who_is_not_told_of_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that whoever is not told of moves in a broadcast, too."""
    monkeypatch.setattr(abstracting.CounterAbstraction, "may_move", lambda self, step: iter(()))


def somebody_is_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take it that somebody is wherever it is not told whether anybody is."""
    right = abstracting.counter_abstraction
    monkeypatch.setattr(any_number, "counter_abstraction", lambda *given, **how: replace(
        right(*given, **how), untold=frozenset()))  # fmt: skip


def who_is_not_told_of_can_do_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget that whoever is not told of may be where nothing is possible."""
    right = abstract_loops._Looking._possible_for_others

    def wrong(self: Any, shared: int, place: int, members: Any) -> bool:
        return place in self.abstraction.untold or right(self, shared, place, members)

    monkeypatch.setattr(abstract_loops._Looking, "_possible_for_others", wrong)


def nobody_is_untold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without those of whom nothing is told."""
    right = abstracting._Making.initial
    monkeypatch.setattr(abstracting._Making, "initial", lambda self: iter(
        [state._replace(others=(0,) * len(state.others)) for state in right(self)][:1]))  # fmt: skip


def explored(system: System, asked: Property, instances: int) -> Verdict:
    return check(copies(system, instances), for_instance(asked, system, 1), engine="explicit").verdict


@pytest.mark.parametrize(
    ("broken", "system", "asked", "instances"),
    [
        (some_leave, USING_UP, never("task == 'new' and tools == '2'"), 3),
        (nobody_else, LENDING, never("task == 'new' and tool == 'lent'"), 2),
        (every_move_once, LENDING, WAITING, 2),
        (broadcasts_leave_others, WAKING, never("task == 'awake' and bell == '1'"), 2),
    ],
)
def test_without_a_step_something_would_hold_that_is_violated(
    broken: Break, system: System, asked: Property, instances: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert explored(system, asked, 1) is Verdict.HOLDS
    assert explored(system, asked, instances) is Verdict.VIOLATED
    assert decide_for_any_number(system, asked, one_holds=True).verdict is Verdict.UNKNOWN
    broken(monkeypatch)
    assert decide_for_any_number(system, asked, one_holds=True).verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    ("broken", "system", "asked", "instances"),
    [
        (who_is_not_told_of_stays, RETURNING, leads_to("task == 'gone'", "door == 'done'"), 2),
        (somebody_is_everywhere, LEAVING, eventually("door == 'done'"), 1),
        (who_is_not_told_of_can_do_everything, HOLDING, leads_to("task == 'gone'", "door == 'done'"), 2),
        (nobody_is_untold, LENDING, never("task == 'new' and tool == 'lent'"), 2),
    ],
)
def test_where_nothing_is_told_something_would_hold_without_a_step_of_the_argument(
    broken: Break, system: System, asked: Property, instances: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert explored(system, asked, instances) is Verdict.VIOLATED
    assert counter_abstraction(decompose(system), tell_some=False).untold
    assert decide_for_any_number(system, asked, one_holds=True).verdict is Verdict.UNKNOWN
    broken(monkeypatch)
    found = decide_for_any_number(system, asked, one_holds=True)
    assert found.verdict is Verdict.HOLDS


@pytest.mark.parametrize(("broken", "system"), [(weak_as_strong, SWINGING), (dues_forgotten, BEATING)])
def test_without_a_step_a_fair_loop_beside_another_instance_would_be_overlooked(
    broken: Break, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = leads_to("task == 'out' and door != 'done'", "door == 'done'")
    assert explored(system, stays, 2) is Verdict.VIOLATED
    abstraction = counter_abstraction(decompose(system))
    shared_states = range(len(abstraction.decomposition.shared))
    done = {one for one in shared_states if abstraction.decomposition.shared.locals_of(one)["door"] == "done"}
    beside = [
        number
        for number, (shared, own, others) in enumerate(abstraction.states)
        if own == 1 and shared not in done and any(others)
    ]
    assert fair_loop(abstraction, beside) is not None
    broken(monkeypatch)
    assert fair_loop(abstraction, beside) is None


def test_what_others_do_by_fairness_is_not_lifted_over(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = eventually(lambda s: s.task in ("new", "used") and s.door == "open")
    assert [explored(UNLOCKING, asked, instances) for instances in (1, 2)] == [Verdict.VIOLATED, Verdict.HOLDS]
    needs.package("oxidd")
    assert check_instances(UNLOCKING, asked, 2).verdict is Verdict.HOLDS
    monkeypatch.setattr(lifting, "_owes_nothing", lambda *given: True)
    assert check_instances(UNLOCKING, asked, 2).verdict is Verdict.VIOLATED


def test_whoever_forgets_that_others_are_fair_proves_less(monkeypatch: pytest.MonkeyPatch) -> None:
    lending = System("lending", LENDING.components, copied={"task"}, strong={"take": "turns are taken"})
    assert decide_for_any_number(lending, WAITING, one_holds=True).verdict is Verdict.HOLDS
    others_owe_nothing(monkeypatch)
    assert decide_for_any_number(lending, WAITING, one_holds=True).verdict is Verdict.UNKNOWN
