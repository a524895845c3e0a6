"""Exercise 2: a shop calls another program about each event, and calls again until it gets an answer.

The receiver asked for orders only. What else it is told it ignores, and says nothing: so it is told again. Change one
row of RECEIVER_ROWS. The shop stands in machine.py, and is right.
"""

from lifecheck import Row

RECEIVER_ROWS = [
    Row("call", "idle", "reading"),
    Row("handle", "reading", "handled"),
    Row("answer", "handled", "finished"),
    Row("ignore", "reading", "ignored"),
    Row("call_again", "ignored", "idle"),
]
