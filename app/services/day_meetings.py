"""The meetings that a day asks for, of all groups in one list: who was to be there, and who was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import reach, scope
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.models import (
    BankingGroup,
    FieldOfficer,
    GroupStatus,
    Meeting,
    OfficerAssignment,
    OfficerPing,
)
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.officer_day import VENUE_METRES, WEEKDAYS, bounds_of, check_day
from app.services.stops import Placed, Stop, find_stops, metres_between
from app.services.tracking import visible_officers

MOST_POSITIONS = 100_000
"""That are looked at for a page; beyond it a visit may be missed, and the page says so."""
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Visit:
    """A stay of an officer at the group's venue."""

    officer_id: UUID
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DayMeeting:
    """A group whose day it is, or that met although it was not."""

    group: BankingGroup
    officer_ids: tuple[UUID, ...]
    """In whose hands the group was on the day; those the actor may see."""
    meeting: Meeting | None
    """The first that was opened for the day, by whomever."""
    visit: Visit | None


@dataclass(frozen=True, slots=True)
class DayMeetings:
    page: Page[DayMeeting]
    thinned: bool
    """There were more positions than were looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the day's meetings; None: all."""

    day: date
    group_ids: Sequence[UUID] | None = None
    county: str | None = None
    officer_id: UUID | None = None
    held: bool | None = None


async def day_meetings(
    runtime: Runtime, actor: Actor, asked: Asked, *, first: int, after: str | None
) -> DayMeetings:
    """A page of the day's meetings by the group's name. A handful of statements, however many."""
    demand(actor, "meetings:read")
    demand(actor, "officers:read")
    check_day(asked.day)
    check_first(first)
    span = bounds_of(asked.day, runtime.settings.timezone)
    key = decode_cursor(after, str, UUID)
    async with runtime.db.reading() as session:
        wanted = await _conditions(session, actor, asked, span)
        statement = select(BankingGroup).where(*wanted)
        if key:
            name, last = key
            same = and_(col(BankingGroup.name) == name, col(BankingGroup.id) > last)
            statement = statement.where(or_(col(BankingGroup.name) > name, same))
        order = (col(BankingGroup.name), col(BankingGroup.id))
        rows = await session.execute(statement.order_by(*order).limit(first + 1))
        groups = list(rows.scalars())
        found, thinned = await _describe(session, actor, groups[:first], asked.day, span)

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(BankingGroup).where(*wanted)
            return int((await counting.execute(total)).scalar_one())

    page = cut(groups, first, lambda group: (group.name, group.id), count)
    return DayMeetings(Page(found, page.cursors, page.has_next, count), thinned)


async def _conditions(
    session: AsyncSession, actor: Actor, asked: Asked, span: Span
) -> list[ColumnElement[bool]]:
    met = exists().where(
        col(Meeting.group_id) == col(BankingGroup.id), col(Meeting.meeting_date) == asked.day
    )
    due = and_(
        col(BankingGroup.meeting_day) == WEEKDAYS[asked.day.weekday()],
        col(BankingGroup.status) == GroupStatus.ACTIVE.value,
        col(BankingGroup.registration_date) <= asked.day,
    )
    wanted = [reach(actor), or_(due, met)]
    if asked.group_ids is not None or asked.county is not None:
        named = await scope(session, actor, asked.group_ids, asked.county)
        wanted.append(col(BankingGroup.id).in_(named))
    if asked.officer_id is not None:
        served = _in_hands(span, col(OfficerAssignment.officer_id) == asked.officer_id)
        wanted.append(col(BankingGroup.id).in_(served))
    if asked.held is not None:
        wanted.append(met if asked.held else ~met)
    return wanted


def _in_hands(span: Span, *conditions: ColumnElement[bool]) -> Any:
    """The groups that were in somebody's hands during the day."""
    return select(col(OfficerAssignment.group_id)).where(*_during(span), *conditions)


def _during(span: Span) -> tuple[ColumnElement[bool], ...]:
    start, end = span
    return (
        col(OfficerAssignment.assigned_at) < end,
        or_(
            col(OfficerAssignment.removed_at).is_(None),
            col(OfficerAssignment.removed_at) > start,
        ),
    )


async def _describe(
    session: AsyncSession, actor: Actor, groups: Sequence[BankingGroup], day: date, span: Span
) -> tuple[list[DayMeeting], bool]:
    ids = [group.id for group in groups]
    officers = await _officers_of(session, actor, ids, span)
    meetings = await _first_meetings(session, ids, day)
    everyone = {officer for served in officers.values() for officer in served}
    stops, thinned = await _stops_of(session, everyone, span)
    return [
        DayMeeting(
            group=group,
            officer_ids=tuple(officers[group.id]),
            meeting=meetings.get(group.id),
            visit=_visit(group, officers[group.id], stops),
        )
        for group in groups
    ], thinned


async def _officers_of(
    session: AsyncSession, actor: Actor, group_ids: Sequence[UUID], span: Span
) -> defaultdict[UUID, list[UUID]]:
    rows = await session.execute(
        select(col(OfficerAssignment.group_id), col(OfficerAssignment.officer_id))
        .join(FieldOfficer, col(FieldOfficer.id) == col(OfficerAssignment.officer_id))
        .where(
            col(OfficerAssignment.group_id).in_(group_ids), visible_officers(actor), *_during(span)
        )
        .order_by(col(OfficerAssignment.assigned_at), col(OfficerAssignment.id))
    )
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for group_id, officer_id in rows:
        if officer_id not in found[group_id]:
            found[group_id].append(officer_id)
    return found


async def _first_meetings(
    session: AsyncSession, group_ids: Sequence[UUID], day: date
) -> dict[UUID, Meeting]:
    rows = await session.execute(
        select(Meeting)
        .where(col(Meeting.group_id).in_(group_ids), col(Meeting.meeting_date) == day)
        .order_by(col(Meeting.opened_at), col(Meeting.id))
    )
    found: dict[UUID, Meeting] = {}
    for meeting in rows.scalars():
        found.setdefault(meeting.group_id, meeting)
    return found


async def _stops_of(
    session: AsyncSession, officer_ids: set[UUID], span: Span
) -> tuple[dict[UUID, list[Stop]], bool]:
    """Where each of the officers stopped on the day, as on their own day (officer_day.py)."""
    if not officer_ids:
        return {}, False
    rows = await session.execute(
        select(
            col(OfficerPing.officer_id),
            col(OfficerPing.latitude),
            col(OfficerPing.longitude),
            col(OfficerPing.accuracy),
            col(OfficerPing.recorded_at),
            col(OfficerPing.member_id),
        )
        .where(
            col(OfficerPing.officer_id).in_(officer_ids),
            col(OfficerPing.recorded_at) >= span[0],
            col(OfficerPing.recorded_at) < span[1],
        )
        .order_by(col(OfficerPing.officer_id), col(OfficerPing.recorded_at), col(OfficerPing.id))
        .limit(MOST_POSITIONS)
    )
    ways: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        ways[row.officer_id].append(row)
    thinned = sum(map(len, ways.values())) >= MOST_POSITIONS
    return {officer_id: find_stops(way) for officer_id, way in ways.items()}, thinned


def _visit(
    group: BankingGroup, officer_ids: Sequence[UUID], stops: dict[UUID, list[Stop]]
) -> Visit | None:
    """The first stay of one of the officers at the venue."""
    if group.latitude is None or group.longitude is None:
        return None
    venue = Placed(group, group.latitude, group.longitude)
    found = [
        Visit(officer_id, stop.since, stop.until)
        for officer_id in officer_ids
        for stop in stops.get(officer_id, ())
        if metres_between(stop, venue) <= VENUE_METRES
    ]
    return min(found, key=lambda visit: visit.since, default=None)
