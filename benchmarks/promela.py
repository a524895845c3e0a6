"""Writes a population as Promela, row by row from the fired tables, for the comparison with SPIN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from lifecheck import Component, System
from lifecheck.copies import Sharing, sharing_of
from lifecheck.machines.firing import BLOCKED, table_of


def promela(system: System, messages: int, formula: str | None = None, values: Mapping[str, str] | None = None) -> str:
    """Return the Promela text of so many messages.

    Each message is a process of one control state whose options are its triggers; each option is one step. What the
    environment and what is shared do is a process of its own, which may always do nothing, so that SPIN's fairness
    among processes obliges the messages alone.

    Parameters
    ----------
    system
        The system of one message, without observers.
    messages
        How many.
    formula
        A linear temporal formula over the propositions `values` defines.
    values
        Each proposition with an expression of Promela.
    """
    sharing = sharing_of(system)
    lines = [f"#define N {messages}"]
    for part in system.parts:
        lines.append(f"byte {_variable(part)}{'[N]' if part.name in system.copied else ''};")
    lines += [f"#define {name} ({expression})" for name, expression in (values or {}).items()]
    own, surroundings = [], []
    for trigger in system.triggers:
        if sharing[trigger] is Sharing.BROADCAST:
            raise NotImplementedError(f"{trigger!r}: broadcasts are not written")
        if sharing[trigger] is Sharing.SHARED:
            surroundings += list(_options(system, trigger, ""))
        elif trigger in system.environment:
            surroundings += [option for number in range(messages) for option in _options(system, trigger, str(number))]
        else:
            own += list(_options(system, trigger, "_pid"))
    lines += ["active [N] proctype message() {", "  do", *own, "  od", "}"]
    if formula is not None:  # what must always be able to do nothing would be counted as a transition otherwise
        surroundings.append(f"  :: d_step {{ {_variable(system.components[0])}[0] < 255 -> skip }}")
    if surroundings:
        lines += ["active proctype surroundings() {", "  do", *surroundings, "  od", "}"]
    if formula is not None:
        lines.append(f"ltl claim {{ {formula} }}")
    return "\n".join(lines) + "\n"


def _options(system: System, trigger: str, message: str) -> Iterator[str]:
    """Yield an option for each combination of rows of the components that take a trigger together."""
    owners = system.owners[trigger]
    for rows in product(*(_rows(part, trigger) for part in owners)):
        guards, effects = [], []
        for part, (source, target) in zip(owners, rows, strict=True):
            name = _variable(part) + (f"[{message}]" if part.name in system.copied else "")
            guards.append(f"{name} == {source}")
            effects += [f"{name} = {target}"] if source != target else []
        yield f"  :: d_step {{ {' && '.join(guards)} -> {'; '.join(effects) or 'skip'} }} /* {trigger} */"


def _rows(part: Component, trigger: str) -> Iterable[tuple[int, int]]:
    table = table_of(part)
    for local in range(1_000):
        if local >= len(table.states):
            return
        for each in part.triggers:
            table.move(local, each)  # finds the states that follow
        if (target := table.move(local, trigger)) != BLOCKED:
            yield local, target


def _variable(part: Component) -> str:
    return f"{part.name}_state"
