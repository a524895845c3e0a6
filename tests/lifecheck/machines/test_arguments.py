"""Triggers that take arguments are fired with those that are given, each choice a trigger of its own."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from transitions import Machine
from transitions.extensions import HierarchicalMachine

from lifecheck import (
    ComponentError,
    CompositionError,
    Run,
    System,
    Verdict,
    can_always_reach,
    check,
    component_of,
    compose,
    eventually,
    lint,
    never,
    sometimes,
    story,
)
from lifecheck.changes import Mutation
from lifecheck.instances.copies import copies
from tests.cross_check import sized


class Order:
    kind: type[Machine] = Machine

    def __init__(self) -> None:
        rows = [
            {"trigger": "pay", "source": "open", "dest": "paid", "conditions": "is_enough"},
            {"trigger": "pay", "source": "open", "dest": "="},
            ["ship", "paid", "sent"],
        ]
        self.kind(self, states=["open", "paid", "sent"], initial="open", transitions=rows, auto_transitions=False)

    def is_enough(self, amount: int, by: str = "card") -> bool:
        return amount >= 5 and by == "card"


class NestedOrder(Order):
    kind = HierarchicalMachine


PAYMENTS: dict[str, list[Any]] = {"pay": [(5,), 0, {"amount": 7, "by": "cheque"}]}


@pytest.mark.parametrize("kind", [Order, NestedOrder])
def test_each_choice_of_arguments_is_a_trigger_that_stories_name(kind: type) -> None:
    result = check(kind, never("state == 'paid'"), arguments=PAYMENTS)
    assert result.evidence is not None
    assert result.evidence.stem == ("pay(5)",)
    assert "pay(5)" in story(result)
    assert check(kind, never("state == 'paid'"), arguments={"pay": [0, {"amount": 7, "by": "cheque"}]})


@pytest.mark.parametrize("kind", [Order, NestedOrder])
def test_fairness_of_a_trigger_is_owed_to_its_choices_as_a_group(kind: type) -> None:
    paid = eventually("state != 'open'")
    enough = {"pay": [(5,), {"amount": 9}]}
    result = check(kind, paid, arguments=enough, fair=["pay"])
    assert (result.verdict, result.assumptions) == (Verdict.HOLDS, ("weak fairness of pay",))
    assert check(kind, paid, arguments=enough, fair=["pay"], engine="symbolic").assumptions == result.assumptions
    # one choice is enough, and it may be the one that pays too little for ever
    assert check(kind, paid, arguments={"pay": [(5,), (0,)]}, fair=["pay"]).verdict is Verdict.VIOLATED
    assert check(kind, paid, arguments={"pay": [(5,), (0,)]}, strong={"pay": "insists"}).verdict is Verdict.VIOLATED
    assert check(kind, paid, arguments={"pay": [(5,), (0,)]}, fair=["pay(5)"])


def test_choices_are_a_group_where_every_trigger_of_a_system_is_fair() -> None:
    order = component_of(Order, "order", arguments={"pay": [(5,), (0,)]})
    system = System("orders", [order], meanings={"pay": "Somebody pays"})
    assert system.owed_weakly == {"pay": ("pay(5)", "pay(0)"), "ship": ("ship",)}
    assert (system.weakly_fair, system.meanings["pay(0)"]) == ({"ship"}, "Somebody pays")
    assert System("orders", [order], environment={"pay"}).owed_weakly == {"ship": ("ship",)}
    assert System("orders", [order], environment={"pay(0)"}).owed_weakly.keys() == {"pay(5)", "ship"}


def test_each_copy_owes_its_own_group() -> None:
    order = component_of(Order, "order", arguments={"pay": [(5,), (0,)]})
    pair = copies(System("orders", [order], copied={"order"}), 2)
    assert pair.owed_weakly["pay[2]"] == ("pay(5)[2]", "pay(0)[2]")
    assert pair.families == {f"pay[{number}]": (f"pay(5)[{number}]", f"pay(0)[{number}]") for number in (1, 2)}


def test_fairness_is_owed_to_a_choice() -> None:
    assert not check(Order, can_always_reach("state == 'sent'"), arguments={"pay": [0]})
    assert check(Order, can_always_reach("state == 'sent'"), arguments=PAYMENTS)
    with pytest.raises(CompositionError, match=r"'pay\(9\)'.*did you mean 'pay\("):
        check(Order, never("state == 'paid'"), arguments=PAYMENTS, fair=["pay(9)"])


@pytest.mark.parametrize("kind", [Order, NestedOrder])
def test_the_same_arguments_are_given_when_a_run_is_driven_and_asked(kind: type) -> None:
    run = Run(System("shop", [component_of(kind, "order", arguments=PAYMENTS)]))
    assert run.possible() == ("pay(5)", "pay(0)", "pay(amount=7, by='cheque')")
    run.trigger("pay(0)")
    assert run.state.order == "open"
    run.trigger("pay(5)")
    assert run.state.order == "paid"


def test_machines_of_a_system_take_arguments_and_meet_on_choices() -> None:
    def till() -> Machine:
        return Machine(states=["shut", "rung"], initial="shut", transitions=[["pay", "shut", "rung"]])

    system = compose(
        {"order": Order, "till": till}, shared=["pay(5)"], arguments={"order": {"pay": [5]}, "till": {"pay": [5]}}
    )
    assert check(system, sometimes("order == 'paid' and till == 'rung'"))


def test_lint_fires_with_the_arguments_and_says_what_to_write_without() -> None:
    raised = [one for one in lint(Order).findings if one.code == "callback-raises"]
    assert [one.sentence.partition("; ")[2] for one in raised] == [
        "say what it is fired with: arguments={'pay': [(...,)]}"
    ]
    assert lint(Order, arguments=PAYMENTS, final=["sent"]).findings == ()


def test_without_arguments_the_error_shows_the_line_to_add() -> None:
    with pytest.raises(ComponentError, match=r"missing 1 required positional argument: 'amount'; say what it is fired"):
        check(Order, never("state == 'paid'"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"pya": [5]}, "arguments names 'pya', which is none of its triggers; did you mean 'pay'?"),
        ({"pay": 5}, "the arguments of 'pay' are 5; write a list of choices: [(5,)]"),
        ({"pay": "all"}, "the arguments of 'pay' are 'all'; write a list of choices: [('all',)]"),
        ({"pay": []}, "the arguments of 'pay' are none: []"),
        ({"pay": [5, (5,)]}, "the arguments of 'pay' are given twice: pay(5), pay(5)"),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused(arguments: Any, told: str) -> None:
    with pytest.raises(ComponentError) as caught:
        component_of(Order, "order", arguments=arguments)
    assert str(caught.value) == f"component 'order': {told}"


def test_a_system_says_where_arguments_are_declared() -> None:
    system = System("shop", [component_of(Order, "order", arguments=PAYMENTS)])
    with pytest.raises(CompositionError, match="arguments were given beside 'shop'"):
        check(system, never("order == 'paid'"), arguments=PAYMENTS)


def test_rows_of_which_several_are_one_transition_are_not_mutated() -> None:
    with pytest.raises(CompositionError, match="its rows cannot be changed one by one"):
        Mutation(System("shop", [component_of(Order, "order", arguments=PAYMENTS)]), [])


@pytest.mark.parametrize("seed", range(sized(4, 16, 400)))
def test_random_machines_with_arguments_do_what_the_library_does_with_them(seed: int) -> None:
    random = Random(seed)
    states = list("abcd")
    thresholds = [
        (random.choice(states), random.choice("xy"), random.choice(states), random.randint(0, 3)) for _ in range(8)
    ]

    class Counted:
        def __init__(self) -> None:
            rows = [
                {"trigger": trigger, "source": source, "dest": dest, "conditions": self.at_least(least)}
                for source, trigger, dest, least in thresholds
            ]
            Machine(self, states=states, initial="a", transitions=rows, auto_transitions=False)

        @staticmethod
        def at_least(least: int) -> Any:
            return lambda number: number >= least

    names = {trigger for _, trigger, _, _ in thresholds}
    choices = {name: [(number,) for number in range(4)] for name in names}
    reached = {"a"}
    pending = ["a"]
    while pending:  # by the library alone
        source = pending.pop()
        for name in names:
            for number in range(4):
                model: Any = Counted()
                model.machine = None
                model.state = source
                if name in {trigger for start, trigger, _, _ in thresholds if start == source}:
                    getattr(model, name)(number)
                if model.state not in reached:
                    reached.add(model.state)
                    pending.append(model.state)
    for state in states:
        assert bool(check(Counted, never(f"state == {state!r}"), arguments=choices)) == (state not in reached)
