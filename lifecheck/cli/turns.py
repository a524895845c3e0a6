"""Plays the turns of a lesson: predict, be the adversary, be the designer."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lifecheck.cli.dialogue import Dialogue, show
from lifecheck.errors import InputError
from lifecheck.lessons import (
    Adversary,
    Attack,
    Designer,
    Hints,
    Lesson,
    Score,
    TableRow,
    meeting_of,
    source_of,
    table_of,
)
from lifecheck.project import project_folder
from lifecheck.system import System
from lifecheck.text import counted, repeated_steps

GO_ON, AGAIN, GIVE_UP, HINT, TASK = "0", "r", "g", "hint", "?"
"""What can be typed in place of a trigger or of a row."""


@dataclass
class Stage:
    """A lesson that is being played.

    Parameters
    ----------
    lesson
        The lesson.
    dialogue
        Who answers.
    score
        What was answered.
    shown
        The machines that were shown so far, of which none is shown twice in a row.
    """

    lesson: Lesson
    dialogue: Dialogue
    score: Score
    shown: list[object] = field(default_factory=list)

    def introduce(self) -> None:
        """Say what the lesson is about."""
        show(self.lesson.title, bold=True)
        show(self.lesson.idea)

    def show_machines(self, machines: Sequence[Callable[..., object]], system: System) -> bool:
        """Show a turn's machines, or else those of the lesson, unless they are what was shown last; tell whether."""
        meeting = meeting_of(system) if machines else self.lesson.meeting
        machines = machines or self.lesson.machines
        if [*machines] == self.shown:
            return False
        show(f"\n{source_of(machines)}\n\n{meeting}")
        self.shown = [*machines]
        return True

    def begin(self, headline: str, machines: Sequence[Callable[..., object]], system: System) -> None:
        """Begin a turn: its machines come first, so that what is asked of them stands where it is answered."""
        _headline(headline)
        if self.show_machines(machines, system):
            show()


def predict(stage: Stage) -> None:
    """Ask for each prediction, and show the verdict after it."""
    lesson, dialogue, score = stage.lesson, stage.dialogue, stage.score
    stage.show_machines(lesson.machines, lesson.system)
    for number, prediction in enumerate(lesson.predictions, 1):
        what = f"prediction {number} of {len(lesson.predictions)}"
        _headline(what.capitalize())
        show(prediction.shown)
        answered = dialogue.ask(what, ", ".join(prediction.letters), prediction.answer)
        score.predicted(answered)
        verdict, *rest = answered.text.split("\n\n")
        show(verdict, "green" if answered.is_right else "red")
        show("\n" + "\n\n".join(rest))


def attack(stage: Stage) -> None:
    """Let the adversary choose steps until the requirement is broken."""
    lesson, dialogue, score = stage.lesson, stage.dialogue, stage.score
    assert lesson.adversary is not None, "only turns that a lesson has are played"
    task = lesson.adversary
    attempt = task.begin()
    stage.begin("You are the adversary", task.machines, task.system)
    _tell_to_be_broken(attempt)
    score.adversary = {"won": False, "steps": 0, "shortest": task.shortest}
    while not attempt.is_won:
        wanted = _choose(attempt, dialogue)
        if wanted == TASK:
            _tell_to_be_broken(attempt)
            continue
        if wanted == GIVE_UP:
            show(f"The shortest run that breaks it has {counted(task.shortest, 'step')}:\n{_story(task)}")
            break
        if wanted == AGAIN:
            attempt.again()
            show(f"From the start.\n\n{attempt.place}")
            continue
        attempt.take(wanted)
        score.adversary["steps"] = attempt.chosen
        show(f"{attempt.changed}")
        if attempt.owed:
            owed = " and ".join(attempt.owed)
            show(f"You have been here before, but the loop is not fair: it owes {owed}.", "yellow")
    if attempt.is_won:
        score.adversary["won"] = True
        _tell_broken(attempt)
    if lesson.place:
        place = f"{lesson.place}.adversary"
        show(f"The same in a browser:\n  lifecheck explore {place}.system \\\n    --properties {place}.claims")


def _tell_to_be_broken(attempt: Attack) -> None:
    """Say what is asked of the adversary, and where the machines are."""
    show(f"{attempt.task.task}\n\nTo be broken: {attempt.task.asked.formula}")
    if attempt.chooses_all:
        show("There is no environment here: you choose the order of all steps.")
    show(f"Choose by number; {AGAIN} begins again, {GIVE_UP} gives up, {TASK} says the task again.")
    show(f"\n{attempt.place}")


def _choose(attempt: Attack, dialogue: Dialogue) -> str:
    """Ask what is to happen next: a trigger, or to begin again, to give up, or to be told the task."""
    system, choices, answer = attempt.task.system, attempt.choices, attempt.answer
    offered = {str(number): trigger for number, trigger in enumerate(choices, 1)}
    if answer is not None:
        offered = {GO_ON: answer, **offered}
    if not offered:
        show(f"Nothing can happen any more: {AGAIN} begins again.")
    for key, trigger in offered.items():
        show(f"  {key}  {'(let the system go on) ' if key == GO_ON else ''}{_meant(system, trigger)}")
    keys = [*offered, AGAIN, GIVE_UP, TASK]

    def read(line: str) -> str:
        if line.lower() in (AGAIN, GIVE_UP, TASK):
            return line.lower()
        if line in offered or line in offered.values():
            return offered.get(line, line)
        raise InputError(f"{line!r} cannot be chosen here; possible are {', '.join(keys)}")

    return dialogue.ask("the adversary's turn", ", ".join(keys), read)


def _tell_broken(attempt: Attack) -> None:
    broken = attempt.broken
    assert broken is not None, "it is told once it is broken"
    steps, shortest = counted(attempt.chosen, "step"), attempt.task.shortest
    if attempt.chosen != len(attempt.taken):
        steps += ", false starts included"
    enough = "no run is shorter" if attempt.chosen == shortest else f"the shortest run has {shortest}"
    show(f"Broken, with {steps}; {enough}.", "green")
    if broken.loop:
        show(f"{repeated_steps(len(broken.stem), len(broken.loop))}, and every fair trigger gets its due.")
    elif broken.loop is not None:
        show("The run can stay here for ever: no fair trigger is possible.")


def _story(task: Adversary) -> str:
    from lifecheck.reports import story

    return story(task.result)


def design(stage: Stage) -> None:
    """Let the designer change rows until every requirement is met."""
    lesson, dialogue, score = stage.lesson, stage.dialogue, stage.score
    assert lesson.designer is not None, "only turns that a lesson has are played"
    task = lesson.designer
    stage.begin("You are the designer", task.machines, task.system(table_of(task.rows)))
    _tell_to_be_mended(task)
    score.designer = {"solved": False, "attempts": 0, "hints": 0}
    tried: tuple[TableRow, ...] = ()
    hints, hint = Hints(task), ""
    while True:
        wanted = dialogue.ask(
            "the designer's turn", f"a row, {HINT}, {GIVE_UP}, {TASK}", lambda line: _rows(task, line)
        )
        if wanted == GIVE_UP:
            return
        if wanted == TASK:
            _tell_to_be_mended(task)
            continue
        if wanted == HINT:
            before, hint = hint, hints.next(tried)
            show(hint, "yellow")
            score.designer["hints"] += hint != before  # what is told once more is no other hint
            continue
        assert isinstance(wanted, tuple), "else it is one of the words"
        failure = task.failure(wanted)
        if failure is not None and failure.requirement is None:  # as where a name is mistyped: no attempt
            show(failure.hint, "red")
            continue
        tried = wanted
        score.designer["attempts"] += 1
        if failure is None:
            score.designer["solved"] = True
            break
        show(f"Not yet: {failure.hint}", "red")
        show(failure.evidence)
    show(f"Mended, at try {score.designer['attempts']}: all {len(task.requirements)} requirements are met.", "green")
    show("\n".join(f"  {one.words}" for one in task.requirements))


def _tell_to_be_mended(task: Designer) -> None:
    """Say what is asked of the designer, the rows that are changed, and how."""
    show(f"{task.task}\n\n{_table(task)}")
    enter = f", Enter takes {_file(task)}" if task.answer else ""
    show(
        "Type '1 trigger source dest' to change row 1, 'trigger source dest' to add one, '-1' to take row 1 away; "
        f"several with commas. Each try begins with these rows. '{HINT}' helps{enter}, '{TASK}' says the task again, "
        f"'{GIVE_UP}' gives up."
    )


def _rows(task: Designer, line: str) -> str | tuple[TableRow, ...]:
    if line.lower() in (HINT, GIVE_UP, TASK):
        return line.lower()
    if not line and task.answer:
        return _of_file(task)
    return task.edited(line)


def _file(task: Designer) -> str:
    return task.answer.rpartition(":")[0]


def _of_file(task: Designer) -> tuple[TableRow, ...]:
    """Return the rows that a file holds now."""
    place, _, name = task.answer.rpartition(":")
    path = project_folder(Path.cwd()) / place
    spec = importlib.util.spec_from_file_location("answer_of_a_lesson", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise InputError(f"there is no file {place}")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise InputError(f"{place} cannot be imported: {type(error).__name__}: {error}") from error
    return table_of(getattr(module, name, None))


def _headline(text: str) -> None:
    show()
    show(text, bold=True)


def _meant(system: System, trigger: str) -> str:
    meaning = system.meanings.get(trigger)
    return f"{trigger}: {meaning}" if meaning else trigger


def _table(task: Designer) -> str:
    system = task.system(table_of(task.rows))
    states = next(part.states for part in system.components if part.name == task.component)
    widths = [max(len(row[column]) for row in task.rows) for column in range(3)]
    lines = [f"{task.component} has the states {', '.join(map(str, states))}, and these rows:"]
    for number, (trigger, source, dest) in enumerate(task.rows, 1):
        lines.append(f"  {number:>2}  {trigger:{widths[0]}}  {source:{widths[1]}}  {dest}")
    return "\n".join(lines)
