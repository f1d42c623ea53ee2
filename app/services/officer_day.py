"""An officer's day for the live map: the stops, what was there, what was done, what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import reach
from app.auth.actor import Actor
from app.errors import BadInput
from app.models import (
    BankingGroup,
    GroupStatus,
    Meeting,
    Member,
    OfficerAssignment,
)
from app.services.officer_acts import Act, acts_between, during
from app.services.stops import (
    Placed,
    Stop,
    find_stops,
    metres_between,
    nearest,
    way_metres,
)
from app.services.tracking import EARLIEST_YEAR, LATEST_YEAR, MOST_POINTS, track

VENUE_METRES = 200.0
"""The fence around a meeting's venue."""
HOME_METRES = 120.0
"""The fence around a member's home; closer than a venue's, since homes lie side by side."""
DEGREE_METRES = 110_000.0
"""A little less than a degree of latitude, so that a box in degrees is never too small."""
WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")

Row = TypeVar("Row", BankingGroup, Member)


@dataclass(frozen=True, slots=True)
class DayStop:
    """A stop with what lies there and what was recorded while it lasted."""

    stop: Stop
    group: BankingGroup | None
    """Whose venue it is."""
    member: Member | None
    """Whose home it is, or whom the officer said to visit."""
    distance: int | None
    """Metres from the stop to the venue, else to the home; None where neither is near."""
    meeting: Meeting | None
    """The meeting that the officer opened there."""
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting that the day asked for: its group, and how it went."""

    group: BankingGroup
    stop: int | None
    """The number of the stop at its venue, from 0."""
    meeting: Meeting | None
    """The one that was opened on the day, by whomever."""


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """What is known of an officer's day; the way itself is `officerTrack`."""

    officer_id: UUID
    day: date
    since: datetime | None
    until: datetime | None
    metres: int
    positions: int
    stops: tuple[DayStop, ...]
    planned: tuple[PlannedMeeting, ...]
    elsewhere: tuple[Act, ...]
    """Made while no stop is known: on the way, off duty, or where the phone had no position."""
    thinned: bool
    """There were more positions than are looked at (tracking.MOST_POINTS)."""


def bounds_of(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a calendar day begins and ends in `zone`."""
    start = datetime.combine(day, time.min, zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, zone)


def check_day(day: date) -> None:
    """BadInput for a day of which there can be no track."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BadInput("There is no track of that time.", field="date")


async def day_of(
    session: AsyncSession, actor: Actor, officer_id: UUID, day: date, zone: ZoneInfo
) -> OfficerDay:
    """The officer's day. NotFound for officers outside reach; groups, members and money that
    the actor may not see are left out."""
    check_day(day)
    start, end = bounds_of(day, zone)
    way = await track(session, actor, officer_id, start, end - timedelta(microseconds=1))
    acts = await acts_between(session, actor, officer_id, start, end)
    served = await _groups_served(session, actor, officer_id, start, end)
    meetings = await _meetings_on(session, [group.id for group in served], day)
    found = find_stops(way)
    homes = await _homes(session, [group.id for group in served], found)
    stops = tuple(_describe(stop, served, homes, meetings, acts) for stop in found)
    at_stops = {act.id for one in stops for act in one.acts}
    return OfficerDay(
        officer_id=officer_id,
        day=day,
        since=way[0].recorded_at if way else None,
        until=way[-1].recorded_at if way else None,
        metres=way_metres(way),
        positions=len(way),
        stops=stops,
        planned=_planned(day, served, stops, meetings),
        elsewhere=tuple(act for act in acts if act.id not in at_stops),
        thinned=len(way) >= MOST_POINTS,
    )


async def _groups_served(
    session: AsyncSession, actor: Actor, officer_id: UUID, start: datetime, end: datetime
) -> list[BankingGroup]:
    """The groups within reach that were in the officer's hands on the day, by name."""
    hands = select(col(OfficerAssignment.group_id)).where(
        col(OfficerAssignment.officer_id) == officer_id,
        col(OfficerAssignment.assigned_at) < end,
        or_(
            col(OfficerAssignment.removed_at).is_(None),
            col(OfficerAssignment.removed_at) > start,
        ),
    )
    rows = await session.execute(
        select(BankingGroup)
        .where(col(BankingGroup.id).in_(hands), reach(actor))
        .order_by(col(BankingGroup.name), col(BankingGroup.id))
    )
    return list(rows.scalars())


async def _meetings_on(
    session: AsyncSession, group_ids: Sequence[UUID], day: date
) -> list[Meeting]:
    rows = await session.execute(
        select(Meeting)
        .where(col(Meeting.group_id).in_(group_ids), col(Meeting.meeting_date) == day)
        .order_by(col(Meeting.opened_at), col(Meeting.id))
    )
    return list(rows.scalars())


async def _homes(
    session: AsyncSession, group_ids: Sequence[UUID], stops: Sequence[Stop]
) -> list[Member]:
    """Members of the groups who live near a stop, or whom the officer named."""
    if not stops or not group_ids:
        return []
    named = {member_id for stop in stops for member_id in stop.member_ids}
    rows = await session.execute(
        select(Member).where(
            col(Member.group_id).in_(group_ids),
            or_(col(Member.id).in_(named), *(_box(stop) for stop in stops)),
        )
    )
    return list(rows.scalars())


def _box(stop: Stop) -> ColumnElement[bool]:
    """A square around the stop; twice as wide in longitude, which holds up to 60° of latitude."""
    reach_of = HOME_METRES / DEGREE_METRES
    return and_(
        col(Member.latitude).between(stop.latitude - reach_of, stop.latitude + reach_of),
        col(Member.longitude).between(stop.longitude - 2 * reach_of, stop.longitude + 2 * reach_of),
    )


def _describe(
    stop: Stop,
    groups: Sequence[BankingGroup],
    homes: Sequence[Member],
    meetings: Sequence[Meeting],
    acts: Sequence[Act],
) -> DayStop:
    there = during(acts, stop.since, stop.until)
    opened = {act.entity_id for act in there if act.kind == "openMeeting"}
    meeting = next((one for one in meetings if one.id in opened), None)
    group, metres = nearest(stop, _placed(groups), VENUE_METRES)
    member = next((home for home in homes if home.id in stop.member_ids), None)
    if member is None:
        member, to_home = nearest(stop, _placed(homes), HOME_METRES)
        metres = to_home if group is None else metres
    return DayStop(stop, group, member, metres, meeting, tuple(there))


def _placed(rows: Iterable[Row]) -> list[Placed[Row]]:
    return [
        Placed(row, row.latitude, row.longitude)
        for row in rows
        if row.latitude is not None and row.longitude is not None
    ]


def _planned(
    day: date,
    groups: Sequence[BankingGroup],
    stops: Sequence[DayStop],
    meetings: Sequence[Meeting],
) -> tuple[PlannedMeeting, ...]:
    """The groups whose day it is, and those that met although it was not."""
    by_group: dict[UUID, Meeting] = {}
    for meeting in meetings:
        by_group.setdefault(meeting.group_id, meeting)
    due = [group for group in groups if group.id in by_group or _is_due(group, day)]
    return tuple(
        PlannedMeeting(group, _visit_of(group, stops), by_group.get(group.id)) for group in due
    )


def _is_due(group: BankingGroup, day: date) -> bool:
    return (
        group.meeting_day == WEEKDAYS[day.weekday()]
        and group.status == GroupStatus.ACTIVE
        and group.registration_date <= day
    )


def _visit_of(group: BankingGroup, stops: Sequence[DayStop]) -> int | None:
    """The first stop at the group's venue. Two groups may meet at the same place."""
    venue = _placed([group])
    for number, one in enumerate(stops):
        met = one.meeting is not None and one.meeting.group_id == group.id
        if met or (venue and metres_between(one.stop, venue[0]) <= VENUE_METRES):
            return number
    return None
