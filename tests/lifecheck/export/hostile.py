"""Names that other checkers do not take, or take for something else."""

from __future__ import annotations

from lifecheck import Component, Property, Row, System, always, leads_to
from tests.lifecheck.diagrams import hostile

KEYWORDS = (
    # Promela, C and its preprocessor
    *("do", "od", "never", "active", "proctype", "byte", "skip", "else", "timeout", "ltl", "_pid", "np_", "X"),
    *("int", "while", "linux", "defined", "left", "time", "read", "NULL", "main"),
    # TLA+ and the configuration of TLC
    *("MODULE", "Init", "Next", "Spec", "TRUE", "IF", "LET", "WF_vars", "SF_x", "UNCHANGED", "INVARIANT", "vars"),
    # what the exports themselves say
    *("system", "taken", "nothing", "states", "fair", "fair_rounds", "unmet", "due_1", "accept_all", "wait", "TypeOK"),
    # what could end a comment, and what becomes alike
    *("*/ never x { }", "*) ====", "/*", "(* ", "---- MODULE x ----", "====", "a b", "a-b", "a_b", "42", "", "\\"),
)


def keywords_system() -> System:
    """Return a system in which each of these names is a component's, a state's and a trigger's."""
    names = [name for name in dict.fromkeys(KEYWORDS) if name]
    ring = [Row(name, names[at], names[(at + 1) % len(names)]) for at, name in enumerate(names)]
    parts = [Component("ring", names, names[0], ring, set(names))]
    for at, name in enumerate(names):  # they all move together, so that there are few states
        if not name.startswith("_"):
            states = [names[at - 1], name]
            triggers = [names[at - 3], name]
            rows = [Row(one, state, states[turn]) for turn, one in enumerate(triggers) for state in states]
            parts.append(Component(name, states, states[0], rows, set(triggers)))
    return System("MODULE */ *)\n", parts, fair=set(names[:3]), meanings={names[0]: "It */ ends\nthe *) comment."})


def other_system() -> System:
    """Return a system with quotes, newlines, markup and more than ASCII in all its names."""
    ring = hostile.ring(hostile.NAMES[0])
    return System(hostile.NAMES[5], [ring, hostile.ring(hostile.NAMES[3])])


def properties_of(system: System) -> dict[str, Property]:
    """Return properties with such names too."""
    first, last = system.components[0], system.components[-1]

    def never(state: object) -> bool:
        return bool(state[first.name] == first.states[0])  # type: ignore[index]

    return {
        'says "*/" *)\n': always(never),
        first.name: leads_to(lambda s: s[first.name] == first.initial, lambda s: s[last.name] == last.states[1]),
    }
