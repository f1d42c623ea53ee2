"""Subscriptions over WebSocket: all sockets of this process and what concerns all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from uuid import UUID

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.events import ACCESS, Payload
from app.graphql.execution import Schema
from app.graphql.http import allowed_origins
from app.graphql.live_execution import Subscriptions
from app.graphql.live_socket import Socket
from app.graphql.wire import origin_allowed
from app.metrics import SOCKETS
from app.runtime import Runtime

log = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
"""Where the bell of a change of rights was lost, the change takes hold after this long."""
JUDGED_AT_ONCE = 8


class LiveSockets:
    """The ASGI application of the /graphql WebSocket. `start` it with the process."""

    def __init__(self, runtime: Runtime, schema: Schema) -> None:
        self._runtime = runtime
        self._schema = schema
        self._subscriptions = Subscriptions(runtime, schema)
        self._origins = allowed_origins(runtime.settings)
        self._sockets: set[Socket] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        headers = Headers(scope=scope)
        if not origin_allowed(headers.get("origin"), headers.get("host"), self._origins):
            # Before it is accepted: the handshake is answered with 403.
            await send({"type": "websocket.close", "code": 1008})
            return
        socket = Socket(self._subscriptions, self._schema, scope, receive, send)
        self._sockets.add(socket)
        SOCKETS.inc()
        try:
            await socket.serve()
        finally:
            SOCKETS.dec()
            self._sockets.discard(socket)

    def start(self) -> None:
        """Listens for changes of rights from now on."""
        self._runtime.events.on(ACCESS, self._on_access)
        self._runtime.events.on_missed(self._on_missed)
        self._spawn_sweep()

    async def close(self) -> None:
        """Hangs up on everybody; they come again to a process that lives."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(socket.close(1012, "Restarting") for socket in self._sockets))

    async def _on_access(self, payload: Payload) -> None:
        user_id = UUID(payload["user_id"])
        # Listeners run in no order, and a cached answer would be the old one.
        self._runtime.tokens.forget(user_id)
        theirs = [item for item in self._sockets if item.actor and item.actor.user_id == user_id]
        await self._rejudge(theirs, told=True)

    async def _on_missed(self) -> None:
        self._runtime.tokens.forget_all()
        await self._rejudge(list(self._sockets), told=False)

    async def _rejudge(self, sockets: Iterable[Socket], *, told: bool) -> None:
        places = asyncio.Semaphore(JUDGED_AT_ONCE)

        async def judge(socket: Socket) -> None:
            async with places:
                try:
                    await socket.rejudge(told=told)
                except Exception:
                    # The sweep asks again.
                    log.exception("live: rights cannot be judged")

        await asyncio.gather(*(judge(socket) for socket in sockets))

    def _spawn_sweep(self) -> None:
        task = asyncio.create_task(self._sweep())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            await self._rejudge(list(self._sockets), told=False)
