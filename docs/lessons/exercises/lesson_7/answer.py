"""Exercise 7: a queue that drains, and a second chance.

The scanner suspects a message, rightly or not. As it is, the store lets the queue try again and again. Change
STORE_ROWS so that the entry is settled and the copy is kept: put it into `quarantined`, from where `release` takes it
to `released` once the scanner knows better.
"""

from lifecheck import Component, Row, System

STORE_ROWS = [
    Row("attempt_delivery", "absent", "received"),
    Row("deliver", "received", "delivered"),
    Row("acknowledge", "delivered", "settled"),
    Row("suspect", "received", "suspected"),
    Row("abandon_attempt", "suspected", "absent"),
]

# Nothing below needs a change.

store = Component(
    "store",
    states=[
        "absent",
        "received",
        "delivered",
        "suspected",
        "quarantined",
        "released",
        "settled",
    ],
    initial="absent",
    rows=STORE_ROWS,
    alphabet={
        "attempt_delivery",
        "deliver",
        "suspect",
        "acknowledge",
        "abandon_attempt",
        "release",
    },
)

queue = Component(
    "queue",
    states=["queued", "delivering", "removed"],
    initial="queued",
    rows=[
        Row("attempt_delivery", "queued", "delivering"),
        Row("acknowledge", "delivering", "removed"),
        Row("abandon_attempt", "delivering", "queued"),
    ],
    alphabet={"attempt_delivery", "acknowledge", "abandon_attempt"},
)

signatures = Component(
    "signatures",
    states=["mistaken", "updated"],
    initial="mistaken",
    rows=[
        Row("suspect", "mistaken", "mistaken"),
        Row("update_signatures", "mistaken", "updated"),
        Row("deliver", "updated", "updated"),
        Row("release", "updated", "updated"),
    ],
    alphabet={"suspect", "update_signatures", "deliver", "release"},
)

suspicions = Component(
    "suspicions",
    states=["none", "some"],
    initial="none",
    rows=[Row("suspect", "none", "some"), Row("suspect", "some", "some")],
    alphabet={"suspect"},
)

ARRIVALS = ("deliver", "release")
arrivals = Component(
    "arrivals",
    states=["none", "once", "again"],
    initial="none",
    rows=[
        Row(trigger, before, after)
        for trigger in ARRIVALS
        for before, after in (("none", "once"), ("once", "again"), ("again", "again"))
    ],
    alphabet=set(ARRIVALS),
)

SYSTEM = System(
    "quarantine",
    [queue, store, signatures],
    observers=[suspicions, arrivals],
    environment={"update_signatures"},
)
