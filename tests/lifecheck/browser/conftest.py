"""A browser, and the case as it is served and as it is written, for all the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lifecheck.browser import Feed, written_page
from model import VARIANTS
from properties import CLAIMS

CASE = {name: VARIANTS[name] for name in ("unpatched", "patched")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from tests.lifecheck.browser.pages import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("written") / "case.html"
    path.write_text(written_page(Feed(CASE, CLAIMS, name="model:VARIANTS")), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def case_address() -> Iterator[str]:
    from tests.lifecheck.browser.pages import served

    with served("--variant", "unpatched", "--variant", "patched") as address:
        yield address


@pytest.fixture(params=["served", "written"])
def place(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("case_address" if request.param == "served" else "case_file")
