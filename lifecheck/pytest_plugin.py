"""A pytest plugin: with ``--lifecheck`` each claim of the project on each variant is a test, its story the failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lifecheck.reports import story

# pytest imports this at every start, so what checking needs is imported where a claim is collected
if TYPE_CHECKING:
    from lifecheck.checking import Judgement
    from lifecheck.errors import LifecheckError
    from lifecheck.properties import Claim
    from lifecheck.system import System

OPTION = "--lifecheck"
MARKER = "lifecheck"
PROJECT_FILE = "pyproject.toml"


ABOUT = {
    "system": ("SYSTEM", "test this instead of what pyproject.toml names: module:name or path/file.py:name"),
    "properties": ("CLAIMS", "its claims, named alike; without it, what its module calls CLAIMS"),
    "attribute": ("NAME", "an attribute of a machine's model that belongs to its state; may be repeated"),
    "ignored": ("NAME", "what may change because nothing depends on it, as a log; may be repeated"),
    "arguments": ("TRIGGER=VALUE", "what a trigger is fired with that takes arguments; may be repeated"),
    "guards": ("either", "let every guard answer either way, and run no code of the machine"),
    "final": ("STATE", "a run may end here, and it is asked whether it always can; may be repeated"),
    "set": ("KEY=VALUE", "set a switch of the variants; may be repeated"),
    "limit": ("N", "visit at most N states one by one"),
}
"""What can be said on pytest's command line, each after ``--lifecheck-``, as after ``--`` on that of lifecheck."""

_ONCE = ("system", "properties", "guards", "limit")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that turns the plugin on, and those about what is tested."""
    group = parser.getgroup("lifecheck")
    group.addoption(
        OPTION,
        action="store_true",
        help="also test the claims that [tool.lifecheck] of pyproject.toml names, each on each variant shown",
    )
    for name, (metavar, says) in ABOUT.items():
        more: dict[str, Any] = {} if name in _ONCE else {"action": "append", "default": []}
        if name == "guards":
            more["choices"] = [metavar]
        group.addoption(f"{OPTION}-{name}", metavar=metavar, help=f"with {OPTION}: {says}", **more)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, by which ``-m`` selects or leaves out these tests, and refuse what says nothing."""
    config.addinivalue_line("markers", f"{MARKER}: a claim of the project, tested by lifecheck")
    said = [f"{OPTION}-{name}" for name in ABOUT if config.getoption(f"{OPTION}-{name}")]
    if said and not config.getoption(OPTION):
        raise pytest.UsageError(f"{said[0]} says what {OPTION} tests; add {OPTION}")
    limit = config.getoption(f"{OPTION}-limit")
    if limit is not None and not (limit.isascii() and limit.isdigit() and int(limit)):
        raise pytest.UsageError(f"{OPTION}-limit {limit}: write a number of states, at least 1")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the claims where pytest comes upon the project file, or is given it by name."""
    if parent.config.getoption(OPTION) and file_path == _project_file(parent.config):
        return ProjectFile.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(tryfirst=True)  # before -k and -m choose
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the claims where pytest did not come upon the project file, because other paths were given."""
    wanted = config.getoption(OPTION) and not any(PROJECT_FILE in argument for argument in config.args)
    if wanted and not any(isinstance(item, ClaimItem) for item in items):
        collector = ProjectFile.from_parent(session, path=_project_file(config))
        try:
            items.extend(collector.collect())
        except collector.CollectError as error:
            raise pytest.UsageError(str(error)) from error


class ProjectFile(pytest.File):
    """The project file, from which the claims come."""

    def collect(self) -> Iterator[ClaimItem]:
        """Yield a test for each claim on each variant that ``lifecheck verify`` shows.

        Raises
        ------
        CollectError
            If the project file names nothing that can be checked; says what is wrong.
        """
        from lifecheck.errors import LifecheckError
        from lifecheck.project import load_project

        said = {name: self.config.getoption(f"{OPTION}-{name}") for name in ABOUT}
        try:
            project = load_project(
                said["system"],
                said["properties"],
                self.path.parent,
                attributes=said["attribute"],
                ignored=said["ignored"],
                final=said["final"],
                arguments=said["arguments"],
                guards=said["guards"],
            )
            systems = project.chosen((), said["set"])
        except LifecheckError as error:
            raise self.CollectError(f"lifecheck: {_told_in_options(error)}") from error
        for claim in project.claims:
            for variant, system in systems.items():
                yield ClaimItem.from_parent(
                    self,
                    name=f"{claim.name}[{variant}]",
                    claim=(claim, variant, system),
                    is_machine=project.is_machine,
                )


class ClaimItem(pytest.Item):
    """One claim on one variant."""

    def __init__(self, *, claim: tuple[Claim, str, System], is_machine: bool, **others: Any) -> None:
        super().__init__(**others)
        self.is_machine = is_machine  # so that options declare what belongs to its state
        self.claim, self.variant, self.system = claim
        self.add_marker(MARKER)

    def runtest(self) -> None:
        """Judge it; the verdict and the number of states go into the report, so into JUnit's too."""
        from lifecheck.checking import judge
        from lifecheck.statespace import STATE_LIMIT

        limit = self.config.getoption(f"{OPTION}-limit")
        judgement = judge(self.variant, self.system, self.claim, limit=int(limit or STATE_LIMIT))
        self.user_properties += [("verdict", str(judgement.verdict)), ("states", judgement.result.states)]
        if not judgement.is_expected:
            raise NotAsExpectedError(judgement)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the story; no traceback where the input cannot be used."""
        from lifecheck.errors import LifecheckError

        if isinstance(excinfo.value, LifecheckError):
            return _told_in_options(excinfo.value, is_machine=self.is_machine)
        if isinstance(excinfo.value, NotAsExpectedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where the test stands, and its title."""
        return self.path, None, f"{self.claim.words} ({self.variant})"


class NotAsExpectedError(Exception):
    """A verdict that is not the expected one, with the story."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(_told(judgement))


def _told(judgement: Judgement) -> str:
    claim, result = judgement.claim, judgement.result
    expected = "" if judgement.expected is None else f", expected {judgement.expected}"
    lines = [f"{claim.words}: {judgement.verdict} on {judgement.variant}{expected}", f"  {claim.asked.formula}"]
    if result.note:
        lines.append(f"  {result.note}")
    if result.evidence is not None:
        lines += ["", story(result)]
    return "\n".join(lines)


def _told_in_options(error: LifecheckError, *, is_machine: bool = False) -> str:
    """Return what lifecheck's command would say, its options under the names that they have here."""
    from lifecheck.cli.in_options import in_options
    from lifecheck.errors import UndeclaredError

    text = str(error)
    if is_machine:
        text = error.told(error.options) if isinstance(error, UndeclaredError) else in_options(text)
    return re.sub(rf"(?<![\w-])--({'|'.join(ABOUT)})\b", rf"{OPTION}-\1", text)


def _project_file(config: pytest.Config) -> Path:
    return config.rootpath / PROJECT_FILE
