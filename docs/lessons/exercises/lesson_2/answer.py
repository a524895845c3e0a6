"""Exercise 2: a shop calls another program about each event, and calls again until it gets an answer.

The receiver asked for orders only. What else it is told it ignores, and says nothing: so it is told again. Change one
row of RECEIVER_ROWS. The shop stands in machine.py, and is right.
"""

RECEIVER_ROWS = [
    ["call", "idle", "reading"],
    ["handle", "reading", "handled"],
    ["answer", "handled", "finished"],
    ["ignore", "reading", "ignored"],
    ["call_again", "ignored", "idle"],
]
