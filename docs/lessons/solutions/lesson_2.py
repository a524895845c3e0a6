"""Solution of exercise 2: what is ignored is answered as well."""

RECEIVER_ROWS = [
    ["call", "idle", "reading"],
    ["handle", "reading", "handled"],
    ["answer", "handled", "finished"],
    ["ignore", "reading", "ignored"],
    ["answer", "ignored", "finished"],
]
