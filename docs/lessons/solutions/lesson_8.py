"""Solution of exercise 8: a rejection is a word, too."""

CONSUMER_ROWS = [
    ["deliver", "idle", "reading"],
    ["handle", "reading", "handled"],
    ["acknowledge", "handled", "idle"],
    ["fail", "reading", "failed"],
    ["reject", "failed", "idle"],
]
