"""Where all officers were over a stretch of time, thinned so that a browser can play it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import scope
from app.auth.actor import Actor
from app.errors import BadInput
from app.models import FieldOfficer, OfficerAssignment, OfficerPing
from app.services.tracking import check_period, visible_officers

LONGEST = timedelta(hours=24)
MOST_POINTS = 60_000
"""Of all officers together; each gets an equal share of it."""
MOST_OF_ONE = 480
"""Of one officer: one in three minutes over a day."""


@dataclass(slots=True)
class OfficerWay:
    """One officer's positions as columns, oldest first: degrees, and seconds since `from`."""

    officer_id: UUID
    seconds: list[int] = field(default_factory=list)
    latitudes: list[float] = field(default_factory=list)
    longitudes: list[float] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)


async def ways(
    session: AsyncSession,
    actor: Actor,
    since: datetime,
    until: datetime,
    group_ids: Sequence[UUID] | None,
) -> list[OfficerWay]:
    """The ways of the visible officers (of the groups named, if any) who sent positions."""
    check_period(since, until)
    if until - since > LONGEST:
        raise BadInput("Ask for 24 hours at most.", field="to")
    officers = await _officers(session, actor, group_ids)
    counted = select(func.count()).select_from(officers.subquery())
    share = MOST_POINTS // max((await session.execute(counted)).scalar_one(), 1)
    points = _thinned(officers, since, until, max(min(share, MOST_OF_ONE), 2))
    found: dict[UUID, OfficerWay] = {}
    for row in await session.execute(points):
        way = found.setdefault(row.officer_id, OfficerWay(row.officer_id))
        way.seconds.append(int((row.recorded_at - since).total_seconds()))
        way.latitudes.append(row.latitude)
        way.longitudes.append(row.longitude)
        way.activities.append(row.activity_type)
    return list(found.values())


async def _officers(
    session: AsyncSession, actor: Actor, group_ids: Sequence[UUID] | None
) -> Select[UUID]:
    wanted = [col(FieldOfficer.is_active).is_(True), visible_officers(actor)]
    if group_ids is not None:
        groups = await scope(session, actor, group_ids, None)
        serving = select(col(OfficerAssignment.officer_id)).where(
            col(OfficerAssignment.group_id).in_(groups),
            col(OfficerAssignment.removed_at).is_(None),
        )
        wanted.append(col(FieldOfficer.id).in_(serving))
    return select(col(FieldOfficer.id)).where(*wanted)


def _thinned(officers: Select[UUID], since: datetime, until: datetime, most: int) -> Select[Any]:
    """At most `most` points of each officer, evenly, by officer and time."""
    one = col(OfficerPing.officer_id)
    # From the newest, so that a way ends where the officer was last.
    newest_first = (col(OfficerPing.recorded_at).desc(), col(OfficerPing.id).desc())
    number = func.row_number().over(partition_by=one, order_by=newest_first) - 1
    numbered = (
        select(
            one,
            col(OfficerPing.recorded_at),
            col(OfficerPing.latitude),
            col(OfficerPing.longitude),
            col(OfficerPing.activity_type),
            number.label("number"),
            func.count().over(partition_by=one).label("total"),
        )
        .where(
            one.in_(officers),
            col(OfficerPing.recorded_at) >= since,
            col(OfficerPing.recorded_at) <= until,
        )
        .subquery()
    )
    step = (numbered.c.total + (most - 1)) // most
    return (
        select(numbered)
        .where(numbered.c.number % step == 0)
        .order_by(numbered.c.officer_id, numbered.c.number.desc())
    )
