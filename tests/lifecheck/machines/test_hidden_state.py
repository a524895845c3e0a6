"""Machines that keep out of sight what decides get no wrong verdict, and those that do not are refused none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from transitions import Machine

from lifecheck import LifecheckError, Verdict, check, lint, never
from lifecheck.machines import conformance
from tests.cross_check import sized
from tests.lifecheck.hidden_machines import Hidden, hidden_machines
from tests.lifecheck.hidden_state import PLACES, Counter, many_objects

CHUNKS = sized(1, 6, 200)
LONGEST = 14
BAD = never("state == 'bad'")
TOLD_BY_LINT = {"outcome-differs", "undeclared-attribute", "changed-when-refused", "callback-raises"}


def verdict_of(machine: Hidden) -> Verdict | None:
    """Return the verdict, None where none is given."""
    try:
        return check(machine, BAD).verdict
    except LifecheckError:
        return None


@pytest.mark.parametrize("seed", range(CHUNKS))
def test_verdicts_agree_with_the_runs_where_what_decides_is_out_of_sight(seed: int) -> None:
    found: dict[Verdict | None, int] = {}
    for machine in hidden_machines(seed, 100):
        verdict = verdict_of(machine)
        found[verdict] = found.get(verdict, 0) + 1
        run = machine.reaches("bad", LONGEST) if verdict is not None else None
        assert verdict is None or (verdict is Verdict.VIOLATED) == (run is not None), f"{machine.told}, {run}"
    assert found[Verdict.HOLDS] > 10, "of some of them nothing that is hidden ever decides"
    assert found[None] > 40


@pytest.mark.parametrize("seed", range(sized(0, 1, 50)))
def test_verdicts_agree_with_the_runs_where_nothing_hidden_decides(seed: int) -> None:
    for machine in hidden_machines(seed, 20, places=(None,)):
        assert check(machine, BAD).verdict is Verdict.HOLDS, machine.told
        for state in machine.names:
            verdict = check(machine, never(f"state == {state!r}")).verdict
            reached = state == "s0" or machine.reaches(state, LONGEST) is not None
            assert verdict is (Verdict.VIOLATED if reached else Verdict.HOLDS), machine.told


@pytest.mark.parametrize("seed", range(100, 104))
def test_lint_agrees_with_the_runs_unless_it_tells_why_it_cannot(seed: int) -> None:
    for machine in hidden_machines(seed, 25):
        report = lint(machine)
        if not TOLD_BY_LINT.intersection(report.codes):
            told = ("unreachable-state", "state 'bad'") in {(found.code, found.place) for found in report.findings}
            assert told == (machine.reaches("bad", LONGEST) is None), machine.told


def unlocked(place: Callable[[], Counter], *, held: bool) -> Callable[[], Machine]:
    """Return what makes a machine whose first round unlocks what was blocked before."""

    class Model:
        held: object = None

    def machine() -> Machine:
        counter = place()
        model = Model()
        if held:
            model.held = counter.held
        rows = [
            {"trigger": "go", "source": "x", "dest": "y", "after": lambda: [counter.step(), None][1]},
            ["back", "y", "x"],
            {"trigger": "secret", "source": "x", "dest": "bad", "conditions": lambda: counter.level() > 0},
        ]
        return Machine(model, states=["x", "y", "bad"], initial="x", transitions=rows, auto_transitions=False)

    return machine


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(
    "place", [*PLACES, *sized([], [many_objects], [many_objects])], ids=lambda place: place.__name__
)
def test_what_was_blocked_is_asked_again_after_going_round(place: Callable[[], Counter], held: bool) -> None:
    machine = unlocked(place, held=held)
    with pytest.raises(LifecheckError, match=r"two firings differ, blocked and, .*, to 'bad'|it changes 'held"):
        check(machine, BAD)
    assert set(lint(machine).codes) & {"outcome-differs", "undeclared-attribute"}


@pytest.mark.parametrize("needed", [1, 2, 3, 4])
def test_what_unlocks_after_up_to_four_rounds_is_found_elsewhere_too(needed: int) -> None:
    def machine() -> Machine:
        done: list[None] = []
        rows = [
            {"trigger": "ask", "source": "a", "dest": "=", "after": lambda: done.append(None)},
            ["go", "a", "b"],
            ["go", "b", "c"],
            {"trigger": "go", "source": "c", "dest": "bad", "conditions": lambda: len(done) >= needed},
            ["go", "c", "end"],
        ]
        return Machine(states=["a", "b", "c", "end", "bad"], initial="a", transitions=rows, auto_transitions=False)

    with pytest.raises(
        LifecheckError, match=r"two firings differ, to 'end' and, on a fresh machine after .*, to 'bad'"
    ):
        check(machine, BAD)


def test_a_state_that_is_reached_two_ways_is_asked_after_each() -> None:
    def machine() -> Machine:
        left: list[None] = []
        rows = [
            ["right", "top", "bottom"],
            {"trigger": "left", "source": "top", "dest": "bottom", "before": lambda: left.append(None)},
            {"trigger": "secret", "source": "bottom", "dest": "bad", "conditions": lambda: bool(left)},
        ]
        return Machine(states=["top", "bottom", "bad"], initial="top", transitions=rows, auto_transitions=False)

    with pytest.raises(LifecheckError, match=r"blocked and, on a fresh machine after left, to 'bad'"):
        check(machine, BAD)


def test_a_callback_that_runs_although_no_row_answers_is_asked_too() -> None:
    def machine() -> Machine:
        asked: list[None] = []
        rows = [
            ["go", "a", "b"],
            {"trigger": "go", "source": "b", "dest": "bad", "conditions": lambda: len(asked) > 4},
            {"trigger": "turn", "source": "b", "dest": "a"},
        ]
        return Machine(
            states=["a", "b", "bad"],
            initial="a",
            transitions=rows,
            auto_transitions=False,
            finalize_event=lambda: asked.append(None),
        )

    with pytest.raises(LifecheckError, match=r"two firings differ, blocked and, .*, to 'bad'"):
        check(machine, BAD)


def test_where_the_firings_do_not_suffice_the_verdict_and_lint_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def machine() -> Machine:
        rows: list[Any] = [{"trigger": "go", "source": "a", "dest": "b", "after": lambda: None}, ["back", "b", "a"]]
        return Machine(states=["a", "b", "bad"], initial="a", transitions=rows, auto_transitions=False)

    assert check(machine, BAD).note == ""
    monkeypatch.setattr(conformance, "FIRINGS", 1)
    result = check(lambda: machine(), BAD)
    assert result.verdict is Verdict.HOLDS
    told = "so many local states and triggers"
    assert told in result.note
    assert any(told in remark for remark in lint(machine).remarks)
