"""Exercise 6: four workers that the lesson does not show.

Each takes its steps in the order of its name; what is joined by "and" is one step, as in a transaction. What is found
in the memory is recognised at the next attempt, and only reported. The worker may crash once, at any point. Write True
or False: can the message be lost, can the work be done twice?
"""

PREDICTIONS: dict[str, dict[str, bool | None]] = {
    "remember, work, report": {"lost": None, "duplicated": None},
    "work, report, remember": {"lost": None, "duplicated": None},
    "remember and report, work": {"lost": None, "duplicated": None},
    "work and report, remember": {"lost": None, "duplicated": None},
}
