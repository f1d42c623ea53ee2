"""The outbox: effects that must leave after a commit wait there as rows."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app import clock
from app.models import OutboxMessage
from app.runtime import Runtime

log = logging.getLogger(__name__)


async def look_at_outbox(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """How many messages are due, logged with the age of the oldest: the worker's heartbeat."""
    runtime: Runtime = ctx["runtime"]
    now = clock.now()
    query = select(func.count(), func.min(col(OutboxMessage.available_at))).where(
        col(OutboxMessage.done_at).is_(None), col(OutboxMessage.available_at) <= now
    )
    async with runtime.db.reading() as session:
        waiting, oldest = (await session.execute(query)).one()
    age = round((now - oldest).total_seconds()) if waiting else 0
    log.info("outbox", extra={"waiting": waiting, "oldest_seconds": age})
    return int(waiting)
