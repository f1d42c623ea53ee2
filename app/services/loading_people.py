"""Batches of people: a group's officers and officials, and what belongs to users."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import (
    Device,
    GroupOfficial,
    Office,
    OfficerAssignment,
    OneTimeCode,
    UnsentWork,
)

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


async def one_time_codes(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, OneTimeCode]:
    """The code that each user has not used yet."""
    rows = await session.execute(select(OneTimeCode).where(col(OneTimeCode.user_id).in_(ids)))
    return {row.user_id: row for row in rows.scalars()}


async def device_counts(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    """On how many phones and browsers each user was the last to sign in."""
    rows = await session.execute(
        select(col(Device.user_id), func.count())
        .where(col(Device.user_id).in_(ids), col(Device.revoked_at).is_(None))
        .group_by(col(Device.user_id))
    )
    return dict(rows.all())


async def unsent_of_users(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, list[tuple[UnsentWork, str]]]:
    """Each user's phones with unsent work, and the phones' names; the oldest work first."""
    rows = await session.execute(
        select(UnsentWork, col(Device.name))
        .join(Device, col(Device.id) == col(UnsentWork.device_id))
        .where(
            col(UnsentWork.user_id).in_(ids),
            or_(col(UnsentWork.waiting) > 0, col(UnsentWork.failed) > 0),
        )
        .order_by(col(UnsentWork.oldest_at), col(UnsentWork.device_id))
    )
    found: dict[UUID, list[tuple[UnsentWork, str]]] = defaultdict(list)
    for row, name in rows:
        found[row.user_id].append((row, name))
    return found
