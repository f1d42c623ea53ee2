"""One address in front of several server processes, with faults on demand.

Connections go to the servers in turn, as behind a load balancer. `lose_answers_to` lets a
request through to its server and then cuts the client off before the answer: what a phone
sees when the signal goes at the worst moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Sequence
from itertools import cycle

CHUNK = 65536


class Balancer:
    """Starts on construction, in a thread of its own; `port` is the one address."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.lost = 0
        """How many answers were lost so far."""
        self.port = 0
        self._targets = cycle(ports)
        self._needle: bytes | None = None
        self._left = 0
        self._keep = 0
        self._instead: list[bytes] = []
        self._loop = asyncio.new_event_loop()
        self._connections: set[asyncio.Task[None]] = set()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def lose_answers_to(self, needle: bytes, times: int = 1) -> None:
        """The next `times` requests that contain `needle` are carried out, but never answered."""
        self._needle, self._left, self._keep, self._instead = needle, times, 0, []

    def cut_answers_to(self, needle: bytes, keep: int, times: int = 1) -> None:
        """The next `times` requests that contain `needle` are carried out; of their answers the
        first `keep` bytes arrive."""
        self._needle, self._left, self._keep, self._instead = needle, times, keep, []

    def answer_instead(self, needle: bytes, *statuses: str) -> None:
        """The next requests that contain `needle` never arrive, but get these answers, one each."""
        self._needle, self._left, self._keep = needle, len(statuses), 0
        self._instead = [
            f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()
            for status in statuses
        ]

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._accept, "127.0.0.1", 0, reuse_address=True)
        )
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._end_all())
        self._loop.close()

    async def _end_all(self) -> None:
        """Ends every connection, also one of the last moment, whose task has not begun and which
        is in no list yet: Python would complain of it in whatever test comes next."""
        for _ in range(3):
            await asyncio.sleep(0)
            left = asyncio.all_tasks() - {asyncio.current_task()}
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _accept(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._connect(client, answer)
        finally:
            self._connections.discard(task)
            answer.close()

    async def _connect(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        server, request = await asyncio.open_connection("127.0.0.1", next(self._targets))
        doomed = asyncio.Event()

        async def upward() -> None:
            tail = b""
            while data := await client.read(CHUNK):
                if self._needle and self._left > 0:
                    # A needle may lie across two chunks.
                    if self._needle in tail + data:
                        self._left -= 1
                        doomed.set()
                        if self._instead:
                            answer.write(self._instead.pop(0))
                            await answer.drain()
                            return
                    tail = data[-len(self._needle) :]
                request.write(data)
                await request.drain()

        async def downward() -> None:
            while data := await server.read(CHUNK):
                if doomed.is_set():
                    self.lost += 1
                    answer.write(data[: self._keep])
                    await answer.drain()
                    return
                answer.write(data)
                await answer.drain()

        pumps = [asyncio.create_task(upward()), asyncio.create_task(downward())]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            request.close()
