"""What can be asked of a system: six kinds of property over predicates of its states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lifecheck.errors import PredicateError
from lifecheck.state import ObserverNeededError, State

Predicate = Callable[[State], bool]


class Kind(StrEnum):
    """The kinds of property."""

    ALWAYS = "always"
    NEVER = "never"
    SOMETIMES = "sometimes"
    EVENTUALLY = "eventually"
    LEADS_TO = "leads_to"
    CAN_ALWAYS_REACH = "can_always_reach"

    @property
    def is_liveness(self) -> bool:
        """Whether a counterexample is an infinite run."""
        return self in (Kind.EVENTUALLY, Kind.LEADS_TO)


@dataclass(frozen=True)
class Property:
    """A question about a system; made by `always`, `never` and their like.

    Parameters
    ----------
    kind
        What is asked.
    goal
        The predicate that must hold always, never, sometimes or in the end.
    given
        Where the obligation arises: the left side of `leads_to`, or of an implication.
    """

    kind: Kind
    goal: Predicate
    given: Predicate | None = None

    @property
    def goal_name(self) -> str:
        """The goal predicate by name."""
        return name_of(self.goal)

    @property
    def formula(self) -> str:
        """The property as written, predicates by name."""
        if self.kind is Kind.LEADS_TO:
            return f"leads_to({name_of(self.given)}, {name_of(self.goal)})"
        given = "" if self.given is None else f", given={name_of(self.given)}"
        return f"{self.kind}({name_of(self.goal)}{given})"


def always(goal: Predicate, *, given: Predicate | None = None) -> Property:
    """In every reachable state `goal` holds; with `given`, in every one where that holds.

    Examples
    --------
    >>> def closed(state): return state.door == "closed"
    >>> always(closed).formula
    'always(closed)'
    """
    return Property(Kind.ALWAYS, goal, given)


def never(bad: Predicate) -> Property:
    """In no reachable state `bad` holds."""
    return Property(Kind.NEVER, bad)


def sometimes(goal: Predicate) -> Property:
    """Some reachable state satisfies `goal`."""
    return Property(Kind.SOMETIMES, goal)


def eventually(goal: Predicate) -> Property:
    """Every fair run reaches `goal`."""
    return Property(Kind.EVENTUALLY, goal)


def leads_to(given: Predicate, goal: Predicate) -> Property:
    """On every fair run, whenever `given` holds, then at once or later `goal` does.

    Examples
    --------
    >>> def rung(state): return state.bell == "rung"
    >>> def opened(state): return state.door == "opened"
    >>> leads_to(rung, opened).formula
    'leads_to(rung, opened)'
    """
    return Property(Kind.LEADS_TO, goal, given)


def can_always_reach(goal: Predicate) -> Property:
    """From every reachable state some path of system triggers leads to `goal` (AG EF `goal`)."""
    return Property(Kind.CAN_ALWAYS_REACH, goal)


def evaluate(predicate: Predicate, state: State) -> bool:
    """Ask a predicate about a state.

    Raises
    ------
    PredicateError
        If it raises, or answers with anything but a truth value.
    """
    try:
        answer = predicate(state)
    except ObserverNeededError:
        raise
    except PredicateError as error:
        raise PredicateError(f"predicate {name_of(predicate)}: {error}") from error
    except Exception as error:
        raise PredicateError(
            f"predicate {name_of(predicate)} raised {type(error).__name__}: {error}, in {state!r}"
        ) from error
    if not isinstance(answer, bool):
        raise PredicateError(
            f"predicate {name_of(predicate)} answered {answer!r}, which is not True or False, in {state!r}"
        )
    return answer


def name_of(predicate: Predicate | None) -> str:
    """Return what a predicate is called, a lambda by its line."""
    name = getattr(predicate, "__name__", None) or repr(predicate)
    code = getattr(predicate, "__code__", None)
    if name == "<lambda>" and code is not None:
        return f"lambda (line {code.co_firstlineno})"
    return str(name)
