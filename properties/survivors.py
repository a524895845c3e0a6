"""Why some mutants of the patched variant may survive: what each changes, and why no property asks about it."""

from __future__ import annotations

from types import MappingProxyType

_ASKED_ONCE = (
    "nothing asks for the content after the scan: patched, there is no second attempt, and the properties about "
    "content hold of the mailbox and of what was deleted"
)
_ARRIVES_ONCE = (
    "the entry is settled and its file gone; the message arrives once, so that an entry forgotten afterwards cannot "
    "be filled again"
)

SURVIVORS = MappingProxyType(
    {
        "message: row find_clean, clean -> clean redirected to unknown": _ASKED_ONCE,
        "queue: row remove_file, removed -> removed redirected to empty": _ARRIVES_ONCE,
        "queue: row remove_file, removed -> removed redirected to expired": (
            "the entry is settled and its file gone, and only the trigger expire tells the sender: what is wrong is "
            "the entry's last name"
        ),
        "store: row acknowledge, deleted -> settled redirected to deleted": (
            "the queue has heard of success and nothing more happens to the copy: its last state is a name alone"
        ),
    }
)
"""The reason for each survivor, by the description that `lifecheck mutate` prints."""
