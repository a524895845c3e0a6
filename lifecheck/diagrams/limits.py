"""What a picture can hold: beyond that nobody can read it, and Graphviz takes minutes to lay it out."""

from __future__ import annotations

from lifecheck.errors import TooLargeError
from lifecheck.text import counted

BOX_LIMIT = 80
ARROW_LIMIT = 120
STEP_LIMIT = 200


def check_size(what: str, instead: str, *, boxes: int = 0, arrows: int = 0, steps: int = 0) -> None:
    """Refuse a picture that would be too large.

    Parameters
    ----------
    what
        What would be drawn.
    instead
        What can be drawn or done instead.
    boxes, arrows, steps
        How many of them it would have.

    Raises
    ------
    TooLargeError
        If these are too many; names the limit.

    Examples
    --------
    >>> check_size("component 'door'", "draw a smaller one", boxes=2, arrows=500)
    Traceback (most recent call last):
    lifecheck.errors.TooLargeError: component 'door' has 500 arrows, and a picture shows at most 120; draw a smaller one
    """
    limits = {"state": (boxes, BOX_LIMIT), "arrow": (arrows, ARROW_LIMIT), "step": (steps, STEP_LIMIT)}
    for noun, (number, limit) in limits.items():
        if number > limit:
            raise TooLargeError(f"{what} has {counted(number, noun)}, and a picture shows at most {limit}; {instead}")
