"""Exercise 6: a worker that writes into its memory *before* it works, and one that does so *after*.

Both may crash once, at any point. Write True or False: can the message be lost, can the work be done twice?
"""

PREDICTIONS: dict[str, dict[str, bool | None]] = {
    "remembers before": {"lost": None, "duplicated": None},
    "remembers after": {"lost": None, "duplicated": None},
}
