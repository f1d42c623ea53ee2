"""Around every request: an id, the security headers, one line in the log, no raw failure."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import orjson
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import clock
from app.config import Settings
from app.graphql.errors import internal_error
from app.logs import AccessLog, request_id
from app.metrics import REQUESTS, route_of

GIVEN_ID = re.compile(rb"[\w-]{8,64}")
SECRET_PATH = re.compile(r"^(/api/sms/\w+/).*")
"""What providers prove themselves by is no line of a log."""
QUIET = frozenset({"/healthz", "/metrics"})


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """Headers of every answer, unless the answer sets its own."""
    headers = {
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    }
    if settings.public_url.startswith("https://"):
        headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class Edge:
    """Pure ASGI, because Starlette's BaseHTTPMiddleware costs every request a task."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers = security_headers(settings)
        self._log = AccessLog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self._headers, self._log)
        token = request_id.set(exchange.id.decode())
        try:
            await self._app(scope, receive, exchange.send)
        except Exception as error:
            await exchange.fail(error, receive)
        finally:
            exchange.finish()
            request_id.reset(token)


class _Exchange:
    """One request and its answer."""

    def __init__(
        self, scope: Scope, send: Send, headers: list[tuple[bytes, bytes]], log: AccessLog
    ) -> None:
        self._log = log
        self._scope = scope
        self._send = send
        self._headers = headers
        self._started = time.perf_counter()
        self._status = 0
        self._bytes = 0
        self.id = _given_id(scope) or uuid4().hex.encode()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            headers += [pair for pair in self._headers if pair[0] not in present]
            headers.append((b"x-request-id", self.id))
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    async def fail(self, error: Exception, receive: Receive) -> None:
        public = internal_error(error)
        if self._status:
            return
        body = orjson.dumps({"errors": [public.formatted]})
        response = Response(body, 500, media_type="application/json")
        await response(self._scope, receive, self.send)

    def finish(self) -> None:
        path = self._scope["path"]
        seconds = time.perf_counter() - self._started
        REQUESTS.labels(route_of(path), self._status).observe(seconds)
        if path in QUIET and self._status == 200:
            return
        client = self._scope.get("client")
        self._log.add(
            {
                "time": clock.now().isoformat(timespec="milliseconds"),
                "level": "info",
                "logger": "tablebanking.access",
                "message": "request",
                "request_id": self.id.decode(),
                "method": self._scope["method"],
                "path": SECRET_PATH.sub(r"\1…", path),
                "operation": self._scope.get("state", {}).get("operation"),
                "status": self._status,
                "ms": round(seconds * 1000, 1),
                "bytes": self._bytes,
                "client": client[0] if client else None,
            }
        )


def _given_id(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and GIVEN_ID.fullmatch(value):
            return bytes(value)
    return None
