"""The adversary's turn: break a requirement by choosing what happens; the real machines move, the monitor judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lifecheck.checking import Monitor, Refutation, Result, Walk
from lifecheck.errors import InputError
from lifecheck.instances import check
from lifecheck.properties import Claim, Property, Verdict
from lifecheck.reports import changes, written
from lifecheck.system import System


@dataclass(frozen=True)
class Adversary:
    """A requirement to be broken by whoever chooses what happens.

    Parameters
    ----------
    task
        What to do, in words.
    system
        The machines.
    asked
        The requirement: what must hold of every run.
    orders
        Whether the adversary chooses the order of the system's own steps as well. Without an environment to play
        there is nothing else to choose.
    machines
        The functions or classes that make the machines, to be shown, where they are others than the lesson's.

    Raises
    ------
    InputError
        If no single run can break the requirement.

    Examples
    --------
    >>> from lifecheck import Component, Row, never
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> task = Adversary("Be heard.", System("door", [bell], environment={"ring"}), never("bell == 'rung'"))
    >>> attack = task.begin()
    >>> attack.choices
    ('ring',)
    >>> attack.take("ring")
    >>> attack.is_won, attack.taken
    (True, ('ring',))
    """

    task: str
    system: System
    asked: Property
    orders: bool = False
    machines: Sequence[Callable[..., object]] = ()

    def __post_init__(self) -> None:
        if not self.asked.kind.is_judged_on_runs:
            raise InputError(
                f"{self.asked.formula} is broken by no single run; let the adversary play against always, never, "
                "leads_to or eventually"
            )

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The requirement as a claim, for commands that judge claims."""
        return (Claim("to-be-broken", self.asked.formula, self.asked),)

    @property
    def result(self) -> Result:
        """What the checker says of the requirement.

        Raises
        ------
        InputError
            If it cannot be broken.
        """
        result = check(self.system, self.asked)
        if result.verdict is not Verdict.VIOLATED:
            raise InputError(f"{self.asked.formula} is {result.verdict} on {self.system.name!r}: nobody can break it")
        return result

    @property
    def shortest(self) -> int:
        """How many steps the shortest run takes that breaks it."""
        evidence = self.result.evidence
        assert evidence is not None, "what one run can break has a run that breaks it"
        return len(evidence.stem) + len(evidence.loop or ())

    def begin(self) -> Attack:
        """Start the machines."""
        return Attack(self)


class Attack:
    """A turn that is being played: the run so far, and whether it breaks the requirement.

    Parameters
    ----------
    task
        What is played.

    Attributes
    ----------
    broken
        How the run refutes the requirement, once it does.
    chosen
        How many steps the adversary chose, those of the system that were let happen included.
    """

    def __init__(self, task: Adversary) -> None:
        self.task = task
        self._system = task.result.system  # with the observers that the requirement reads
        environment = {one for one in self._system.fireable if one in self._system.environment}
        self._mine = frozenset(self._system.fireable if task.orders or not environment else environment)
        self.chosen = 0
        self.broken: Refutation | None = None
        self._begin()

    def again(self) -> None:
        """Start the machines once more; steps that were chosen count."""
        self.broken = None
        self._begin()

    def _begin(self) -> None:
        self._walk = Walk(self._system)
        self._monitor = Monitor.of(self._system, self.task.asked)
        self._visit(None)

    @property
    def chooses_all(self) -> bool:
        """Whether the adversary chooses every step, and the order is all there is to choose."""
        return self._mine == frozenset(self._system.fireable)

    @property
    def taken(self) -> tuple[str, ...]:
        """The run so far."""
        return tuple(self._walk.taken)

    @property
    def choices(self) -> tuple[str, ...]:
        """What the adversary can take now."""
        return tuple(trigger for trigger in self._walk.possible[-1] if trigger in self._mine)

    @property
    def answer(self) -> str | None:
        """What the system does next if it is let go on: of what it owes and can take, what it took longest ago."""
        owed = [*self._system.owed_weakly.values(), *self._system.owed_strongly.values()]
        fair = {one for members in owed for one in members} - self._mine
        last = {trigger: number for number, trigger in enumerate(self._walk.taken)}
        possible = [trigger for trigger in self._walk.possible[-1] if trigger in fair]
        return min(possible, key=lambda trigger: last.get(trigger, -1)) if possible else None

    @property
    def is_won(self) -> bool:
        """Whether the requirement is broken."""
        return self.broken is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be chosen."""
        return self.is_won or not (self.choices or self.answer)

    @property
    def place(self) -> str:
        """Where every component is."""
        return written(self._walk.states[-1])

    @property
    def changed(self) -> str:
        """What the last step changed."""
        return changes(*self._walk.states[-2:]) if self.taken else ""

    @property
    def owed(self) -> tuple[str, ...]:
        """Where the run came back to an earlier state and the loop does not count, what it owes; else nothing."""
        if self.is_won or not self.task.asked.kind.is_liveness:
            return ()
        now = self._walk.states[-1]
        starts = [number for number, state in enumerate(self._walk.states[:-1]) if state == now]
        return min((self._walk.owed(start) for start in starts), key=len, default=())

    def take(self, trigger: str) -> None:
        """Take one of the adversary's choices, or what the system answers.

        Raises
        ------
        InputError
            If it is neither.
        """
        if trigger not in (*self.choices, self.answer):
            possible = ", ".join([*self.choices, *filter(None, [self.answer])]) or "none"
            raise InputError(f"{trigger!r} cannot be taken now; possible are {possible}")
        self._walk.take(trigger)
        self.chosen += 1
        self._visit(trigger)

    def _visit(self, trigger: str | None) -> None:
        self.broken = self._monitor.visit(self._walk.states[-1], self._walk.possible[-1], trigger)
