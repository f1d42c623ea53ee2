"""Dead letters: rows of the outbox that workers gave up, for a person to decide about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput
from app.models import Message, MessageState, OutboxMessage
from app.paging import Page, check_first, cut, decode_cursor, instant
from app.runtime import Runtime
from app.services import audit
from app.services.outbox import ring

VERB = "messages:manage"
MOST_IDS = 100
LONGEST_TOPIC = 40
LONGEST_REASON = 200


async def list_dead(
    runtime: Runtime,
    actor: Actor,
    *,
    topic: str | None,
    before: datetime | None,
    first: int,
    after: str | None,
) -> Page[OutboxMessage]:
    """A page of dead letters, the newest first; `before`: those given up before an instant."""
    demand(actor, VERB)
    check_first(first)
    if topic is not None and not 0 < len(topic) <= LONGEST_TOPIC:
        raise BadInput(f"A topic has up to {LONGEST_TOPIC} characters.", field="topic")
    if before is not None and before.tzinfo is None:
        raise BadInput("The time needs its zone, e.g. Z for UTC.", field="before")
    at, row_id = col(OutboxMessage.dead_at), col(OutboxMessage.id)
    conditions: list[ColumnElement[bool]] = [at.is_not(None)]
    if topic is not None:
        conditions.append(col(OutboxMessage.topic) == topic)
    if before is not None:
        conditions.append(at < before)
    key = decode_cursor(after, instant, UUID)
    statement = select(OutboxMessage).where(*conditions)
    if key:
        statement = statement.where(or_(at < key[0], and_(at == key[0], row_id < key[1])))
    statement = statement.order_by(at.desc(), row_id.desc()).limit(first + 1)
    async with runtime.db.reading() as session:
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(OutboxMessage).where(*conditions)
            return int((await counting.execute(total)).scalar_one())

    def place(row: OutboxMessage) -> tuple[Any, ...]:
        return row.dead_at.isoformat() if row.dead_at else "", row.id

    return cut(rows, first, place, count)


async def resend(runtime: Runtime, actor: Actor, ids: Sequence[UUID]) -> int:
    """Lets dead letters be tried anew, from the first attempt on; how many.

    Those that are no dead letters (any more) stay as they are: asked twice, it happens once.
    """
    demand(actor, VERB)
    wanted = _checked(ids)

    async def work(session: AsyncSession) -> int:
        rows = await _lock(session, wanted)
        now = clock.now()
        for row in rows:
            audit.record(
                session,
                "message.resent",
                actor_id=actor.user_id,
                entity_id=row.id,
                topic=row.topic,
                code=row.dead_code,
            )
            row.done_at = row.dead_at = row.dead_code = None
            row.attempts, row.available_at = 0, now
        await session.execute(
            update(Message)
            .where(col(Message.id).in_([row.id for row in rows]))
            .values(state=MessageState.WAITING.value, reason=None, failed_channels="")
            .execution_options(synchronize_session=False)
        )
        ring(runtime, session)
        return len(rows)

    return await runtime.db.transact(work)


async def dismiss(runtime: Runtime, actor: Actor, ids: Sequence[UUID], reason: str) -> int:
    """Takes dead letters off the list for good; how many. BAD_INPUT without a reason, which is
    kept in the audit log and must name nobody."""
    demand(actor, VERB)
    wanted = _checked(ids)
    why = reason.strip()
    if not 0 < len(why) <= LONGEST_REASON:
        raise BadInput(f"Say why in 1 to {LONGEST_REASON} characters.", field="reason")

    async def work(session: AsyncSession) -> int:
        rows = await _lock(session, wanted)
        for row in rows:
            audit.record(
                session,
                "message.dismissed",
                actor_id=actor.user_id,
                entity_id=row.id,
                topic=row.topic,
                code=row.dead_code,
                reason=why,
            )
            row.dead_at = row.dead_code = None
        return len(rows)

    return await runtime.db.transact(work)


def _checked(ids: Sequence[UUID]) -> list[UUID]:
    if not 1 <= len(ids) <= MOST_IDS:
        raise BadInput(f"Name 1 to {MOST_IDS} messages.", field="ids")
    return sorted(set(ids))


async def _lock(session: AsyncSession, ids: Sequence[UUID]) -> list[OutboxMessage]:
    found = await session.execute(
        select(OutboxMessage)
        .where(col(OutboxMessage.id).in_(ids), col(OutboxMessage.dead_at).is_not(None))
        .order_by(col(OutboxMessage.id))
        .with_for_update()
    )
    return list(found.scalars())
