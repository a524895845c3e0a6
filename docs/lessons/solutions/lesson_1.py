"""Solution of exercise 1: to give up is a meeting with the sender."""

from lifecheck import Row

SERVER_ROWS = [
    Row("send_message", "empty", "in_memory"),
    Row("save", "in_memory", "on_disk"),
    Row("reply_250", "on_disk", "accepted"),
    Row("deliver", "accepted", "delivered"),
    Row("bounce", "accepted", "gone"),
]
