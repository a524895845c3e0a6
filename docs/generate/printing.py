"""Makes slides and prediction sheets that are shown and printed, HTML and PDF, in build/teaching.

``python -m docs.generate.printing slides`` or ``sheets``. Slides need npm, which brings Marp in the version and with
the digests of docs/teaching/marp; PDF is printed by Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

from docs.generate.lesson_page import ROOT
from docs.generate.sheets import key, sheet
from docs.generate.slides import slides
from lifecheck.lessons import lessons_of

BUILT = ROOT / "build" / "teaching"
PINNED = ROOT / "docs" / "teaching" / "marp"
INSTALLED = ROOT / "build" / "marp"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NO_NPM = "npm is not installed, which brings Marp; on Debian: apt-get install npm"
NO_BROWSER = "Chromium is not installed, so only HTML was made, and no PDF; on Debian: apt-get install chromium"

PAPER = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 15mm; }}
body {{ font: 11pt/1.35 sans-serif; max-width: 180mm; margin: auto; }}
h1 {{ font-size: 18pt; }}
h2 {{ font-size: 11pt; border-top: 1px dashed; padding-top: 3mm; margin: 4mm 0 2mm; break-after: avoid; }}
ul {{ list-style: none; padding-left: 0; }}
li {{ margin: 1mm 0; }}
p {{ margin: 2mm 0 0; }}
section, h2, ul {{ break-inside: avoid; }}
.write {{ border-bottom: 1px solid #777; height: 7mm; }}
pre {{ font-size: 8.5pt; white-space: pre-wrap; break-inside: avoid; }}
</style>
{body}</html>
"""


class MissingError(Exception):
    """What is missing, or why it failed, in one line."""


def make_slides(folder: Path) -> None:
    """Write the slides of every lesson into a folder.

    Raises
    ------
    MissingError
        If npm or Chromium is not there; without Chromium the HTML is made.
    """
    marp = _marp()
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for lesson in lessons_of(ROOT).values():
        (folder / f"{lesson.name}.md").write_text(slides(lesson), encoding="utf-8")
        names.append(f"{lesson.name}.md")
    _run(*marp, *names, folder=folder)
    browser = _browser()
    # Chromium has no sandbox for root, and Marp takes its word for it
    more = {"CHROME_NO_SANDBOX": "1", "CHROME_PATH": browser}
    _run(*marp, "--pdf", "--parallel", "2", *names, folder=folder, more=more)


def make_sheets(folder: Path) -> None:
    """Write the prediction sheets, and apart from them the keys, into a folder.

    Raises
    ------
    MissingError
        If Chromium is not there; the HTML is made without it.
    """
    made = []
    for lesson in lessons_of(ROOT).values():
        for kind, text in (("sheets", sheet(lesson)), ("keys", key(lesson))):
            path = folder / kind / f"{lesson.name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(on_paper(text), encoding="utf-8")
            made.append(path)
    browser = _browser()
    for path in made:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        profile = f"--user-data-dir={folder / 'browser'}"
        _run(browser, *options, profile, f"--print-to-pdf={path.with_suffix('.pdf')}", path.as_uri(), folder=folder)
    shutil.rmtree(folder / "browser", ignore_errors=True)


def on_paper(text: str) -> str:
    r"""Return a sheet of Markdown as a page to be printed on A4, with lines to write on.

    Examples
    --------
    >>> '<p>Name:</p>\n<div class="write">' in on_paper("# Lesson 1\n\nName:\n")
    True
    """
    body = _QUESTION.sub(r"<section>\n\g<0></section>\n", str(MarkdownIt().render(text)))
    for asked, lines in (("Name:", 1), ("Because:", 2)):
        body = body.replace(f"<p>{asked}</p>", f"<p>{asked}</p>\n" + '<div class="write"></div>\n' * lines)
    return PAPER.format(title=escape(text.partition("\n")[0].removeprefix("# ")), body=body)


_QUESTION = re.compile(r"<h2>.*?(?=<h2>|\Z)", re.DOTALL)
"""A question with all that belongs to it, which stays on one page where it fits."""


def _marp() -> list[str]:
    """Return the command that makes slides, installed as it is pinned."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise MissingError(NO_NPM)
    INSTALLED.mkdir(parents=True, exist_ok=True)
    program = INSTALLED / "node_modules" / "@marp-team" / "marp-cli" / "marp-cli.js"
    lock = (PINNED / "package-lock.json").read_bytes()
    installed = INSTALLED / "installed-lock.json"  # written last
    if not (program.is_file() and installed.is_file() and installed.read_bytes() == lock):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINNED / name, INSTALLED / name)
        _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=INSTALLED)
        installed.write_bytes(lock)
    return [node, str(program), "--no-config-file"]


def _browser() -> str:
    for name in BROWSERS:
        found = shutil.which(name)
        if found is not None:
            return found
    raise MissingError(NO_BROWSER)


def _run(*command: str, folder: Path, more: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(more or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        last = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()][-1:]
        raise MissingError(f"{Path(command[0]).name} failed: {''.join(last)[:200]}")


def main(words: list[str], folder: Path = BUILT) -> int:
    """Make what is asked for, and tell where it is or what is missing."""
    made = {"slides": make_slides, "sheets": make_sheets}
    if len(words) != 1 or words[0] not in made:
        print(f"write one of {', '.join(made)}", file=sys.stderr)
        return 2
    try:
        made[words[0]](folder)
    except MissingError as error:
        print(f"make {words[0]}: {error}", file=sys.stderr)
        return 1
    print(f"The {words[0]} are in {folder.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
