"""Publish and subscribe: what happened here is known in every process of the deployment.

Built on broadcaster: `memory://` where there is one process, Redis where there are several.
Each process holds one channel and fans out locally. Events are bells, not truth: they may
come twice, late or not at all, and whoever listens reads the database by its own cursor.
After an outage `on_missed` tells that it is time to do so.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol, TypeVar, cast
from uuid import uuid4

import orjson
from broadcaster import Broadcast

from app.events_redis import RedisBackend

log = logging.getLogger(__name__)

CHANNEL = "tablebanking"
LEDGER = "ledger"
"""A group's books grew: {"group_id", "sequence"}."""
LOCATIONS = "locations"
"""An officer's newest position; see services/tracking.py."""
ACCESS = "access"
"""What a user may do or see has changed: {"user_id"}."""

START_PATIENCE = 3.0
BACKLOG_LIMIT = 10_000
LISTENER_LIMIT = 1_000

Payload = dict[str, Any]
Callback = Callable[[Payload], Awaitable[None] | None]
MissedCallback = Callable[[], Awaitable[None] | None]
Unsubscribe = Callable[[], None]


class Part(Protocol):
    """Something that lives as long as the process's events do."""

    async def close(self) -> None: ...


P = TypeVar("P", bound=Part)


class Events:
    """One process's events. `start` before use, `close` at the end."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis = (
            RedisBackend(redis_url, uuid4().hex, self._missed_events) if redis_url else None
        )
        self._broadcast = Broadcast("memory://" if redis_url is None else None, backend=self._redis)
        self._listeners: dict[str, list[Callable[[Payload], None]]] = defaultdict(list)
        self._missed: list[Callable[[Payload], None]] = []
        self._inboxes: set[_Inbox] = set()
        self._parts: dict[type[Any], Part] = {}
        self._pump_task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listens from now on. Without Redis the process works alone until it comes."""
        await self._broadcast.connect()
        listening = asyncio.Event()
        self._pump_task = asyncio.create_task(self._pump(listening))
        await listening.wait()
        if self._redis is None:
            return
        try:
            async with asyncio.timeout(START_PATIENCE):
                await self._redis.subscribed.wait()
        except TimeoutError:
            log.warning("events: Redis does not answer yet; other processes are not heard")

    async def close(self) -> None:
        for part in list(self._parts.values()):
            await part.close()
        self._parts.clear()
        for inbox in list(self._inboxes):
            inbox.close()
        if self._pump_task is not None:
            self._pump_task.cancel()
            with suppress(asyncio.CancelledError):
                await self._pump_task
            self._pump_task = None
            await self._broadcast.disconnect()

    async def publish(self, topic: str, payload: Payload) -> None:
        """Rings in this process at once and in the others soon; never waits for Redis."""
        if self._pump_task is None:
            log.debug("events: %s is not published: not started", topic)
            return
        message = orjson.dumps({"topic": topic, "payload": payload}).decode()
        await self._broadcast.publish(CHANNEL, message)

    def on(self, topic: str, callback: Callback) -> Unsubscribe:
        """Calls `callback` with each payload of the topic; a slow async one gets its own queue."""
        return self._add(self._listeners[topic], _Inbox(callback, self._missed_events))

    def on_missed(self, callback: MissedCallback) -> Unsubscribe:
        """Calls `callback` when events may have been lost, after the line is up again."""
        # One of these that overflows has a bell waiting already.
        return self._add(self._missed, _Inbox(lambda _payload: callback(), lambda: None))

    def part(self, kind: type[P], make: Callable[[], P]) -> P:
        """What this process needs one of to serve its listeners; closed with the events."""
        if kind not in self._parts:
            self._parts[kind] = make()
        return cast(P, self._parts[kind])

    def _add(self, listeners: list[Callable[[Payload], None]], inbox: _Inbox) -> Unsubscribe:
        self._inboxes.add(inbox)
        listeners.append(inbox.put)

        def unsubscribe() -> None:
            if inbox in self._inboxes:
                self._inboxes.discard(inbox)
                listeners.remove(inbox.put)
                inbox.close()

        return unsubscribe

    async def _pump(self, listening: asyncio.Event) -> None:
        async with self._broadcast.subscribe(CHANNEL) as subscriber:
            listening.set()
            while True:
                event = await subscriber.get()
                if subscriber._queue.qsize() > BACKLOG_LIMIT:
                    # broadcaster's queue has no bound of its own.
                    while not subscriber._queue.empty():
                        subscriber._queue.get_nowait()
                    self._missed_events()
                    continue
                try:
                    found = orjson.loads(event.message)
                    topic, payload = found["topic"], found["payload"]
                except (orjson.JSONDecodeError, KeyError, TypeError):
                    log.warning("events: a message on the channel is not ours")
                    continue
                for put in list(self._listeners[topic]):
                    put(payload)

    def _missed_events(self) -> None:
        for put in list(self._missed):
            put({})


class _Inbox:
    """A listener's side: plain callbacks run at once, async ones in order by its own task."""

    def __init__(self, callback: Callback, overflowed: Callable[[], None]) -> None:
        self._callback = callback
        self._overflowed = overflowed
        self._waiting: asyncio.Queue[Awaitable[None]] = asyncio.Queue(LISTENER_LIMIT)
        self._task: asyncio.Task[None] | None = None

    def put(self, payload: Payload) -> None:
        try:
            result = self._callback(payload)
        except Exception:
            log.exception("events: a listener failed")
            return
        if not inspect.isawaitable(result):
            return
        try:
            self._waiting.put_nowait(result)
        except asyncio.QueueFull:
            _discard(result)
            while not self._waiting.empty():
                _discard(self._waiting.get_nowait())
            asyncio.get_running_loop().call_soon(self._overflowed)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
        while not self._waiting.empty():
            _discard(self._waiting.get_nowait())

    async def _run(self) -> None:
        while True:
            result = await self._waiting.get()
            try:
                await result
            except Exception:
                log.exception("events: a listener failed")


def _discard(result: Awaitable[None]) -> None:
    if inspect.iscoroutine(result):
        result.close()
