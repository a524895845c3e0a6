"""Exercise 4: what does each machine of machine.py need to reach its goal in the end.

Write "weak" if weak fairness is enough, "strong" if it takes strong fairness, and "none helps" if the goal cannot be
reached whatever is fair.
"""

PREDICTIONS = {
    "download": "",
    "bus": "",
    "key": "",
    "lamp": "",
}
