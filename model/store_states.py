"""The states of a copy in the store, in the order to show them."""

from __future__ import annotations

STATES = (
    "absent",
    "received",
    "accepted",
    "recognised",
    "scanning",
    "passed",
    "served",
    "delivered",
    "condemned",
    "replaced",
    "deleted",
    "silent",
    "settled",
)
"""Every state that some configuration uses."""

AT_REST = ("absent", "settled")
"""Where the store holds no copy that a crash could take, and owes no answer."""
