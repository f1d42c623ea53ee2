"""Which officer's phone holds work that was not sent yet, and since when (design.md, Sync)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.bulk import upsert_rows
from app.errors import BadInput, NotFound
from app.models import Device, FieldOfficer, RefreshToken, UnsentWork
from app.paging import check_first
from app.runtime import Runtime
from app.services.tracking import visible_officers

MOST = 1_000_000
COLUMNS = ("user_id", "device_id", "waiting", "failed", "oldest_at", "reported_at")


async def report_unsent(
    runtime: Runtime,
    actor: Actor,
    *,
    device_id: UUID,
    waiting: int,
    failed: int,
    oldest_at: datetime | None,
) -> UnsentWork:
    """Keeps what the officer's phone says of its outbox, in place of what it said before.

    The phone must be one on which the officer is signed in (NOT_FOUND otherwise), also where a
    colleague has signed in after them: a shared phone speaks for each of its officers. A clock
    that runs ahead counts as now.
    """
    demand(actor, "outbox:report")
    for number, field in ((waiting, "waiting"), (failed, "failed")):
        if not 0 <= number <= MOST:
            raise BadInput("That is no number of operations.", field=field)
    if oldest_at is not None and oldest_at.tzinfo is None:
        raise BadInput("The time needs its zone, e.g. Z for UTC.", field="oldestAt")
    now = clock.now()
    empty = waiting + failed == 0
    if not empty and oldest_at is None:
        raise BadInput("Say when the oldest was made.", field="oldestAt")
    row = UnsentWork(
        user_id=actor.user_id,
        device_id=device_id,
        waiting=waiting,
        failed=failed,
        oldest_at=None if empty or oldest_at is None else min(oldest_at, now),
        reported_at=now,
    )

    async def work(session: AsyncSession) -> None:
        own = select(col(RefreshToken.id)).where(
            col(RefreshToken.user_id) == actor.user_id,
            col(RefreshToken.device_id) == device_id,
            col(RefreshToken.revoked_at).is_(None),
        )
        if (await session.execute(own.limit(1))).scalar_one_or_none() is None:
            raise NotFound("You are not signed in on such a phone.", field="deviceId")
        await upsert_rows(
            session,
            UnsentWork,
            COLUMNS,
            [tuple(getattr(row, name) for name in COLUMNS)],
            key=COLUMNS[:2],
        )

    await runtime.db.transact(work)
    return row


async def list_unsent(runtime: Runtime, actor: Actor, first: int) -> list[tuple[UnsentWork, str]]:
    """Phones with unsent work and their names, the oldest work first: of all officers for
    administrators, of the group's for its chair and committee, an officer's own."""
    demand(actor, "officers:read")
    check_first(first)
    statement = (
        select(UnsentWork, func.coalesce(col(Device.name), ""))
        .join(FieldOfficer, col(FieldOfficer.id) == col(UnsentWork.user_id))
        .join(Device, col(Device.id) == col(UnsentWork.device_id))
        .where(
            or_(col(UnsentWork.waiting) > 0, col(UnsentWork.failed) > 0), visible_officers(actor)
        )
        .order_by(col(UnsentWork.oldest_at), col(UnsentWork.device_id))
        .limit(first)
    )
    async with runtime.db.reading() as session:
        return [(row, name) for row, name in await session.execute(statement)]
