"""Phones and browsers that somebody signed in on: seeing them, shutting one out, letting it in.

A device that is shut out keeps what it has not sent: its tokens end, and nobody signs in on it
until it is let in again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound, RuleBroken
from app.models import Device, RefreshToken, UnsentWork
from app.paging import Page, check_first, cut, decode_cursor, instant
from app.runtime import Runtime
from app.services import audit
from app.services.push_subscriptions import forget_device
from app.services.sessions import revoke_family
from app.services.signing_keys import withdraw_keys_on


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device, whose it was last, and what stands on it now."""

    row: Device
    signed_in: int
    """Sign-ins that can be renewed still."""
    unsent: tuple[UnsentWork, ...]

    @property
    def id(self) -> UUID:
        return self.row.id


async def list_devices(
    runtime: Runtime,
    actor: Actor,
    *,
    user_id: UUID | None,
    revoked: bool | None,
    first: int,
    after: str | None,
) -> Page[KnownDevice]:
    """A page of devices, the last used first."""
    demand(actor, "people:manage")
    check_first(first)
    conditions: list[ColumnElement[bool]] = []
    if user_id is not None:
        conditions.append(col(Device.user_id) == user_id)
    if revoked is not None:
        at = col(Device.revoked_at)
        conditions.append(at.is_not(None) if revoked else at.is_(None))
    statement = select(Device).where(*conditions)
    key = decode_cursor(after, instant, UUID)
    if key:
        seen, last = key
        same = and_(col(Device.last_seen_at) == seen, col(Device.id) < last)
        statement = statement.where(or_(col(Device.last_seen_at) < seen, same))
    order = (col(Device.last_seen_at).desc(), col(Device.id).desc())
    async with runtime.db.reading() as session:
        rows = list((await session.execute(statement.order_by(*order).limit(first + 1))).scalars())
        found = await _describe(session, rows[:first])

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(Device).where(*conditions)
            return int((await counting.execute(total)).scalar_one())

    page = cut(rows, first, lambda row: (row.last_seen_at.isoformat(), row.id), count)
    return Page(found, page.cursors, page.has_next, count)


async def _describe(session: AsyncSession, rows: Sequence[Device]) -> list[KnownDevice]:
    ids = [row.id for row in rows]
    signed_in = await session.execute(
        select(col(RefreshToken.device_id), func.count())
        .where(col(RefreshToken.device_id).in_(ids), *_alive())
        .group_by(col(RefreshToken.device_id))
    )
    numbers = dict(signed_in.all())
    waiting = await session.execute(
        select(UnsentWork)
        .where(
            col(UnsentWork.device_id).in_(ids),
            or_(col(UnsentWork.waiting) > 0, col(UnsentWork.failed) > 0),
        )
        .order_by(col(UnsentWork.oldest_at), col(UnsentWork.user_id))
    )
    unsent: defaultdict[UUID, list[UnsentWork]] = defaultdict(list)
    for work in waiting.scalars():
        unsent[work.device_id].append(work)
    return [KnownDevice(row, numbers.get(row.id, 0), tuple(unsent[row.id])) for row in rows]


def _alive() -> tuple[ColumnElement[bool], ...]:
    """Of a family that lives exactly one token waits to be used."""
    return (
        col(RefreshToken.used_at).is_(None),
        col(RefreshToken.revoked_at).is_(None),
        col(RefreshToken.expires_at) > clock.now(),
    )


async def revoke_device(
    runtime: Runtime, actor: Actor, device_id: UUID, *, acknowledge_unsent: bool
) -> KnownDevice:
    """Ends every sign-in on the device, whoever's, lets nobody sign in on it, and withdraws the
    keys with which chairs and committee members sign there.

    NOT_FOUND; UNSENT_WORK while it holds some, unless it is acknowledged. Twice is no fault.
    """
    demand(actor, "people:manage")

    async def work(session: AsyncSession) -> KnownDevice:
        device = await _lock(session, device_id)
        (known,) = await _describe(session, [device])
        if device.revoked_at is not None:
            return known
        number = sum(one.waiting + one.failed for one in known.unsent)
        if number and not acknowledge_unsent:
            raise RuleBroken(
                f"This device holds {number} records that were not sent yet. Have them sent or "
                "exported first, or say that you know of it.",
                code="UNSENT_WORK",
                field="acknowledgeUnsent",
            )
        device.revoked_at = clock.now()
        await session.flush()
        await _end_sign_ins(session, runtime, device_id)
        await withdraw_keys_on(session, actor, device_id)
        audit.record(
            session,
            "device_revoked",
            actor_id=actor.user_id,
            entity_id=device_id,
            user=device.user_id,
        )
        return KnownDevice(device, 0, known.unsent)

    return await runtime.db.transact(work)


async def restore_device(runtime: Runtime, actor: Actor, device_id: UUID) -> KnownDevice:
    """Lets people sign in on the device again; the keys on it stay withdrawn and are enrolled
    anew. NOT_FOUND; twice is no fault."""
    demand(actor, "people:manage")

    async def work(session: AsyncSession) -> KnownDevice:
        device = await _lock(session, device_id)
        if device.revoked_at is not None:
            device.revoked_at = None
            audit.record(
                session,
                "device_restored",
                actor_id=actor.user_id,
                entity_id=device_id,
                user=device.user_id,
            )
        (known,) = await _describe(session, [device])
        return known

    return await runtime.db.transact(work)


async def _lock(session: AsyncSession, device_id: UUID) -> Device:
    """The lock that sign-in and renewal take before they look whether it is shut out: none
    slips in behind a revocation. They hold their user's lock then, so none is taken here."""
    rows = await session.execute(
        select(Device).where(col(Device.id) == device_id).with_for_update(key_share=True)
    )
    device: Device | None = rows.scalar_one_or_none()
    if device is None:
        raise NotFound("There is no such device.", field="id")
    return device


async def _end_sign_ins(session: AsyncSession, runtime: Runtime, device_id: UUID) -> None:
    rows = await session.execute(
        select(col(RefreshToken.user_id), col(RefreshToken.family_id))
        .where(col(RefreshToken.device_id) == device_id, col(RefreshToken.revoked_at).is_(None))
        .distinct()
        .order_by(col(RefreshToken.user_id), col(RefreshToken.family_id))
    )
    for user_id, family_id in rows.all():
        await revoke_family(session, runtime, user_id, family_id)
        await forget_device(session, user_id, device_id)
