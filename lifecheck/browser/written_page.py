"""Writes the page with its data inside: opened from a file, it fetches nothing."""

from __future__ import annotations

import json
from typing import Any

from lifecheck.browser.feed import Feed
from lifecheck.browser.page_files import DOCUMENT, STYLE, integrity, one_module, page_file
from lifecheck.browser.settings import SETTINGS
from lifecheck.browser.written_pictures import MOST_LETTERS, pictures_offered, written_pictures
from lifecheck.errors import InputError, LifecheckError
from lifecheck.text import counted

MOST_STATES = 5_000
"""How many states a page may hold; beyond it nobody would wait for it to open."""

FORM = "lifecheck-browser 2"
"""What the data call themselves."""


def written_page(feed: Feed, most: int = MOST_STATES, *, every_setting: bool = False) -> str:
    """Return one HTML file with the page, every reachable state and the verdicts under the fairness declared.

    Parameters
    ----------
    feed
        What answers.
    most
        How many states of all variants together are written.
    every_setting
        Whether the verdicts are also decided, and written, under every other setting of the fairness of one trigger or
        group; it takes as long as so many checks.

    Raises
    ------
    InputError
        If there are more.

    Examples
    --------
    >>> from lifecheck import Component, Row, System
    >>> lamp = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
    >>> page = written_page(Feed({"hall": System("hall", [lamp])}))
    >>> page.splitlines()[0], ' src="' in page
    ('<!doctype html>', False)
    """
    style, module = page_file(STYLE), one_module()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {integrity(module)}",
            f"style-src {integrity(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    document = page_file(DOCUMENT)
    for served, inside in (
        (
            "<!doctype html>\n",
            "<!doctype html>\n<!-- Written by lifecheck: every state of a system, and a page to walk through. -->\n",
        ),
        ('<meta name="policy">', f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        (f'<link rel="stylesheet" href="{STYLE}">', f"<style>{style}</style>"),
        (
            '<script type="module" src="begin.js"></script>',
            f'<script type="application/json" id="data">{escaped(_data(feed, most, every_setting))}</script>\n'
            f'<script type="module">{module}</script>',
        ),
    ):
        before, after = document.split(served)  # fails where the page has changed, instead of writing another
        document = before + inside + after
    return document


def escaped(data: Any) -> str:
    r"""Return JSON that ends no element and opens none, whatever names it holds.

    Examples
    --------
    >>> escaped("</script><!--")
    '"\\u003c/script\\u003e\\u003c!--"'
    """
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(feed: Feed, most: int, every_setting: bool) -> dict[str, Any]:
    described = feed.describe()
    found: dict[str, Any] = {}
    left = most
    for variant in described["variants"]:
        found[variant] = _states(feed, variant, most, left)
        left -= len(found[variant]["states"])
        found[variant]["judged"] = feed.judge(variant)
        if every_setting:
            found[variant]["settings"] = _settings(feed, variant)
    for variant, one in found.items():
        one["pictures"] = written_pictures(feed, variant, one.pop("order"), MOST_LETTERS // len(found))
    described["can"] = {
        "judge": "single" if every_setting else "declared",
        "judge_run": False,
        "nearest": False,
        **pictures_offered(feed),
        "copies": [],
    }
    return {"form": FORM, "describe": described, "variants": found}


def _settings(feed: Feed, variant: str) -> dict[str, dict[str, dict[int, Any]]]:
    """Return by name and setting what becomes of the claims that change; what cannot be set is left out."""
    declared = feed.judge(variant)
    found: dict[str, dict[str, dict[int, Any]]] = {}
    for name, setting in declared["fairness"].items():
        found[name] = {}
        for other in SETTINGS:
            if other == setting:
                continue
            try:
                claims = feed.judge(variant, {name: other})["claims"]
            except LifecheckError:  # what is the environment's belongs to a group that is fair
                continue
            both = zip(claims, declared["claims"], strict=True)
            found[name][other] = {number: now for number, (now, before) in enumerate(both) if now != before}
    return found


def _states(feed: Feed, variant: str, most: int, left: int) -> dict[str, Any]:
    """Return every reachable state in numbers: who is where, where triggers lead, and what is answered of it.

    What blocks is told once for each local state of each component, because that alone decides it.
    """
    places = feed.places(variant)
    triggers = places.system.triggers
    numbers, order = {0: 0}, [0]
    moves: list[list[int]] = []
    blocked: list[dict[int, set[int]]] = [{} for _ in places.tables]
    for place in order:  # grows while it is walked
        here, steps = places.locals_of(place), []
        for number, (trigger, _, blockers) in enumerate(places.moves(place)):
            for part in blockers:
                blocked[part].setdefault(here[part], set()).add(number)
            if blockers:
                continue
            target = places.step(place, trigger)
            if target not in numbers:
                numbers[target] = len(order)
                order.append(target)
            steps += [number, numbers[target]]
        moves.append(steps)
        if len(order) > left:
            raise InputError(
                f"variant {variant!r} has too many states to write: a page holds {counted(most, 'state')}; serve it "
                "with lifecheck explore, without --out"
            )
    rows_from = [
        [list(dict.fromkeys(row.source for row in part.rows if row.trigger == trigger)) for trigger in triggers]
        for part in places.system.parts
    ]
    return {
        "locals": [
            [
                {"state": str(local), "label": local.label, "blocks": sorted(blocks.get(number, ()))}
                for number, local in enumerate(table.states)
            ]
            for table, blocks in zip(places.tables, blocked, strict=True)
        ],
        "order": order,
        "rows_from": rows_from,
        "states": [list(places.locals_of(place)) for place in order],
        "moves": moves,
        "answers": [_short(places.answers(place)) for place in order],
    }


def _short(answers: list[list[bool | None] | str]) -> list[int | str]:
    """Return each answer as one number: 1 if the goal holds, and 2 more if the obligation arises, 4 if always."""
    return [
        one if isinstance(one, str) else int(bool(one[1])) + (4 if one[0] is None else 2 * int(one[0]))
        for one in answers
    ]
