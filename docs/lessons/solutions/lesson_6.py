"""Solution of exercise 6: two steps have a gap between them, whichever comes first; one step has none."""

PREDICTIONS: dict[str, dict[str, bool | None]] = {
    "remember, work, report": {"lost": True, "duplicated": False},
    "work, report, remember": {"lost": False, "duplicated": True},
    "remember and report, work": {"lost": True, "duplicated": False},
    "work and report, remember": {"lost": False, "duplicated": False},
}
