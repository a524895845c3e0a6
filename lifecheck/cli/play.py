"""The command ``play``: a lesson in three turns, or the scores of a class."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from lifecheck.cli import completion, options
from lifecheck.cli.command import command
from lifecheck.cli.dialogue import Dialogue, LeftError, answers_of, show
from lifecheck.cli.output import print_rows, say
from lifecheck.cli.progress import DOING
from lifecheck.cli.status import AS_EXPECTED, INTERRUPTED
from lifecheck.cli.turns import Stage, attack, design, predict
from lifecheck.errors import InputError
from lifecheck.files import refuse_foreign, write_whole
from lifecheck.lessons import Lesson, Score, lesson, lessons_of, score_in, scores_in

Turn = Callable[[Stage], None]

TURNS: dict[str, Turn] = {"predict": predict, "adversary": attack, "designer": design}


@command("play", epilog="LESSON is a name of `lifecheck play`, or package.module:name or path/file.py:name.")
@click.argument("name", required=False, metavar="[LESSON]", shell_complete=completion.lessons)
@click.option("--turn", type=click.Choice([*TURNS]), help="Play this turn alone.")
@click.option("--answers", metavar="FILE", help="Take the answers from FILE, one a line; - is standard input.")
@options.place("Write the score to FILE.json.", flag="--score", metavar="FILE")
@click.option("--student", metavar="NAME", default="", help="Whose score it is.")
@click.option(
    "--class",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Show the scores of a folder as a table, and play nothing.",
)
@options.force
def play(
    name: str | None,
    turn: str | None,
    answers: str | None,
    score: Path | None,
    student: str,
    folder: Path | None,
    force: bool,
) -> int:
    """Play a lesson: predict, break it, mend it.

    Without LESSON the lessons of the project are listed. What is right is written in none of them: lifecheck finds
    it, and shows the verdict after your answer.

    Example: lifecheck play lesson-2

    Exit status: 0 if it was played to its end, 2 if the input cannot be used, 3 if lifecheck itself failed, 130 if it
    was left before.
    """
    if folder is not None:
        if name is not None:
            raise InputError(f"--class shows the scores of a folder and plays nothing; leave {name} out, or --class")
        _print_class(scores_in(folder))
        return AS_EXPECTED
    if name is None:
        for one in lessons_of().values():
            say(f"{one.name}  {one.title}")
        return AS_EXPECTED
    played = lesson(name)
    turns = _turns(played, turn)
    if answers is None and not (sys.stdin is not None and sys.stdin.isatty()):
        raise InputError(
            "play asks questions, and nobody is at the terminal; give the answers with --answers FILE, one a line"
        )
    dialogue = Dialogue(None) if answers is None else Dialogue(answers_of(answers), _called(answers))
    kept = Score(played.name, student)
    earlier = kept if score is None else _earlier(score, kept, force)
    DOING.now(f"playing {played.name}")
    try:
        stage = Stage(played, dialogue, kept)
        stage.introduce()
        for play_turn in turns:
            play_turn(stage)
        dialogue.close()
    except (LeftError, KeyboardInterrupt):
        where = f"; what was scored is in {score}" if score is not None and kept.told else ""
        click.echo(f"lifecheck: left {played.name} before its end{where}", err=True)
        return INTERRUPTED
    finally:
        if score is not None and kept.told:
            write_whole(score, kept.beside(earlier).text(), force=force)
    show(f"\nScore: {kept.told}.", bold=True)
    whole = kept.beside(earlier).told
    if whole != kept.told:
        show(f"With what was scored before: {whole}.")
    if played.page:
        show(f"Read on: {played.page}")
    return AS_EXPECTED


def _earlier(score: Path, kept: Score, force: bool) -> Score:
    """Return the score that a place has already, of other turns; refuse the place before anything is asked."""
    if not score.parent.is_dir():
        raise InputError(f"cannot write {str(score)!r}: there is no folder {str(score.parent)!r}")
    if force or not score.exists():
        return kept
    refuse_foreign(score, "")
    earlier = score_in(score)
    if (earlier.lesson, earlier.student) != (kept.lesson, kept.student):
        whose = f"{earlier.student or 'nobody'} in {earlier.lesson}"
        raise InputError(f"{str(score)!r} is the score of {whose}; name another file, or replace it with --force")
    return earlier


def _called(answers: str) -> str:
    return "standard input" if answers == "-" else repr(answers)


def _turns(played: Lesson, wanted: str | None) -> list[Turn]:
    has = {"predict": played.predictions, "adversary": played.adversary, "designer": played.designer}
    there = [turn for turn in TURNS if has[turn]]
    if not there:
        raise InputError(f"{played.name} has no turn to play; give it predictions, an adversary or a designer")
    if wanted is not None and wanted not in there:
        raise InputError(f"{played.name} has no turn {wanted!r}; it has {', '.join(there)}")
    return [TURNS[turn] for turn in there if wanted in (None, turn)]


def _print_class(scores: tuple[Score, ...]) -> None:
    from rich.table import Table

    table = Table("student", "lesson", "score", box=None, padding=(0, 2, 0, 0))
    for one in scores:
        table.add_row(one.student or "-", one.lesson, one.told or "-")
    print_rows(table)
