"""A lesson that is played: a machine as its owner writes it, and what to do with it in three turns."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import dedent

from lifecheck.errors import InputError
from lifecheck.lessons.adversary import Adversary
from lifecheck.lessons.designer import Designer
from lifecheck.lessons.prediction import Prediction
from lifecheck.system import Component, System, at_most


@dataclass(frozen=True)
class Lesson:
    """A machine, and what to do with it: predict, be its adversary, be its designer.

    Parameters
    ----------
    name
        What `lifecheck play` calls it.
    title
        Its title.
    idea
        What it is about, in a sentence or two.
    machines
        The functions or classes that make the machines, as the owner of a `transitions` machine writes them; their
        source is shown.
    system
        The system that they make.
    predictions, adversary, designer
        The turns; a lesson may lack any.
    page
        Where there is more to read.
    place
        Set where it is loaded: how it is named, as ``package.module:LESSON``.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> rows = [Row("ring", "quiet", "rung"), Row("answer", "rung", "quiet")]
    >>> bell = Component("bell", ["quiet", "rung"], "quiet", rows, {"ring", "answer"})
    >>> ear = Component("ear", ["idle"], "idle", [Row("answer", "idle", "idle")], {"answer"})
    >>> system = System("door", [bell, ear], environment={"ring"})
    >>> lesson = Lesson("bells", "Bells", "A bell that rings unheard.", [], system)
    >>> print(lesson.meeting)
    bell and ear take answer together, or neither does.
    ring is the environment's: it may happen, and nobody owes it.
    """

    name: str
    title: str
    idea: str
    machines: Sequence[Callable[..., object]]
    system: System
    predictions: Sequence[Prediction] = ()
    adversary: Adversary | None = None
    designer: Designer | None = None
    page: str = ""
    place: str = ""

    @property
    def source(self) -> str:
        """The machines as they are written.

        Raises
        ------
        InputError
            If the source of one cannot be read.
        """
        return source_of(self.machines)

    @property
    def meeting(self) -> str:
        """What the machines do not say: what they take together, what is the environment's, and what only observes."""
        observers = [
            f"{one.name} watches {_and(sorted(one.alphabet))}, and keeps nobody from it."
            for one in self.system.observers
        ]
        return "\n".join(filter(None, [meeting_of(self.system), *observers]))

    def __repr__(self) -> str:
        return f"{self.name}: {self.title}. {self.idea}"


def source_of(machines: Sequence[Callable[..., object]]) -> str:
    """Return functions or classes as they are written.

    Raises
    ------
    InputError
        If the source of one cannot be read.

    Examples
    --------
    >>> print(source_of([source_of]).splitlines()[0])
    def source_of(machines: Sequence[Callable[..., object]]) -> str:
    """
    try:
        return "\n\n".join(dedent(inspect.getsource(machine)).rstrip() for machine in machines)
    except (OSError, TypeError) as error:
        raise InputError(f"the source of the lesson's machines cannot be read: {error}") from error


def meeting_of(system: System) -> str:
    """Return what machines take together, what is limited, and which triggers are the environment's, each in a line.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> from lifecheck.system import at_most
    >>> bell = Component("bell", ["quiet"], "quiet", [Row("ring", "quiet", "=")], {"ring"})
    >>> print(meeting_of(System("door", [bell, at_most(2, "ring", name="patience")])))
    patience lets ring happen at most twice.
    """
    together: dict[tuple[str, ...], list[str]] = {}
    limits = [component for component in system.components if _is_limit(component)]
    machines = {component.name for component in system.components if component not in limits}
    for trigger, owners in system.owners.items():
        parts = [part for part in owners if part.name in machines]
        if len(parts) > 1:
            together.setdefault(tuple(part.name for part in parts), []).append(trigger)
    lines = []
    for names, triggers in together.items():
        none = "neither does" if len(names) == 2 else "none does"
        lines.append(f"{_and(names)} take {_and(triggers)} together, or {none}.")
    for limit in limits:
        times = len(limit.states) - 1
        often = {1: "once", 2: "twice"}.get(times, f"{times} times")
        lines.append(f"{limit.name} lets {_and(sorted(limit.alphabet))} happen at most {often}.")
    outside = [trigger for trigger in system.triggers if trigger in system.environment]
    if outside:
        is_, it = ("is the environment's: it", "it") if len(outside) == 1 else ("are the environment's: they", "them")
        lines.append(f"{_and(outside)} {is_} may happen, and nobody owes {it}.")
    return "\n".join(lines)


def _is_limit(component: Component) -> bool:
    """Whether a component is what `at_most` makes."""
    times = len(component.states) - 1
    return times > 0 and component == at_most(times, *_in_order(component), name=component.name)


def _in_order(component: Component) -> list[str]:
    return list(dict.fromkeys(row.trigger for row in component.rows)) or sorted(component.alphabet)


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
