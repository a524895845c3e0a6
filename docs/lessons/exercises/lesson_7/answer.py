"""Exercise 7: a queue that drains, and a second chance.

The scanner suspects a message, rightly or not. As it is, the store lets the queue try again and again. Change
STORE_ROWS so that the entry is settled and the copy is kept: put it into `quarantined`, from where `release` takes it
to `released` once the scanner knows better. What is never suspected is delivered as before. The queue and the
scanner's signatures stand in machine.py.
"""

STORE_ROWS = [
    ["attempt_delivery", "absent", "received"],
    ["deliver", "received", "delivered"],
    ["acknowledge", "delivered", "settled"],
    ["suspect", "received", "suspected"],
    ["abandon_attempt", "suspected", "absent"],
]
