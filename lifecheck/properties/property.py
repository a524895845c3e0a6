"""What can be asked of a system: six kinds of property over predicates of its states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lifecheck.errors import PredicateError
from lifecheck.properties.expression import Expression
from lifecheck.properties.identity import refuse_identity
from lifecheck.properties.kind import Kind
from lifecheck.properties.lambda_source import source_of_lambda
from lifecheck.system import ObserverNeededError, State

Predicate = Callable[[State], bool]

Condition = Predicate | str
"""A predicate as the user writes it: a function of the state, or text as `Expression` reads it."""


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

    Examples
    --------
    >>> asked = leads_to("bell == 'rung'", "door == 'open'")
    >>> asked.kind, asked.goal_name
    (<Kind.LEADS_TO: 'leads_to'>, "door == 'open'")
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
        if self.kind.is_liveness:
            return f"{self.kind}({', '.join(map(name_of, self.predicates))})"
        given = "" if self.given is None else f", given={name_of(self.given)}"
        return f"{self.kind}({name_of(self.goal)}{given})"

    @property
    def predicates(self) -> tuple[Predicate, ...]:
        """What it asks of states: the goal, and before it where the obligation arises, if that is said.

        Examples
        --------
        >>> leads_to("bell == 'rung'", "door == 'open'").predicates
        (Expression("bell == 'rung'"), Expression("door == 'open'"))
        """
        return (self.goal,) if self.given is None else (self.given, self.goal)

    @property
    def at_stake(self) -> str:
        """What the states have in common in which it is at stake.

        Examples
        --------
        >>> sometimes("door == 'open'").at_stake
        "door == 'open' holds"
        """
        return self.kind.at_stake.format(goal=self.goal_name)

    @property
    def settled(self) -> str:
        """What is so in the state that settles the matter, in words.

        Examples
        --------
        >>> always("door == 'open'").settled, never("door == 'open'").settled
        ("door == 'open' does not hold", "door == 'open' holds")
        """
        return f"{self.goal_name} " + ("holds" if self.kind.settling else "does not hold")

    def with_predicates(self, changed: Callable[[Predicate], Predicate]) -> Property:
        """Return the same question with each predicate changed.

        Examples
        --------
        >>> shut = always("door == 'shut'").with_predicates(lambda asked: Expression(f"not ({asked.text})"))
        >>> shut.formula
        "always(not (door == 'shut'))"
        """
        return replace(self, goal=changed(self.goal), given=None if self.given is None else changed(self.given))

    def arises_in(self, state: State) -> bool:
        """Whether the obligation arises in a state; without a condition it does in every one.

        Raises
        ------
        PredicateError
            If the condition raises, or answers with anything but a truth value.
        """
        return self.given is None or evaluate(self.given, state)

    def is_settled_in(self, state: State) -> bool:
        """Whether a state settles the matter: refutes what is of safety, shows a `sometimes`, keeps a promise.

        Raises
        ------
        PredicateError
            If a predicate raises, or answers with anything but a truth value.

        Examples
        --------
        >>> from lifecheck.system.state import LocalState
        >>> open_door = State({"door": LocalState("open", "door", ("shut", "open"))})
        >>> never("door == 'open'").is_settled_in(open_door), always("door == 'open'").is_settled_in(open_door)
        (True, False)
        """
        if self.kind.is_safety and not self.arises_in(state):
            return False
        return evaluate(self.goal, state) is self.kind.settling


def always(goal: Condition, *, given: Condition | None = None) -> Property:
    """In every reachable state `goal` holds; with `given`, in every one where that holds.

    Parameters
    ----------
    goal
        What holds: a function of the state, or text as `Expression` reads it.
    given
        Where it is asked; if that is nowhere, the verdict is `vacuous`.

    Raises
    ------
    PredicateError
        If a text cannot be read.

    Examples
    --------
    >>> always("lamp == 'lit'", given="switch == 'on'").formula
    "always(lamp == 'lit', given=switch == 'on')"
    >>> def closed(state): return state.door == "closed"
    >>> always(closed).formula
    'always(closed)'
    """
    return Property(Kind.ALWAYS, _read(goal), None if given is None else _read(given))


def never(bad: Condition) -> Property:
    """In no reachable state `bad` holds.

    Examples
    --------
    >>> never("left == 'green' and right == 'green'").formula
    "never(left == 'green' and right == 'green')"
    """
    return Property(Kind.NEVER, _read(bad))


def sometimes(goal: Condition) -> Property:
    """Some reachable state satisfies `goal`.

    Examples
    --------
    >>> sometimes("door == 'open'").formula
    "sometimes(door == 'open')"
    """
    return Property(Kind.SOMETIMES, _read(goal))


def eventually(goal: Condition) -> Property:
    """Every fair run reaches `goal`.

    Examples
    --------
    >>> eventually("job == 'done'").formula
    "eventually(job == 'done')"
    """
    return Property(Kind.EVENTUALLY, _read(goal))


def leads_to(given: Condition, goal: Condition) -> Property:
    """On every fair run, whenever `given` holds, then at once or later `goal` does.

    Examples
    --------
    >>> def rung(state): return state.bell == "rung"
    >>> def opened(state): return state.door == "opened"
    >>> leads_to(rung, opened).formula
    'leads_to(rung, opened)'
    """
    return Property(Kind.LEADS_TO, _read(goal), _read(given))


def can_always_reach(goal: Condition) -> Property:
    """From every reachable state some path of system triggers leads to `goal` (AG EF `goal`).

    Examples
    --------
    >>> can_always_reach("door == 'closed'").formula
    "can_always_reach(door == 'closed')"
    """
    return Property(Kind.CAN_ALWAYS_REACH, _read(goal))


def evaluate(predicate: Predicate, state: State) -> bool:
    """Ask a predicate about a state.

    Raises
    ------
    PredicateError
        If it raises, or answers with anything but a truth value.
    """
    try:
        refuse_identity(predicate, state)
        answer = predicate(state)
    except ObserverNeededError:
        raise
    except PredicateError as error:
        raise PredicateError(f"predicate {name_of(predicate)}: {error}") from error
    except (Exception, SystemExit) as error:
        raise PredicateError(
            f"predicate {name_of(predicate)} raised {type(error).__name__}: {error}, in {state!r}"
        ) from error
    if not isinstance(answer, bool):
        raise PredicateError(
            f"predicate {name_of(predicate)} answered {answer!r}, which is not True or False, in {state!r}"
        )
    return answer


def _read(condition: Condition) -> Predicate:
    if isinstance(condition, str):
        return Expression(condition)
    if not callable(condition):
        raise PredicateError(f"a predicate is a function of the state or text, not {condition!r}")
    return condition


def name_of(predicate: Predicate | None) -> str:
    """Return what a predicate is called: a lambda by its source, or by its line where that is not to be had."""
    name = getattr(predicate, "__name__", None) or repr(predicate)
    code = getattr(predicate, "__code__", None)
    if name == "<lambda>" and code is not None:
        return source_of_lambda(code) or f"lambda (line {code.co_firstlineno})"
    return str(name)
