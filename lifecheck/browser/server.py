"""Serves the page on loopback: a token in the address, Host and Origin checked, and answers to POST alone."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from lifecheck.browser.feed import Feed
from lifecheck.browser.page_files import DOCUMENT, MODULES, STYLE, TYPES, page_file
from lifecheck.browser.questions import answer
from lifecheck.errors import InputError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LOOPBACK = "127.0.0.1"

MOST_BYTES = 1_000_000
"""How long a question may be; a run of ten thousand steps is shorter."""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
"""What the page may load: what this server serves, and nothing inline."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}

_AHEAD = {"link": ", ".join(f"<{name}>; rel=modulepreload" for name in MODULES)}
"""What goes with the document: its modules, so that they are fetched at once and not one after the other."""

_MISSING = "the explorer is served by starlette and uvicorn; install them with pip install starlette uvicorn"


def bound(port: int) -> socket.socket:
    """Return a socket on loopback that listens at a port; 0 takes one that is free.

    Raises
    ------
    InputError
        If the port cannot be had.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((LOOPBACK, port))
        found.listen(64)  # so that a browser that is quicker than the server waits
    except OSError as error:
        found.close()
        raise InputError(
            f"port {port} of {LOOPBACK} cannot be had ({error.strerror}); name another with --port, or leave it out"
        ) from None
    return found


def new_token() -> str:
    """Return what nobody can guess, for the address."""
    return secrets.token_urlsafe(18)


def application(feed: Feed, token: str, port: int) -> Starlette:
    """Return the application that serves the page and answers it.

    Parameters
    ----------
    feed
        What answers.
    token
        Stands first in every path; without it nothing is served.
    port
        Where it listens, for the Host and Origin that are let in.

    Raises
    ------
    InputError
        If starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import Response
        from starlette.routing import Route
    except ImportError:
        raise InputError(_MISSING) from None

    hosts = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
    origins = {f"http://{host}" for host in hosts}
    files = {"": DOCUMENT, STYLE: STYLE, **{name: name for name in MODULES}}

    def refused(request: Request) -> Response | None:
        if request.headers.get("host") not in hosts:  # a name that a foreign site made to mean this machine
            return Response("This address is for this machine alone.", 403, _HEADERS)
        if not secrets.compare_digest(request.path_params["token"].encode(), token.encode()):
            return Response("The address lacks its token; take it from where lifecheck was started.", 404, _HEADERS)
        return None

    async def served(request: Request) -> Response:
        no = refused(request)
        if no is not None:
            return no
        name = files.get(request.path_params.get("file", ""))
        if name is None:
            return Response("There is no such file.", 404, _HEADERS)
        kind = TYPES[name[name.rindex(".") :]]
        ahead = _AHEAD if name == DOCUMENT else {}
        return Response(page_file(name), 200, {**_HEADERS, **ahead, "content-type": f"{kind}; charset=utf-8"})

    async def answered(request: Request) -> Response:
        no = refused(request)
        if no is not None:
            return no
        if request.headers.get("origin") not in origins:
            return Response("Only its own page may ask.", 403, _HEADERS)
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return Response("A question is JSON.", 415, _HEADERS)
        body = await _body(request)
        if body is None:
            return Response("The question is too long.", 413, _HEADERS)
        status, told = await run_in_threadpool(answer, feed, request.path_params["question"], body)
        return Response(json.dumps(told), status, {**_HEADERS, "content-type": "application/json"})

    endpoint: Callable[[Request], Awaitable[Response]] = served
    return Starlette(
        routes=[
            Route("/{token}/", endpoint, methods=["GET"]),
            Route("/{token}/ask/{question}", answered, methods=["POST"]),
            Route("/{token}/{file}", endpoint, methods=["GET"]),
        ]
    )


async def _body(request: Request) -> bytes | None:
    """Return what was sent, None where it is too long to be read."""
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            return None
    return found


def serve(feed: Feed, listening: socket.socket, token: str, ready: Callable[[str], None]) -> None:
    """Serve the page until it is interrupted.

    Parameters
    ----------
    feed
        What answers.
    listening
        As `bound` returns it.
    token
        As `new_token` returns it.
    ready
        Is called with the address once it can be opened.

    Raises
    ------
    InputError
        If starlette or uvicorn is not installed.
    """
    port = listening.getsockname()[1]
    served = application(feed, token, port)
    try:
        import uvicorn
    except ImportError:
        raise InputError(_MISSING) from None
    server = uvicorn.Server(
        uvicorn.Config(served, log_level="critical", access_log=False, lifespan="off", server_header=False)
    )
    ready(f"http://{LOOPBACK}:{port}/{token}/")
    server.run(sockets=[listening])
