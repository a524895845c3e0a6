"""How Sphinx makes the site: the same Markdown as in the repository, in order, with a reference made of docstrings."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

sys.path.insert(0, str(Path(__file__).parents[2]))

from docs.site import playground, walks
from docs.site.links import lost
from docs.site.offline import elsewhere
from docs.site.pages import FRONT, for_the_site
from docs.site.weight import heavy
from lifecheck import __version__

project = "lifecheck"
author = "the lifecheck project"
html_show_copyright = False
release = version = __version__
html_title = f"lifecheck {__version__}"

# the source folder is the whole repository, so that links lead where they lead there; these are its pages
root_doc = FRONT
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/**.md", "examples/**.md", "benchmarks/**.md"]
exclude_patterns = ["**/.*", "build"]

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc", "sphinx_copybutton"]
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 4
# code in a language that Pygments does not know is shown as it is
suppress_warnings = ["misc.highlighting_failure"]

nitpicky = True
# other projects' types have no page here, and nothing is looked up on the net; nor have those behind the public names
nitpick_ignore_regex = [(r"py:.*", r"(?!lifecheck\.).*"), (r"py:class", r"lifecheck(\.[a-z_]+)+\.[A-Z]\w*")]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "code"
numpydoc_show_class_members = False

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True
pygments_style = "friendly"


LEADS_ON = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={address}">
<title>{title}</title>
<a href="{address}">{title}: start here</a>
</html>
"""


def _readable(*found: Any) -> tuple[str, str] | None:
    """Write a default that is no expression, such as the factory of a field, as three dots."""
    signature, returns = found[-2:]
    return signature and (re.sub(r"=\s?<[^<>]*>", "=...", signature), returns)


def _begin(app: Sphinx) -> None:
    """Make what pages link to: the walks through the case and the lessons, and the playground."""
    root, out = Path(app.srcdir), Path(app.outdir)
    walks.write(root, out / walks.FOLDER)
    if (root / f"{playground.PAGE}.md").is_file():
        try:
            playground.make(out / playground.FOLDER)
        except playground.NotMadeError as error:
            playground.why_not = str(error)
            print(f"The site is built without its playground: {error}.", file=sys.stderr)


def _finish(app: Sphinx, error: Exception | None) -> None:
    """Lead to the front page from where browsers begin, and refuse a site that needs the net or patience."""
    if error is not None:
        return
    out = Path(app.outdir)
    (out / "index.html").write_text(LEADS_ON.format(address=f"{FRONT}.html", title=html_title))
    problems = {
        "the site would fetch from elsewhere": elsewhere(out),
        "the site has links that lead nowhere": lost(out.resolve()),
        "the site has pages that are too large": heavy(out),
    }
    told = [f"{problem}: {', '.join(found)}" for problem, found in problems.items() if found]
    if told:
        raise ExtensionError("; ".join(told))


def setup(app: Sphinx) -> None:
    """Connect what is done before, while and after Sphinx reads and writes."""
    app.connect("builder-inited", _begin)
    app.connect("source-read", for_the_site)
    app.connect("autodoc-process-signature", _readable)
    app.connect("build-finished", _finish)
