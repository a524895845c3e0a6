"""An order as a shop keeps it: conditions, a counter, a log, an enumeration and a time stamp."""

import enum
import logging
from datetime import datetime

from transitions import Machine

log = logging.getLogger(__name__)


class Status(enum.Enum):
    PLACED = "placed"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    RETURNED = "returned"


class Order:
    def __init__(self):
        self.attempts = 0
        self.history = []
        self.changed_at = datetime.now()
        rows = [
            ["pay", Status.PLACED, Status.PAID],
            ["pack", Status.PAID, Status.PACKED],
            {"trigger": "ship", "source": Status.PACKED, "dest": Status.SHIPPED, "conditions": "may_try"},
            {"trigger": "carrier_fails", "source": Status.SHIPPED, "dest": Status.PACKED, "after": "count"},
            ["give_back", Status.SHIPPED, Status.RETURNED],
        ]
        self.machine = Machine(
            self, states=Status, initial=Status.PLACED, transitions=rows, after_state_change="remember"
        )

    def may_try(self):
        return self.attempts < 2

    def count(self):
        self.attempts += 1

    def remember(self):
        self.changed_at = datetime.now()
        self.history.append((self.state, self.changed_at))
        log.info("the order is %s", self.state)
