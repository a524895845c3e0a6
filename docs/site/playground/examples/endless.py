# A machine that does not come to an end: what it counts is part of its state. Checking stops at its limit, and says so.
from transitions import Machine

from lifecheck import Claim, component_of, never


class Counter:
    def __init__(self):
        self.number = 0
        rows = [{"trigger": "count", "source": "counting", "dest": "=", "after": "add"}]
        self.machine = Machine(self, states=["counting"], initial="counting", transitions=rows, auto_transitions=False)

    def add(self):
        self.number += 1


LIMIT = 100  # states to visit; without it, 2,000
SYSTEM = component_of(Counter, "counter", attributes=["number"])

CLAIMS = [
    Claim("small", "it never counts to a thousand million", never("counter.number == 1_000_000_000")),
]
