"""Exercise 3: eight predictions about a system that no table of the lesson shows.

The store of machine.py is corrected: after a deletion it reports success. But the report may be lost on its way, again
and again, and then the queue, unanswered, abandons the attempt. Write "holds", "violated" or "vacuous" for each
property, where nothing ever expires and where what is overdue does.
"""

PREDICTIONS = {
    "expiry off": {
        "deleted-leaves-queue": "",  # no deleted message stays queued for ever
        "can-drain": "",  # whatever has happened, some way out of the queue is left
        "deleted-at-most-once": "",  # a message is deleted at most once
        "no-false-bounce": "",  # no bounce for a settled message
    },
    "expiry on": {
        "deleted-leaves-queue": "",
        "can-drain": "",
        "deleted-at-most-once": "",
        "no-false-bounce": "",
    },
}
