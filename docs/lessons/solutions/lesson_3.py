"""Solution of exercise 3: what is corrected depends on an answer that arrives, and expiry hides that, too."""

PREDICTIONS = {
    "patched-lost-again": {
        "deleted-leaves-queue": "violated",
        "can-drain": "holds",
        "deleted-at-most-once": "violated",
        "no-false-bounce": "vacuous",
    },
    "patched-lost-again-expiry": {
        "deleted-leaves-queue": "holds",
        "can-drain": "holds",
        "deleted-at-most-once": "violated",
        "no-false-bounce": "violated",
    },
}
