"""The files of the page, as they are served and as they stand in one."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

MODULES = (
    "text.js",
    "run.js",
    "address.js",
    "feeds.js",
    "place.js",
    "play.js",
    "views.js",
    "sequence.js",
    "picture.js",
    "keys.js",
    "page.js",
    "begin.js",
)
"""The ES modules, each importing from those before it alone."""

STYLE = "page.css"
DOCUMENT = "page.html"

TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
"""What each kind of file is served as."""

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) )", re.MULTILINE)


def page_file(name: str) -> str:
    """Return the text of a file of the page.

    Examples
    --------
    >>> page_file("page.html").splitlines()[0]
    '<!doctype html>'
    """
    return (files("lifecheck.browser") / "page" / name).read_text(encoding="utf-8")


def one_module(names: Iterable[str] = MODULES) -> str:
    """Return modules as one, for a page that fetches nothing; their names at the top are all different.

    Parameters
    ----------
    names
        Which of `MODULES`, in their order.

    Examples
    --------
    >>> "import " in one_module(), "export " in one_module()
    (False, False)
    """
    return "".join(_EXPORT.sub("", _IMPORT.sub("", page_file(name))) for name in names)


def integrity(text: str) -> str:
    """Return by what a content security policy allows an inline text.

    Examples
    --------
    >>> integrity("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
