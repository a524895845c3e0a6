"""What a student scored in a lesson, as JSON for a class."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lifecheck.errors import InputError
from lifecheck.lessons.prediction import Answered
from lifecheck.text import counted

SCORE_VERSION = 1
"""The schema of a score; a change that readers notice makes it another."""

_FORM = "lifecheck-score"


@dataclass
class Score:
    """What was answered in a lesson so far.

    Parameters
    ----------
    lesson
        The lesson's name.
    student
        Whose score it is, if that was said.
    predictions
        Each answer that was given, in order.
    adversary
        How the adversary's turn went: won, steps chosen, and how many the shortest run takes; None if not played.
    designer
        How the designer's turn went: solved, attempts, and hints taken; None if not played.
    exercise
        Whether the exercise of the lesson is solved; None if that was not asked.

    Examples
    --------
    >>> score = Score("lesson-1", "Ada", adversary={"won": True, "steps": 4, "shortest": 3})
    >>> print(score.told)
    broken after 4 steps, where 3 are enough
    """

    lesson: str
    student: str = ""
    predictions: list[dict[str, Any]] = field(default_factory=list)
    adversary: dict[str, Any] | None = None
    designer: dict[str, Any] | None = None
    exercise: dict[str, Any] | None = None

    def predicted(self, answered: Answered) -> None:
        """Take note of an answer."""
        number = len(self.predictions) + 1
        self.predictions.append({"prediction": number, "chosen": answered.chosen, "right": answered.is_right})

    def beside(self, earlier: Score) -> Score:
        """Return this score with what an earlier one has, and this one lacks: turns are played one by one, too.

        Of a prediction the first answer is kept: after it the verdict was shown.

        Examples
        --------
        >>> tried = Score("lesson-1", "Ada", designer={"solved": False, "attempts": 1, "hints": 0})
        >>> mended = Score("lesson-1", "Ada", designer={"solved": True, "attempts": 1, "hints": 0})
        >>> won = Score("lesson-1", "Ada", adversary={"won": True, "steps": 3, "shortest": 3})
        >>> mended.beside(won.beside(tried)).told
        'broken after 3 steps; mended after 1 try'
        >>> guessed = Score("lesson-1", "Ada", [{"prediction": 1, "chosen": "b", "right": False}])
        >>> Score("lesson-1", "Ada", [{"prediction": 1, "chosen": "a", "right": True}]).beside(guessed).told
        '0 of 1 prediction right'
        """
        predictions = [*earlier.predictions, *self.predictions[len(earlier.predictions) :]]
        turns = [
            getattr(earlier if getattr(self, turn) is None else self, turn)
            for turn in ("adversary", "designer", "exercise")
        ]
        return Score(self.lesson, self.student, predictions, *turns)

    @property
    def right(self) -> int:
        """How many predictions were right."""
        return sum(bool(one["right"]) for one in self.predictions)

    @property
    def told(self) -> str:
        """The score in a line; empty if nothing was played."""
        parts = []
        if self.predictions:
            parts.append(f"{self.right} of {counted(len(self.predictions), 'prediction')} right")
        if self.adversary is not None:
            steps, shortest = counted(self.adversary["steps"], "step"), self.adversary["shortest"]
            enough = "" if self.adversary["steps"] == shortest else f", where {shortest} are enough"
            parts.append(f"broken after {steps}{enough}" if self.adversary["won"] else f"not broken after {steps}")
        if self.designer is not None:
            tries = counted(self.designer["attempts"], "try", "tries")
            taken = f" and {counted(self.designer['hints'], 'hint')}" if self.designer["hints"] else ""
            parts.append(f"{'mended' if self.designer['solved'] else 'not mended'} after {tries}{taken}")
        if self.exercise is not None:
            parts.append(f"exercise {'solved' if self.exercise['solved'] else 'not solved'}")
        return "; ".join(parts)

    def text(self) -> str:
        """Return the score as JSON."""
        found = {
            "form": _FORM,
            "schema": SCORE_VERSION,
            "lesson": self.lesson,
            "student": self.student,
            "predictions": self.predictions,
            "adversary": self.adversary,
            "designer": self.designer,
            "exercise": self.exercise,
        }
        return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def scores_in(folder: Path) -> tuple[Score, ...]:
    """Read the scores of a class: every file of a folder that ends in ``.json``, by student and lesson.

    Raises
    ------
    InputError
        If the folder or a file cannot be read, or a file holds no score, or there is none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     place = Path(folder) / "ada.json"
    ...     _ = place.write_text(Score("lesson-1", "Ada").text())
    ...     [score.student for score in scores_in(Path(folder))]
    ['Ada']
    """
    if not folder.is_dir():
        raise InputError(f"there is no folder {str(folder)!r} with scores in it")
    scores = [score_in(path) for path in sorted(folder.glob("*.json"))]
    if not scores:
        raise InputError(f"{str(folder)!r} holds no score; lifecheck play LESSON --score FILE.json writes one")
    return tuple(sorted(scores, key=lambda one: (one.student, one.lesson)))


def score_in(path: Path) -> Score:
    """Read a score.

    Raises
    ------
    InputError
        If the file cannot be read, or holds no score.

    Examples
    --------
    >>> score_in(Path("nowhere.json"))
    Traceback (most recent call last):
    lifecheck.errors.InputError: 'nowhere.json' cannot be read as a score: ...
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path.name!r} cannot be read as a score: {error}") from error
    if not isinstance(found, dict) or found.get("form") != _FORM:
        raise InputError(f"{path.name!r} is no score; lifecheck play LESSON --score FILE.json writes one")
    if found.get("schema") != SCORE_VERSION:
        raise InputError(f"{path.name!r} is a score of schema {found.get('schema')!r}; schema {SCORE_VERSION} is read")
    try:
        turns = [found[key] for key in ("predictions", "adversary", "designer", "exercise")]
        score = Score(str(found["lesson"]), str(found["student"]), *turns)
        score.told  # noqa: B018  # reads each of its parts
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path.name!r} is a score that lacks something: {error}") from error
    return score
