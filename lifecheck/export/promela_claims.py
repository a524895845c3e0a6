"""Never claims: automata that accept the fair runs on which a property breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lifecheck.export.description import Description, Question
from lifecheck.export.names import plain
from lifecheck.export.promela_names import PromelaNames
from lifecheck.properties import Decisive

_FORMULA_NOTE = """\
/* The same as formulas, for -DFORMULAS. The claims above are written out because SPIN translates formulas itself
 * in a time that explodes with the number of fair triggers: beyond three of them it takes hours. */"""


def claims(description: Description, names: PromelaNames) -> Iterator[str]:
    """Yield the text of each claim, those that only infinite runs refute within ``#ifndef STATES_ONLY``.

    A weakly fair trigger owes ``[]<>(!enabled || taken)``, a strongly fair one ``[]<>enabled -> []<>taken``
    (Manna and Pnueli 1992). The claim waits for a point from which the promise stays open, then goes
    round: what each trigger owes comes in turn, and each completed round accepts (Choueka 1974; Baier and Katoen,
    Principles of Model Checking, 4.3.4).
    """
    finite = [one for one in description.questions if not one.asked.kind.is_liveness]
    infinite = [one for one in description.questions if one.asked.kind.is_liveness]
    for question in finite:
        yield _finite(question, names)
    for question in description.questions:
        if question.given is not None:
            comment = f"/* Finds out whether the obligation of {names.claim(question)} can arise: an error says yes. */"
            yield f"{comment}\n" + _reports(names.witness(question), names.statement(question.given))
    if not infinite:
        return
    yield "#ifndef STATES_ONLY\n" + _rounds(description, names)
    for question in infinite:
        yield _infinite(question, names)
    yield "#endif"
    yield "\n".join(
        [
            _FORMULA_NOTE,
            "#ifdef FORMULAS",
            _fair(description, names),
            *(f"ltl {names.formula(question)} {{ fair -> {_temporal(question, names)} }}" for question in infinite),
            "#endif",
        ]
    )


def _comment(question: Question, *more: str) -> str:
    told = f"{plain(question.words)}: " if question.words else ""
    lines = [f"{plain(question.name)}: {told}{plain(question.asked.formula)}", *more]
    return "/* " + "\n * ".join(lines) + " */"


def _finite(question: Question, names: PromelaNames) -> str:
    goal, kind = names.statement(question.goal), question.asked.kind
    if kind.decided_by is not Decisive.STATE:
        return _comment(question, "It asks what is possible (AG EF), which no claim about runs can ask: left out.")
    settled = goal if kind.settling else f"!{goal}"
    if question.given is not None:
        settled = f"{names.statement(question.given)} && {settled}"
    told = ["An error is the witness."] if kind.is_reachability else []
    return _comment(question, *told) + "\n" + _reports(names.claim(question), settled)


def _reports(name: str, reached: str) -> str:
    return f"never {name} {{\n    do\n    :: {reached} -> break\n    :: else\n    od\n}}"


def _rounds(description: Description, names: PromelaNames) -> str:
    """Define what the claims have in common: a promise stays open, and fairness gets its due for ever."""
    dues = [
        f"weakly({names.enabled[name]}, {_due(names, members)})" for name, members in description.fair("weak").items()
    ]
    dues += [
        f"strongly({names.given_up[name]}, {_due(names, members)})"
        for name, members in description.fair("strong").items()
    ]
    wrong = [f"!({given_up} && {names.enabled[name]})" for name, given_up in names.given_up.items()]
    # a run on which a trigger is possible that was given up is passed over
    open_ = " && ".join(["unmet", *wrong])
    lines = [
        "/* What the claims have in common: a promise stays open for ever, while every fair trigger gets its due, one",
        " * after the other, in rounds that are completed again and again. */",
        "#define weakly(enabled_trigger, trigger) (!enabled_trigger || taken == trigger)",
    ]
    if names.given_up:
        lines.append("#define strongly(given_up_trigger, trigger) (given_up_trigger || taken == trigger)")
    lines.append("#define fair_rounds(unmet) \\")
    for number, due in enumerate(dues, start=1):
        following = f"due_{number + 1}" if number < len(dues) else "accept_all"
        lines.append(f"due_{number}: do :: {open_} && {due} -> goto {following} :: {open_} od; \\")
    ending = " -> goto due_1" if dues else ""
    lines.append(f"accept_all: do :: {open_}{ending} od")
    return "\n".join(lines)


def _due(names: PromelaNames, members: Sequence[str]) -> str:
    """Return what `weakly` and `strongly` compare with `taken`, or of a group with its first member."""
    return names.triggers[members[0]] + "".join(f" || taken == {names.triggers[one]}" for one in members[1:])


def _infinite(question: Question, names: PromelaNames) -> str:
    goal = names.statement(question.goal)
    lines = [_comment(question, f"that is: fair -> {_temporal(question, names)}"), f"never {names.claim(question)} {{"]
    if question.given is not None:
        lines += ["wait:", "    do", "    :: true"]
        lines += [f"    :: {names.statement(question.given)} && !{goal} -> break", "    od;"]
    return "\n".join([*lines, f"    fair_rounds(!{goal})", "}"])


def _temporal(question: Question, names: PromelaNames) -> str:
    goal = names.statement(question.goal)
    return f"<>{goal}" if question.given is None else f"[] ({names.statement(question.given)} -> <>{goal})"


def _fair(description: Description, names: PromelaNames) -> str:
    weak = [
        f"[]<>(!{names.enabled[name]} || {names.taken(members)})" for name, members in description.fair("weak").items()
    ]
    strong = [
        f"([]<>{names.enabled[name]} -> []<>({names.taken(members)}))"
        for name, members in description.fair("strong").items()
    ]
    return "#define fair (" + (" && \\\n    ".join([*weak, *strong]) or "true") + ")"
