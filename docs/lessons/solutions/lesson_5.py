"""Solution of exercise 5: the crash comes after the work and before the word about it."""

RUN: list[str] = [
    "send_message",
    "deliver",
    "crash",
    "give_up_waiting",
    "send_message",
    "deliver",
]
