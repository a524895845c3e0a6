"""A small site is built as the real one is: comments do not show, and a broken link or a foreign script fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(__file__).parents[3]

README = """# Front

<!-- [[[cog
import cog
]]] -->

See [a place](docs/page.md#a-place), [a folder](docs) and [a file](code.py).

<img src="picture.svg" width="20" alt="a picture">

```no-such-language
shown as it is
```

<!-- [[[end]]] -->
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name in ("sphinx", "furo", "myst_parser", "numpydoc", "sphinx_copybutton"):
        needs.package(name)
    folder = tmp_path / "source"
    (folder / "docs").mkdir(parents=True)
    (folder / "README.md").write_text(README)
    (folder / "docs" / "page.md").write_text("# Page\n\n## A place\n\n[back](../README.md)\n")
    (folder / "code.py").write_text("x = 1\n")
    (folder / "picture.svg").write_text(PICTURE)
    return folder


def build(source: Path) -> subprocess.CompletedProcess[str]:
    options = ["--quiet", "--fail-on-warning", "--keep-going", "-c", "docs/site", "-d", str(source.parent / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(source.parent / "site")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_sound_site_is_built_and_begins_with_the_readme(source: Path) -> None:
    run = build(source)
    assert run.returncode == 0, run.stderr
    front = (source.parent / "site" / "index.html").read_text()
    assert 'href="docs/page.html#a-place"' in front
    assert 'alt="a picture"' in front
    assert "cog" not in front
    assert "shown as it is" in front
    assert (source.parent / "site" / "searchindex.js").exists()


def test_broken_links_fail_each_by_name(source: Path) -> None:
    (source / "docs" / "page.md").write_text("# Page\n\n[a](nowhere.md), [b](../README.md#nowhere), [c](../none.py)\n")
    run = build(source)
    assert run.returncode != 0
    for target in ("nowhere.md", "'nowhere'", "none.py"):
        assert target in run.stderr


def test_a_picture_that_was_not_copied_fails(source: Path) -> None:
    (source / "docs" / "page.md").write_text('# Page\n\n## A place\n\n<p><img src="none.svg" alt=""></p>\n')
    run = build(source)
    assert run.returncode != 0
    assert "none.svg (docs/page.html)" in run.stderr


def test_a_page_that_needs_the_net_fails(source: Path) -> None:
    (source / "docs" / "page.md").write_text(
        '# Page\n\n## A place\n\n<script src="https://cdn.example/x.js"></script>\n'
    )
    run = build(source)
    assert run.returncode != 0
    assert "https://cdn.example/x.js (docs/page.html)" in run.stderr
