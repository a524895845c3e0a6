"""Solution of exercise 4: what stays possible needs weak fairness, what comes and goes needs strong."""

PREDICTIONS = {
    "download": "weak",
    "bus": "strong",
    "key": "none helps",
    "lamp": "weak",
}
