"""The mast that a phone hangs on: an address of its own, which can go dead and hears all.

Playwright's own "offline" holds for targets that it knows already. A service worker that the
browser starts by itself, as Background Sync does at its launch, would slip through; the mast
lets nothing through. And Chromium sends a request once more by itself when a connection that
it kept open dies, which no event of the page tells; the mast counts it.
"""

from __future__ import annotations

import json
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Iterator
from itertools import cycle

from tests.support.balancer import Balancer

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Mast(Balancer):
    """Forwards to one port; while it is down, every connection ends at once."""

    def __init__(self, port: int) -> None:
        self._up = True
        self._heard: list[bytearray] = []
        self._needle: bytes | None = None
        self._left = 0
        super().__init__([port])

    @property
    def batches(self) -> list[list[str]]:
        """The offlineSyncIds of every syncBatch that got through, those without any left out."""
        found = []
        for body in self._bodies():
            if b"syncBatch(" not in body:
                continue
            operations = json.loads(body)["variables"]["operations"]
            found.append([value["offlineSyncId"] for row in operations for value in row.values()])
        return [batch for batch in found if batch]

    def go_down(self) -> None:
        """Cuts what is connected, too, in the middle of whatever it does."""
        self._up = False
        self._loop.call_soon_threadsafe(self._cut)

    def go_down_amid(self, needle: bytes, times: int) -> None:
        """Goes down by itself while it carries the request that is the `times`th with `needle`."""
        self._needle, self._left = needle, times

    @property
    def is_up(self) -> bool:
        return self._up

    def come_up(self) -> None:
        self._up = True

    def point_to(self, port: int) -> None:
        """Another server behind the same address, from the next connection on."""
        self._targets = cycle([port])
        self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for connection in list(self._connections):
            connection.cancel()

    async def _connect(self, client: StreamReader, answer: StreamWriter) -> None:
        if self._up:
            heard = bytearray()
            self._heard.append(heard)
            await super()._connect(_Listening(client, heard, self._notice), answer)

    def _notice(self, data: bytes) -> None:
        if self._needle is None or self._needle not in data:
            return
        self._left -= 1
        if self._left == 0:
            self._needle = None
            self.go_down()

    def _bodies(self) -> Iterator[bytes]:
        """The bodies of all requests, connection by connection."""
        for heard in self._heard:
            head, found, rest = bytes(heard).partition(b"\r\n\r\n")
            while found:
                length = LENGTH.search(head)
                size = int(length[1]) if length else 0
                if len(rest) >= size:
                    yield rest[:size]
                head, found, rest = rest[size:].partition(b"\r\n\r\n")


class _Listening(StreamReader):
    """Another reader, with an ear on it."""

    def __init__(
        self, reader: StreamReader, heard: bytearray, notice: Callable[[bytes], None]
    ) -> None:
        super().__init__()
        self._notice = notice
        self._reader = reader
        self._heard = heard

    async def read(self, n: int = -1) -> bytes:
        data = await self._reader.read(n)
        self._heard += data
        self._notice(data)
        return data
