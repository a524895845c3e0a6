"""Writes a case of a log as a pytest file, which passes where, and only where, the system explains it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lifecheck.files import write_whole
from lifecheck.machines import Subject
from lifecheck.replaying.answer import Answer
from lifecheck.replaying.event import Sign, Written
from lifecheck.replaying.replay import replay
from lifecheck.replaying.story import answer_story
from lifecheck.reports import Imports, RecordedSystem, file_of_test, importable, listed, name_of_test, quoted

_OWN = ("lifecheck.replaying", "assert_explained")
_EVENT = ("lifecheck.replaying", "LogEvent")
_RECORD = ("lifecheck.reports", "RecordedSystem")


def assert_explained(
    subject: Subject | RecordedSystem,
    events: Iterable[Written],
    *,
    visible: Iterable[str] | None = None,
    lost: int = 0,
    surplus: int = 0,
    anywhere: bool = False,
) -> None:
    """Raise unless a system explains what a log says.

    Parameters
    ----------
    subject, events, visible, lost, surplus, anywhere
        As of `replay`.

    Raises
    ------
    AssertionError
        If it does not, with the story up to the line that cannot be.

    Examples
    --------
    >>> from transitions import Machine
    >>> rows = [["ring", "quiet", "rung"], ["open", "rung", "quiet"]]
    >>> bell = Machine(states=["quiet", "rung"], initial="quiet", transitions=rows)
    >>> assert_explained(bell, ["ring", "open"])
    >>> assert_explained(bell, ["open"])
    Traceback (most recent call last):
    AssertionError: impossible from line 1
    ...
    """
    __tracebackhide__ = True
    system = subject.composed()[0] if isinstance(subject, RecordedSystem) else subject
    found = replay(system, events, visible=visible, lost=lost, surplus=surplus, anywhere=anywhere)
    for group in found.groups:
        if not group.answer:
            raise AssertionError(f"{group.answer.told}\n{answer_story(group.answer)}")


def case_test(
    answer: Answer,
    path: Path | str | None = None,
    *,
    visible: Iterable[str],
    lost: int = 0,
    surplus: int = 0,
    anywhere: bool = False,
    source: str | None = None,
    variant: str | None = None,
    force: bool = False,
) -> str:
    """Return a pytest file that asks again whether a case could have happened.

    Parameters
    ----------
    answer
        What a replay answered for it.
    path
        Also write it there; in a folder it is called after the test.
    visible, lost, surplus, anywhere
        What was asked.
    source, variant
        Where the file is to import the system; see `regression_test`.
    force
        Also over a file that lifecheck did not write.

    Raises
    ------
    ForeignFileError
        If the file is there already and lifecheck did not write it.
    InputError
        If the system cannot be imported, or the file cannot be written.
    """
    system = importable(answer.system, source, variant)
    about = f"case {answer.case}"
    named = name_of_test(about)
    is_plain = all(len(sign.triggers) == 1 and not sign.before for sign in answer.signs)
    places = [_OWN, *(() if is_plain else (_EVENT,)), *((_RECORD,) if system.is_recorded else ()), *system.places]
    imports = Imports(places, taken={"SYSTEM", "LOG", named})
    hidden = [trigger for trigger in answer.system.triggers if trigger not in set(visible)]
    options: dict[str, str] = {}
    if hidden:
        options["visible"] = listed(trigger for trigger in answer.system.triggers if trigger not in hidden)
    options |= {name: str(value) for name, value in {"lost": lost, "surplus": surplus}.items() if value}
    options |= {"anywhere": "True"} if anywhere else {}
    called = ", ".join([system.write(imports) if system.is_looked_up else "SYSTEM", "LOG"])
    constants = [] if system.is_looked_up else [f"SYSTEM = {system.write(imports)}"]
    text = "\n".join(
        [
            _docstring(answer, about),
            "",
            *imports.lines,
            "",
            *constants,
            "LOG = [",
            *(f"    {_event(sign, imports)}," for sign in answer.signs),
            "]",
            "",
            "",
            f"def {named}() -> None:",
            f"    {imports.name(_OWN)}(",
            f"        {called},",
            *(f"        {name}={value}," for name, value in options.items()),
            "    )",
            "",
        ]
    )
    if path is not None:
        write_whole(file_of_test(path, about), text, force=force)
    return text


def _docstring(answer: Answer, about: str) -> str:
    lines = [
        f"A case of a log as a test, written by lifecheck: {answer.case}.",
        "",
        f"{answer.told} on {answer.system.name}",
        "",
        "It passes where the system could have written these lines.",
    ]
    text = "\n".join("".join(letter if letter.isprintable() else " " for letter in line) for line in lines)
    return '"""' + text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"') + '\n"""'


def _event(sign: Sign, imports: Imports) -> str:
    seen = "{" + ", ".join(f"{quoted(name)}: {quoted(state)}" for name, state in sign.seen) + "}"
    if len(sign.triggers) == 1 and not sign.before:
        trigger = quoted(sign.triggers[0])
        return f"({trigger}, {seen})" if sign.seen else trigger
    triggers = "(" + "".join(f"{quoted(name)}, " for name in sign.triggers).rstrip() + ")"
    arguments = [triggers] + ([f"seen={seen}"] if sign.seen else [])
    if sign.before:
        before = ", ".join(f"{quoted(name)}: {quoted(state)}" for name, state in sign.before)
        arguments.append(f"before={{{before}}}")
    return f"{imports.name(_EVENT)}({', '.join(arguments)})"
