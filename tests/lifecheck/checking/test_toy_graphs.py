"""The checker on hand-drawn graphs of integers: yes and no for each kind of property and of fairness."""

from __future__ import annotations

from collections.abc import Callable

from lifecheck import (
    Component,
    Evidence,
    Result,
    Row,
    State,
    System,
    Verdict,
    always,
    can_always_reach,
    check,
    eventually,
    leads_to,
    never,
    sometimes,
    story,
)
from tests.lifecheck.toys import toy


def at(*states: int) -> Callable[[State], bool]:
    return lambda s: int(s.n) in states


def odd(s: State) -> bool:
    return int(s.n) % 2 == 1


def evidence_of(result: Result) -> Evidence:
    assert result.evidence is not None
    return result.evidence


def lasso_of(result: Result) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    assert result.verdict is Verdict.VIOLATED
    return evidence_of(result).stem, evidence_of(result).loop


def test_the_loop_0_2_4_2_refutes_eventually_odd() -> None:
    result = check(toy("0 a 2", "2 b 4", "4 c 2"), eventually(odd))
    assert lasso_of(result) == (("a",), ("b", "c"))


def test_a_graph_that_must_pass_an_odd_state_meets_eventually_odd() -> None:
    assert check(toy("0 a 1", "1 b 2", "2 c 2"), eventually(odd)).verdict is Verdict.HOLDS


def test_eventually_holds_where_the_initial_state_is_the_goal() -> None:
    assert check(toy("1 a 2", "2 b 2"), eventually(odd)).verdict is Verdict.HOLDS


def test_weak_fairness_allows_a_loop_that_strong_fairness_forbids() -> None:
    # the exit is possible at 0 alone: possible again and again, but never all the time
    edges = ("0 a 1", "1 b 0", "0 leave 2")
    weak = check(toy(*edges), eventually(at(2)))
    strong = check(toy(*edges, strong={"leave"}), eventually(at(2)))
    assert lasso_of(weak) == ((), ("a", "b"))
    assert strong.verdict is Verdict.HOLDS
    assert strong.assumptions == ("weak fairness of b", "strong fairness of leave")


def test_weak_fairness_forces_an_exit_that_stays_possible() -> None:
    edges = ("0 a 1", "1 b 0", "0 leave 2", "1 leave 2")
    assert check(toy(*edges), eventually(at(2))).verdict is Verdict.HOLDS
    assert check(toy(*edges, environment={"leave"}), eventually(at(2))).verdict is Verdict.VIOLATED


def test_an_exit_that_only_the_environment_opens_may_never_come() -> None:
    result = check(toy("0 arrive 1", "1 serve 2", environment={"arrive"}), eventually(at(2)))
    assert lasso_of(result) == ((), ())  # the run stutters before anything arrives
    assert "stay here for ever" in story(result)


def test_what_the_environment_began_the_system_must_finish() -> None:
    system = toy("0 arrive 1", "1 serve 2", environment={"arrive"})
    assert check(system, leads_to(at(1), at(2))).verdict is Verdict.HOLDS


def test_without_declared_fairness_a_run_may_stay_anywhere() -> None:
    system = toy("0 arrive 1", "1 serve 2", fair=())
    assert lasso_of(check(system, leads_to(at(1), at(2)))) == (("arrive",), ())


def test_a_terminal_state_refutes_what_has_not_come_by_then() -> None:
    assert lasso_of(check(toy("0 a 2", "2 b 4"), eventually(odd))) == (("a", "b"), ())


def test_a_terminal_state_is_no_excuse_to_stop_earlier() -> None:
    assert check(toy("0 a 1", "1 b 2"), eventually(at(2))).verdict is Verdict.HOLDS


def test_a_self_loop_can_be_taken_for_ever() -> None:
    assert lasso_of(check(toy("0 spin 0", "0 leave 1", environment={"leave"}), eventually(odd))) == ((), ("spin",))


def test_a_self_loop_does_not_keep_a_fair_exit_from_being_taken() -> None:
    assert check(toy("0 spin 0", "0 leave 1"), eventually(odd)).verdict is Verdict.HOLDS


def test_taking_a_self_loop_settles_what_its_trigger_is_owed() -> None:
    # `ring` is possible everywhere on the loop; the self-loop at 2 pays its due, so the loop is fair
    result = check(toy("0 a 2", "2 b 0", "2 ring 2", "0 ring 1"), eventually(odd))
    assert lasso_of(result) == ((), ("a", "ring", "b"))


def test_a_fair_component_is_found_inside_an_unfair_one() -> None:
    # the outer component 0-2-4 enables `leave` at 0 and never takes it: strongly unfair. Inside, 2-4 is fair
    system = toy("0 a 2", "2 b 4", "4 c 2", "4 d 0", "0 leave 1", strong={"leave"})
    assert lasso_of(check(system, eventually(odd))) == (("a",), ("b", "c"))


def test_where_no_fair_component_is_left_inside_the_property_holds() -> None:
    system = toy("0 a 2", "2 b 4", "4 d 0", "0 leave 1", strong={"leave"})
    assert check(system, eventually(odd)).verdict is Verdict.HOLDS


def test_a_fair_loop_may_have_to_be_a_figure_of_eight() -> None:
    # two petals meet at 0; each strongly fair trigger lives on one petal, and both are possible at 0
    system = toy("0 left 2", "2 back 0", "0 right 4", "4 home 0", strong={"left", "right"})
    stem, loop = lasso_of(check(system, eventually(odd)))
    assert stem == ()
    assert loop == ("left", "back", "right", "home")


def test_the_violating_region_is_judged_by_itself_and_not_by_what_surrounds_it() -> None:
    # around 0-2 there is a way through the goal; within not-goal the exit stays possible and is not taken
    system = toy("0 a 2", "2 b 0", "0 leave 1", "2 leave 1", "1 again 0")
    assert check(system, leads_to(at(0), at(1))).verdict is Verdict.HOLDS


def test_a_trigger_is_blocked_by_a_component_that_has_it_and_no_row() -> None:
    door = Component("n", ["0", "1"], "0", [Row("open", "0", "1")], {"open"})
    lock = Component("lock", ["shut"], "shut", [], {"open"})
    free, locked = System("free", [door]), System("locked", [door, lock])
    assert check(free, eventually(odd)).verdict is Verdict.HOLDS
    result = check(locked, eventually(odd))
    assert result.states == 1
    assert lasso_of(result) == ((), ())


def test_the_promise_of_a_loop_may_open_inside_the_loop() -> None:
    # the promise opens at 4, in the middle of the loop: stem and loop of three triggers are enough
    result = check(toy("0 a 2", "2 b 4", "4 c 2"), leads_to(at(4), odd))
    assert lasso_of(result) == (("a",), ("b", "c"))


def test_among_equally_short_lassos_the_shorter_stem_is_shown_and_then_row_order() -> None:
    result = check(toy("0 x 2", "0 y 4", "2 spin 2", "4 turn 4"), eventually(odd))
    assert lasso_of(result) == (("x",), ("spin",))


def test_leads_to_is_vacuous_where_its_left_side_never_happens() -> None:
    assert check(toy("0 a 2", "2 b 0"), leads_to(odd, at(2))).verdict is Verdict.VACUOUS


def test_always_and_never_end_a_shortest_path_at_the_first_bad_state() -> None:
    system = toy("0 long 2", "2 way 3", "0 short 3")
    assert evidence_of(check(system, never(at(3)))).stem == ("short",)
    assert evidence_of(check(system, always(at(0, 2)))).stem == ("short",)
    assert evidence_of(check(system, always(at(0, 2)))).loop is None
    assert check(system, never(at(7))).verdict is Verdict.HOLDS
    assert check(system, always(at(0, 2, 3))).verdict is Verdict.HOLDS


def test_always_with_a_condition_is_judged_where_the_condition_holds() -> None:
    system = toy("0 a 1", "1 b 2")
    assert check(system, always(at(1), given=odd)).verdict is Verdict.HOLDS
    assert check(system, always(at(5), given=odd)).verdict is Verdict.VIOLATED
    assert check(system, always(at(5), given=at(9))).verdict is Verdict.VACUOUS


def test_sometimes_shows_the_way_or_the_nearest_trigger_that_is_blocked() -> None:
    system = toy("0 a 1", "1 b 2")
    assert evidence_of(check(system, sometimes(at(2)))).stem == ("a", "b")
    left = Component("n", ["0", "1", "2"], "0", [Row("a", "0", "1"), Row("b", "1", "2")], {"a", "b"})
    right = Component("guard", ["asleep"], "asleep", [Row("a", "asleep", "=")], {"a", "b"})
    result = check(System("pair", [left, right]), sometimes(at(2)))
    blocked = evidence_of(result).blocked
    assert result.verdict is Verdict.VIOLATED
    assert blocked is not None
    assert (blocked.trigger, blocked.by, blocked.path) == ("b", (("guard", "asleep"),), ("a",))


def test_sometimes_names_no_blocked_trigger_where_forcing_one_does_not_suffice() -> None:
    left = Component("n", ["0", "1", "2"], "0", [Row("a", "0", "1"), Row("b", "1", "2")], {"a", "b"})
    right = Component("guard", ["asleep"], "asleep", [], {"a", "b"})
    assert evidence_of(check(System("pair", [left, right]), sometimes(at(2)))).blocked is None


def test_can_always_reach_tells_cannot_from_might_not() -> None:
    # 2 may be missed for ever, and still it stays possible: might not, but can
    system = toy("0 a 1", "1 b 0", "0 leave 2")
    assert check(system, can_always_reach(at(2))).verdict is Verdict.HOLDS
    assert check(system, eventually(at(2))).verdict is Verdict.VIOLATED
    trap = check(toy("0 fall 3", "0 leave 2", "3 spin 4", "4 spin 3"), can_always_reach(at(2)))
    assert trap.verdict is Verdict.VIOLATED
    assert evidence_of(trap).stem == ("fall",)
    assert [str(state.n) for state in evidence_of(trap).closed] == ["3", "4"]
    steps = [(trigger, str(before.n), str(after.n)) for trigger, before, after in evidence_of(trap).closed_steps]
    assert steps == [("spin", "3", "4"), ("spin", "4", "3")]


def test_can_always_reach_does_not_count_on_the_environment() -> None:
    system = toy("0 a 1", "1 help 0", environment={"help"})
    assert check(system, can_always_reach(at(0))).verdict is Verdict.VIOLATED
    assert check(toy("0 a 1", "1 help 0"), can_always_reach(at(0))).verdict is Verdict.HOLDS
