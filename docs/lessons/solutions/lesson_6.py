"""Solution of exercise 6: two steps have a gap between them, whichever comes first."""

PREDICTIONS: dict[str, dict[str, bool | None]] = {
    "remembers before": {"lost": True, "duplicated": False},
    "remembers after": {"lost": False, "duplicated": True},
}
