"""The server lets in its own page alone: by token, Host and Origin, and answers to POST of JSON alone."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import pytest

from lifecheck import Component, InputError, Row, System
from lifecheck.browser import Feed, answer, application, bound
from lifecheck.browser.page_files import MODULES
from lifecheck.browser.server import MOST_BYTES
from tests import needs

needs.package("starlette")

PORT, TOKEN = 8123, "a-token-of-the-test"
OWN = {"host": f"127.0.0.1:{PORT}"}
ASKING = OWN | {"origin": f"http://127.0.0.1:{PORT}", "content-type": "application/json"}
LAMP = Component("lamp", ["off", "on"], "off", [Row("switch", "off", "on")], {"switch"})


@pytest.fixture(scope="module")
def app() -> Any:
    return application(Feed({"hall": System("hall", [LAMP])}), TOKEN, PORT)


def call(app: Any, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> tuple[int, dict, bytes]:
    """Return status, headers and body of what the application answers; no network takes part."""
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", PORT),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
    asyncio.run(app(scope, receive, send))
    got = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], got, b"".join(one.get("body", b"") for one in sent[1:])


def ask(app: Any, question: str, given: Any, **headers: str) -> tuple[int, Any]:
    status, _, body = call(app, "POST", f"/{TOKEN}/ask/{question}", ASKING | headers, json.dumps(given).encode())
    return status, json.loads(body) if body.startswith(b"{") else body


def test_the_page_and_all_that_it_loads_are_served_under_a_policy(app: Any) -> None:
    for path, kind in (("", "text/html"), ("page.js", "text/javascript"), ("page.css", "text/css")):
        status, headers, body = call(app, "GET", f"/{TOKEN}/{path}", OWN)
        assert status == 200
        assert headers["content-type"].startswith(kind)
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert body
        # only the document says what it will need, so that it is fetched at once
        assert headers.get("link", "").count("; rel=modulepreload") == (len(MODULES) if path == "" else 0)


def test_a_question_of_its_own_page_is_answered(app: Any) -> None:
    status, told = ask(app, "start", {"variant": "hall"})
    assert (status, told["possible"]) == (200, ["switch"])
    status, told = ask(app, "step", {"variant": "hall", "state": 0, "trigger": "switch"})
    assert (status, told["possible"]) == (200, [])


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/page.js", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/"])
def test_without_the_token_nothing_is_served(app: Any, path: str) -> None:
    assert call(app, "GET", path, OWN)[0] == 404


def test_without_the_token_nothing_is_answered(app: Any) -> None:
    assert call(app, "POST", "/wrong/ask/describe", ASKING, b"{}")[0] == 404


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", ""])
def test_a_foreign_host_name_is_refused(app: Any, host: str) -> None:
    assert call(app, "GET", f"/{TOKEN}/", {"host": host})[0] == 403
    assert call(app, "POST", f"/{TOKEN}/ask/describe", ASKING | {"host": host}, b"{}")[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", ""])
def test_a_foreign_origin_is_refused(app: Any, origin: str) -> None:
    assert call(app, "POST", f"/{TOKEN}/ask/describe", ASKING | {"origin": origin}, b"{}")[0] == 403


def test_what_names_no_origin_is_refused(app: Any) -> None:
    headers = {name: value for name, value in ASKING.items() if name != "origin"}
    assert call(app, "POST", f"/{TOKEN}/ask/describe", headers, b"{}")[0] == 403


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_asked_by_another_method(app: Any, method: str) -> None:
    assert call(app, method, f"/{TOKEN}/ask/describe", ASKING, b"{}")[0] in (404, 405)


def test_a_form_of_another_site_is_no_question(app: Any) -> None:
    assert ask(app, "describe", {}, **{"content-type": "text/plain"})[0] == 415
    assert ask(app, "describe", {}, **{"content-type": "application/x-www-form-urlencoded"})[0] == 415


@pytest.mark.parametrize("name", ["secret.py", "..", "%2e%2e%2fserver.py", "page.html"])
def test_no_other_file_is_served(app: Any, name: str) -> None:
    assert call(app, "GET", f"/{TOKEN}/{name}", OWN)[0] == 404


def test_a_question_without_end_is_not_read(app: Any) -> None:
    assert call(app, "POST", f"/{TOKEN}/ask/describe", ASKING, b" " * (MOST_BYTES + 1))[0] == 413


@pytest.mark.parametrize(
    ("question", "body", "words"),
    [
        ("describe", b"[", "not JSON"),
        ("describe", b"\xff", "not JSON"),
        ("describe", b"[" * 100_000, "not JSON"),
        ("describe", b"[]", "describe takes nothing"),
        ("start", b"{}", "start needs variant"),
        ("start", b'{"variant": 3}', "variant of start is no name"),
        ("start", b'{"variant": "hall", "self": 1}', "start takes variant"),
        ("step", b'{"variant": "hall", "state": true, "trigger": "switch"}', "state of step is no number"),
        ("step", b'{"variant": "hall", "state": 0, "trigger": "swich"}', "did you mean 'switch'?"),
        ("judge", b'{"variant": "hall", "fairness": {"switch": 1}}', "fairness of judge is no settings"),
        ("judge_run", b'{"variant": "hall", "stem": "switch", "loop": []}', "stem of judge_run is no names"),
        ("judge_run", b'{"variant": "hall", "stem": []}', "judge_run needs loop"),
        ("judge_run", b'{"variant": "hall", "stem": [], "loop": null}', "loop of judge_run is no names"),
        ("picture", b'{"variant": "hall", "kind": "parts", "state": 7}', "nobody came to a state 7"),
        ("picture", b'{"variant": "hall", "kind": "projected", "state": -1}', "nobody came to a state -1"),
        ("judge_run", b'{"variant": "hall", "stem": ["switch", "switch"], "loop": []}', "is blocked by 'lamp'"),
        ("places", b"{}", "there is no question 'places'"),
        ("__init__", b"{}", "there is no question '__init__'"),
    ],
)
def test_a_question_that_is_none_is_refused_in_one_line(app: Any, question: str, body: bytes, words: str) -> None:
    status, told = answer(Feed({"hall": System("hall", [LAMP])}), question, body)
    assert status in (400, 404)
    assert words in told["error"]
    assert "\n" not in told["error"]


def test_a_port_in_use_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} of 127.0.0.1 cannot be had .*; name another with --port"):
            bound(port)


def test_it_listens_on_loopback_alone() -> None:
    with bound(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_an_error_of_lifecheck_itself_is_told_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = Feed({"hall": System("hall", [LAMP])})
    monkeypatch.delattr(feed, "claims")
    status, told = answer(feed, "describe", b"")
    assert status == 500
    assert told["error"].startswith("lifecheck failed: AttributeError: ")
