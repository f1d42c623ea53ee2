"""A Redis backend for broadcaster that outlives a restart of Redis.

What broadcaster's own backend lacks (stack.md): its listener is dead for good after a
lost connection, its first channel gets nothing, and publishing waits for the network.
Here the listener owns its connection, subscribes again with back-off and says that events
were missed; publishing loops back at once and leaves the rest to a sender with a bound.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from broadcaster import BroadcastBackend, Event
from redis import asyncio as redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

LONGEST_WAIT = 5.0
SILENCE = 10.0
"""Seconds without a word before Redis is asked whether it is still there, and then to answer."""
NETWORK_TIMEOUT = 3.0
OUTBOX_LIMIT = 10_000
SEND_AT_ONCE = 200
GAP = b"gap"
"""Sent instead of a message: some were dropped before Redis could be reached."""


class RedisBackend(BroadcastBackend):
    """One process's line to the others. Its own messages come back once, by the loop-back."""

    def __init__(self, url: str, origin: str, on_missed: Callable[[], None]) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_connect_timeout=NETWORK_TIMEOUT, socket_keepalive=True
        )
        self._origin = origin
        self._on_missed = on_missed
        self._inbox: asyncio.Queue[Event] = asyncio.Queue()
        self._outbox: deque[bytes] = deque()
        self._has_outgoing = asyncio.Event()
        self._dropped = False
        self._channel: str | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.subscribed = asyncio.Event()
        """Set while Redis has confirmed the subscription."""

    async def connect(self) -> None:
        """Does not wait for Redis: the process also starts, and works alone, without it."""

    async def disconnect(self) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        await self._redis.aclose()

    async def subscribe(self, channel: str) -> None:
        if self._channel is not None:
            raise RuntimeError("One channel a process: fan out locally.")
        self._channel = channel
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._send())]

    async def unsubscribe(self, channel: str) -> None:
        """The connection ends with `disconnect`."""

    async def next_published(self) -> Event:
        return await self._inbox.get()

    async def publish(self, channel: str, message: Any) -> None:
        """Delivers here at once and hands the message to the sender; never waits."""
        self._inbox.put_nowait(Event(channel, message))
        if len(self._outbox) >= OUTBOX_LIMIT:
            # The others are told that there is a gap, once they can be told anything.
            self._outbox.popleft()
            self._dropped = True
        self._outbox.append(f"{self._origin} {message}".encode())
        self._has_outgoing.set()

    async def _listen(self) -> None:
        attempt = 0
        had_been_subscribed = False
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(self._channel)
                    async for message in _messages(pubsub):
                        if message["type"] == "subscribe":
                            attempt = 0
                            self.subscribed.set()
                            if had_been_subscribed:
                                log.info("events: subscribed to Redis again")
                                self._on_missed()
                            had_been_subscribed = True
                        elif message["type"] == "message":
                            self._receive(message["data"])
            except (RedisError, OSError, TimeoutError) as error:
                # Whoever starts without Redis has missed what came before it, too.
                had_been_subscribed = True
                attempt += 1
                log.warning("events: the subscription to Redis broke (%s); trying again", error)
            except Exception:
                attempt += 1
                log.exception("events: the listener failed; trying again")
            finally:
                self.subscribed.clear()
            await asyncio.sleep(_wait(attempt))

    def _receive(self, data: bytes) -> None:
        origin, _, message = data.partition(b" ")
        if origin.decode(errors="replace") == self._origin:
            return
        if message == GAP:
            self._on_missed()
        else:
            self._inbox.put_nowait(Event(self._channel or "", message.decode()))

    async def _send(self) -> None:
        attempt = 0
        while True:
            await self._has_outgoing.wait()
            batch = [self._outbox.popleft() for _ in range(min(SEND_AT_ONCE, len(self._outbox)))]
            dropped = self._dropped
            try:
                async with asyncio.timeout(NETWORK_TIMEOUT):
                    await self._publish_all(batch, dropped)
            except (RedisError, OSError, TimeoutError) as error:
                # Sent again later; whoever got it already is only rung twice.
                self._outbox.extendleft(reversed(batch))
                attempt += 1
                if attempt == 1:
                    log.warning("events: publishing to Redis failed (%s); trying again", error)
                await asyncio.sleep(_wait(attempt))
                continue
            attempt = 0
            if dropped:
                self._dropped = False
            if not self._outbox:
                self._has_outgoing.clear()

    async def _publish_all(self, batch: list[bytes], dropped: bool) -> None:
        async with self._redis.pipeline(transaction=False) as pipeline:
            if dropped:
                pipeline.publish(self._channel, f"{self._origin} ".encode() + GAP)
            for message in batch:
                pipeline.publish(self._channel, message)
            await pipeline.execute()


async def _messages(pubsub: PubSub) -> Any:
    """What arrives; asks after a long silence, so that a half-open connection is noticed."""
    asked = False
    while True:
        message = await pubsub.get_message(timeout=SILENCE)
        if message is not None:
            asked = False
            yield message
        elif asked:
            raise TimeoutError("Redis does not answer")
        else:
            asked = True
            await pubsub.ping()


def _wait(attempt: int) -> float:
    longest: float = min(LONGEST_WAIT, 0.05 * 2 ** min(attempt, 10))
    return longest * random.uniform(0.5, 1)
