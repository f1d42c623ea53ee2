"""From a token to an actor: signed by us, not ended, and still wanted by the database."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.tokens import ENDED, AccessClaims, read_access_token
from app.errors import Unauthenticated
from app.models import RefreshToken, Role, User
from app.runtime import Runtime

BEARER = "bearer "


def bearer_token(header: str | None) -> str | None:
    """The token of an `Authorization: Bearer …` header (or of a connection_init payload)."""
    if header is None or header[: len(BEARER)].lower() != BEARER:
        return None
    return header[len(BEARER) :].strip() or None


async def authenticate(runtime: Runtime, token: str) -> Actor:
    """The actor of a token; Unauthenticated when it is forged, ended or revoked.

    Revoked means: the user was deactivated, the user's sessions were ended after it was
    issued, or its sign-in was signed out or caught reusing a refresh token.
    """
    known = runtime.tokens.get(token)
    if known is not None:
        return known
    claims = read_access_token(runtime.settings, token)
    generation = runtime.tokens.generation
    actor = await _actor_of(runtime, claims)
    lifetime = (claims.expires_at - clock.now()).total_seconds()
    runtime.tokens.keep(token, actor, lifetime=lifetime, generation=generation)
    return actor


async def _actor_of(runtime: Runtime, claims: AccessClaims) -> Actor:
    family_lives = exists().where(
        col(RefreshToken.family_id) == claims.family_id,
        col(RefreshToken.user_id) == claims.user_id,
        col(RefreshToken.revoked_at).is_(None),
    )
    query = select(
        col(User.role), col(User.group_id), col(User.is_active), col(User.sessions_valid_from)
    ).where(col(User.id) == claims.user_id, family_lives)
    async with runtime.db.reading() as session:
        row = (await session.execute(query)).one_or_none()
    if row is None or not row.is_active or claims.issued_at < row.sessions_valid_from:
        raise Unauthenticated(ENDED)
    group_id: UUID | None = row.group_id
    return Actor(
        user_id=claims.user_id,
        role=Role(row.role),
        group_id=group_id,
        expires_at=claims.expires_at,
        session_id=claims.family_id,
    )
