"""Who was erased, as a list that is kept apart from the database: a backup from before holds them
still, and after its restore they are erased again by it (docs/operations.md)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.actor import Actor
from app.errors import BadInput, DomainError, Forbidden, NotFound
from app.models import AuditLog, Member, Role, User
from app.runtime import Runtime
from app.services.erasure import EraseReason, erase_member

HEADER = ("member_id", "reason", "erased_at")


@dataclass
class Again:
    """What became of a list: numbers, and for each id that was refused what stands against it."""

    erased: int = 0
    already: int = 0
    unknown: int = 0
    refused: dict[UUID, list[str]] = field(default_factory=dict)


async def list_erased(session: AsyncSession) -> str:
    """CSV of HEADER, the oldest first: ids and reasons, nothing that says who they were."""
    rows = await session.execute(
        select(col(AuditLog.entity_id), col(AuditLog.detail), col(AuditLog.at))
        .where(col(AuditLog.action) == "member.erased")
        .order_by(col(AuditLog.at), col(AuditLog.id))
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for member_id, detail, at in rows:
        reason = orjson.loads(detail or "{}").get("reason", EraseReason.MEMBER_ASKED.value)
        writer.writerow([member_id, reason, at.isoformat()])
    return text.getvalue()


def read_erased(text: str) -> list[tuple[UUID, EraseReason]]:
    """What `list_erased` wrote; several lists may follow each other. BAD_INPUT names the line."""
    found: dict[UUID, EraseReason] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(text)), 1):
        if not cells or tuple(cells) == HEADER:
            continue
        try:
            found[UUID(cells[0])] = EraseReason(cells[1])
        except (ValueError, IndexError) as error:
            raise BadInput(f"Line {number} is no line of such a list.", field="list") from error
    return list(found.items())


async def erase_again(
    runtime: Runtime, administrator: UUID, wanted: Sequence[tuple[UUID, EraseReason]]
) -> Again:
    """Erases those that this database still knows, each in a transaction of its own, so that it
    may be broken off and begun anew. FORBIDDEN unless it is an administrator who may sign in."""
    async with runtime.db.reading() as session:
        user = await session.get(User, administrator)
        if user is None or not user.is_active or user.role != Role.SYSTEM_ADMIN.value:
            raise Forbidden()
        rows = await session.execute(
            select(col(Member.id)).where(col(Member.erased_at).is_not(None))
        )
        done = set(rows.scalars())
    actor, found = Actor(administrator, Role.SYSTEM_ADMIN), Again()
    for member_id, reason in wanted:
        if member_id in done:
            found.already += 1
            continue
        try:
            await erase_member(runtime, actor, member_id, reason)
            found.erased += 1
        except NotFound:
            found.unknown += 1
        except DomainError as error:
            found.refused[member_id] = [one.code for one in error.details] or [error.code]
    return found
