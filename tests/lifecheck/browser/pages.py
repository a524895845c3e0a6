"""Opens the page in Chromium, as a reader does, and waits until it has done what was asked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import needs

ROOT = Path(__file__).parents[3]


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the machine's Chromium; skip where it, or what drives it, is missing."""
    needs.package("playwright")
    needs.program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(*words: str, folder: Path = ROOT, by: str = "explore") -> Iterator[str]:
    """Yield the address that a command prints; ending it as a reader does must be no error."""
    command = [sys.executable, "-m", "lifecheck", by, "--no-open", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder) as started:
        try:
            lines = iter(started.stdout.readline, "")
            line = next((line for line in lines if "for this machine alone; Ctrl-C ends it." in line), None)
            assert line is not None, started.stderr.read()
            yield re.search(r"http://127\.0\.0\.1:\d+/[\w-]+/\S*", line)[0]
        finally:
            started.send_signal(2)
            _, err = started.communicate(timeout=20)
        assert started.returncode == 0, err
        assert err == ""


class Reader:
    """Somebody who reads a page: what they do, and what they see."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(180_000)  # Python takes long to start where the machine has much to do
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        self.wait()

    def wait(self) -> None:
        self.page.wait_for_selector('main[aria-busy="false"]', state="attached")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.wait()

    def click(self, key: str) -> None:
        """Click the button of this key."""
        self.page.evaluate(
            "key => [...document.querySelectorAll('[data-key]')].find(one => one.dataset.key === key).click()", key
        )
        self.wait()

    def go(self, address: str) -> None:
        """Follow a link to another place of the page."""
        self.page.evaluate("address => { location.hash = address; }", address)
        self.page.wait_for_timeout(20)  # the browser tells the page of it a moment later
        self.wait()

    @property
    def address(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def text(self, part: str) -> str:
        return str(self.page.inner_text(f"#{part}"))

    def texts(self, selector: str) -> list[str]:
        """Return the text of every element that a selector finds."""
        return list(self.page.eval_on_selector_all(selector, "found => found.map(one => one.textContent)"))

    @property
    def elements(self) -> set[str]:
        """The kinds of element on the page."""
        return set(self.page.eval_on_selector_all("body *", "found => found.map(one => one.tagName)"))

    @property
    def state(self) -> dict[str, str]:
        names, labels = self.texts("#state .half:first-child th"), self.texts("#state .half:first-child .local")
        return dict(zip(names, labels, strict=True))

    @property
    def possible(self) -> list[str]:
        return self.texts("#can .trigger")

    @property
    def taken(self) -> list[str]:
        return self.texts("#story .story .trigger")

    @property
    def verdicts(self) -> dict[str, str]:
        names = self.texts("#properties h3 bdi")
        words = [one.split()[-1] for one in self.texts("#properties .verdict")]
        return dict(zip(names, words, strict=True))
