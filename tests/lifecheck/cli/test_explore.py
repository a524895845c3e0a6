"""The command ``explore``: what it writes, how it serves, and what it says where it cannot."""

from __future__ import annotations

import socket
import sys
import webbrowser
from pathlib import Path

import pytest

from lifecheck.cli import explore as command
from tests import needs
from tests.lifecheck.cli.cli import ROOT, call

LAMP = """
from lifecheck import Component, Row, System
LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})
HALL = System("hall", [LAMP])
PARTS = [Component(f"c{n}", ["0", "1"], "0", [Row(f"t{n}", "0", "1")], {f"t{n}"}) for n in range(13)]
MANY = System("many", PARTS)
"""


@pytest.fixture
def lamp(elsewhere: Path) -> Path:
    (elsewhere / "lamp.py").write_text(LAMP)
    return elsewhere


def test_the_written_page_is_whole_and_written_again_without_force(lamp: Path) -> None:
    for _ in range(2):
        called = call("explore", "lamp.py:HALL", "--out", "hall.html")
        assert (called.status, called.out, called.err) == (0, "hall.html\n", "")
    assert (lamp / "hall.html").read_text().startswith("<!doctype html>\n<!-- Written by lifecheck: ")


def test_a_file_of_somebody_else_is_not_overwritten(lamp: Path) -> None:
    (lamp / "hall.html").write_text("<!doctype html><p>mine")
    called = call("explore", "lamp.py:HALL", "--out", "hall.html")
    assert called.status == 2
    assert "--force" in called.err
    assert call("explore", "lamp.py:HALL", "--out", "hall.html", "--force").status == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["lamp.py:MANY", "--out", "many.html"], "has too many states to write: a page holds 5,000 states; serve it"),
        (["lamp.py:HALL", "--out", "hall.html", "--no-open"], "--out writes the page and serves nothing"),
        (["lamp.py:HALL", "--every-setting"], "--every-setting is about a page that is written"),
        (["lamp.py:HALL", "--out", "hall.html", "--port", "8000"], "--out writes the page and serves nothing"),
        (["lamp.py:HALL", "--port", "70000"], "70000 is not in the range 0<=x<=65535"),
        (["lamp.py:HALL", "--variant", "halls"], "there is no variant 'halls'"),
    ],
)
@pytest.mark.usefixtures("lamp")
def test_what_cannot_be_done_is_one_line(words: list[str], message: str) -> None:
    called = call("explore", *words)
    assert (called.status, called.out) == (2, "")
    assert message in called.err
    assert called.err.count("\n") == 1


@pytest.mark.usefixtures("lamp")
def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        called = call("explore", "lamp.py:HALL", "--no-open", "--port", str(other.getsockname()[1]))
    assert (called.status, called.out) == (2, "")
    assert "cannot be had (Address already in use); name another with --port, or leave it out" in called.err


@pytest.mark.parametrize("missing", ["starlette.applications", "uvicorn"])
@pytest.mark.usefixtures("lamp")
def test_a_missing_extra_is_one_line_that_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    needs.package("starlette")
    monkeypatch.setitem(sys.modules, missing, None)
    called = call("explore", "lamp.py:HALL", "--no-open")
    assert (called.status, called.out) == (2, "")
    assert "install them with pip install starlette uvicorn" in called.err


@pytest.mark.parametrize("opens", [True, False])
def test_where_no_browser_can_be_opened_it_says_so(
    opens: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: bool(asked.append(address)) or opens)
    command._open("http://127.0.0.1:1/token/")
    assert asked == ["http://127.0.0.1:1/token/"]
    assert ("open the address yourself" in capsys.readouterr().err) == (not opens)


LOGS = ROOT / "docs" / "replay"


def test_a_replay_of_several_cases_opens_none_and_says_how_to_choose() -> None:
    called = call("replay", str(LOGS / "kb883522.jsonl"), "--mapping", str(LOGS / "kb883522.toml"), "--explore")
    assert called.status == 2
    assert "say which to open in the browser: --case NAME" in called.err
