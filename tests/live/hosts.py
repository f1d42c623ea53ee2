"""Server processes in miniature: whole applications on ports of their own, in the test's loop.

They share nothing but the database and Redis, so two of them stand for two processes, and
the test can look into each.
"""

from __future__ import annotations

import asyncio
import socket

import uvicorn

from app.config import Settings
from app.graphql.subscriptions import LiveSockets
from app.main import create_app
from app.runtime import Runtime
from tests.live.waiting import until


class Host:
    """One application behind uvicorn, set up as `tablebanking serve` does it."""

    def __init__(self, settings: Settings) -> None:
        self._app = create_app(settings)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app,
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                log_config=None,
                lifespan="on",
                timeout_graceful_shutdown=2,
            )
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def runtime(self) -> Runtime:
        runtime: Runtime = self._app.state.runtime
        return runtime

    @property
    def sockets(self) -> LiveSockets:
        sockets: LiveSockets = self._app.state.sockets
        return sockets

    async def start(self) -> None:
        self._task = asyncio.create_task(self._server.serve([self._listening]))
        await until(lambda: self._server.started, "the server is up")

    async def stop(self) -> None:
        self._server.should_exit = True
        if self._task is not None:
            await self._task
