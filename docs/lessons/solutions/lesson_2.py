"""Solution of exercise 2: what is ignored is answered as well."""

from lifecheck import Row

RECEIVER_ROWS = [
    Row("call", "idle", "reading"),
    Row("handle", "reading", "handled"),
    Row("answer", "handled", "finished"),
    Row("ignore", "reading", "ignored"),
    Row("answer", "ignored", "finished"),
]
