"""Access tokens (JWT HS256, signed) and refresh tokens (random, kept as a hash)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from app import clock
from app.config import Settings
from app.crypto import sha256
from app.errors import Unauthenticated

ALGORITHM = "HS256"
ISSUER = "tablebanking"
TYPE = "access"
REFRESH_BYTES = 32
LONGEST_TOKEN = 2048
CLOCK_SKEW = timedelta(seconds=60)
"""How far the clocks of two servers may lie apart."""
ENDED = "Your sign-in has ended. Sign in again."


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What a valid access token says: who, from which sign-in, issued when, until when."""

    user_id: UUID
    family_id: UUID
    issued_at: datetime
    expires_at: datetime


def issue_access_token(settings: Settings, user_id: UUID, family_id: UUID) -> str:
    """A signed token of `access_token_minutes`; `iat` keeps fractions, because tokens and
    revocations of the same second must be told apart."""
    now = clock.now()
    claims = {
        "iss": ISSUER,
        "typ": TYPE,
        "sub": str(user_id),
        "sid": str(family_id),
        "jti": secrets.token_urlsafe(12),
        "iat": now.timestamp(),
        "exp": int((now + timedelta(minutes=settings.access_token_minutes)).timestamp()),
    }
    return jwt.encode(claims, settings.jwt_secret_key, algorithm=ALGORITHM)


def read_access_token(settings: Settings, token: str) -> AccessClaims:
    """The claims of a token that we signed and that has not ended; else Unauthenticated."""
    if len(token) > LONGEST_TOKEN:
        raise Unauthenticated(ENDED)
    try:
        claims = jwt.decode(
            token,
            settings.jwt_secret_key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            options={
                "require": ["exp", "sub", "iat", "jti", "sid", "typ", "iss"],
                "verify_iat": False,
                "verify_aud": False,
                "enforce_minimum_key_length": True,
            },
        )
        issued_at = datetime.fromtimestamp(float(claims["iat"]), UTC)
        expires_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
        found = AccessClaims(UUID(claims["sub"]), UUID(claims["sid"]), issued_at, expires_at)
    except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Unauthenticated(ENDED) from error
    if claims["typ"] != TYPE or issued_at > clock.now() + CLOCK_SKEW:
        raise Unauthenticated(ENDED)
    return found


def new_refresh_token() -> str:
    return secrets.token_urlsafe(REFRESH_BYTES)


def refresh_token_hash(token: str) -> bytes:
    """What the database keeps; the token is random, so a plain hash cannot be guessed."""
    return sha256(token.encode())
