"""A push service on this machine, as browsers' makers run them: takes what RFC 8030 says, and
opens it with the browser's keys, by the words of RFC 8291 and 8292 and none of the server's code.
"""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
import orjson
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

LARGEST_BODY = 4096


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One subscription: the address that the service gave, and the browser's own keys."""

    endpoint: str
    application_key: str = ""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    messages: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """What it is answered next, in order; after them 201."""

    @property
    def p256dh(self) -> str:
        return encode(_point(self.key))

    def subscription(self) -> dict[str, str]:
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": encode(self.auth)}

    def open(self, body: bytes) -> bytes:
        """The message in the clear (RFC 8291, section 3; RFC 8188, section 2)."""
        salt, record_size, length = body[:16], struct.unpack("!L", body[16:20])[0], body[20]
        sender = body[21 : 21 + length]
        sealed = body[21 + length :]
        assert len(sealed) <= record_size
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        info = b"WebPush: info\0" + _point(self.key) + sender
        material = HKDF(SHA256(), 32, self.auth, info).derive(shared)
        content_key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
        plain = AESGCM(content_key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record ends with 2"
        return plain[:-1]


class PushService:
    """Takes messages for the browsers that subscribed with it."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.browsers: dict[str, Browser] = {}
        self.app = Starlette(routes=[Route("/push/{token}", self._take, methods=["POST"])])

    def subscribe(self, application_key: str) -> Browser:
        token = encode(os.urandom(12))
        browser = Browser(f"{self.origin}/push/{token}", application_key)
        self.browsers[token] = browser
        return browser

    async def _take(self, request: Request) -> Response:
        browser = self.browsers.get(request.path_params["token"])
        if browser is None:
            return Response(status_code=404)
        body = await request.body()
        browser.headers.append(dict(request.headers))
        self._check(request, browser)
        if browser.answers:
            status, headers = browser.answers.pop(0)
            return Response(status_code=status, headers=headers)
        if len(body) > LARGEST_BODY:
            return Response(status_code=413)
        browser.messages.append(orjson.loads(browser.open(body)))
        return Response(status_code=201, headers={"Location": f"{self.origin}/message/1"})

    def _check(self, request: Request, browser: Browser) -> None:
        headers = request.headers
        assert headers["content-encoding"] == "aes128gcm"
        assert headers["ttl"].isdecimal()
        assert headers["urgency"] in ("very-low", "low", "normal", "high")
        topic = headers["topic"]
        assert 0 < len(topic) <= 32
        assert topic.replace("-", "").replace("_", "").isalnum()
        scheme, _, rest = headers["authorization"].partition(" ")
        parts = dict(one.strip().split("=", 1) for one in rest.split(","))
        assert scheme == "vapid"
        assert parts["k"] == browser.application_key, "signed by whom it subscribed to"
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(parts["k"]))
        claims = jwt.decode(parts["t"], public, algorithms=["ES256"], audience=self.origin)
        assert claims["sub"].startswith(("mailto:", "https://"))
        assert claims["exp"] <= time.time() + 24 * 3600


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """A service that runs for as long as the test."""
    with socket.create_server(("127.0.0.1", 0)) as address:
        service = PushService(address.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(service.app, log_level="warning", lifespan="off"))
        # Connections wait at the address until the server takes them; signals are the tests' own.
        task = asyncio.create_task(server._serve(sockets=[address]))
        yield service
        server.should_exit = True
        await task


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
