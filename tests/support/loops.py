"""Async calls from synchronous fixtures, on a loop in a thread of its own.

The loop of the test stays untouched, and Playwright's synchronous API, which refuses to share
a thread with a running loop, can be used beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """One event loop that outlives single calls, so that connections can be kept."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fixtures")
        self._runner = asyncio.Runner()

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of `work()`, awaited in the thread."""
        return self._thread.submit(lambda: self._runner.run(work())).result()

    def close(self) -> None:
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()
