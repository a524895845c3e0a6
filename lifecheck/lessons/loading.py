"""Finds lessons: those that `[tool.lifecheck]` of a project names, or one that is named by where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lifecheck.errors import InputError, did_you_mean
from lifecheck.lessons.lesson import Lesson
from lifecheck.project import PROJECT_FILE, SECTION, find_configuration, load_named


def lessons_of(folder: Path | None = None) -> dict[str, Lesson]:
    """Return the lessons that the nearest project file names, by their names, in its order.

    Parameters
    ----------
    folder
        Where the search for the project file begins; the current folder unless given.

    Raises
    ------
    InputError
        If there is no project file or it names none, or what it names is no lesson.

    Examples
    --------
    >>> [*lessons_of()][:2]
    ['lesson-1', 'lesson-2']
    """
    configuration = find_configuration((folder or Path.cwd()).resolve(), "name a lesson as package.module:LESSON")
    named = configuration.names("lessons")
    if not named:
        raise InputError(
            f"[{SECTION}] in {PROJECT_FILE} names no lessons; write lessons = ['package.module:LESSON'], or name one "
            "so: lifecheck play package.module:LESSON"
        )
    return _by_name(lesson_at(one, configuration.folder) for one in named)


def lesson_at(target: str, folder: Path | None = None) -> Lesson:
    """Return the lesson of a module or file.

    Parameters
    ----------
    target
        ``package.module:name`` or ``path/file.py:name``.
    folder
        What a path is relative to, and modules are imported from; the current folder unless given.

    Raises
    ------
    InputError
        If it is not there, or no lesson.

    Examples
    --------
    >>> lesson_at("docs.lessons.turns.lesson_2:LESSON").name
    'lesson-2'
    """
    found = load_named(target, (folder or Path.cwd()).resolve())
    if not isinstance(found, Lesson):
        raise InputError(f"{target!r} is {type(found).__name__}; expected a lesson: lifecheck.lessons.Lesson(...)")
    return replace(found, place=target)


def lesson(name: str, folder: Path | None = None) -> Lesson:
    """Return a lesson of the project by its name, or one by where it is.

    Parameters
    ----------
    name
        As the project's lessons are called; or ``package.module:name``, or ``path/file.py:name``.
    folder
        Where the search for the project file begins; the current folder unless given.

    Raises
    ------
    InputError
        If there is none; names the nearest.

    Examples
    --------
    >>> lesson("lesson-1").title
    'What "delivered" means'
    >>> lesson("lesson-22")
    Traceback (most recent call last):
    lifecheck.errors.InputError: there is no lesson 'lesson-22'; did you mean 'lesson-2' or 'lesson-9' or 'lesson-8'?
    """
    if ":" in name or name.endswith(".py"):
        return lesson_at(name, folder)
    lessons = lessons_of(folder)
    if name not in lessons:
        raise InputError(f"there is no lesson {name!r}; " + did_you_mean(name, lessons))
    return lessons[name]


def _by_name(lessons: Iterable[Lesson]) -> dict[str, Lesson]:
    found: dict[str, Lesson] = {}
    for one in lessons:
        if one.name in found:
            raise InputError(f"two lessons are called {one.name!r}; give one of them another name")
        found[one.name] = one
    return found
