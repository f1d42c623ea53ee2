"""Browsers that wish to be told: kept, let go of, and opened for the worker that sends."""

from __future__ import annotations

from uuid import UUID

import orjson
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock, crypto
from app.auth.actor import Actor
from app.bulk import upsert_rows
from app.crypto import KeyRing
from app.errors import BadInput, NotFound, RuleBroken
from app.integrations.webpush import Target, is_target, public_key
from app.models import PushSubscription, RefreshToken, User
from app.runtime import Runtime
from app.services.member_privacy import place

MOST = 5
"""Browsers a user; the oldest gives way."""
LANGUAGES = ("en", "sw")
LONGEST_ENDPOINT = 1_000
COLUMNS = ("device_id", "user_id", "sealed", "language", "created_at")


def vapid_public_key(runtime: Runtime) -> str | None:
    """What a browser subscribes with; None where this server pushes nothing."""
    push = runtime.settings.push
    return public_key(push) if push is not None else None


async def save_subscription(
    runtime: Runtime,
    actor: Actor,
    *,
    device_id: UUID,
    endpoint: str,
    p256dh: str,
    auth: str,
    language: str,
) -> None:
    """Tells the caller from now on in this browser, and whoever asked there before no more.

    NOT_FOUND unless the caller is signed in on the device; PUSH_OFF where this server pushes
    nothing; BAD_INPUT where the address is of no push service that we know.
    """

    async def work(session: AsyncSession) -> None:
        user = await _owner(session, actor, device_id)
        push = runtime.settings.push
        if push is None:
            raise RuleBroken("This server sends no notices to phones.", code="PUSH_OFF")
        if language not in LANGUAGES:
            raise BadInput("Notices are written in en or sw.", field="language")
        target = Target(endpoint, p256dh, auth)
        if len(endpoint) > LONGEST_ENDPOINT or not is_target(target, push):
            raise BadInput("This is no subscription of a known push service.", field="endpoint")
        key = runtime.keys.unwrap(user.wrapped_key, user.id)
        plain = orjson.dumps([endpoint, p256dh, auth])
        sealed = crypto.seal(key, plain, place(device_id, "push"))
        values = (device_id, actor.user_id, sealed, language, clock.now())
        await upsert_rows(session, PushSubscription, COLUMNS, [values], key=COLUMNS[:1])
        await _keep_newest(session, actor.user_id)

    await runtime.db.transact(work)


async def remove_subscription(runtime: Runtime, actor: Actor, device_id: UUID) -> None:
    """Tells the caller no more in this browser. NOT_FOUND unless they are signed in there."""

    async def work(session: AsyncSession) -> None:
        await _owner(session, actor, device_id)
        await forget_device(session, actor.user_id, device_id)

    await runtime.db.transact(work)


async def forget_device(session: AsyncSession, user_id: UUID, device_id: UUID) -> None:
    """The user is told no more there; another user's subscription on it stays."""
    await session.execute(
        delete(PushSubscription).where(
            col(PushSubscription.device_id) == device_id,
            col(PushSubscription.user_id) == user_id,
        )
    )


async def forget_devices(session: AsyncSession, user_id: UUID) -> None:
    """The user is told no more anywhere."""
    await session.execute(delete(PushSubscription).where(col(PushSubscription.user_id) == user_id))


def open_target(keys: KeyRing, user: User, row: PushSubscription) -> Target:
    """The subscription in the clear, to send to; never logged."""
    key = keys.unwrap(user.wrapped_key, user.id)
    return Target(*orjson.loads(crypto.unseal(key, row.sealed, place(row.device_id, "push"))))


async def _owner(session: AsyncSession, actor: Actor, device_id: UUID) -> User:
    """The caller, locked so that two saves keep to the limit together. Several officers may be
    signed in on a phone, so it is the sign-in that counts, not whose it was last."""
    signed_in = (
        select(col(RefreshToken.id))
        .where(
            col(RefreshToken.user_id) == actor.user_id,
            col(RefreshToken.device_id) == device_id,
            col(RefreshToken.revoked_at).is_(None),
        )
        .exists()
    )
    rows = await session.execute(
        select(User).where(col(User.id) == actor.user_id, signed_in).with_for_update(key_share=True)
    )
    user: User | None = rows.scalar_one_or_none()
    if user is None:
        raise NotFound("You are not signed in on such a phone.", field="deviceId")
    return user


async def _keep_newest(session: AsyncSession, user_id: UUID) -> None:
    rows = await session.execute(
        select(col(PushSubscription.device_id))
        .where(col(PushSubscription.user_id) == user_id)
        .order_by(col(PushSubscription.created_at).desc(), col(PushSubscription.device_id))
        .offset(MOST)
    )
    old = list(rows.scalars())
    if old:
        await session.execute(
            delete(PushSubscription).where(col(PushSubscription.device_id).in_(old))
        )
