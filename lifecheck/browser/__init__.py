"""Walk the states of a system in a web browser: what the page asks, and who carries the answers."""

from lifecheck.browser.address import place_of_run
from lifecheck.browser.checked_text import CheckedText
from lifecheck.browser.closed_loop import ClosedLoop, closed_loop
from lifecheck.browser.feed import COPIES, LIMIT, PICTURES, Feed
from lifecheck.browser.places import Places
from lifecheck.browser.questions import answer
from lifecheck.browser.server import application, bound, new_token, serve
from lifecheck.browser.settings import SETTINGS, declared_fairness, with_fairness
from lifecheck.browser.written_page import written_page

__all__ = [
    "COPIES",
    "LIMIT",
    "PICTURES",
    "SETTINGS",
    "CheckedText",
    "ClosedLoop",
    "Feed",
    "Places",
    "answer",
    "application",
    "bound",
    "closed_loop",
    "declared_fairness",
    "new_token",
    "place_of_run",
    "serve",
    "with_fairness",
    "written_page",
]
