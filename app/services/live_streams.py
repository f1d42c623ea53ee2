"""What everything live is made of: streams that lose nothing and hold little.

A feed is one per process and subject; it turns bells (app/events.py) into batches of what
is new and offers each batch to its streams. A stream is one subscriber's side: its queue is
bounded, and where it overflows the stream catches up from the source by its own cursor.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

from app.auth.actor import Actor

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_BATCHES = 256
MOST_ITEMS = 4_096
CHUNK = 100
RETRY_SECONDS = 1.0
MAKE_SECONDS = 0.25
"""How long a batch is held back until what is told of it is made."""


class Batch(Generic[T]):
    """Things that were found together. `shared` holds what is made of them once for all."""

    __slots__ = ("items", "reached", "shared")

    def __init__(self, items: Sequence[T], reached: int) -> None:
        self.items = items
        self.reached = reached
        """The cursor of a stream that has been given this batch."""
        self.shared: dict[Any, Any] = {}


class Stream(ABC, Generic[T]):
    """What one subscriber follows. Iterate it, or take chunks that may be shared with others."""

    def __init__(self, actor: Actor, on_overflow: Callable[[Actor], None]) -> None:
        self.actor = actor
        self._on_overflow = on_overflow
        self._pending: deque[Batch[T]] = deque()
        self._pending_items = 0
        self._behind = False
        self._batch: Batch[T] = Batch((), 0)
        self._items: Sequence[T] = ()
        self._next = 0
        self._waiter: asyncio.Future[None] | None = None
        self._closed = False
        self.failure: Exception | None = None
        """Why the subscriber gets nothing any more."""
        self.shape: Hashable = None
        """Subscribers of one shape are told the same."""
        self.make: Callable[[Batch[T]], Awaitable[object]] | None = None
        """Makes, in `batch.shared`, what all subscribers of this shape are told."""

    @abstractmethod
    def _select(self, batch: Batch[T]) -> Sequence[T]:
        """What of the batch is new to this subscriber and may be seen; moves the cursor."""

    @abstractmethod
    async def _catch_up(self) -> Batch[T]:
        """What came after the cursor, from the source; sets `_behind` when there is more."""

    @abstractmethod
    async def rejudge(self, actor: Actor, *, told: bool) -> None:
        """The actor's rights may have changed (`told`: they have): goes by them, or raises."""

    def leave(self) -> None:
        """Called once, when the stream is closed."""

    def offer(self, batch: Batch[T]) -> None:
        """Takes a batch, or remembers to catch up where the subscriber is too slow for it."""
        if self._closed or self._behind:
            return
        if self._pending and (
            len(self._pending) >= MOST_BATCHES
            or self._pending_items + len(batch.items) > MOST_ITEMS
        ):
            self._fall_behind()
            self._on_overflow(self.actor)
            return
        self._pending.append(batch)
        self._pending_items += len(batch.items)
        self._wake()

    def fail(self, failure: Exception) -> None:
        """Ends the stream with an error, at once: what is queued is not given out."""
        self.failure = self.failure or failure
        self._wake()

    async def aclose(self) -> None:
        if not self._closed:
            self._closed = True
            self._pending.clear()
            self._items = ()
            self._wake()
            self.leave()

    async def next_chunk(self) -> tuple[Batch[T], Sequence[T]] | None:
        """The next things and the batch they are of; None when the stream is closed."""
        while True:
            if self.failure is not None:
                raise self.failure
            if self._closed:
                return None
            if self._next < len(self._items):
                chunk = self._items[self._next : self._next + CHUNK]
                self._next += len(chunk)
                return self._batch, chunk
            if self._behind:
                await self._try_to_catch_up()
            elif self._pending:
                batch = self._pending.popleft()
                self._pending_items -= len(batch.items)
                self._start(batch)
            else:
                self._waiter = asyncio.get_running_loop().create_future()
                await self._waiter

    def __aiter__(self) -> Stream[T]:
        return self

    async def __anext__(self) -> T:
        chunk = await self.next_chunk()
        if chunk is None:
            raise StopAsyncIteration
        # One at a time: the rest of the chunk is taken again.
        self._next -= len(chunk[1]) - 1
        return chunk[1][0]

    def _start(self, batch: Batch[T]) -> None:
        self._items = self._select(batch)
        self._batch, self._next = batch, 0

    def _fall_behind(self) -> None:
        self._pending.clear()
        self._pending_items = 0
        self._behind = True
        self._wake()

    async def _try_to_catch_up(self) -> None:
        # Before the source is read: what happens meanwhile is offered and queued again.
        self._behind = False
        try:
            batch = await self._catch_up()
        except Exception:
            log.exception("live: a stream cannot catch up; trying again")
            self._fall_behind()
            await asyncio.sleep(RETRY_SECONDS)
            return
        self._start(batch)

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


async def make_shared(batch: Batch[T], streams: Iterable[Stream[T]]) -> None:
    """Makes what is told of the batch, once a shape, so that each subscriber wakes only once.

    Whatever fails or takes too long is made again, or waited for, by those it concerns.
    """
    makers = {stream.shape: stream.make for stream in streams if stream.make is not None}

    async def attempt(make: Callable[[Batch[T]], Awaitable[object]]) -> None:
        with suppress(Exception):
            await make(batch)

    tasks = [asyncio.create_task(attempt(make)) for make in makers.values()]
    if tasks:
        await asyncio.wait(tasks, timeout=MAKE_SECONDS)
