"""Words for what is counted and numbered, the same wherever they are shown."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> counted(1, "state"), counted(1200, "state")
    ('1 state', '1,200 states')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def repeated_steps(stem: int, loop: int) -> str:
    """Return which steps can repeat for ever: so many, at least one, after a stem of so many.

    Examples
    --------
    >>> repeated_steps(1, 5), repeated_steps(0, 1)
    ('Steps 2 to 6 can repeat for ever', 'Step 1 can repeat for ever')
    """
    first, last = stem + 1, stem + loop
    steps = f"Step {first}" if first == last else f"Steps {first} to {last}"
    return f"{steps} can repeat for ever"
