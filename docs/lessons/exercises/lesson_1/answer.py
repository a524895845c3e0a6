"""Exercise 1: the server has answered 250, and finds that there is no such mailbox.

As it is, it drops the message and says nothing. Change one row of SERVER_ROWS so that the sender is told. The client
and the sender stand in machine.py and are right: read there what the sender listens to.
"""

from lifecheck import Row

SERVER_ROWS = [
    Row("send_message", "empty", "in_memory"),
    Row("save", "in_memory", "on_disk"),
    Row("reply_250", "on_disk", "accepted"),
    Row("deliver", "accepted", "delivered"),
    Row("drop", "accepted", "gone"),
]
