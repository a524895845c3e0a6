"""Solution of exercise 7: the answer settles the entry, and the copy waits where no queue retries it."""

STORE_ROWS = [
    ["attempt_delivery", "absent", "received"],
    ["deliver", "received", "delivered"],
    ["acknowledge", "delivered", "settled"],
    ["suspect", "received", "suspected"],
    ["acknowledge", "suspected", "quarantined"],
    ["release", "quarantined", "released"],
]
