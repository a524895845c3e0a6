"""Solution of exercise 8: a rejection is a word, too."""

from lifecheck import Row

CONSUMER_ROWS = [
    Row("deliver", "idle", "reading"),
    Row("handle", "reading", "handled"),
    Row("acknowledge", "handled", "idle"),
    Row("fail", "reading", "failed"),
    Row("reject", "failed", "idle"),
]
