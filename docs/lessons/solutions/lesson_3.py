"""Solution of exercise 3: expiry ends the retries, and mends nothing else."""

PREDICTIONS = {
    "deleted-leaves-queue": "holds",
    "can-drain": "holds",
    "deletion-settles": "violated",
    "deleted-at-most-once": "violated",
    "no-false-bounce": "violated",
}
