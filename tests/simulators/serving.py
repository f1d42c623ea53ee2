"""Simulators behind real ports, for as long as a test."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The address of a server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as address:
        config = uvicorn.Config(
            app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        # Connections wait at the address until the server takes them; signals are the tests' own.
        task = asyncio.create_task(server._serve(sockets=[address]))
        try:
            yield f"http://127.0.0.1:{address.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task
