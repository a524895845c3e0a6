"""Pages of the explorer for the case and for each lesson: made of what the lesson's own code defines, and embedded."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from lifecheck import Claim, Property, System, always, leads_to, sometimes
from lifecheck.browser import Feed, written_page

FOLDER = "walks"
"""Where the pages stand in the site."""

Asked = tuple[Mapping[str, System], Mapping[str, Property]]


def _lesson_1(told: Any) -> Asked:
    systems = {"at once": told.mail(told.server()), "when saved": told.mail(told.server("on_disk"))}
    return systems, {"somebody has it": always(told.somebody_has_it)}


def _lesson_2(told: Any) -> Asked:
    systems = {"as shipped": told.mail(told.store()), "corrected": told.mail(told.store(told.CORRECTION))}
    return systems, {"settled in the end": told.settled_in_the_end, "can be deleted": sometimes(told.deleted)}


def _lesson_3(told: Any) -> Asked:
    return {"as shipped": told.mail(told.store()), "corrected": told.mail(told.store(told.CORRECTION))}, told.QUESTIONS


def _lesson_4(told: Any) -> Asked:
    return dict(told.SYSTEMS), {"will be done": told.will_be_done, "can be done": told.can_be_done}


def _lesson_5(told: Any) -> Asked:
    systems = {"replies": told.mail(told.server()), "remembers": told.remembering()}
    asked = {
        "at most once": always(told.delivered_at_most_once),
        "done in the end": leads_to(told.queued_or_waiting, told.done),
    }
    return systems, asked


def _lesson_6(told: Any) -> Asked:
    fault = "the worker crashes"
    systems = {policy: told.system(rows, fault, told.MEMORIES.get(policy)) for policy, rows in told.POLICIES.items()}
    return systems, {f"not {name}": asked for name, asked in told.WRONG.items()}


def _lesson_7(told: Any) -> Asked:
    systems = {"as shipped": told.mail(told.AS_SHIPPED), "corrected": told.mail(told.CORRECTION)}
    return systems, {"second chance": told.second_chance}


def _lesson_8(told: Any) -> Asked:
    systems = {"as reported": told.redis(told.AS_REPORTED), "acknowledging": told.redis(told.POLITE)}
    return systems, {"no longer pending": told.question}


def _lesson_9(told: Any) -> Asked:
    systems = {"order": told.shop(told.order), "complete order": told.shop(told.complete_order)}
    return systems, {claim.name: claim.asked for claim in told.CLAIMS}


LESSONS: Mapping[str, Callable[[Any], Asked]] = {
    "docs/lessons/1-delivered": _lesson_1,
    "docs/lessons/2-retry": _lesson_2,
    "docs/lessons/3-expiry": _lesson_3,
    "docs/lessons/4-fairness": _lesson_4,
    "docs/lessons/5-duplicates": _lesson_5,
    "docs/lessons/6-semantics": _lesson_6,
    "docs/lessons/7-corrections": _lesson_7,
    "docs/lessons/8-elsewhere": _lesson_8,
    "docs/lessons/9-your-own": _lesson_9,
}
"""For each lesson which of its systems are walked, and what is asked of them."""

CASE = "docs/kb883522"

_EMBEDDED = """

## Walk through it

```{{raw}} html
<p class="walk"><a href="{address}">Open it as a page of its own</a>, which fetches nothing and can be kept.</p>
<iframe class="walk" src="{address}" title="walk through the states of {title}" loading="lazy"></iframe>
```
"""


def embedded(page: str, root: Path) -> str:
    """Return what a page of the site has at its end: its walk, if there is one."""
    if page not in (*LESSONS, CASE) or not (root / f"{page}.md").is_file():
        return ""
    up = "../" * page.count("/")
    return _EMBEDDED.format(address=f"{up}{FOLDER}/{_name(page)}", title=_title(page))


def write(root: Path, folder: Path) -> None:
    """Write the page of every lesson that there is, and that of the case, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in LESSONS:
        if (root / f"{page}.md").is_file():
            (folder / _name(page)).write_text(
                written_page(feed_of_lesson(root, page), every_setting=True), encoding="utf-8"
            )
    if (root / f"{CASE}.md").is_file():
        (folder / _name(CASE)).write_text(written_page(feed_of_case(), every_setting=True), encoding="utf-8")


def feed_of_case() -> Feed:
    """Return what answers of the case, as shipped and corrected."""
    from model import VARIANTS
    from properties import CLAIMS

    return Feed({name: VARIANTS[name] for name in ("unpatched", "patched")}, CLAIMS, name="KB883522")


def feed_of_lesson(root: Path, page: str) -> Feed:
    """Return what answers of a lesson: its code is run, as its tests do."""
    document = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md").parse(root / f"{page}.md")
    with contextlib.redirect_stdout(io.StringIO()):
        for example in document.examples():
            example.evaluate()
    systems, asked = LESSONS[page](SimpleNamespace(**document.namespace))
    claims = [Claim(name, _words(one), one) for name, one in asked.items()]
    return Feed(systems, claims, name=_title(page))


def _words(asked: Property) -> str:
    """Return what the functions that are asked say of themselves."""
    return "; ".join((one.__doc__ or "").strip().split("\n")[0] for one in asked.predicates if one.__doc__)


def _name(page: str) -> str:
    return f"{page.rpartition('/')[2]}.html"


def _title(page: str) -> str:
    return "the case" if page == CASE else f"lesson {page.rpartition('/')[2].partition('-')[0]}"
