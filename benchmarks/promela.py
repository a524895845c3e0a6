"""Writes a population as Promela, row by row from the fired tables, for the comparison with SPIN.

lifecheck's own export is one process, whose fairness its claims spell out trigger by trigger. Nobody writes so for
SPIN, and it is slow: here each instance is a process, so that SPIN's fairness to processes and its partial-order
reduction can do what they are made for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.rows import Trigger, triggers_of
from lifecheck import Component, System


def promela(system: System, instances: int, formula: str | None = None, values: Mapping[str, str] | None = None) -> str:
    """Return the Promela text of so many instances.

    Each instance is a process of one control state whose options are its triggers; each option is one step. What the
    environment and what is shared do is a process of its own, which may always do nothing, so that SPIN's fairness
    among processes obliges the instances alone.

    Parameters
    ----------
    system
        The system of one instance, without observers.
    instances
        How many; 0 of a system that has none.
    formula
        A linear temporal formula over the propositions `values` defines.
    values
        Each proposition with an expression of Promela.
    """
    lines = [f"#define N {instances}"]
    for part in system.parts:
        lines.append(f"byte {_variable(part)}{'[N]' if part.name in system.copied else ''};")
    lines += [f"#define {name} ({expression})" for name, expression in (values or {}).items()]
    own, surroundings = [], []
    for trigger in triggers_of(system):
        if not trigger.is_indexed:
            surroundings += list(_options(system, trigger, ""))
        elif trigger.is_environment:
            surroundings += [option for number in range(instances) for option in _options(system, trigger, str(number))]
        else:
            own += list(_options(system, trigger, "_pid"))
    if own:
        lines += ["active [N] proctype instance() {", "  do", *own, "  od", "}"]
    if formula is not None:  # what must always be able to do nothing would be counted as a transition otherwise
        surroundings.append(f"  :: d_step {{ {_variable(system.components[0])}[0] < 255 -> skip }}")
    if surroundings:
        lines += ["active proctype surroundings() {", "  do", *surroundings, "  od", "}"]
    if formula is not None:
        lines.append(f"ltl claim {{ {formula} }}")
    return "\n".join(lines) + "\n"


def _options(system: System, trigger: Trigger, instance: str) -> Iterator[str]:
    for option in trigger.options:
        guards, effects = [], []
        for part, source, target in option:
            name = _variable(part) + (f"[{instance}]" if part.name in system.copied else "")
            guards.append(f"{name} == {source}")
            effects += [f"{name} = {target}"] if source != target else []
        yield f"  :: d_step {{ {' && '.join(guards)} -> {'; '.join(effects) or 'skip'} }} /* {trigger.name} */"


def _variable(part: Component) -> str:
    return f"{part.name}_state"
