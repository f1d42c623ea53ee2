"""Where somebody is signed in, and ending it: one's own, and anybody's for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.permissions import demand, may
from app.errors import NotFound
from app.models import Device, RefreshToken, User
from app.paging import check_first
from app.runtime import Runtime
from app.services import audit
from app.services.people import lock_user
from app.services.push_subscriptions import forget_device, forget_devices
from app.services.sessions import revoke_family


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A sign-in that can be renewed still. `address`: where it began, where that is known."""

    id: UUID
    user_id: UUID
    device_id: UUID | None
    device_name: str | None
    begun_at: datetime
    last_used_at: datetime
    ends_at: datetime
    address: str | None
    is_current: bool


async def list_sessions(
    runtime: Runtime, actor: Actor, user_id: UUID | None, first: int
) -> list[OpenSession]:
    """The user's sign-ins that have not ended (None: one's own), the last used first."""
    owner = await _owner(runtime, actor, user_id)
    check_first(first)
    async with runtime.db.reading() as session:
        # Of a family that lives exactly one token waits to be used: the last.
        rows = await session.execute(
            select(RefreshToken, col(Device.name))
            .outerjoin(Device, col(Device.id) == col(RefreshToken.device_id))
            .where(
                col(RefreshToken.user_id) == owner,
                col(RefreshToken.used_at).is_(None),
                col(RefreshToken.revoked_at).is_(None),
                col(RefreshToken.expires_at) > clock.now(),
            )
            .order_by(col(RefreshToken.created_at).desc(), col(RefreshToken.id).desc())
            .limit(first)
        )
        found = rows.all()
        began = await _beginnings(session, [token.family_id for token, _ in found])
    return [
        OpenSession(
            id=token.family_id,
            user_id=token.user_id,
            device_id=token.device_id,
            device_name=name,
            begun_at=began[token.family_id][0],
            last_used_at=token.created_at,
            ends_at=token.expires_at,
            address=began[token.family_id][1],
            is_current=token.family_id == actor.session_id,
        )
        for token, name in found
    ]


async def _beginnings(
    session: AsyncSession, family_ids: Sequence[UUID]
) -> dict[UUID, tuple[datetime, str | None]]:
    """When and from where each sign-in came: what its first token says."""
    rows = await session.execute(
        select(
            col(RefreshToken.family_id),
            func.min(col(RefreshToken.created_at)),
            func.min(col(RefreshToken.address)),
        )
        .where(col(RefreshToken.family_id).in_(family_ids))
        .group_by(col(RefreshToken.family_id))
    )
    return {family_id: (begun, address) for family_id, begun, address in rows}


async def revoke_session(runtime: Runtime, actor: Actor, session_id: UUID) -> bool:
    """Ends a sign-in in every process: its tokens work no more. False where it had ended.

    NOT_FOUND for another's, except for administrators.
    """

    async def work(session: AsyncSession) -> bool:
        rows = await session.execute(
            select(col(RefreshToken.user_id), col(RefreshToken.device_id))
            .where(col(RefreshToken.family_id) == session_id)
            .limit(1)
        )
        found = rows.one_or_none()
        if found is None or (found.user_id != actor.user_id and not may(actor, "people:manage")):
            raise NotFound("There is no such sign-in.", field="id")
        await lock_user(session, found.user_id)
        alive = await session.execute(
            select(col(RefreshToken.id))
            .where(
                col(RefreshToken.family_id) == session_id, col(RefreshToken.revoked_at).is_(None)
            )
            .limit(1)
        )
        if alive.first() is None:
            return False
        await revoke_family(session, runtime, found.user_id, session_id)
        if found.device_id is not None:
            await forget_device(session, found.user_id, found.device_id)
        audit.record(
            session,
            "session_revoked",
            actor_id=actor.user_id,
            entity_id=session_id,
            user=found.user_id,
        )
        return True

    return await runtime.db.transact(work)


async def revoke_all_sessions(runtime: Runtime, actor: Actor, user_id: UUID) -> None:
    """Ends every sign-in of the user, one's own included; they may sign in anew."""
    owner = await _owner(runtime, actor, user_id)

    async def work(session: AsyncSession) -> None:
        user = await lock_user(session, owner)
        user.sessions_valid_from = clock.now()
        await session.flush()
        await revoke_family(session, runtime, owner, None)
        await forget_devices(session, owner)
        audit.record(session, "sessions_revoked", actor_id=actor.user_id, entity_id=owner)

    await runtime.db.transact(work)


async def _owner(runtime: Runtime, actor: Actor, user_id: UUID | None) -> UUID:
    if user_id is None or user_id == actor.user_id:
        return actor.user_id
    demand(actor, "people:manage")
    async with runtime.db.reading() as session:
        if await session.get(User, user_id) is None:
            raise NotFound("There is no such user.", field="userId")
    return user_id
