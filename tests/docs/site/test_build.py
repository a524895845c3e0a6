"""A small site is built as the real one is: comments do not show, and a broken link or a foreign script fails."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.docs.site.browser import opened

ROOT = Path(__file__).parents[3]

START = "# Start\n\n[Front](../README.md)\n"
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
    (folder / "docs" / "start-here.md").write_text(START)
    (folder / "docs" / "page.md").write_text("# Page\n\n## A place\n\n[back](../README.md)\n")
    (folder / "code.py").write_text("x = 1\n")
    (folder / "picture.svg").write_text(PICTURE)
    return folder


def build(source: Path) -> subprocess.CompletedProcess[str]:
    options = ["--quiet", "--fail-on-warning", "--keep-going", "-c", "docs/site", "-d", str(source.parent / "doctrees")]
    command = [sys.executable, "-m", "sphinx", *options, str(source), str(source.parent / "site")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_sound_site_is_built_and_begins_with_where_to_start(source: Path) -> None:
    run = build(source)
    assert run.returncode == 0, run.stderr
    assert 'url=docs/start-here.html"' in (source.parent / "site" / "index.html").read_text()
    front = (source.parent / "site" / "README.html").read_text()
    assert 'href="docs/page.html#a-place"' in front
    assert 'alt="a picture"' in front
    assert "cog" not in front
    assert "shown as it is" in front
    assert (source.parent / "site" / "searchindex.js").exists()


@pytest.mark.long
def test_broken_links_fail_each_by_name(source: Path) -> None:
    (source / "docs" / "page.md").write_text("# Page\n\n[a](nowhere.md), [b](../README.md#nowhere), [c](../none.py)\n")
    run = build(source)
    assert run.returncode != 0
    for target in ("nowhere.md", "'nowhere'", "none.py"):
        assert target in run.stderr


@pytest.mark.long
def test_a_picture_that_was_not_copied_fails(source: Path) -> None:
    (source / "docs" / "page.md").write_text('# Page\n\n## A place\n\n<p><img src="none.svg" alt=""></p>\n')
    run = build(source)
    assert run.returncode != 0
    assert "none.svg (docs/page.html)" in run.stderr


@pytest.mark.long
def test_a_page_that_needs_the_net_or_patience_fails(source: Path) -> None:
    (source / "docs" / "page.md").write_text(
        f'# Page\n\n## A place\n\n<script src="https://cdn.example/x.js"></script>\n\n{"x" * 300_000}\n'
    )
    run = build(source)
    assert run.returncode != 0
    assert "https://cdn.example/x.js (docs/page.html)" in run.stderr
    assert "too large: docs/page.html (3" in run.stderr


LOOK = """
<iframe src="docs/page.html" width="390" height="800"></iframe>
<pre id="seen"></pre>
<script>
onload = () => {
  const page = frames[0].document;
  const [table, code] = [page.querySelector(".table-wrapper"), page.querySelector("pre")];
  const picture = page.querySelector("article img");
  table.scrollLeft = 200;
  page.body.dataset.theme = "dark";
  const seen = {
    over: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    scrolled: [table.scrollLeft, code.scrollWidth > code.clientWidth],
    first: table.querySelector("td").getBoundingClientRect().left - table.getBoundingClientRect().left,
    picture: [picture.getBoundingClientRect().width < 390, picture.parentElement.getAttribute("href")],
    scheme: frames[0].getComputedStyle(picture).colorScheme,
  };
  document.getElementById("seen").textContent = JSON.stringify(seen);
};
</script>
"""


@pytest.mark.long
def test_on_a_phone_no_page_is_wider_than_the_screen_and_tables_keep_their_first_column(source: Path) -> None:
    columns = range(20)
    (source / "docs" / "page.md").write_text(
        f"# Page\n\n## A place\n\n|{'|'.join(f'column{at}' for at in columns)}|\n{'|---' * len(columns)}|\n"
        f"|{'|'.join(f'cell{at}' for at in columns)}|\n\n```python\nlong = '{'x' * 300}'\n```\n\n"
        '<img src="../picture.svg" width="900" alt="wide">\n'
    )
    assert build(source).returncode == 0
    look = source.parent / "site" / "look.html"
    look.write_text(LOOK)
    found = re.search(r'<pre id="seen">(.*?)</pre>', opened(look))
    assert found is not None
    assert json.loads(html.unescape(found[1])) == {
        "over": 0,
        "scrolled": [200, True],
        "first": 0,
        "picture": [True, "../_images/picture.svg"],
        "scheme": "dark",
    }
