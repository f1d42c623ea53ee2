"""The audit log: who did what to which record. Append-only; ids, codes and amounts only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.models import AuditLog


def record(
    session: AsyncSession,
    action: str,
    *,
    actor_id: UUID | None,
    entity_id: UUID | None = None,
    group_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Adds one line, which is kept if and only if the session's transaction commits.

    `detail` must hold no personal data: names and numbers are found through the ids.
    """
    session.add(
        AuditLog(
            group_id=group_id,
            at=clock.now(),
            actor_id=actor_id,
            action=action,
            entity_id=entity_id,
            detail=orjson.dumps(detail, default=str).decode() if detail else "",
        )
    )
