"""Exercise 8: a RabbitMQ consumer, and a message that it cannot read.

What was delivered and not acknowledged comes back when the channel closes, and the broker closes the channel of a
consumer that is silent for too long. Change one row of CONSUMER_ROWS, so that a poison message ends in the dead-letter
queue where somebody can look at it, and the consumer is ready for the next. The broker stands in machine.py, and is
right.
"""

CONSUMER_ROWS = [
    ["deliver", "idle", "reading"],
    ["handle", "reading", "handled"],
    ["acknowledge", "handled", "idle"],
    ["fail", "reading", "failed"],
    ["close_channel", "failed", "idle"],
]
