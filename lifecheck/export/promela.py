"""A system as a Promela model for SPIN: one process, one step a trigger, and a never claim for each property."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecheck.export.condition import Condition, alternatives
from lifecheck.export.description import Description, Part
from lifecheck.export.names import plain
from lifecheck.export.promela_claims import claims
from lifecheck.export.promela_names import PromelaNames

_BYTE, _SHORT = 1 << 8, 1 << 15

_HOW = """\
 * To verify one property, here {example}:
 *   spin -a FILE && cc -DNOREDUCE -o pan pan.c && ./pan -a -N {example}
 * pan finds an error where the property is violated; for `sometimes` the error is the witness that it holds.
 * To count the states of the system, without what fairness needs:
 *   spin -DSTATES_ONLY -o1 -o2 -o3 -a FILE && cc -DNOREDUCE -DSAFETY -DNOCLAIM -o pan pan.c && ./pan
 */"""


def promela(description: Description) -> str:
    """Return a description as Promela.

    A step sets `taken` to its trigger, so that fairness can be said of triggers; the process may always
    stand still, which sets it to `nothing`. A strongly fair trigger has a flag that SPIN may raise at any
    time, to guess that the trigger will not be possible any more; the claims pass over runs that guess wrong.
    """
    names = PromelaNames(description)
    parts = [
        _head(description, names),
        *(_component(description, names, position) for position in range(len(description.parts))),
        _triggers(description, names),
        _process(description, names),
        _predicates(description, names),
        *claims(description, names),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(description: Description, names: PromelaNames) -> str:
    example = names.claim(description.questions[0]) if description.questions else "none"
    system = description.system
    settings = ", ".join(f"{switch} {value}" for switch, value in system.settings.items())
    lines = [f"/* {plain(system.name)}" + (f": {plain(settings)}" if settings else "")]
    lines += [" * Written by lifecheck from the tables that the real machines were fired into.", " *"]
    return "\n".join(lines) + "\n" + _HOW.format(example=example)


def _component(description: Description, names: PromelaNames, position: int) -> str:
    part = description.parts[position]
    what = "Observer" if part.is_observer else "Component"
    name = part.name if names.parts[position] == f"{part.name}_now" else repr(part.name)
    lines = [f"/* {what} {plain(name)} */"]
    for number, (name, state) in enumerate(zip(names.states[position], part.states, strict=True)):
        told = "" if name == f"{part.name}_{state.label}" else f" /* {plain(repr(state.label))} */"
        lines.append(f"#define {name} {number}{told}")
    kind = _type_for(len(part.states))
    lines.append(f"{kind} {names.parts[position]} = {names.states[position][part.initial]};")
    return "\n".join(lines)


def _type_for(values: int) -> str:
    return "byte" if values <= _BYTE else "short" if values <= _SHORT else "int"


def _triggers(description: Description, names: PromelaNames) -> str:
    lines = ["/* Triggers: what each means, what it is owed, and where every component that has it can take it */"]
    for number, trigger in enumerate(description.possible, start=1):
        lines.append(f"/* {description.told(trigger, names.triggers[trigger])} */")
        lines.append(f"#define {names.triggers[trigger]} {number}")
        conditions = [_sources(description, names, trigger, part) for part in description.owners(trigger)]
        lines.append(f"#define {names.enabled[trigger]} " + _all([one for one in conditions if one]))
    for name, members in description.groups.items():
        lines.append(f"/* {plain(name)}: a group, possible where some member is. */")
        lines.append(f"#define {names.enabled[name]} ({' || '.join(names.enabled[one] for one in members)})")
    for trigger in description.impossible:
        lines.append(f"/* {plain(trigger)} is blocked wherever the system comes to. */")
    return "\n".join(lines)


def _sources(description: Description, names: PromelaNames, trigger: str, part: Part) -> str:
    position = description.parts.index(part)
    return _among(names, position, part.sources(trigger), len(part.states))


def _among(names: PromelaNames, position: int, values: Sequence[int], known: int) -> str:
    """Return the text for "the component is in one of these states", the shorter way; empty where it always is."""
    states, variable = names.states[position], names.parts[position]
    if len(values) == known:
        return ""
    if 2 * len(values) <= known or len(values) == 1:
        return " || ".join(f"{variable} == {states[value]}" for value in values)
    return " && ".join(f"{variable} != {states[value]}" for value in range(known) if value not in values)


def _all(conditions: Sequence[str]) -> str:
    if not conditions:
        return "(true)"
    return "(" + " && ".join(f"({one})" if " || " in one and len(conditions) > 1 else one for one in conditions) + ")"


def _process(description: Description, names: PromelaNames) -> str:
    lines = [
        "#ifndef STATES_ONLY",
        "#define nothing 0",
        f"{_type_for(len(description.possible) + 1)} taken = nothing; /* the trigger of the last step */",
        *(f"byte {name} = false;" for name in names.given_up.values()),
        "#define take(trigger) taken = trigger",
        "#else",
        "#define take(trigger) skip",
        "#endif",
        "",
        "active proctype system() {",
        "    do",
    ]
    for trigger in description.possible:
        lines.append(f"    :: d_step {{ {names.enabled[trigger]} ->")
        for part in description.owners(trigger):
            lines.extend(f"        {line}" for line in _move(description, names, trigger, part))
        lines.append(f"        take({names.triggers[trigger]}) }}")
    lines.append("    :: d_step { true -> take(nothing) } /* stand still */")
    if names.given_up:
        lines.append("#ifndef STATES_ONLY /* guess that a strongly fair trigger will not be possible any more */")
        for name in names.given_up.values():
            lines.append(f"    :: d_step {{ !{name} -> {name} = true; take(nothing) }}")
        lines.append("#endif")
    return "\n".join([*lines, "    od", "}"])


def _move(description: Description, names: PromelaNames, trigger: str, part: Part) -> Iterator[str]:
    """Yield the assignment of one component, by its own state where it leads to different ones."""
    position = description.parts.index(part)
    variable, states = names.parts[position], names.states[position]
    sources: dict[int, list[int]] = {}
    for source in part.sources(trigger):
        target = part.moves[trigger][source]
        assert target is not None
        sources.setdefault(target, []).append(source)
    if all(group == [target] for target, group in sources.items()):
        return  # it stays where it is
    if len(sources) == 1:
        yield f"{variable} = {states[next(iter(sources))]};"
        return
    yield "if"
    for target, group in sources.items():
        where = " || ".join(f"{variable} == {states[source]}" for source in group)
        yield f":: {where} -> " + ("skip" if group == [target] else f"{variable} = {states[target]}")
    yield "fi;"


def _predicates(description: Description, names: PromelaNames) -> str:
    if not description.statements:
        return ""
    lines = ["/* What the properties speak of: written out over the reachable states, where Python decides. */"]
    for statement in description.statements:
        name = names.statement(statement)
        told = "" if name == statement.name else f" /* {plain(statement.name)} */"
        lines.append(f"#define {name} ({_text(description, names, statement.condition)}){told}")
    return "\n".join(lines)


def _text(description: Description, names: PromelaNames, condition: Condition | bool) -> str:
    if isinstance(condition, bool):
        return str(condition).lower()
    known = len(description.parts[condition.part].states)
    simpler = alternatives(condition, known)
    if simpler is not None:
        these, other = simpler
        return f"{_among(names, condition.part, these, known)} || {_grouped(_text(description, names, other))}"
    cases = []
    for values, inner in condition.cases:
        here = _among(names, condition.part, values, known) or "true"
        if inner is True:
            cases.append(here)
        else:
            below = _text(description, names, inner)
            cases.append(" && ".join(f"({one})" if " || " in one else one for one in (here, below)))
    return cases[0] if len(cases) == 1 else " || ".join(_grouped(case) for case in cases)


def _grouped(text: str) -> str:
    return f"({text})" if " && " in text else text
