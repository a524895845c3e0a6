"""Exercise 9: your own machine and property; anything that can get stuck.

SYSTEM is right, and BROKEN is the same with a row missing or wrong. CLAIM says what must come true in the end: it holds
on SYSTEM, is violated on BROKEN, and has a witness.
"""

from lifecheck import Claim, System

SYSTEM: System | None = None

BROKEN: System | None = None

CLAIM: Claim | None = None
