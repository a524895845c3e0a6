"""Awaits what asynchronous machines return, on an event loop of lifecheck's own, to the end of each firing."""

from __future__ import annotations

import atexit
import inspect
from collections.abc import Awaitable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a heavy import, which only asynchronous machines need
    import asyncio


def finished(result: Any) -> Any:
    """Return what something comes to: itself, or what awaiting it gives.

    It may be called where an event loop is running already, as in a notebook: then another thread awaits.

    Examples
    --------
    >>> async def answer(): return 42
    >>> finished(answer()), finished(7)
    (42, 7)
    """
    if not inspect.isawaitable(result):
        return result
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _runner().run(_awaited(result))
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, _awaited(result)).result()


def is_asynchronous(machine: object) -> bool:
    """Whether a machine's triggers must be awaited."""
    return inspect.iscoroutinefunction(getattr(machine, "callbacks", None))


async def _awaited(result: Awaitable[Any]) -> Any:
    return await result


@lru_cache(maxsize=1)  # to make a loop for each firing would cost more than firing
def _runner() -> asyncio.Runner:
    import asyncio

    runner = asyncio.Runner()
    atexit.register(runner.close)
    return runner
