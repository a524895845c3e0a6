"""The six kinds of property, and what each means."""

from __future__ import annotations

from enum import Enum, StrEnum

from lifecheck.properties.verdict import Verdict


class Decisive(Enum):
    """Where a run ends that decides a property.

    Examples
    --------
    >>> [kind.decided_by.name for kind in (Kind.NEVER, Kind.LEADS_TO, Kind.CAN_ALWAYS_REACH)]
    ['STATE', 'LOOP', 'CLOSED_SET']
    """

    STATE = "in a state that decides it alone"
    LOOP = "in a loop that can repeat for ever while the goal is owed"
    CLOSED_SET = "in a set of states that no system trigger leaves, and none of which is the goal"


class Kind(StrEnum):
    """The kinds of property, and what each means; whoever judges, tells or exports a property asks here.

    Parameters
    ----------
    word
        How it is written.
    decided_by
        Where a run ends that decides it.
    run_shows
        The verdict that such a run is evidence of.
    settling
        What the goal answers in the state that settles the matter: that refutes a `never`, that shows a
        `sometimes`, that keeps a promise.
    at_stake
        What the states have in common in which it is at stake, the goal as ``{goal}``.

    Examples
    --------
    >>> [str(kind) for kind in Kind if kind.is_safety]
    ['always', 'never']
    >>> [str(kind) for kind in Kind if kind.is_liveness]
    ['eventually', 'leads_to']
    >>> [str(kind) for kind in Kind if kind.is_reachability]
    ['sometimes']
    >>> [str(kind) for kind in Kind if kind.is_judged_on_runs]
    ['always', 'never', 'eventually', 'leads_to']
    """

    decided_by: Decisive
    run_shows: Verdict
    settling: bool
    at_stake: str

    def __new__(cls, word: str, decided_by: Decisive, run_shows: Verdict, settling: bool, at_stake: str) -> Kind:
        """Make one kind with what it means."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.decided_by = decided_by
        kind.run_shows = run_shows
        kind.settling = settling
        kind.at_stake = at_stake
        return kind

    ALWAYS = "always", Decisive.STATE, Verdict.VIOLATED, False, "the property is violated"
    NEVER = "never", Decisive.STATE, Verdict.VIOLATED, True, "the property is violated"
    SOMETIMES = "sometimes", Decisive.STATE, Verdict.HOLDS, True, "{goal} holds"
    EVENTUALLY = "eventually", Decisive.LOOP, Verdict.VIOLATED, True, "{goal} is still owed"
    LEADS_TO = "leads_to", Decisive.LOOP, Verdict.VIOLATED, True, "{goal} is owed"
    CAN_ALWAYS_REACH = (
        "can_always_reach",
        Decisive.CLOSED_SET,
        Verdict.VIOLATED,
        True,
        "no system trigger leads to {goal} any more",
    )

    @property
    def is_safety(self) -> bool:
        """Whether one state refutes it."""
        return self.decided_by is Decisive.STATE and self.run_shows is Verdict.VIOLATED

    @property
    def is_liveness(self) -> bool:
        """Whether a counterexample is an infinite run."""
        return self.decided_by is Decisive.LOOP

    @property
    def is_reachability(self) -> bool:
        """Whether a run shows that it holds; that it does not is shown by no run, but by there being none."""
        return self.run_shows is Verdict.HOLDS

    @property
    def is_judged_on_runs(self) -> bool:
        """Whether it says something of each run by itself, so that one run alone can refute it."""
        return self.is_safety or self.is_liveness
