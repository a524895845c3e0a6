"""Lesson 9, to be played: your own machine and property."""

from __future__ import annotations

from collections.abc import Sequence

from transitions import Machine

from lifecheck import State, System, component_of, leads_to, never, sometimes
from lifecheck.lessons import (
    Adversary,
    Choice,
    Designer,
    Lesson,
    Prediction,
    Question,
    Requirement,
    TableRow,
    verdicts,
)
from lifecheck.system import counter


def order() -> Machine:
    states = ["placed", "cancelled", "paid", "shipped", "returned", "refunded"]
    return Machine(
        states=states,
        initial="placed",
        transitions=[
            ["pay", "placed", "paid"],
            ["cancel", "placed", "cancelled"],
            ["ship", "paid", "shipped"],
            ["refund", "returned", "refunded"],
        ],
        auto_transitions=False,
    )


def complete_order() -> Machine:
    machine = order()
    machine.add_transition("send_back", "shipped", "returned")
    return machine


def without(trigger: str) -> Machine:
    machine = complete_order()
    machine.remove_transition(trigger)
    return machine


def order_never_refunded() -> Machine:
    states = ["placed", "cancelled", "paid", "shipped", "returned", "refunded"]
    return Machine(
        states=states,
        initial="placed",
        transitions=[
            ["pay", "placed", "paid"],
            ["cancel", "placed", "cancelled"],
            ["ship", "paid", "shipped"],
            ["send_back", "shipped", "returned"],
        ],
        auto_transitions=False,
    )


MEANINGS = {
    "pay": "The customer pays.",
    "cancel": "The customer cancels the order.",
    "ship": "The shop ships what was ordered.",
    "send_back": "The customer sends it back.",
    "refund": "The shop gives the money back.",
}


def shop(order: Machine) -> System:
    """Return the shop: the customer may do as they please, and the shop ships and refunds."""
    return System(
        "shop",
        [component_of(order, "order", alphabet=MEANINGS.keys())],
        observers=[
            counter("ship", name="shipments", most=1),
            counter("send_back", name="parcels", most=1),
        ],
        environment={"pay", "cancel", "send_back"},
        meanings=MEANINGS,
    )


def returned(s: State) -> bool:
    """What was ordered is back."""
    return s.order == "returned"


def refunded(s: State) -> bool:
    """The customer has the money back."""
    return s.order == "refunded"


def refunded_too_early(s: State) -> bool:
    """The customer has the money back, and nothing was shipped."""
    return refunded(s) and s.shipments == "0"


REFUNDS = leads_to(returned, refunded)
NOT_TOO_EARLY = never(refunded_too_early)


def both(order: Machine) -> list[Question]:
    """Return the two promises of a shop."""
    return [
        Question(shop(order), REFUNDS, "what is returned is refunded"),
        Question(shop(order), NOT_TOO_EARLY, "nobody is refunded too early"),
    ]


PROMISES = Prediction(
    "Two promises of the shop: (1) what is returned is refunded, (2) nobody is refunded before anything was shipped. "
    "What does the checker say of them? Look at the rows once more before you answer.",
    both(order()),
    [
        Choice(
            "both hold",
            verdicts("holds", "holds"),
            "Which row leads to returned?",
        ),
        Choice(
            "the first is violated, the second holds",
            verdicts("violated", "holds"),
            "To break it something would have to be returned first.",
        ),
        Choice(
            "the first is vacuous, the second holds",
            verdicts("vacuous", "holds"),
            "No row leads to returned: both are kept, and both are worth nothing. In a never the checker cannot see "
            "that: put a witness beside every promise, something that must be able to happen.",
        ),
    ],
)

WITNESSES = Prediction(
    "So ask for the witnesses. Can anything be returned, can anything be refunded?",
    [
        Question(shop(order()), sometimes(returned), "something is returned"),
        Question(shop(order()), sometimes(refunded), "something is refunded"),
    ],
    [
        Choice("both", verdicts("holds", "holds"), "Nothing leads to returned."),
        Choice(
            "returned, but not refunded",
            verdicts("holds", "violated"),
            "Nothing leads to returned.",
        ),
        Choice(
            "neither",
            verdicts("violated", "violated"),
            "A row was forgotten, send_back, and both promises had hidden that.",
        ),
    ],
)

MUTANT = Prediction(
    "The forgotten row is there now: send_back, shipped -> returned. To see whether the promises notice anything, "
    "somebody breaks the machine: the row cancel is gone. What do the two promises say?",
    both(without("cancel")),
    [
        Choice(
            "one of them is violated",
            lambda results: "violated" in [str(result.verdict) for result in results],
            "Neither of them is about orders that are cancelled.",
        ),
        Choice(
            "both hold as before",
            verdicts("holds", "holds"),
            "This mutant survives. Either nobody needs cancel, or a claim is missing.",
        ),
        Choice(
            "one of them is vacuous",
            lambda results: "vacuous" in [str(result.verdict) for result in results],
            "Their cases arise as before: something can be paid, shipped, returned and refunded.",
        ),
    ],
)


ADVERSARY = Adversary(
    "In this shop somebody forgot the row refund. Be the customer, and show that the shop keeps your money: what you "
    "return is not refunded.",
    shop(order_never_refunded()),
    REFUNDS,
    machines=[order_never_refunded],
)

AS_HANDED_OUT = [
    ["pay", "placed", "paid"],
    ["cancel", "placed", "cancelled"],
    ["ship", "paid", "shipped"],
    ["refund", "returned", "refunded"],
]


def with_rows(rows: Sequence[TableRow]) -> System:
    """Return the shop with these rows of the order."""
    states = ["placed", "cancelled", "paid", "shipped", "returned", "refunded"]
    machine = Machine(
        states=states,
        initial="placed",
        transitions=[*rows],
        auto_transitions=False,
    )
    return shop(machine)


def paid(s: State) -> bool:
    """The order is paid."""
    return s.order == "paid"


def shipped(s: State) -> bool:
    """The order is shipped."""
    return s.order == "shipped"


def returned_unshipped(s: State) -> bool:
    """Something is back that was never shipped."""
    return returned(s) and s.shipments == "0"


def returned_unsent(s: State) -> bool:
    """Something is back that the customer did not send."""
    return returned(s) and s.parcels == "0"


def cancelled(s: State) -> bool:
    """The order is cancelled."""
    return s.order == "cancelled"


DESIGNER = Designer(
    "Add the forgotten row to the order, so that both promises hold and mean something.",
    "order",
    AS_HANDED_OUT,
    with_rows,
    [
        Requirement(
            "an order can still be cancelled",
            sometimes(cancelled),
            "an order can no longer be cancelled; leave that row as it was.",
        ),
        Requirement(
            "something can be returned",
            sometimes(returned),
            "nothing can be returned, so the promises say nothing. Which trigger of the customer has no "
            "row, and where must it lead?",
        ),
        Requirement(
            "nothing is returned that nobody sent back",
            never(returned_unsent),
            "something is returned, and the customer has not sent it back. Which trigger says that they do?",
        ),
        Requirement(
            "nothing is returned that was not shipped",
            never(returned_unshipped),
            "something is returned that was never shipped. From which state can it come back?",
        ),
        Requirement(
            "what is paid is shipped",
            leads_to(paid, shipped),
            "what is paid is no longer shipped; leave that row as it was.",
        ),
        Requirement(
            "something can be refunded",
            sometimes(refunded),
            "nothing can be refunded any more.",
        ),
        Requirement(
            "what is returned is refunded",
            REFUNDS,
            "what is returned is not refunded in the end.",
        ),
        Requirement(
            "nobody is refunded too early",
            NOT_TOO_EARLY,
            "money is given back for what was never shipped.",
        ),
    ],
)

LESSON = Lesson(
    "lesson-9",
    "Write your own machine and property",
    "A property that holds may be right, or may say nothing at all.",
    [order],
    shop(order()),
    predictions=[PROMISES, WITNESSES, MUTANT],
    adversary=ADVERSARY,
    designer=DESIGNER,
    page="docs/lessons/9-your-own.md",
)
