"""Writes what students get: the lessons' pages, what is played, exercises and sheets, and nothing that answers them.

``python -m docs.generate.handout [FOLDER]``. What it wrote itself it writes again; a file that somebody else wrote, or
changed since, is left alone and named.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from docs.site.pages import outside_code, without_comments
from lifecheck.errors import InputError
from lifecheck.files import write_all
from lifecheck.lessons import lessons_of

ROOT = Path(__file__).parents[2]

HANDED_OUT = (
    "docs/lessons/[0-9]-*.md",
    "docs/lessons/exercises/conftest.py",
    "docs/lessons/exercises/*/*.py",
    "docs/lessons/turns/*.py",
    "docs/teaching/sheets/*.md",
    "docs/teaching/notebooks/*.ipynb",
    "docs/glossary.md",
)
"""What students get; whatever is not named stays here: solutions, keys, guides of teachers, answers to be played."""

WRITTEN = "handout.json"
"""Which files of a folder were written by this program, and what was in them."""

PROJECT = """\
[tool.lifecheck]
lessons = [
{lessons}
]

[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib"]
testpaths = ["docs/lessons/exercises"]
"""

README = """\
# Lessons: what can go wrong between two programs that hand over a message

You need Python 3.11 or later:

```console
$ python3 -m venv .venv
$ . .venv/bin/activate
$ pip install lifecheck pytest
```

(Until `lifecheck` is published, write in its place the folder of the project, or the wheel, that you were given.)

| lesson | |
|---|---|
{lessons}

Play one in the terminal: predict, be the adversary, be the designer. Nobody wrote down what is right: it is found.

```console
$ lifecheck play lesson-1
```

Each page ends with an exercise: edit its `answer.py`, and run one command, for lesson 2 say

```console
$ pytest docs/lessons/exercises/lesson_2
```

It fails until the answer is right, and says one thing that is not. (`docs/lessons/turns` is what `lifecheck play` asks;
whoever reads it first spoils the game.)
"""

_LINK = re.compile(r"(?P<bang>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])+)\]\((?P<target>[^)#:\s]+)(?P<place>#[^)\s]*)?\)")
_PICTURE = re.compile(r'<img src="([^":]+)"[^>]*>')


def files() -> dict[str, str]:
    """Return what is handed out, by the path it has in the handout."""
    chosen = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in _chosen()}
    pages = {name: text for name, text in chosen.items() if name.endswith(".md")}
    pictures = {
        str(picture.relative_to(ROOT)): picture.read_text(encoding="utf-8")
        for name, text in pages.items()
        for source in _PICTURE.findall(text)
        if (picture := (ROOT / name).parent.joinpath(source).resolve()).is_file()
    }
    lessons = lessons_of(ROOT)
    made = {
        "README.md": README.format(
            lessons="\n".join(f"| `{one.name}` | [{one.title}]({one.page}) |" for one in lessons.values())
        ),
        "pyproject.toml": PROJECT.format(lessons="\n".join(f'    "{one.place}",' for one in lessons.values())),
    }
    known = {*chosen, *pictures}
    return {**chosen, **{name: _page(name, text, known) for name, text in pages.items()}, **pictures, **made}


def _chosen() -> Iterator[Path]:
    for pattern in HANDED_OUT:
        yield from sorted(ROOT.glob(pattern))


def _page(name: str, text: str, known: set[str]) -> str:
    """Return a page without cog's programs, and without links to what is not handed out."""

    def linked(link: re.Match[str]) -> str:
        target = (ROOT / name).parent.joinpath(link["target"]).resolve()
        is_there = target.is_relative_to(ROOT) and str(target.relative_to(ROOT)) in known
        return link[0] if is_there else link["text"]

    return outside_code(without_comments(text), lambda part: _LINK.sub(linked, part))


def write(folder: Path) -> int:
    """Write the handout, and return how many files it has.

    Raises
    ------
    InputError
        If there is a file in the way that this program did not write; nothing has been written then.
    """
    texts = files()
    before = _written(folder)
    for name, text in texts.items():
        path = folder / name
        if path.exists() and not _is_own(path, text, before.get(name)):
            raise InputError(f"{path} is there already, and not as it was handed out; move it, or name another folder")
    for name in before.keys() - texts.keys():
        path = folder / name
        if path.is_file() and _digest(path.read_text(encoding="utf-8", errors="replace")) == before[name]:
            path.unlink()  # it is handed out no more
    for name in texts:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    index = json.dumps({name: _digest(text) for name, text in sorted(texts.items())}, indent=1) + "\n"
    write_all({folder / name: text for name, text in {**texts, WRITTEN: index}.items()}, force=True)
    return len(texts)


def _written(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / WRITTEN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / WRITTEN} cannot be read: {error}; move it, or name another folder") from error
    if not isinstance(found, dict):
        raise InputError(f"{folder / WRITTEN} is not what was written there; move it, or name another folder")
    return {str(name): str(digest) for name, digest in found.items()}


def _is_own(path: Path, text: str, digest: str | None) -> bool:
    if not path.is_file():
        return False
    there = path.read_text(encoding="utf-8", errors="replace")
    return there == text or _digest(there) == digest


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def main(words: list[str]) -> int:
    """Write the handout into a folder; an error is one line, and status 2."""
    if len(words) > 1 or any(word.startswith("-") for word in words):
        print("handout: one folder is all it takes: python -m docs.generate.handout [FOLDER]", file=sys.stderr)
        return 2
    folder = Path(words[0]) if words else ROOT / "build" / "handout"
    try:
        number = write(folder)
    except (InputError, OSError) as error:
        print(f"handout: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    print(f"{number} files are in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
