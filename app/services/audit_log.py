"""Reading the audit log: all of it for administrators, a group's changed terms for its people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput
from app.models import AuditLog
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime

SETTING_CHANGED = "settings.changed"
LONGEST_ACTION = 40


async def list_audit(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    entity_id: UUID | None,
    actor_id: UUID | None,
    action: str | None,
    since: datetime | None,
    until: datetime | None,
    first: int,
    after: str | None,
) -> Page[AuditLog]:
    """A page of the whole log, newest first; `until` is the first instant that is left out.

    Sealed values stay sealed: they are shown where a member is shown, not in a list of all.
    """
    demand(actor, "audit:read")
    check_first(first)
    for instant, field in ((since, "from"), (until, "to")):
        if instant is not None and instant.tzinfo is None:
            raise BadInput("The time needs its zone, e.g. Z for UTC.", field=field)
    if action is not None and not 0 < len(action) <= LONGEST_ACTION:
        raise BadInput(f"An action has up to {LONGEST_ACTION} characters.", field="action")
    wanted: list[tuple[ColumnElement[bool], object]] = [
        (col(AuditLog.group_id) == group_id, group_id),
        (col(AuditLog.entity_id) == entity_id, entity_id),
        (col(AuditLog.actor_id) == actor_id, actor_id),
        (col(AuditLog.action) == action, action),
    ]
    conditions = [condition for condition, value in wanted if value is not None]
    if since is not None:
        conditions.append(col(AuditLog.at) >= since)
    if until is not None:
        conditions.append(col(AuditLog.at) < until)
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
    return await _page(runtime, conditions, first, after)


async def settings_history(
    runtime: Runtime, actor: Actor, *, group_id: UUID, first: int, after: str | None
) -> Page[AuditLog]:
    """Who changed which of a group's terms, newest first; for all who may see the group."""
    demand(actor, "groups:read")
    check_first(first)
    async with runtime.db.reading() as session:
        await load_group(session, actor, group_id)
    conditions = [
        col(AuditLog.group_id) == group_id,
        col(AuditLog.action) == SETTING_CHANGED,
    ]
    return await _page(runtime, conditions, first, after)


async def _page(
    runtime: Runtime, conditions: list[ColumnElement[bool]], first: int, after: str | None
) -> Page[AuditLog]:
    """By id: a line's id is a UUIDv7, so its order is that of time, and has an index."""
    key = decode_cursor(after, UUID)
    statement = select(AuditLog).where(*conditions)
    if key:
        statement = statement.where(col(AuditLog.id) < key[0])
    statement = statement.order_by(col(AuditLog.id).desc()).limit(first + 1)
    async with runtime.db.reading() as session:
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            return await _count(counting, conditions)

    return cut(rows, first, lambda row: (row.id,), count)


async def _count(session: AsyncSession, conditions: list[ColumnElement[bool]]) -> int:
    total = select(func.count()).select_from(AuditLog).where(*conditions)
    return int((await session.execute(total)).scalar_one())
