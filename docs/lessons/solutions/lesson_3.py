"""Solution of exercise 3: what is corrected depends on an answer that arrives, and expiry hides that, too."""

PREDICTIONS = {
    "expiry off": {
        "deleted-leaves-queue": "violated",
        "can-drain": "holds",
        "deleted-at-most-once": "violated",
        "no-false-bounce": "vacuous",
    },
    "expiry on": {
        "deleted-leaves-queue": "holds",
        "can-drain": "holds",
        "deleted-at-most-once": "violated",
        "no-false-bounce": "violated",
    },
}
