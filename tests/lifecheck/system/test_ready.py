"""Components ready to be put beside others: a limit, a counter, an order of two triggers."""

from __future__ import annotations

from typing import Any

import pytest

from lifecheck import Component, ComponentError, Row, System, always, check, compose, eventually, lint, never, sometimes
from lifecheck.system import at_most, counter, precedes

LINE = Component(
    "line",
    ["sent", "got"],
    "sent",
    [Row("lose", "sent", "sent"), Row("garble", "sent", "sent"), Row("get", "sent", "got"), Row("send", "got", "sent")],
    {"lose", "garble", "get", "send"},
)


def test_at_most_lets_triggers_happen_so_many_times_all_together() -> None:
    def system(times: int) -> System:
        watch = counter("lose", "garble", name="failures", most=3)
        faults = {"lose", "garble", "send"}
        return System("line", [LINE, at_most(times, "lose", "garble")], observers=[watch], environment=faults)

    for times in range(4):
        assert check(system(2), sometimes(f"limit == '{min(times, 2)}'"))
    assert check(system(2), never("failures == '3 or more'"))
    assert check(system(2), eventually("line == 'got'"))
    assert check(system(3), sometimes("failures == '3 or more'"))
    assert check(system(0), never("failures == '1'"))


def test_a_counter_stops_counting_and_never_blocks() -> None:
    for most in (1, 2, 5):
        system = System("line", [LINE], observers=[counter("lose", name="losses", most=most)])
        assert check(system, sometimes(f"losses == '{most} or more'"))
        result = check(system, sometimes(f"losses == '{most} or more' and line == 'got'"))
        assert result.evidence is not None
        assert result.evidence.stem.count("lose") == most
        assert result.states == 2 * (most + 1)


def test_precedes_tells_what_came_first() -> None:
    system = System("line", [LINE], observers=[precedes("get", "send"), precedes("lose", "get", name="losing")])
    assert check(system, never("order == 'out of order'"))
    assert check(system, always("order == 'in order'", given="line == 'got'"))
    result = check(system, never("losing == 'out of order'"))
    assert result.evidence is not None
    assert result.evidence.stem == ("get",)
    assert check(system, never("losing == 'in order'")).evidence.stem == ("lose",)


def test_they_are_composed_with_machines() -> None:
    machines = {"line": LINE, "limit": at_most(1, "lose"), "losses": counter("lose", name="losses")}
    system = compose(machines, shared=["lose"], observers=["losses"])
    assert check(system, never("losses == '2 or more'"))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: at_most(-1, "lose"), "at_most: -1 is no number of times from 0 on"),
        (lambda: at_most(2), "at_most: its triggers are (); name at least one, as the system calls it"),
        (lambda: at_most("lose", "get"), "at_most: 'lose' is no number of times from 0 on"),  # type: ignore[arg-type]
        (lambda: counter(name="none"), "counter: its triggers are (); name at least one, as the system calls it"),
        (lambda: counter("lose", name="n", most=0), "counter: 0 is no number of times from 1 on"),
        (lambda: precedes("get", "get"), "precedes: 'get' cannot come before itself; name two triggers"),
    ],
)
def test_what_makes_no_component_is_refused(make: Any, told: str) -> None:
    with pytest.raises(ComponentError) as caught:
        make()
    assert str(caught.value) == told


def pay(*choices: str) -> Component:
    rows = [Row(choice, "open", "paid") for choice in choices]
    return Component("order", ["open", "paid"], "open", rows, set(choices), families=dict.fromkeys(choices, "pay"))


def test_a_trigger_of_the_same_name_that_is_not_shared_is_told_with_the_verdict_and_by_lint() -> None:
    told = "'order' has 'pay(5)' and 'pay(0)', and 'limit' has 'pay', which they do not take together"
    system = System("shop", [pay("pay(5)", "pay(0)"), at_most(1, "pay")])
    assert check(system, sometimes("order == 'paid'")).note == told
    assert check(system, sometimes("order == 'paid'"), engine="symbolic").note == told
    assert told in lint(system).remarks


def test_a_choice_that_only_some_share_is_told() -> None:
    till = Component("till", ["on"], "on", [Row("pay(5)", "on", "on")], {"pay(5)"}, families={"pay(5)": "pay"})
    note = check(System("shop", [pay("pay(5)", "pay(0)"), till]), sometimes("order == 'paid'")).note
    assert note == "'order' takes 'pay(0)' without 'till', which takes others of that name"
    assert check(System("shop", [pay("pay(5)"), till]), sometimes("order == 'paid'")).note == ""


def test_an_automatic_trigger_that_another_has_is_told() -> None:
    lamp = Component("lamp", ["off"], "off", [Row("to_off", "off", "off")], {"to_off"})
    other = Component("other", ["off"], "off", [Row("go", "off", "off")], {"go"}, left_out=("to_off",))
    note = check(System("house", [lamp, other]), sometimes("lamp == 'off'")).note
    assert note == "the machine of 'other' has 'to_off' too, and does not take it together with 'lamp'"
