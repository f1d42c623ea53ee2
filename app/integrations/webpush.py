"""Web Push: one message to one browser, by way of its maker's push service.

RFC 8030 (the request), RFC 8291 (the encryption, by http-ece) and RFC 8292 (who we are, a token
signed with our VAPID key). Chrome and Android deliver through Firebase without an account there.
"""

from __future__ import annotations

import base64
import binascii
import enum
import os
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import http_ece
import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app import clock
from app.config import PushSettings

TIMEOUT_SECONDS = 10.0
TOKEN_SECONDS = 12 * 3600
"""RFC 8292 allows 24 hours."""
LARGEST_MESSAGE = 3993
"""Bytes in the clear: what is left of the 4,096 that every push service takes."""
POINT_BYTES = 65
AUTH_BYTES = 16


class Delivery(enum.Enum):
    """What the push service said."""

    TAKEN = "taken"
    GONE = "gone"
    """There is no such subscription any more."""
    LATER = "later"
    """Try again: it is busy, broken, or was not reached."""
    REFUSED = "refused"
    """It will not take this from us, however often."""


@dataclass(frozen=True, slots=True)
class Target:
    """A browser's subscription: its address at the push service and its keys."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message; `wait` is the pause in seconds that the service asked for."""

    delivery: Delivery
    status: int | None = None
    wait: float | None = None


def new_private_key() -> str:
    """A VAPID key as the setting holds it: 32 bytes in base64url."""
    key = ec.generate_private_key(ec.SECP256R1())
    return encode(key.private_numbers().private_value.to_bytes(32))


def public_key(settings: PushSettings) -> str:
    """The key that a browser subscribes with, in base64url."""
    point = _private_key(settings).public_key()
    return encode(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def is_target(target: Target, settings: PushSettings) -> bool:
    """Whether the address belongs to a push service that we know, and the keys are keys.

    A list of known hosts, since an address that clients choose freely would let them make this
    server ask whatever it can reach.
    """
    try:
        url = urlsplit(target.endpoint)
        port = url.port
    except ValueError:
        return False
    host = url.hostname or ""
    known = any(host == one or host.endswith("." + one) for one in settings.hosts)
    if not known or url.username or url.password:
        return False
    secure = url.scheme == "https" and port in (None, 443)
    # Only tests name this machine as a push service (config.py).
    if not secure and host not in settings.plain_hosts:
        return False
    try:
        point, auth = decode(target.p256dh), decode(target.auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return len(point) == POINT_BYTES and len(auth) == AUTH_BYTES


class WebPush:
    """Sends messages. One for a worker; `close` at its end."""

    def __init__(self, settings: PushSettings) -> None:
        self._settings = settings
        self._key = _private_key(settings)
        self._public = public_key(settings)
        # The address is never left for another: the service cannot send us elsewhere.
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def send(
        self, target: Target, message: bytes, *, topic: str, seconds: int, urgent: bool
    ) -> Answer:
        """Hands the message over. A later one of the same `topic` replaces it as long as it
        waits, which is `seconds` at most."""
        if not is_target(target, self._settings):
            return Answer(Delivery.GONE)
        headers = {
            "Authorization": f"vapid t={self._token(target.endpoint)}, k={self._public}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(seconds),
            "Topic": topic,
            "Urgency": "high" if urgent else "normal",
        }
        try:
            body = encrypt(target, message)
            response = await self._http.post(target.endpoint, content=body, headers=headers)
        except httpx.HTTPError:
            return Answer(Delivery.LATER)
        return _read(response)

    def _token(self, endpoint: str) -> str:
        url = urlsplit(endpoint)
        claims = {
            "aud": f"{url.scheme}://{url.netloc}",
            "exp": int(clock.now().timestamp()) + TOKEN_SECONDS,
            "sub": self._settings.subject,
        }
        return jwt.encode(claims, self._key, algorithm="ES256")


def encrypt(target: Target, message: bytes) -> bytes:
    """The body for this browser alone, with a key pair and a salt of its own."""
    if len(message) > LARGEST_MESSAGE:
        raise ValueError("The message is too large for a push service.")
    encrypted: bytes = http_ece.encrypt(
        message,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decode(target.p256dh),
        auth_secret=decode(target.auth),
        version="aes128gcm",
    )
    return encrypted


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of base64url with or without its padding; ValueError where it is none."""
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64url") from error


def _private_key(settings: PushSettings) -> ec.EllipticCurvePrivateKey:
    secret = int.from_bytes(decode(settings.private_key))
    return ec.derive_private_key(secret, ec.SECP256R1())


def _read(response: httpx.Response) -> Answer:
    status = response.status_code
    if 200 <= status < 300:
        return Answer(Delivery.TAKEN, status)
    if status in (404, 410):
        return Answer(Delivery.GONE, status)
    if status == 429 or status >= 500:
        return Answer(Delivery.LATER, status, _wait(response.headers.get("Retry-After", "")))
    return Answer(Delivery.REFUSED, status)


def _wait(text: str) -> float | None:
    """Seconds, or the date, of a Retry-After."""
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return None
