"""Solution of exercise 1: to give up is a meeting with the sender."""

SERVER_ROWS = [
    ["send_message", "empty", "in_memory"],
    ["save", "in_memory", "on_disk"],
    ["reply_250", "on_disk", "accepted"],
    ["deliver", "accepted", "delivered"],
    ["bounce", "accepted", "gone"],
]
