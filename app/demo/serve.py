"""Serves the demo in this process, and says where it is and who may sign in."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn
from starlette.applications import Starlette

from app.config import Settings
from app.demo.live import keep_moving
from app.demo.settings import DemoSettings
from app.demo.staff import ADMIN, CHAIR, COMMITTEE, OFFICERS
from app.errors import ConfigurationError
from app.logs import configure_logging
from app.main import create_app
from app.serving import UVICORN

SHUTDOWN_SECONDS = 5


def listen_at(host: str, port: int) -> socket.socket:
    """The address, taken before anything is filled: a port in use is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise ConfigurationError(
            f"Port {port} is in use; choose another one: PORT={port + 1} make demo"
        ) from error
    return found


def serve(demo: DemoSettings, address: socket.socket, say: Callable[[str], None]) -> None:
    """Serves until the process is told to stop."""
    # Requests are not logged here: the addresses and logins stay on the screen.
    configure_logging(logging.WARNING)
    app = create_app(demo.server)
    if demo.live:
        _keep_moving_while_served(app)
    config = uvicorn.Config(
        app,
        **{**UVICORN, "timeout_graceful_shutdown": SHUTDOWN_SECONDS},
    )
    _DemoServer(config, lambda: say(welcome(demo.server))).run(sockets=[address])


class _DemoServer(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def _keep_moving_while_served(app: Starlette) -> None:
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: Any) -> AsyncIterator[Any]:
        async with inner(served) as state:
            task = asyncio.create_task(keep_moving(app.state.runtime))
            try:
                yield state
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    app.router.lifespan_context = lifespan


def welcome(settings: Settings) -> str:
    """Addresses and logins."""
    url = settings.public_url.rstrip("/")
    officer = next(one for one in OFFICERS if one.password)
    logins = [
        ("administrator", ADMIN[1], ADMIN[2]),
        ("field officer", officer.phone, officer.password or ""),
        ("chair", *CHAIR),
        *(("committee", *one) for one in COMMITTEE),
    ]
    lines = [
        "",
        "Table banking is ready.",
        "",
        f"  Office        {url}/",
        f"  Phone app     {url}/field/",
        f"  API explorer  {url}/graphql",
        "",
        *(f"  {role:<14}{phone}  {password}" for role, phone, password in logins),
        "",
        f"  Data is kept in {settings.data_dir}; remove the folder to begin anew. Ctrl-C stops.",
        "",
    ]
    return "\n".join(lines)
