"""Checks a text of Python that somebody wrote in an editor, and answers the page about it."""

from __future__ import annotations

import ast
import json
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lifecheck.browser.feed import Feed
from lifecheck.browser.questions import answer
from lifecheck.checking import verify
from lifecheck.errors import InputError, LifecheckError
from lifecheck.linting import lint
from lifecheck.project import load_project, load_subject
from lifecheck.properties import Verdict
from lifecheck.reports import story

LIMIT = 2_000
"""How many states are visited unless the text says ``LIMIT = ...``: a browser is slower, and the reader waits."""

NAMES = ("SYSTEMS", "SYSTEM")
"""What a text calls its systems; without them, the function that comes last makes the machine."""

_STEM = "playground"
_FILE = f"{_STEM}.py"


class CheckedText:
    """What is known of a text, and who answers the page about it.

    The text is run as a module of its own, anew each time. Whatever it does it does here: a caller who does not trust
    it runs this where nothing can be lost, as the worker of a browser.

    Parameters
    ----------
    render
        Draws DOT as SVG; Graphviz, unless given.
    limit
        How many states are visited for a verdict, unless the text says otherwise.

    Examples
    --------
    >>> text = \"\"\"
    ... from transitions import Machine
    ... def lamp():
    ...     return Machine(states=["off", "on"], initial="off", transitions=[["switch", "off", "on"]])
    ... \"\"\"
    >>> checked = CheckedText()
    >>> [finding["code"] for finding in checked.check(text)["findings"]]
    ['stuck-state']
    >>> json.loads(checked.ask("start", '{"variant": "lamp"}'))["told"]["possible"]
    ['switch']
    """

    def __init__(self, render: Callable[[str], str] | None = None, limit: int = LIMIT) -> None:
        self._render = render
        self._limit = limit
        self._feed: Feed | None = None
        self._module: _Module | None = None

    def check(self, text: str) -> dict[str, Any]:
        """Run a text, and return what is found: findings of lint, verdicts, and stories of what is violated.

        Raises
        ------
        InputError
            If it cannot be run, names nothing to check, or what it names cannot be explored.
        """
        self._feed = None
        if self._module is not None:
            self._module.forget()
        subject = subject_of(text)
        self._module = _Module(text)
        folder, name = self._module.folder, f"{_FILE}:{subject}"
        found = load_subject(name, folder).found
        project = load_project(name, folder=folder, claims_needed=False)
        limit = limit_of(text) or self._limit
        report = lint(found, limit=limit)
        judgements = verify(project.systems, project.claims, limit=limit, engine="explicit") if project.claims else ()
        told = {
            "findings": [
                {"code": one.code, "place": one.place, "sentence": one.sentence, "remedy": one.remedy}
                for one in report.findings
            ],
            "verdicts": [
                {
                    "variant": one.variant,
                    "claim": one.claim.name,
                    "words": one.claim.wording(one.verdict),
                    "good": one.is_expected,
                    "note": one.result.note,
                    "story": story(one.result) if one.verdict is Verdict.VIOLATED else "",
                }
                for one in judgements
            ],
        }
        self._feed = Feed(
            project.systems,
            project.claims,
            name=f"{_STEM}:{subject}",
            claims_name=f"{_STEM}:CLAIMS",
            limit=limit,
            render=self._render,
        )
        return told

    def ask(self, question: str, body: str) -> str:
        """Return the answer to a question as JSON: a status, and what is told.

        The question ``check`` takes a text; all others are those of `Feed`.
        """
        if question != "check":
            if self._feed is None:
                return json.dumps({"status": 400, "told": {"error": "nothing is checked yet"}})
            status, told = answer(self._feed, question, body.encode())
            return json.dumps({"status": status, "told": told})
        try:
            return json.dumps({"status": 200, "told": self.check(json.loads(body)["text"])})
        except LifecheckError as error:
            return json.dumps({"status": 400, "told": {"error": " ".join(str(error).split())}})
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {' '.join(str(error).split())}"}
            return json.dumps({"status": 500, "told": told})


def subject_of(text: str) -> str:
    r"""Return what a text names to be checked: `NAMES`, or else the function or class that comes last.

    Raises
    ------
    InputError
        If it is no Python, or names nothing.

    Examples
    --------
    >>> subject_of("def lamp(): ...\nSYSTEM = lamp"), subject_of("def lamp(): ..."), subject_of("class Lamp: ...")
    ('SYSTEM', 'lamp', 'Lamp')
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(f"this is no Python: {place}{getattr(error, 'msg', error)}") from None
    assigned = {name for node in tree.body for name in _assigned(node)}
    for name in NAMES:
        if name in assigned:
            return name
    made = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    if not made:
        raise InputError("nothing here can be checked; name it SYSTEM, or write a function that returns the machine")
    return made[-1]


def limit_of(text: str) -> int | None:
    r"""Return how many states a text wants to be visited, if it says so.

    Raises
    ------
    InputError
        If that is no number of states.

    Examples
    --------
    >>> limit_of("LIMIT = 50_000\nSYSTEM = ..."), limit_of("SYSTEM = ...")
    (50000, None)
    """
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and "LIMIT" in _assigned(node):
            value = node.value.value if isinstance(node.value, ast.Constant) else None
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InputError(f"line {node.lineno}: LIMIT is a number of states, as in LIMIT = 20_000")
            return value
    return None


def _assigned(node: ast.stmt) -> Iterator[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    yield from (target.id for target in targets if isinstance(target, ast.Name))


class _Module:
    """A text in a folder of its own, from which it is imported; both are there as long as it is asked about."""

    def __init__(self, text: str) -> None:
        self._known = set(sys.modules)
        self.folder = Path(tempfile.mkdtemp()).resolve()
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / _FILE).write_text(text, encoding="utf-8", errors="surrogatepass")

    def forget(self) -> None:
        """Remove it, and all that was imported from there."""
        sys.path[:] = [place for place in sys.path if place != str(self.folder)]
        for name in set(sys.modules) - self._known:
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and Path(file).is_relative_to(self.folder):
                del sys.modules[name]
        self._remove()
