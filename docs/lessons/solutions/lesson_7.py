"""Solution of exercise 7: the answer settles the entry, and the copy waits where no queue retries it."""

from lifecheck import Row

STORE_ROWS = [
    Row("attempt_delivery", "absent", "received"),
    Row("deliver", "received", "delivered"),
    Row("acknowledge", "delivered", "settled"),
    Row("suspect", "received", "suspected"),
    Row("acknowledge", "suspected", "quarantined"),
    Row("release", "quarantined", "released"),
]
