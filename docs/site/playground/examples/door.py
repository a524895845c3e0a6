# A door that can jam. Findings tell what looks wrong before anything is claimed.
from transitions import Machine

from lifecheck import Claim, can_always_reach


def door():
    rows = [
        ["push", "closed", "open"],
        ["pull", "open", "closed"],
        ["slam", "open", "jammed"],
    ]
    return Machine(states=["closed", "open", "jammed"], initial="closed", transitions=rows, auto_transitions=False)


SYSTEM = door

CLAIMS = [
    Claim("closes", "the door can always be closed", can_always_reach("door == 'closed'")),
]
