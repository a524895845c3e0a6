"""Exercise 3: five predictions about the mail system as shipped, with expiry on.

Write "holds" or "violated" for each property; what it says stands beside it.
"""

PREDICTIONS = {
    "deleted-leaves-queue": "",  # no deleted message stays queued for ever
    "can-drain": "",  # the queue can always drain
    "deletion-settles": "",  # a deletion settles the entry without a bounce
    "deleted-at-most-once": "",  # a message is deleted at most once
    "no-false-bounce": "",  # no bounce for a settled message
}
