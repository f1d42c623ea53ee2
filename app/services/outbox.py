"""The outbox: effects that must leave after a commit wait there as rows.

A row is written in the transaction of what caused it; app/workers/outbox.py works it off. The
bell only makes that soon: a lost one is made good when a worker next looks by itself.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.db import after_commit
from app.models import OutboxMessage
from app.runtime import Runtime

BELL = "outbox"
"""The event that wakes workers; it carries nothing."""


def put(
    session: AsyncSession,
    topic: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    at: datetime | None = None,
    member_id: UUID | None = None,
) -> None:
    """One row, due `at` or at once. `member_id`: it goes when the member is erased."""
    session.add(
        OutboxMessage(
            topic=topic,
            payload=payload,
            member_id=member_id,
            created_at=now,
            available_at=at or now,
        )
    )


def ring(runtime: Runtime, session: AsyncSession) -> None:
    """Wakes workers once the session's transaction has committed."""

    async def bell() -> None:
        await runtime.events.publish(BELL, {})

    after_commit(session, bell)


async def due(
    session: AsyncSession, topic: str, now: datetime, at_most: int
) -> list[OutboxMessage]:
    """What is due, the oldest first, locked; rows that another worker holds are left to it.
    SQLite has one writer at a time, so there is nobody to leave them to."""
    found = await session.execute(
        select(OutboxMessage)
        .where(
            col(OutboxMessage.topic) == topic,
            col(OutboxMessage.done_at).is_(None),
            col(OutboxMessage.available_at) <= now,
        )
        .order_by(col(OutboxMessage.available_at), col(OutboxMessage.id))
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    return list(found.scalars())


async def count_by_topic(session: AsyncSession) -> dict[str, dict[str, int]]:
    """How many rows of each topic are "waiting" and how many are "dead"."""
    topic = col(OutboxMessage.topic)
    found: dict[str, dict[str, int]] = {"waiting": defaultdict(int), "dead": defaultdict(int)}
    for name, condition in (
        ("waiting", col(OutboxMessage.done_at).is_(None)),
        ("dead", col(OutboxMessage.dead_at).is_not(None)),
    ):
        rows = await session.execute(select(topic, func.count()).where(condition).group_by(topic))
        found[name].update({row[0]: row[1] for row in rows})
    return found
