"""Figures of people: members, what officers do, how sync and the review inbox go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.actor import Actor
from app.models import (
    FieldOfficer,
    JournalEntry,
    Member,
    ReviewItem,
    ReviewKind,
    ReviewStatus,
    SyncOperation,
    SyncRefusal,
)
from app.paging import check_first
from app.services.kpis.durations import Durations, durations
from app.services.kpis.period import BEFORE, Month, Period, ratio

DECIDED = ReviewStatus.DECIDED.value
MOST_OFFICERS = 100
POSITIONS = "trackOfficer"
"""Left out of the success of sync: there are hundreds of them for each payment."""


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """Heads; growth in hundredths of a percent of those at the start (None: there were none)."""

    at_start: int
    at_end: int
    joined: int
    left: int
    registrations: int
    by_month: dict[int, int]
    """How many there were at each month's end."""

    @property
    def growth(self) -> int | None:
        return ratio(self.at_end - self.at_start, self.at_start)


@dataclass(frozen=True, slots=True)
class OfficerFigures:
    """What one officer did: entries of the books, on how many days of value."""

    officer_id: UUID
    transactions: int
    active_days: int

    @property
    def per_day(self) -> float:
        return per_day(self.transactions, self.active_days) or 0.0


@dataclass(frozen=True, slots=True)
class Activity:
    """All officers together, and the busiest of them one by one."""

    active: int
    transactions: int
    active_days: int
    officers: Sequence[OfficerFigures]

    def first(self, number: int) -> Sequence[OfficerFigures]:
        """The busiest; BAD_INPUT for more than 100."""
        return self.officers[: check_first(number, MOST_OFFICERS)]

    @property
    def per_day(self) -> float | None:
        return per_day(self.transactions, self.active_days)


@dataclass(frozen=True, slots=True)
class SyncFigures:
    """Operations, positions left out, each counted once; cents held at the period's end."""

    accepted: int
    refused: int
    held_open: int
    held_open_amount: int
    decisions: Durations

    @property
    def sent(self) -> int:
        return self.accepted + self.refused

    @property
    def success(self) -> int | None:
        return ratio(self.accepted, self.sent)


def per_day(transactions: int, days: int) -> float | None:
    return float(round(Fraction(transactions, days), 2)) if days else None


async def member_figures(
    session: AsyncSession, groups: Select[Any], period: Period, months: list[Month]
) -> MemberFigures:
    here = col(Member.group_id).in_(groups)
    came = await _by_month(session, period, col(Member.registration_date), here)
    # Who left before the day was kept counts as never there.
    gone = func.coalesce(col(Member.left_on), col(Member.registration_date))
    went = await _by_month(session, period, gone, and_(here, col(Member.is_active).is_(False)))
    entered = select(func.count()).where(
        here, col(Member.created_at) >= period.start, col(Member.created_at) < period.end
    )
    number = start = came.get(BEFORE, 0) - went.get(BEFORE, 0)
    by_month = {}
    for month in months:
        number += came.get(month.number, 0) - went.get(month.number, 0)
        by_month[month.number] = number
    return MemberFigures(
        at_start=start,
        at_end=number,
        joined=sum(came.get(month.number, 0) for month in months),
        left=sum(went.get(month.number, 0) for month in months),
        registrations=(await session.execute(entered)).scalar_one(),
        by_month=by_month,
    )


async def _by_month(
    session: AsyncSession, period: Period, day: Any, where: ColumnElement[bool]
) -> dict[int, int]:
    rows = await session.execute(
        select(period.bucket(day), func.count())
        .select_from(Member)
        .where(where, day <= period.last)
        .group_by("bucket")
    )
    return {int(bucket): count for bucket, count in rows}


async def activity(session: AsyncSession, groups: Select[Any], period: Period) -> Activity:
    """Entries that officers recorded, by the day on which the money moved: an officer without
    signal was active on the day of the collection, not of the sync."""
    each = (
        select(
            col(JournalEntry.actor_id).label("officer_id"),
            func.count().label("entries"),
            func.count(col(JournalEntry.value_date).distinct()).label("days"),
        )
        .join(FieldOfficer, col(FieldOfficer.id) == col(JournalEntry.actor_id))
        .where(
            col(JournalEntry.group_id).in_(groups),
            col(JournalEntry.value_date).between(period.first, period.last),
        )
        .group_by(col(JournalEntry.actor_id))
        .subquery()
    )
    rows = await session.execute(
        select(
            each,
            func.count().over(),
            func.sum(each.c.entries).over(),
            func.sum(each.c.days).over(),
        )
        .order_by(each.c.entries.desc(), each.c.officer_id)
        .limit(MOST_OFFICERS)
    )
    found = rows.all()
    officers = [OfficerFigures(row[0], row[1], row[2]) for row in found]
    active, transactions, days = found[0][3:] if found else (0, 0, 0)
    return Activity(active, int(transactions), int(days), officers)


async def sync_figures(
    session: AsyncSession, actor: Actor, groups: Select[Any], period: Period, *, all_groups: bool
) -> SyncFigures:
    accepted = select(func.count()).where(
        col(SyncOperation.group_id).in_(groups),
        col(SyncOperation.recorded_at) >= period.start,
        col(SyncOperation.recorded_at) < period.end,
        col(SyncOperation.kind) != POSITIONS,
    )
    ours: ColumnElement[bool] = col(SyncRefusal.group_id).in_(groups)
    if all_groups:
        # Refusals of which nobody can tell the group count where no groups are named.
        senders = true() if actor.is_admin else col(SyncRefusal.user_id) == actor.user_id
        ours = or_(ours, and_(col(SyncRefusal.group_id).is_(None), senders))
    refused = select(func.count()).where(
        ours,
        col(SyncRefusal.refused_at) >= period.start,
        col(SyncRefusal.refused_at) < period.end,
        col(SyncRefusal.kind) != POSITIONS,
        ~exists().where(col(SyncOperation.id) == col(SyncRefusal.operation_id)),
    )
    held = (
        col(ReviewItem.group_id).in_(groups),
        col(ReviewItem.kind) == ReviewKind.HELD_CASH.value,
    )
    waiting = select(func.count(), func.sum(func.abs(col(ReviewItem.amount)))).where(
        *held,
        col(ReviewItem.created_at) < period.end,
        # What was sent back to the officer is still open.
        or_(col(ReviewItem.status) != DECIDED, col(ReviewItem.decided_at) >= period.end),
    )
    decided = select(col(ReviewItem.created_at), col(ReviewItem.decided_at)).where(
        *held,
        col(ReviewItem.status) == DECIDED,
        col(ReviewItem.decided_at) >= period.start,
        col(ReviewItem.decided_at) < period.end,
    )
    count, cents = (await session.execute(waiting)).one()
    pairs = (await session.execute(decided)).all()
    return SyncFigures(
        accepted=(await session.execute(accepted)).scalar_one(),
        refused=(await session.execute(refused)).scalar_one(),
        held_open=count,
        held_open_amount=int(cents or 0),
        decisions=durations((begin, end) for begin, end in pairs),
    )
