"""Exercise 5: be the checker. The server of machine.py may crash at any point.

Write down the shortest run that delivers the message twice, as a list of triggers.
"""

RUN: list[str] = [
    "send_message",
]
