"""Everything that a machine changes and nobody declared, so that one error names it all and says what to write."""

from __future__ import annotations

from collections.abc import Iterable

from lifecheck.errors import ComponentError, UndeclaredError
from lifecheck.machines.component_machine import runs_code
from lifecheck.machines.definition import Definition, read_definition
from lifecheck.machines.exploring import explore_machine
from lifecheck.machines.unseen import Read, name_of_code
from lifecheck.system import Arguments, Component

_STATES = 300
"""How many states of a machine are looked at in each round; what it changes beyond is told when it is met."""

_ROUNDS = 6
"""How often what was found is declared, and the machine fired anew: a counter unlocks what changes another."""


def with_all_undeclared(error: UndeclaredError, component: Component) -> UndeclaredError:
    """Return the error with everything that the machine changes undeclared, and not only what was met first.

    What a condition reads is to be declared as an attribute, the rest to be ignored.

    Parameters
    ----------
    error
        What was met first.
    component
        Whose machine it is; it is fired again, on fresh machines.

    Examples
    --------
    >>> from transitions import Machine
    >>> from lifecheck.machines import component_of
    >>> class Order:
    ...     def __init__(self):
    ...         self.tries, self.log = 0, []
    ...         pay = {"trigger": "pay", "source": "new", "dest": "paid", "unless": "tired", "after": ["count", "note"]}
    ...         Machine(self, states=["new", "paid"], initial="new", transitions=[pay])
    ...     def tired(self): return self.tries > 3
    ...     def count(self): self.tries += 1
    ...     def note(self): self.log.append("paid")
    >>> met = UndeclaredError("component 'order', trigger 'pay' in state 'placed'", ["log"], [])
    >>> all_of_it = with_all_undeclared(met, component_of(Order))
    >>> all_of_it.attributes, all_of_it.ignored, all_of_it.options
    (('tries',), ('log',), '--attribute tries --ignored log')
    """
    attributes, ignored = undeclared_by(component)
    if not {*error.attributes, *error.ignored} <= {*attributes, *ignored}:
        return error
    return UndeclaredError(error.place, attributes, ignored)


def undeclared_by(component: Component) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a machine changes undeclared: what a condition reads, and the rest."""
    if component.factory is None or not runs_code(component):
        return (), ()
    definition = read_definition(component.factory, component.name)
    attributes, ignored = list(component.attributes), list(component.ignored)
    given = len(attributes), len(ignored)
    arguments: dict[str, list[Arguments]] = {}
    for trigger, one in component.arguments.items():
        arguments.setdefault(component.machine_triggers[trigger], []).append(one)
    for _ in range(_ROUNDS):
        try:
            found = explore_machine(
                definition,
                component.name,
                attributes,
                _STATES,
                ignored=ignored,
                arguments=arguments,
                drive=False,
            )
        except ComponentError:
            break  # it is told when it is met
        changed = [note.told for note in found.noted if note.what == "undeclared"]
        new = [name for name in dict.fromkeys(changed) if name not in (*attributes, *ignored)]
        if not new:
            break
        decisive = _read_by_conditions(definition, found.unseen.reads)
        for name in new:
            (attributes if name in decisive else ignored).append(name)
    return tuple(attributes[given[0] :]), tuple(ignored[given[1] :])


def _read_by_conditions(definition: Definition, reads: Iterable[Read]) -> frozenset[str]:
    """Return the attributes of the model that some condition reads."""
    guards = {name_of_code(guard) for row in definition.rows for guard in (*row.conditions, *row.unless)}
    return frozenset(read.attribute for read in reads if guards & {*read.readers})
