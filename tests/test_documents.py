"""What the documents show is what a run prints, what they tell to type works, and what they link to is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import test_both_ways
from tests.cross_check import sized

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")]
    if ".venv" not in path.parts
)
GENERATED = [path for path in DOCUMENTS if "[[[cog" in path.read_text(encoding="utf-8")]
HERE = "https://forge.example/lifecheck/lifecheck/raw/main/"
"""Where the files of this repository are to be found by those who read README elsewhere."""


def name_of(path: Path) -> str:
    """Return how a document is called."""
    return str(path.relative_to(ROOT))


BY_NAME = pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)


def commands(path: Path) -> list[str]:
    """Return every line of the document's shell blocks, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    lines = [line.partition("   #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", sized([ROOT / "README.md"], GENERATED, GENERATED), ids=name_of)
def test_what_a_document_shows_of_a_run_is_what_a_run_prints(path: Path) -> None:
    check = [sys.executable, "-m", "cogapp", "--check", "--diff", "-I", ".", path]
    run = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"run `make texts`\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize(
    "path", sized([ROOT / "README.md", ROOT / "docs/kb883522.md"], DOCUMENTS, DOCUMENTS), ids=name_of
)
def test_every_command_of_a_document_is_run_here_or_in_ci(path: Path) -> None:
    in_ci = {line.strip().removeprefix("step ") for line in (ROOT / ".ci/run").read_text().splitlines()}
    run_elsewhere = in_ci | set(test_both_ways.COMMANDS.values())
    for command in commands(path):
        if command.replace("install --editable", "install --quiet --editable") in run_elsewhere:
            continue
        program, *words = command.split()
        assert program == "lifecheck", command
        subprocess.run([sys.executable, "-m", program, *words], cwd=ROOT, capture_output=True, check=True)


def file_of(target: str, path: Path) -> Path:
    """Return the file that a link of a document leads to; README's pictures are linked as they are on a forge."""
    return ROOT / target.removeprefix(HERE) if target.startswith(HERE) else path.parent / target


@BY_NAME
def test_every_link_of_a_document_leads_to_a_file(path: Path) -> None:
    text = path.read_text()
    for target in [*re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text), *re.findall(r'<img src="([^"]+)"', text)]:
        if not target.startswith("https://") or target.startswith(HERE):
            assert file_of(target, path).exists(), target


def test_every_picture_is_shown_in_a_document() -> None:
    shown = {
        file_of(target, path).resolve()
        for path in DOCUMENTS
        for target in re.findall(r'<img src="([^"]+)"|!\[[^]]*\]\(([^)]+)\)', path.read_text())
        for target in target
        if target
    }
    assert [path.name for path in sorted((ROOT / "docs/diagrams").glob("*.svg")) if path.resolve() not in shown] == []


def test_every_picture_in_a_document_has_words_for_those_who_cannot_see_it() -> None:
    for path in DOCUMENTS:
        for picture in re.findall(r"<img [^>]*>", path.read_text()):
            words = re.search(r' alt="([^"]+)"', picture)
            assert words, f"{path.name}: {picture}"
            assert len(words[1]) > 10, f"{path.name}: {picture}"
