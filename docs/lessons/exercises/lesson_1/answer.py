"""Exercise 1: the server has answered 250, and finds that there is no such mailbox.

As it is, it drops the message and says nothing. Change one row of SERVER_ROWS so that the sender is told. The client
and the sender stand in machine.py and are right: read there what the sender listens to.
"""

SERVER_ROWS = [
    ["send_message", "empty", "in_memory"],
    ["save", "in_memory", "on_disk"],
    ["reply_250", "on_disk", "accepted"],
    ["deliver", "accepted", "delivered"],
    ["drop", "accepted", "gone"],
]
