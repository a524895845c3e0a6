"""Where a system may start in a misspelt state, a verdict says so beside what it says."""

from __future__ import annotations

from transitions import Machine

from lifecheck import Component, Row, System, Verdict, check, never


def test_a_misspelt_initial_state_is_told_beside_the_verdict() -> None:
    rows = [["start", "idle", "busy"], ["stop", "busy", "idle"]]
    for given in (
        Machine(states=["idle", "busy"], initial="idel", transitions=rows),
        lambda: Machine(states=["idle", "busy"], initial="idel", transitions=rows),
    ):
        result = check(given, never("state == 'busy'"))
        assert result.verdict is Verdict.HOLDS
        assert (
            result.note == "component 'machine' starts in 'idel', which no row leaves or leads to; did you mean 'idle'?"
        )
    results = check(given, never("state == 'busy'"), never("state == 'idle'"))
    assert "did you mean 'idle'?" in str(results)


def test_a_start_in_which_nothing_can_happen_is_told() -> None:
    never_open = Row("open", "shut", "ajar", conditions=(lambda: False,))
    door = System("door", [Component("door", ["shut", "ajar"], "shut", [never_open], {"open"})])
    result = check(door, never("door == 'ajar'"))
    assert result.verdict is Verdict.HOLDS
    assert result.note == "no trigger can be taken in the initial state, so that nothing ever happens"


def test_a_component_that_is_only_there_is_not_told() -> None:
    rows = [Row("start", "up", "=")]
    parts = [
        Component("power", ["up", "down"], "up", [], set()),
        Component("engine", ["up", "over"], "up", rows, {"start"}),
    ]
    assert check(System("car", parts), never("engine == 'over'")).note == ""
