"""What may be asked of a feed, and what each question takes; whoever carries it, a wrong one is told in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lifecheck.browser.feed import Feed
from lifecheck.errors import InputError, LifecheckError


def answer(feed: Feed, question: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """Return the status and the answer to a question, an error as one line.

    Examples
    --------
    >>> from lifecheck import Component, System
    >>> feed = Feed({"hall": System("hall", [Component("lamp", ["off"], "off", [], set())])})
    >>> answer(feed, "start", b'{"variant": "hal"}')
    (400, {'error': "there is no variant 'hal'; did you mean 'hall'?"})
    """
    if question not in _QUESTIONS:
        return 404, {"error": f"there is no question {question!r}"}
    try:
        asked = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return 400, {"error": "the question is not JSON"}
    try:
        given = _given(question, asked)
        found: dict[str, Any] = getattr(feed, question)(**given)
    except LifecheckError as error:
        return 400, {"error": " ".join(str(error).split())}
    except Exception as error:  # the page tells it, and goes on
        return 500, {"error": f"lifecheck failed: {type(error).__name__}: {' '.join(str(error).split())}"}
    return 200, found


_RUN: Mapping[str, str] = {"variant": "name", "stem": "names", "loop": "names or nothing"}
_QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "describe": {},
    "start": {"variant": "name"},
    "step": {"variant": "name", "state": "number", "trigger": "name"},
    "judge": {"variant": "name", "fairness": "settings"},
    "judge_run": {**_RUN, "loop": "names", "fairness": "settings"},
    "nearest": {"variant": "name", "claim": "name", "taken": "names", "fairness": "settings"},
    "picture": {
        **_RUN,
        "stem": "names or nothing",
        "kind": "name",
        "state": "number or nothing",
        "shown": "names or nothing",
        "steps": "number or nothing",
    },
    "copy": {**_RUN, "kind": "name"},
}
"""What may be asked, and what each takes."""


def _given(question: str, asked: object) -> dict[str, Any]:
    """Return what a question takes, each of the right kind."""
    takes = _QUESTIONS[question]
    if not isinstance(asked, dict) or not takes.keys() >= asked.keys():
        raise InputError(f"{question} takes {', '.join(takes) or 'nothing'}")
    for name, kind in takes.items():
        if name not in asked and kind != "settings" and not kind.endswith("or nothing"):
            raise InputError(f"{question} needs {name}")
        if not _is(kind, asked.get(name)):
            raise InputError(f"{name} of {question} is no {kind}")
    return {name: value for name, value in asked.items() if value is not None}


def _is(kind: str, value: object) -> bool:
    match kind:
        case "name":
            return isinstance(value, str)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "names":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if kind.endswith(" or nothing"):
        return value is None or _is(kind.removesuffix(" or nothing"), value)
    return value is None or (isinstance(value, dict) and all(isinstance(one, str) for one in value.values()))
