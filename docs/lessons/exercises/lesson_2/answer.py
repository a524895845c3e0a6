"""Exercise 2: a shop calls another program about each event, and calls again until it gets an answer.

The receiver asked for orders only. What else it is told it ignores, and says nothing: so it is told again. Change one
row of RECEIVER_ROWS.
"""

from lifecheck import Component, Row, System

RECEIVER_ROWS = [
    Row("call", "idle", "reading"),
    Row("handle", "reading", "handled"),
    Row("answer", "handled", "finished"),
    Row("ignore", "reading", "ignored"),
    Row("call_again", "ignored", "idle"),
]

# Nothing below needs a change.

receiver = Component(
    "receiver",
    states=["idle", "reading", "handled", "ignored", "finished"],
    initial="idle",
    rows=RECEIVER_ROWS,
    alphabet={"call", "handle", "ignore", "answer", "call_again"},
)

shop = Component(
    "shop",
    states=["quiet", "due", "calling", "settled"],
    initial="quiet",
    rows=[
        Row("order_placed", "quiet", "due"),
        Row("address_changed", "quiet", "due"),
        Row("call", "due", "calling"),
        Row("answer", "calling", "settled"),
        Row("call_again", "calling", "due"),
    ],
    alphabet={"order_placed", "address_changed", "call", "answer", "call_again"},
)

event = Component(
    "event",
    states=["none", "order", "other"],
    initial="none",
    rows=[
        Row("order_placed", "none", "order"),
        Row("address_changed", "none", "other"),
        Row("handle", "order", "order"),
        Row("ignore", "other", "other"),
    ],
    alphabet={"order_placed", "address_changed", "handle", "ignore"},
)

looks = Component(
    "looks",
    states=["none", "some"],
    initial="none",
    rows=[
        Row(trigger, state, "some")
        for trigger in ("handle", "ignore")
        for state in ("none", "some")
    ],
    alphabet={"handle", "ignore"},
)

SYSTEM = System(
    "webhook",
    [shop, receiver, event],
    observers=[looks],
    environment={"order_placed", "address_changed"},
)
