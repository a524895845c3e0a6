"""What every export says: the fired tables of a system, who owes fairness, and what is asked, written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lifecheck.errors import InputError
from lifecheck.export.condition import Condition, condition_of
from lifecheck.export.names import plain
from lifecheck.machines import BLOCKED
from lifecheck.properties import Claim, Predicate, Property
from lifecheck.statespace import Answers, Explorer, Graph, with_needed_observers
from lifecheck.system import LocalState, System

EXPORT_LIMIT = 100_000
"""How many states a system may have for its predicates to be written out, unless told otherwise."""


@dataclass(frozen=True)
class Part:
    """A component as fired.

    Parameters
    ----------
    name
        Its name.
    is_observer
        Whether it only watches.
    states
        Its local states, in declared order.
    initial
        Number of the state in which it starts.
    moves
        For each trigger of its alphabet the number of the next state from each state, None where it blocks.
    """

    name: str
    is_observer: bool
    states: tuple[LocalState, ...]
    initial: int
    moves: Mapping[str, tuple[int | None, ...]]

    def sources(self, trigger: str) -> tuple[int, ...]:
        """The states from which it takes a trigger."""
        return tuple(number for number, target in enumerate(self.moves[trigger]) if target is not None)


@dataclass(frozen=True)
class Statement:
    """A predicate written out.

    Parameters
    ----------
    name
        What to call it.
    reads
        Positions of the components that it reads.
    condition
        Where it is true, among the reachable states.
    """

    name: str
    reads: tuple[int, ...]
    condition: Condition | bool


@dataclass(frozen=True)
class Question:
    """A property by name, its predicates written out."""

    name: str
    words: str
    asked: Property
    goal: Statement
    given: Statement | None


@dataclass(frozen=True)
class Description:
    """A system with those observers alone that some property reads.

    Parameters
    ----------
    system
        The system.
    parts
        Components, then observers.
    questions
        What is asked.
    states, transitions
        How much there is of it.
    """

    system: System
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    states: int
    transitions: int

    def owners(self, trigger: str) -> list[Part]:
        """The parts that must take a trigger together."""
        return [part for part in self.parts if trigger in part.moves]

    @cached_property
    def possible(self) -> tuple[str, ...]:
        """The triggers that no component blocks in every state that it is ever in."""
        return tuple(
            trigger for trigger in self.system.triggers if all(part.sources(trigger) for part in self.owners(trigger))
        )

    @property
    def impossible(self) -> tuple[str, ...]:
        """The other triggers."""
        return tuple(trigger for trigger in self.system.triggers if trigger not in self.possible)

    def fair(self, kind: str) -> dict[str, tuple[str, ...]]:
        """The triggers and groups that are owed fairness of this kind, weak or strong, each with its possible members.

        What is blocked for ever owes nothing, and a group of which the rest is, is what is left.
        """
        wanted = self.system.owed_weakly if kind == "weak" else self.system.owed_strongly
        found: dict[tuple[str, ...], str] = {}
        for name, members in wanted.items():
            if possible := tuple(trigger for trigger in members if trigger in self.possible):
                # the answers of a guard are called after their trigger, which may be one of them
                group = " or ".join(possible) if name in self.system.triggers else name
                found.setdefault(possible, possible[0] if len(possible) == 1 else group)
        return {name: members for members, name in found.items()}

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The groups among what is fair."""
        return {name: own for name, own in {**self.fair("weak"), **self.fair("strong")}.items() if len(own) > 1}

    def told(self, trigger: str, name: str) -> str:
        """Return for a comment what a trigger means and what it is owed, and what it is called where not `name`."""
        system = self.system
        told = [] if name == trigger else [f"trigger {plain(repr(trigger))}"]
        if trigger in system.meanings:
            told.append(plain(system.meanings[trigger]).rstrip("."))
        if trigger in system.environment:
            told.append("the environment's: owes nothing")
        else:
            told.append("; ".join(self._owed(trigger)) or "owed no fairness")
        return "; ".join(told) + "."

    def _owed(self, trigger: str) -> Iterator[str]:
        system = self.system
        if trigger in system.strong:
            yield f"strongly fair: {plain(system.strong[trigger]).rstrip('.')}"
        elif trigger in system.weakly_fair:
            yield "weakly fair"
        for owed, kind in ((system.owed_strongly, "strongly"), (system.owed_weakly, "weakly")):
            for members in owed.values():
                if len(members) > 1 and trigger in members:
                    yield f"{kind} fair as one of {plain(' or '.join(members))}"

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every predicate once, in the order of the properties."""
        found = [one for asked in self.questions for one in (asked.given, asked.goal) if one is not None]
        return tuple({id(one): one for one in found}.values())


def describe(
    system: System, properties: Mapping[str, Property] | Iterable[Claim], limit: int = EXPORT_LIMIT
) -> Description:
    """Fire the machines of a system, explore it, and write its predicates out over the states reached.

    Raises
    ------
    InputError
        If the system has too many states for that.
    LifecheckError
        If it or a predicate cannot be used.
    """
    claims = _claims(properties)
    predicates = [predicate for claim in claims for predicate in claim.asked.predicates]
    graph, answers = _answers(system, predicates, limit)
    parts, order = _parts(graph)
    statements: dict[int, Statement] = {}

    def statement(predicate: Predicate, otherwise: str) -> Statement:
        if id(predicate) not in statements:
            reads, answered = answers[id(predicate)]
            sample = {
                tuple(order[position][locals_[position]] for position in reads): answer
                for locals_, answer in zip(map(graph.locals_of, range(len(graph))), answered, strict=True)
            }
            name = getattr(predicate, "__name__", "<lambda>")
            name = otherwise if name == "<lambda>" else str(name)
            statements[id(predicate)] = Statement(name, reads, condition_of(reads, sample))
        return statements[id(predicate)]

    questions = tuple(
        Question(
            claim.name,
            claim.words,
            claim.asked,
            statement(claim.asked.goal, f"{claim.name}_goal"),
            None if claim.asked.given is None else statement(claim.asked.given, f"{claim.name}_given"),
        )
        for claim in claims
    )
    return Description(graph.system, parts, questions, len(graph), graph.transitions)


def _claims(properties: Mapping[str, Property] | Iterable[Claim]) -> Sequence[Claim]:
    if isinstance(properties, Mapping):
        return [Claim(name, "", asked) for name, asked in properties.items()]
    return tuple(properties)


def _answers(
    system: System, predicates: Iterable[Predicate], limit: int
) -> tuple[Graph, dict[int, tuple[tuple[int, ...], list[bool]]]]:
    """Explore with the observers that are read; return what each predicate reads, and its answer in each state."""
    explorer = Explorer()

    def answered(read: frozenset[str]) -> tuple[Graph, dict[int, tuple[tuple[int, ...], list[bool]]]]:
        graph = explorer.explore(system.with_observers(read), limit)
        if not graph.complete:
            raise InputError(
                f"system {system.name!r} has more than {limit:,} states, too many to write its predicates out; "
                "export a smaller one, or raise the limit"
            )
        return graph, {id(predicate): _answer(graph, predicate) for predicate in predicates}

    return with_needed_observers(answered)


def _answer(graph: Graph, predicate: Predicate) -> tuple[tuple[int, ...], list[bool]]:
    answers = Answers(graph, predicate)
    answered = list(answers)
    return answers.read, answered


def _parts(graph: Graph) -> tuple[tuple[Part, ...], list[dict[int, int]]]:
    """Return the parts, and for each what number its table's states have in declared order.

    Every trigger is fired from every local state that is reached, also where another component blocks it:
    the other checker shall find out for itself that it is blocked. Where such a trigger leads to a state
    that is never reached, that state is exported without moves.
    """
    parts, orders = [], []
    observers = {observer.name for observer in graph.system.observers}
    for position, (component, table) in enumerate(zip(graph.system.parts, graph.tables, strict=True)):
        reached = sorted({graph.locals_of(state)[position] for state in range(len(graph))})
        fired = {trigger: {one: table.move(one, trigger) for one in reached} for trigger in component.triggers}
        found = {*reached, *(target for moves in fired.values() for target in moves.values() if target != BLOCKED)}
        declared = {name: number for number, name in enumerate(component.states)}
        in_order = sorted(found, key=_by_declaration(table.states, declared))
        number = {one: place for place, one in enumerate(in_order)}
        parts.append(
            Part(
                component.name,
                component.name in observers,
                tuple(table.states[one] for one in in_order),
                number[0],
                {
                    trigger: tuple(number.get(moves.get(one, BLOCKED)) for one in in_order)
                    for trigger, moves in fired.items()
                },
            )
        )
        orders.append(number)
    return tuple(parts), orders


def _by_declaration(states: Sequence[LocalState], declared: Mapping[str, int]) -> Callable[[int], tuple[int, int]]:
    return lambda one: (declared.get(str(states[one]), len(declared)), one)
