"""Where officers on duty are: checking, storing and reading their positions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.access import load_member
from app.auth.actor import Actor
from app.bulk import insert_rows, upsert_rows
from app.db import after_commit
from app.errors import BadInput, Forbidden, NotFound
from app.events import LOCATIONS
from app.models import (
    FieldOfficer,
    OfficerAssignment,
    OfficerLocation,
    OfficerPing,
    Role,
)
from app.models.base import new_id
from app.runtime import Runtime

CLOCK_SKEW = timedelta(minutes=5)
"""How far a phone's clock may run ahead of ours."""
OLDEST = timedelta(days=365)
ACTIVE = timedelta(hours=24)
LONGEST_TRACK = timedelta(days=31)
MOST_POINTS = 5_000
EARLIEST_YEAR, LATEST_YEAR = 2000, 9998
"""At the ends of the calendar an instant in another zone does not exist in UTC."""
FARTHEST_ACCURACY = 100_000.0

PLACE = (
    "latitude",
    "longitude",
    "accuracy",
    "activity_type",
    "member_id",
    "battery_level",
    "recorded_at",
    "received_at",
)


class Position(Protocol):
    """What a phone sends."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...
    @property
    def accuracy(self) -> float | None: ...
    @property
    def activity_type(self) -> str: ...
    @property
    def member_id(self) -> UUID | None: ...
    @property
    def battery_level(self) -> int | None: ...
    @property
    def recorded_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Ping:
    """A checked position of an officer: degrees (WGS 84), metres, percent."""

    id: UUID
    officer_id: UUID
    latitude: float
    longitude: float
    accuracy: float | None
    activity_type: str
    member_id: UUID | None
    battery_level: int | None
    recorded_at: datetime


def make_ping(actor: Actor, position: Position, now: datetime) -> Ping:
    """The actor's ping; BadInput names the field that is wrong. Pure."""
    _check_within(position.latitude, 90, "latitude")
    _check_within(position.longitude, 180, "longitude")
    accuracy = position.accuracy
    if accuracy is not None and not 0 <= accuracy <= FARTHEST_ACCURACY:
        raise BadInput("The accuracy is a distance in metres.", field="accuracy")
    battery = position.battery_level
    if battery is not None and not 0 <= battery <= 100:
        raise BadInput("The battery level is between 0 and 100.", field="batteryLevel")
    return Ping(
        id=new_id(),
        officer_id=actor.user_id,
        latitude=position.latitude,
        longitude=position.longitude,
        accuracy=accuracy,
        activity_type=str(position.activity_type),
        member_id=position.member_id,
        battery_level=battery,
        recorded_at=_check_time(position.recorded_at, now),
    )


def _check_within(degrees: float, limit: int, field: str) -> None:
    # Not a number is in no range, so it fails here too.
    if not -limit <= degrees <= limit:
        raise BadInput(f"The {field} is between -{limit} and {limit} degrees.", field=field)


def _check_time(recorded_at: datetime | None, now: datetime) -> datetime:
    if recorded_at is None:
        return now
    if recorded_at.tzinfo is None:
        raise BadInput("The time needs its zone, e.g. Z for UTC.", field="recordedAt")
    if recorded_at > now + CLOCK_SKEW:
        raise BadInput("This time has not come yet.", field="recordedAt")
    if recorded_at < now - OLDEST:
        raise BadInput("Positions older than a year are not kept.", field="recordedAt")
    return recorded_at


async def record_position(
    session: AsyncSession, runtime: Runtime, actor: Actor, position: Position
) -> Ping:
    """Keeps where the officer is; only officers on duty have a position."""
    if actor.role is not Role.FIELD_OFFICER:
        raise Forbidden("Only field officers send positions.")
    ping = make_ping(actor, position, clock.now())
    if ping.member_id is not None:
        await load_member(session, actor, ping.member_id)
    await store_pings(session, runtime, [ping])
    return ping


async def store_pings(session: AsyncSession, runtime: Runtime, pings: Sequence[Ping]) -> None:
    """Stores any number of pings; an officer's last location only moves forward in time."""
    if not pings:
        return
    received_at = clock.now()
    await insert_rows(
        session,
        OfficerPing,
        ("id", "officer_id", *PLACE),
        [(ping.id, ping.officer_id, *_place(ping, received_at)) for ping in pings],
    )
    newest: dict[UUID, Ping] = {}
    for ping in pings:
        held = newest.get(ping.officer_id)
        if held is None or ping.recorded_at > held.recorded_at:
            newest[ping.officer_id] = ping
    # In one order, so that two batches of the same officers cannot lock each other out.
    officers = sorted(newest)
    await upsert_rows(
        session,
        OfficerLocation,
        ("officer_id", *PLACE),
        [(officer, *_place(newest[officer], received_at)) for officer in officers],
        key=("officer_id",),
        where="excluded.recorded_at > officer_location.recorded_at",
    )
    groups = await groups_of_officers(session, officers)

    async def publish() -> None:
        for officer in officers:
            payload = location_payload(newest[officer], groups.get(officer, frozenset()))
            await runtime.events.publish(LOCATIONS, payload)

    after_commit(session, publish)


def _place(ping: Ping, received_at: datetime) -> tuple[Any, ...]:
    return (
        ping.latitude,
        ping.longitude,
        ping.accuracy,
        ping.activity_type,
        ping.member_id,
        ping.battery_level,
        ping.recorded_at,
        received_at,
    )


def location_payload(ping: Ping, groups: Iterable[UUID]) -> dict[str, Any]:
    """The event of an officer's newest position: ids and numbers, no names."""
    return {
        "officer_id": str(ping.officer_id),
        "latitude": ping.latitude,
        "longitude": ping.longitude,
        "accuracy": ping.accuracy,
        "activity_type": ping.activity_type,
        "member_id": str(ping.member_id) if ping.member_id else None,
        "battery_level": ping.battery_level,
        "recorded_at": ping.recorded_at.isoformat(),
        "group_ids": [str(group) for group in groups],
    }


async def groups_of_officers(
    session: AsyncSession, officers: Sequence[UUID] | None
) -> dict[UUID, frozenset[UUID]]:
    """The groups each officer serves today; all officers where none are named."""
    statement = select(col(OfficerAssignment.officer_id), col(OfficerAssignment.group_id)).where(
        col(OfficerAssignment.removed_at).is_(None)
    )
    if officers is not None:
        statement = statement.where(col(OfficerAssignment.officer_id).in_(officers))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for officer, group in await session.execute(statement):
        found[officer].add(group)
    return {officer: frozenset(groups) for officer, groups in found.items()}


def visible_officers(actor: Actor) -> ColumnElement[bool]:
    """The condition on FieldOfficer for those whose position the actor may see."""
    if actor.is_admin:
        return true()
    if actor.role is Role.FIELD_OFFICER:
        return col(FieldOfficer.id) == actor.user_id
    if actor.group_id is None:
        return false()
    return col(FieldOfficer.id).in_(
        select(col(OfficerAssignment.officer_id)).where(
            col(OfficerAssignment.group_id) == actor.group_id,
            col(OfficerAssignment.removed_at).is_(None),
        )
    )


async def active_locations(session: AsyncSession, actor: Actor) -> Sequence[OfficerLocation]:
    """The last location of each visible officer who sent one within a day, newest first."""
    rows = await session.execute(
        last_locations(actor)
        .where(col(OfficerLocation.recorded_at) > clock.now() - ACTIVE)
        .order_by(col(OfficerLocation.recorded_at).desc())
    )
    return rows.scalars().all()


def last_locations(actor: Actor) -> Select[OfficerLocation]:
    """The last location of each visible officer, however old."""
    return (
        select(OfficerLocation)
        .join(FieldOfficer, col(FieldOfficer.id) == col(OfficerLocation.officer_id))
        .where(col(FieldOfficer.is_active).is_(True), visible_officers(actor))
    )


def check_period(since: datetime, until: datetime) -> None:
    """BadInput unless both are instants of a known zone, in order."""
    for instant, field in ((since, "from"), (until, "to")):
        if instant.tzinfo is None:
            raise BadInput("The time needs its zone, e.g. Z for UTC.", field=field)
        if not EARLIEST_YEAR <= instant.year <= LATEST_YEAR:
            raise BadInput("There is no track of that time.", field=field)
    if since > until:
        raise BadInput("The period ends before it begins.", field="to")


async def track(
    session: AsyncSession, actor: Actor, officer_id: UUID, since: datetime, until: datetime
) -> Sequence[OfficerPing]:
    """An officer's way between two instants, oldest first, thinned evenly where it is long."""
    check_period(since, until)
    if until - since > LONGEST_TRACK:
        raise BadInput("Ask for 31 days at most.", field="to")
    officer = select(col(FieldOfficer.id)).where(
        col(FieldOfficer.id) == officer_id, visible_officers(actor)
    )
    if (await session.execute(officer)).scalar_one_or_none() is None:
        raise NotFound("There is no such officer.", field="officerId")
    within = (
        col(OfficerPing.officer_id) == officer_id,
        col(OfficerPing.recorded_at) >= since,
        col(OfficerPing.recorded_at) <= until,
    )
    count = select(func.count()).select_from(OfficerPing).where(*within)
    step = math.ceil((await session.execute(count)).scalar_one() / MOST_POINTS)
    statement = select(OfficerPing).where(*within)
    if step > 1:
        # Counted from the newest, so that the track ends where the officer is.
        order = func.row_number().over(
            order_by=(col(OfficerPing.recorded_at).desc(), col(OfficerPing.id).desc())
        )
        numbered = select(col(OfficerPing.id), order.label("number")).where(*within).subquery()
        kept = select(numbered.c.id).where((numbered.c.number - 1) % step == 0)
        statement = statement.where(col(OfficerPing.id).in_(kept))
    rows = await session.execute(
        statement.order_by(col(OfficerPing.recorded_at), col(OfficerPing.id))
    )
    return rows.scalars().all()
