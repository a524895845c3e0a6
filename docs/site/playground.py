"""Makes the playground of the site: the page, Python for the browser, Graphviz for the browser, and wheels.

Python is Pyodide and Graphviz @viz-js/viz, both from npm; the wheels are lifecheck's own, built here, and those of its
dependencies. All of it stands beside the page, which fetches nothing from elsewhere. Without npm, or without its
registry or that of the wheels, there is no playground, and the site says so.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lifecheck.browser.page_files import DOCUMENT, MODULES, STYLE, page_file

ROOT = Path(__file__).parents[2]
SOURCE = Path(__file__).parent / "playground"
CACHE = ROOT / "build" / "playground"
"""Where what was fetched is kept, so that the next site fetches nothing."""


@dataclass(frozen=True)
class Package:
    """A package of npm: which version, the SHA-512 of its archive, and what of it is used, by where it goes."""

    name: str
    version: str
    sha512: str
    files: Mapping[str, str]

    @property
    def archive(self) -> str:
        """The name that npm gives its archive."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


PYODIDE = Package(
    "pyodide",
    "314.0.7",
    "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
    {
        f"package/{name}": f"pyodide/{name}"
        for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    },
)
VIZ = Package(
    "@viz-js/viz",
    "3.31.0",
    "r7zlQdRvcwvIpjHGgs+KNWHeE/P5/Dq7k8ZAKaMCbZqomxCBJV78gVuQYaHzFVca+kB0mX0fMW9UFevCOBG50A==",
    {"package/dist/viz.js": "viz.js"},
)

FOLDER = "playground"
"""Where it stands in the site."""

PAGE = "docs/playground"
"""The page that leads to it."""

why_not = ""
"""Why the site that is being built has none; empty where it has."""

PYTHON = "3.14"
"""The version of Python that Pyodide brings, for which wheels are chosen."""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' blob: 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)
"""What the page may load: what lies beside it. Its worker is made of a blob, so that the same holds for that one."""


class NotMadeError(Exception):
    """Why there is no playground."""


def make(folder: Path) -> None:
    """Write the playground into a folder.

    Raises
    ------
    NotMadeError
        If what it needs cannot be had.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    archives = [(package, _fetched(package)) for package in (PYODIDE, VIZ)]
    wheels = _wheels()
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pyodide").mkdir(parents=True)
    (folder / "wheels").mkdir()
    for package, archive in archives:
        with tarfile.open(archive) as opened:
            for name, place in package.files.items():
                found = opened.extractfile(name)
                assert found is not None, f"{archive.name} has no {name}"
                (folder / place).write_bytes(found.read())
    for wheel in wheels:
        shutil.copy(wheel, folder / "wheels" / wheel.name)
    _write(folder / "wheels.json", [wheel.name for wheel in wheels])
    _write(folder / "examples.json", examples())
    for name in MODULES:
        if name != "begin.js":  # what begins here is the playground
            (folder / name).write_text(page_file(name), encoding="utf-8")
    (folder / STYLE).write_text(page_file(STYLE), encoding="utf-8")
    for name in ("playground.js", "worker.js", "playground.css"):
        shutil.copy(SOURCE / name, folder / name)
    (folder / "index.html").write_text(document(), encoding="utf-8")


def entrance() -> str:
    """Return what stands above the page that leads there: the way in, or why there is none."""
    if why_not:
        return f"*This site was built without the playground: {why_not}.*\n\n"
    return f'```{{raw}} html\n<p><a href="../{FOLDER}/index.html"><b>Open the playground</b></a></p>\n```\n\n'


def document() -> str:
    """Return the page: that of the explorer, with an editor above."""
    found = page_file(DOCUMENT)
    editor = (SOURCE / "editor.html").read_text(encoding="utf-8")
    for given, wanted in (
        ('<meta name="policy">', f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        ("<title>lifecheck</title>", "<title>lifecheck: playground</title>"),
        (
            '<link rel="stylesheet" href="page.css">',
            '<link rel="stylesheet" href="page.css">\n<link rel="stylesheet" href="playground.css">',
        ),
        ("<main>", f'<div class="upper">\n{editor}</div>\n<main>'),
        ('src="begin.js"', 'src="playground.js"'),
    ):
        before, after = found.split(given)  # fails where the page has changed, instead of writing another
        found = before + wanted + after
    return found


def examples() -> list[dict[str, str]]:
    """Return the texts that are ready, the first to be seen first: its own, and those of the repository."""
    own = [SOURCE / "examples" / f"{name}.py" for name in ("mail_queue", "door", "endless")]
    others = sorted((ROOT / "examples").glob("*.py"))
    return [{"name": path.stem.replace("_", " "), "text": path.read_text(encoding="utf-8")} for path in (*own, *others)]


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data), encoding="utf-8")


def _fetched(package: Package) -> Path:
    """Return the archive of a package, as it was when this was written."""
    archive = CACHE / package.archive
    if not archive.is_file() or _sha512(archive) != package.sha512:
        npm = shutil.which("npm")
        if npm is None:
            raise NotMadeError("npm is not installed")
        _run(npm, "pack", "--silent", "--pack-destination", str(CACHE), f"{package.name}@{package.version}")
    if _sha512(archive) != package.sha512:
        raise NotMadeError(f"{package.archive} is not what it was")
    return archive


def _sha512(path: Path) -> str:
    return base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


def _wheels() -> list[Path]:
    """Return lifecheck's own wheel, built anew, and those of its dependencies."""
    own = CACHE / "own"
    shutil.rmtree(own, ignore_errors=True)
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(own))
    (wheel,) = own.glob("*.whl")
    # what lifecheck needs decides which wheels; while that stays, they do
    others = CACHE / f"wheels-{_sha512(ROOT / 'pyproject.toml')[:8].replace('/', '_')}"
    if not others.is_dir():
        fetched = Path(f"{others}.new")
        shutil.rmtree(fetched, ignore_errors=True)
        pure = ["--only-binary", ":all:", "--implementation", "py", "--abi", "none", "--platform", "any"]
        options = ["--quiet", "--disable-pip-version-check", "--python-version", PYTHON, *pure, "--dest", str(fetched)]
        _run(sys.executable, "-m", "pip", "download", *options, str(wheel))
        for path in fetched.glob("lifecheck-*.whl"):
            path.unlink()
        fetched.rename(others)
    return [wheel, *sorted(others.glob("*.whl"))]


def _run(*command: str) -> None:
    try:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300)
    except subprocess.CalledProcessError as error:
        last = [line for line in (error.stderr or error.stdout).splitlines() if line.strip()][-1:]
        raise NotMadeError(f"{Path(command[0]).name} {command[1]} failed: {''.join(last)[:200]}") from error
    except subprocess.TimeoutExpired as error:
        raise NotMadeError(f"{Path(command[0]).name} {command[1]} did not end") from error
