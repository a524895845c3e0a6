"""The blocks of a lesson can be pasted into a plain Python prompt, from the first to the last."""

from __future__ import annotations

import code
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LESSONS = sorted((ROOT / "docs" / "lessons").glob("[0-9]-*.md"))
BY_NAME = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def blocks(path: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", path.read_text(), flags=re.MULTILINE | re.DOTALL)


class Prompt(code.InteractiveConsole):
    """A prompt that keeps what it complains of, and runs nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []

    def runcode(self, code: object) -> None:
        pass

    def write(self, data: str) -> None:
        self.complaints.append(data)

    def paste(self, block: str) -> None:
        """Enter a block line by line, and Enter once more if it waits for more."""
        wants_more = False
        for line in block.splitlines():
            wants_more = self.push(line)
        if wants_more:
            wants_more = self.push("")
        assert not wants_more, block


@pytest.mark.parametrize(
    "block",
    [
        "def f():\n    x = 1\n\n    return x\n",  # an empty line ends a function
        "for x in []:\n    pass\nprint(1)\n",  # what is compound has to be ended by one
    ],
)
def test_a_block_that_a_prompt_does_not_take_is_noticed(block: str) -> None:
    prompt = Prompt()
    prompt.paste(block)
    assert prompt.complaints


@BY_NAME
def test_a_prompt_takes_every_block_of_a_lesson(path: Path) -> None:
    for block in blocks(path):
        prompt = Prompt()
        prompt.paste(block)
        assert prompt.complaints == [], block


@pytest.mark.long
@BY_NAME
def test_every_block_runs_that_is_pasted_into_python(path: Path) -> None:
    typed = "".join(f"{block}\n" for block in blocks(path)) + "print('the last block', 'is pasted')\n"
    prompt = subprocess.run(
        [sys.executable, "-q", "-i"], cwd=ROOT, input=typed, capture_output=True, text=True, check=False, timeout=60
    )
    assert "Error" not in prompt.stderr
    assert prompt.stdout.endswith("the last block is pasted\n")
