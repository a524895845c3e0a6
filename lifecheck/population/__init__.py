"""Many messages beside what they share: sets of global states as bits, and what is decided on them.

A global state is a place in an array: what is shared and the state of message 1 say which bit of which word,
and the state of every other message is an axis. A row of another message is then one operation on the whole
array: the slab of its source state, masked by the shared states that allow it, is or-ed into the slab of its
target. numpy does it; nothing here is compiled, and nothing else of lifecheck needs numpy.
"""

from lifecheck.population.checking import check_messages

__all__ = ["check_messages"]
