"""What a stranger expects beside the code is there, agrees with itself, and names no place that is not one yet."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import yaml

from lifecheck.version import __version__

ROOT = Path(__file__).parents[1]
PLACEHOLDER = "https://forge.example/lifecheck/lifecheck"
"""Stands for the project's page until there is one; whoever publishes it changes the files below."""

HOLD_THE_PLACEHOLDER = {
    "CITATION.cff",
    "README.md",
    "SECURITY.md",
    "docs/site/pages.py",
    "pyproject.toml",
    "tests/test_documents.py",
    "tests/test_ready_to_publish.py",
}


def test_only_these_files_hold_the_placeholder_for_the_projects_page() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = {name: (ROOT / name).read_bytes() for name in listed.splitlines() if (ROOT / name).is_file()}
    assert {name for name, text in texts.items() if PLACEHOLDER.encode() in text} <= HOLD_THE_PLACEHOLDER


def test_the_front_page_is_short() -> None:
    assert len((ROOT / "README.md").read_text().split()) < 1_200


def test_the_citation_has_the_version_and_the_licence_of_the_package() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (cited["version"], cited["license"]) == (__version__, project["license"])
    assert [author["name"] for author in cited["authors"]] == [author["name"] for author in project["authors"]]


def test_the_forge_tests_every_python_that_the_package_names() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]["test"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert job["strategy"]["matrix"]["python"] == named
    assert ".ci/run" in job["steps"][-1]["run"]


def test_every_hook_is_a_command_that_there_is() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["entry"] for hook in hooks] == ["lifecheck lint", "lifecheck verify"]
    for hook in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]:
        assert (ROOT / "Makefile").read_text().count(hook["entry"].removeprefix(".venv/bin/")), hook["id"]


def test_the_changelog_begins_with_this_version_and_its_wrong_verdicts() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    releases = re.findall(r"^## (\S+?),? (?:- )?(not released yet|\d{4}-\d\d-\d\d)$", text, re.MULTILINE)
    assert (releases[0][0], releases[-1][0]) == (__version__, "0.1.0")
    assert len(releases) == len(re.findall("^## ", text, re.MULTILINE))
    for release in re.split("^## ", text, flags=re.MULTILINE)[1:]:
        parts = re.findall("^### (.*)$", release, re.MULTILINE)
        assert parts == [part for part in ("Fixed: wrong verdicts", "Added", "Changed", "Fixed") if part in parts]
    assert "**Deprecation**" in text[: text.index("## ")]
