"""Exercise 3: eight predictions about a system that no table of the lesson shows.

The mail system is corrected: after a deletion the store reports success. But the report may be lost on its way, again
and again, and then the queue, unanswered, abandons the attempt. Expiry is off in the first, on in the second. Write
"holds", "violated" or "vacuous" for each property.
"""

PREDICTIONS = {
    "patched-lost-again": {
        "deleted-leaves-queue": "",  # no deleted message stays queued for ever
        "can-drain": "",  # whatever has happened, some way out of the queue is left
        "deleted-at-most-once": "",  # a message is deleted at most once
        "no-false-bounce": "",  # no bounce for a settled message
    },
    "patched-lost-again-expiry": {
        "deleted-leaves-queue": "",
        "can-drain": "",
        "deleted-at-most-once": "",
        "no-false-bounce": "",
    },
}
