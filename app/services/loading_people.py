"""Batches of who has to do with a group: its officers and its officials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import GroupOfficial, Office, OfficerAssignment

ORDER = {office.value: number for number, office in enumerate(Office)}


async def officers_of_groups(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, list[OfficerAssignment]]:
    """Each group's officers of now, the longest there first."""
    rows = await session.execute(
        select(OfficerAssignment)
        .where(
            col(OfficerAssignment.group_id).in_(ids), col(OfficerAssignment.removed_at).is_(None)
        )
        .order_by(col(OfficerAssignment.assigned_at), col(OfficerAssignment.id))
    )
    found: dict[UUID, list[OfficerAssignment]] = defaultdict(list)
    for row in rows.scalars():
        found[row.group_id].append(row)
    return found


async def officials_of_groups(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, list[GroupOfficial]]:
    """Each group's officials of now: chair, secretary, treasurer, committee."""
    rows = await session.execute(
        select(GroupOfficial)
        .where(col(GroupOfficial.group_id).in_(ids), col(GroupOfficial.ended_at).is_(None))
        .order_by(col(GroupOfficial.begun_at), col(GroupOfficial.id))
    )
    found: dict[UUID, list[GroupOfficial]] = defaultdict(list)
    for row in sorted(rows.scalars(), key=lambda row: ORDER[row.office]):
        found[row.group_id].append(row)
    return found
