"""The playground in a real browser: lifecheck runs there, answers as it does elsewhere, and sends nothing out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from urllib.request import urlopen

import pytest

from docs.site import playground
from lifecheck import Run
from lifecheck.browser import Feed, written_page
from lifecheck.project import load_project
from tests import needs
from tests.cross_check import sized

EXAMPLES = Path(playground.__file__).parent / "playground" / "examples"
QUEUE = (EXAMPLES / "mail_queue.py").read_text(encoding="utf-8")
ENDLESS = """
from transitions import Machine
def turning():
    while True:
        pass
SYSTEM = turning
"""
HOSTILE = """
from lifecheck import Claim, Component, Row, System, never
NAMES = [
    "<script>alert(1)</script>", "</textarea><img src=x onerror=alert(2)>", "\\u202eevil",
    "x" * 10_000, "a,b*2&c=d", "",
]
ROWS = [Row(name or "e", str(at), str(at + 1)) for at, name in enumerate(NAMES)]
SYSTEM = System(NAMES[0], [Component("c", [str(at) for at in range(7)], "0", ROWS, {row.trigger for row in ROWS})])
CLAIMS = [Claim(NAMES[0], NAMES[1], never("c == '3'"))]
print(NAMES[1])
"""
CALLS_OUT = """
import js
from transitions import Machine
def door():
    return Machine(states=["a"], initial="a", transitions=[])
asked = js.XMLHttpRequest.new()
asked.open("GET", "{address}?stolen", False)
asked.send()
"""


# each starts Python once more in a browser, which takes ten seconds of a processor
AT_LENGTH = pytest.mark.skipif(sized(True, True, False), reason="done by make cross-check alone, without AMOUNT")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    needs.program("npm")
    folder = tmp_path_factory.mktemp("site")
    try:
        playground.make(folder / playground.FOLDER)
    except playground.NotMadeError as error:  # what cannot be loaded is no fault of what is tested
        pytest.skip(f"the playground is not made: {error}")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{playground.FOLDER}/index.html"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from tests.lifecheck.browser.pages import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def visitor(browser: Any, address: str) -> Any:
    """Return somebody who stays on the page, because Python takes seconds to start."""
    return opened(browser, address)


def opened(browser: Any, address: str, **context: Any) -> Any:
    from tests.lifecheck.browser.pages import Reader

    return Reader(browser, address, **context)


def check(visitor: Any, text: str, *, by_key: bool = False) -> str:
    visitor.page.fill("#text", text)
    if by_key:
        visitor.page.keyboard.press("Control+Enter")
    else:
        visitor.page.click("#check")
    visitor.page.wait_for_selector("#check:enabled")
    visitor.wait()
    return str(visitor.page.inner_text("#answers"))


def test_the_page_is_that_of_the_explorer_with_an_editor_and_loads_only_what_lies_beside_it() -> None:
    page = playground.document()
    for part in ("state", "can", "blocked", "story", "properties", "fairness", "picture", "text", "check", "stop"):
        assert f'id="{part}"' in page
    assert "default-src 'none'" in page
    assert "connect-src 'self'" in page
    assert "unsafe-inline" not in page
    assert "'unsafe-eval'" not in page
    assert "nothing of it is sent anywhere" in page


def test_the_examples_are_the_playgrounds_own_and_those_of_the_repository() -> None:
    names = [one["name"] for one in playground.examples()]
    assert names[:3] == ["mail queue", "door", "endless"]
    assert {"peterson", "two phase commit", "alternating bit"} <= {*names}


def test_without_npm_there_is_no_playground_and_its_page_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(playground, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(playground.NotMadeError, match="npm is not installed"):
        playground.make(tmp_path / "out")
    assert "Open the playground" in playground.entrance()
    monkeypatch.setattr(playground, "why_not", "npm is not installed")
    assert playground.entrance() == "*This site was built without the playground: npm is not installed.*\n\n"


def test_an_archive_that_is_not_what_it_was_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(playground, "CACHE", tmp_path)
    (tmp_path / "npm").write_text("#!/bin/sh\nexit 0\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    (tmp_path / playground.PYODIDE.archive).write_bytes(b"another")
    with pytest.raises(playground.NotMadeError, match=r"pyodide-.*\.tgz is not what it was"):
        playground.make(tmp_path / "out")


@pytest.mark.long
def test_findings_verdicts_and_stories_are_shown_and_nothing_is_fetched_from_elsewhere(
    visitor: Any, address: str
) -> None:
    door = (EXAMPLES / "door.py").read_text(encoding="utf-8")
    answer = check(visitor, door, by_key=True)
    assert "stuck-state" in answer
    assert "violated closes on SYSTEM" in answer
    assert "2. slam" in answer
    visitor.page.select_option("#example", "mail queue")
    answer = check(visitor, visitor.page.input_value("#text"))
    assert "violated settles" in answer
    assert "Steps 1 to 3 can repeat for ever" in answer
    right = QUEUE.replace('["give_up", "deleted", "empty"],', "").replace("# [", "[")
    assert "holds settles" in check(visitor, right)
    base = address.rpartition("/")[0]
    assert all(one.startswith((base, f"blob:{base[: base.index('/', 8)]}")) for one in visitor.requests)
    assert visitor.complaints == []


@pytest.mark.long
def test_the_three_feeds_answer_alike(browser: Any, visitor: Any, tmp_path: Path) -> None:
    from tests.lifecheck.browser.pages import served

    check(visitor, QUEUE)
    project = load_project("mail_queue.py:SYSTEM", folder=EXAMPLES)
    system, random = project.systems["SYSTEM"], Random(41)
    written = tmp_path / "queue.html"
    written.write_text(written_page(Feed(project.systems, project.claims)), encoding="utf-8")
    with served(f"{EXAMPLES / 'mail_queue.py'}:SYSTEM") as at:
        readers = [visitor, opened(browser, at), opened(browser, written.as_uri())]
        code = visitor.address[1:].partition("&")[0]
        for _ in range(sized(2, 2, 60)):
            run, taken = Run(system), []
            for _ in range(random.randint(0, 9)):
                if not run.possible():
                    break
                taken.append(random.choice(run.possible()))
                run.trigger(taken[-1])
            for reader in readers:
                prefix = f"{code}&" if reader is visitor else ""
                reader.go(f"{prefix}v=SYSTEM&t={','.join(taken)}")
                assert reader.taken == taken
            for part in ("#state", "#can", "#blocked", "#story li", "#properties h3", "#properties p", "#fairness th"):
                texts = [reader.texts(part) for reader in readers]
                assert texts[0] == texts[1]
                assert texts[1] == texts[2] or part == "#fairness th"
            for kind in ("around", "parts", "sequence", "lifecycle"):
                for reader in readers[:2]:
                    reader.click(f"picture {kind}")
                told = [one.page.get_attribute("#picture svg", "aria-label") for one in readers[:2]]
                lit = [len(one.page.query_selector_all("#picture .lit")) for one in readers[:2]]
                assert told[0] == told[1]
                assert lit[0] == lit[1]
            for kind in ("mermaid", "triggers"):
                for reader in readers[:2]:
                    reader.click(f"copy {kind}")
                copied = [one.page.input_value(".copied textarea") for one in readers[:2]]
                assert copied[0] == copied[1]
        for name, setting in (("give_up", "off"), ("find_clean", "strong")):
            for reader in readers[:2]:
                reader.page.select_option(f"[data-key='fairness {name}']", setting)
                reader.wait()
            assert readers[0].verdicts == readers[1].verdicts
    assert visitor.complaints == []


@AT_LENGTH
@pytest.mark.long
def test_a_link_holds_the_text_and_the_place(browser: Any, visitor: Any, address: str) -> None:
    check(visitor, QUEUE + "\n# naïve ☃\n")
    visitor.press("1")
    visitor.page.click("#link")
    link = visitor.page.input_value("#shared")
    assert link.startswith(f"{address}#c=")
    again = opened(browser, link)
    assert again.page.input_value("#text") == QUEUE + "\n# naïve ☃\n"
    assert again.page.is_hidden("#answers")  # a text of somebody else's runs only when it is told to
    check(again, again.page.input_value("#text"))
    assert again.taken == ["deliver"]
    assert f"{address}{again.address}" == link
    again.page.evaluate("location.hash = '#c=broken'")
    again.page.wait_for_selector("#notice:not(:empty)")
    assert "the text in the link cannot be read" in again.text("notice")


@AT_LENGTH
@pytest.mark.long
def test_what_does_not_end_is_stopped_and_python_starts_anew(browser: Any, visitor: Any) -> None:
    answer = check(visitor, (EXAMPLES / "endless.py").read_text(encoding="utf-8"))
    assert "unknown small" in answer
    assert "the limit of 100 states was met" in answer
    visitor.page.fill("#text", ENDLESS)
    visitor.page.click("#check")
    visitor.page.wait_for_timeout(300)
    assert "Checking" in visitor.page.inner_text("#progress")
    visitor.page.click("#stop")
    visitor.page.wait_for_selector("#check:enabled", timeout=120_000)
    assert "Stopped, and ready again." in visitor.page.inner_text("#progress")
    assert "violated settles" in check(visitor, QUEUE)


@pytest.mark.long
def test_names_and_what_is_printed_are_text(visitor: Any) -> None:
    answer = check(visitor, HOSTILE)
    assert "</textarea><img src=x onerror=alert(2)>" in answer
    assert visitor.page.query_selector("#answers img, #answers script") is None
    for _ in range(6):
        visitor.press("1")
    assert len(visitor.taken) == 6
    assert "\\u{202e}evil" in visitor.taken
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.complaints == []


@pytest.mark.long
def test_errors_are_one_line_on_the_page(visitor: Any) -> None:
    assert "this is no Python: line 1: " in check(visitor, "def door(:")
    assert "nothing here can be checked; name it SYSTEM" in check(visitor, "")
    assert visitor.page.is_hidden("main")


@pytest.mark.long
def test_a_text_cannot_call_out(visitor: Any) -> None:
    heard: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        """Lets everybody ask, and writes down what."""

        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.send_header("access-control-allow-origin", "*")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}/"
        urlopen(there + "heard").close()
        assert "NetworkError" in check(visitor, CALLS_OUT.replace("{address}", there))
        server.shutdown()
    assert heard == ["/heard"]


@AT_LENGTH
@pytest.mark.long
@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_everybody_can_read_it(browser: Any, address: str, width: int, theme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    reader = opened(browser, address, viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
    check(reader, QUEUE)
    found = Axe().run(reader.page)
    assert found.violations_count == 0, found.generate_report()
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
