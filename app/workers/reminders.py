"""Reminders by day: of instalments, and of tomorrow's meetings; each once, whenever this runs."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.models import BankingGroup, GroupStatus
from app.runtime import Runtime
from app.services.member_news import remind_of_loans, remind_of_meetings

GROUPS_AT_ONCE = 50
log = logging.getLogger(__name__)


async def write_reminders(ctx: dict[str, Any]) -> int:
    """How many messages were written now. After days of standstill what is still news goes."""
    runtime: Runtime = ctx["runtime"]
    today = clock.today(runtime.settings.timezone)
    written = 0
    last: UUID | None = None
    while True:
        groups = await _groups_after(runtime, last)
        if not groups:
            break
        last = groups[-1]
        written += await _remind(runtime, groups, today)
    log.info("reminders", extra={"written": written})
    return written


async def _groups_after(runtime: Runtime, last: UUID | None) -> list[UUID]:
    group_id = col(BankingGroup.id)
    statement = select(group_id).where(col(BankingGroup.status) == GroupStatus.ACTIVE.value)
    if last is not None:
        statement = statement.where(group_id > last)
    async with runtime.db.reading() as session:
        rows = await session.execute(statement.order_by(group_id).limit(GROUPS_AT_ONCE))
        return list(rows.scalars())


async def _remind(runtime: Runtime, groups: list[UUID], today: date) -> int:
    async def work(session: AsyncSession) -> int:
        return await remind_of_loans(runtime, session, groups, today) + await remind_of_meetings(
            runtime, session, groups, today
        )

    try:
        return await runtime.db.transact(work)
    except Exception:
        # Others are reminded all the same; the next run tries these again.
        log.exception("reminders of some groups failed")
        return 0
