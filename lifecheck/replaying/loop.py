"""The loop that a run is in: steps at its end that repeat those before them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple


class Repetition(NamedTuple):
    """Where steps begin to repeat, how many make a round, and how many rounds are whole."""

    begins: int
    length: int
    rounds: int


def repetition_of(steps: Sequence[Hashable]) -> Repetition | None:
    """Return the shortest round that the end of a run repeats at least once whole; None if there is none.

    Parameters
    ----------
    steps
        What is compared: each step with the state that it leads to.

    Examples
    --------
    >>> repetition_of("xabcabcab")
    Repetition(begins=1, length=3, rounds=2)
    >>> repetition_of("abcd") is None
    True
    """
    size = len(steps)
    # how far the run agrees with itself, backwards from its end, shifted by each length: the Z-function
    # (Gusfield, Algorithms on Strings, Trees, and Sequences, 1.3)
    backwards = steps[::-1]
    agrees = [0] * size
    left = right = 0
    for shift in range(1, size):
        if shift < right:
            agrees[shift] = min(right - shift, agrees[shift - left])
        while shift + agrees[shift] < size and backwards[agrees[shift]] == backwards[shift + agrees[shift]]:
            agrees[shift] += 1
        if shift + agrees[shift] > right:
            left, right = shift, shift + agrees[shift]
        if agrees[shift] >= shift:
            # shorter rounds were looked at before, but this far alone: the shortest that repeats is found first
            whole = agrees[shift] + shift
            return Repetition(size - whole, shift, whole // shift)
    return None
