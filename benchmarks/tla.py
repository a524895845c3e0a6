"""Writes a population as TLA+, row by row from the fired tables, for the comparison with TLC.

lifecheck's own export writes a variable for every component of every copy, and one that remembers the trigger taken.
Here a component is one function of the instance and nothing is remembered, as one writes for TLC: it is faster so.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.rows import Option, Trigger, triggers_of
from lifecheck import Component, System

MODULE = "population"


def tla(system: System, instances: int, given: str = "FALSE", goal: str = "TRUE") -> str:
    """Return the TLA+ module of so many instances.

    Parameters
    ----------
    system
        The system of one instance, without observers.
    instances
        How many.
    given, goal
        Two expressions: the property `Promise` says that the first leads to the second.
    """
    triggers = [each for each in triggers_of(system) if each.options]
    variables = ", ".join(_variable(part) for part in system.parts)
    zero = {True: "[m \\in 1..N |-> 0]", False: "0"}
    initial = [f"{_variable(part)} = {zero[_copied(system, part)]}" for part in system.parts]
    own = [each for each in triggers if each.is_indexed]
    lines = [
        f"---- MODULE {MODULE} ----",
        "EXTENDS Naturals",
        f"N == {instances}",
        f"VARIABLES {variables}",
        f"vars == <<{variables}>>",
        *_conjunction("Init ==", initial),
    ]
    for trigger in triggers:
        lines += [f"{_called(trigger)} ==", *(f"  \\/ {_option(system, option)}" for option in trigger.options)]
    lines += [
        *_disjunction("Fair(m) ==", [each for each in own if each.is_fair]),
        *_disjunction("Other(m) ==", [each for each in own if not each.is_fair]),
        *_disjunction("Shared ==", [each for each in triggers if not each.is_indexed]),
        "Next == Shared \\/ \\E m \\in 1..N: Fair(m) \\/ Other(m)",
        "Spec == Init /\\ [][Next]_vars /\\ \\A m \\in 1..N: WF_vars(Fair(m))",
        f"Promise == ({given}) ~> ({goal})",
        "====",
    ]
    return "\n".join(lines) + "\n"


def _conjunction(head: str, parts: list[str]) -> list[str]:
    return [head, *(f"  /\\ {part}" for part in parts)]


def _disjunction(head: str, triggers: list[Trigger]) -> list[str]:
    return [head, *([f"  \\/ {_called(each)}" for each in triggers] or ["  FALSE"])]


def _called(trigger: Trigger) -> str:
    return f"{trigger.name}(m)" if trigger.is_indexed else trigger.name


def _option(system: System, option: Option) -> str:
    return " /\\ ".join(_terms(system, option))


def _terms(system: System, option: Option) -> Iterator[str]:
    changed = set()
    for part, source, _ in option:
        yield f"{_variable(part)}{'[m]' if _copied(system, part) else ''} = {source}"
    for part, source, target in option:
        name = _variable(part)
        if source != target:
            changed.add(part.name)
            yield f"{name}' = " + (f"[{name} EXCEPT ![m] = {target}]" if _copied(system, part) else str(target))
    kept = [_variable(part) for part in system.parts if part.name not in changed]
    if kept:
        yield f"UNCHANGED <<{', '.join(kept)}>>"


def _copied(system: System, part: Component) -> bool:
    return part.name in system.copied


def _variable(part: Component) -> str:
    return f"{part.name}_state"
