"""The officers' ways of today and the days before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.actor import Actor
from app.demo.groups import GROUPS
from app.demo.routes import Route, Stop
from app.demo.staff import OFFICERS, DemoOfficer
from app.models import ActivityType
from app.runtime import Runtime
from app.services.tracking import make_ping, store_pings

DAYS_BEFORE = 6
SUNDAY = 6
FIRST, LAST = time(8, 0), time(17, 0)
EVERY = timedelta(minutes=3)
AT_LEAST = timedelta(hours=3)
"""How long today's way is, even where the demo is started at night."""
STALE = {"254700000015": timedelta(hours=3, minutes=20)}
"""Officers whose phone has been silent for so long."""
ROUND = {
    # Towns and villages that the officer passes or visits besides the groups' venues.
    "254700000002": (
        Stop(-0.2489, 35.7324, 18, ActivityType.MEMBER_VISIT),
        Stop(-0.3310, 35.8800),
        Stop(-0.3031, 36.0800, 20, ActivityType.OTHER),
        Stop(-0.3290, 35.9440),
    ),
    "254700000011": (
        Stop(-0.1022, 34.7617, 12, ActivityType.OTHER),
        Stop(-0.1030, 34.8120),
        Stop(-0.1560, 34.9560, 16, ActivityType.MEMBER_VISIT),
        Stop(-0.1330, 34.8550),
    ),
    "254700000012": (
        Stop(0.2827, 34.7519, 10, ActivityType.OTHER),
        Stop(0.2620, 34.8140, 15, ActivityType.MEMBER_VISIT),
    ),
    "254700000013": (
        Stop(-1.5177, 37.2634, 12, ActivityType.OTHER),
        Stop(-1.5110, 37.3520, 14, ActivityType.MEMBER_VISIT),
    ),
    "254700000014": (
        Stop(-3.5930, 39.8530, 14, ActivityType.MEMBER_VISIT),
        Stop(-3.6350, 39.8420, 8, ActivityType.OTHER),
    ),
    "254700000015": (
        Stop(-0.4970, 37.1450, 20, ActivityType.MEMBER_VISIT),
        Stop(-0.4500, 37.1180),
        Stop(-0.4201, 36.9476, 25, ActivityType.OTHER),
    ),
}
DRAINS = dict(zip(ROUND, (3.6, 4.1, 5.2, 3.9, 4.6, 5.4), strict=True))


def route_of(officer: DemoOfficer) -> Route:
    """The round through the officer's groups, with a meeting or a collection at each."""
    venues = [group.point for group in GROUPS if group.code in officer.groups]
    kinds = (ActivityType.GROUP_MEETING, ActivityType.COLLECTION)
    at_groups = [
        Stop(*point, minutes=22 - 6 * (number % 2), activity=kinds[number % 2])
        for number, point in enumerate(venues)
    ]
    return Route((*at_groups, *ROUND[officer.phone]), DRAINS[officer.phone])


def instants(officer: DemoOfficer, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """When the officer's phone sent a position: working days, then today up to a moment ago."""
    today = now.astimezone(zone).date()
    for before in range(DAYS_BEFORE, 0, -1):
        day = today - timedelta(days=before)
        if day.weekday() != SUNDAY:
            yield from _every(datetime.combine(day, FIRST, zone), datetime.combine(day, LAST, zone))
    end = now - STALE.get(officer.phone, timedelta(minutes=1))
    begun = min(datetime.combine(today, FIRST, zone), end - AT_LEAST)
    # Counted back from the end, so that the last position is as old as it is meant to be.
    yield from (end - EVERY * step for step in range((end - begun) // EVERY, -1, -1))


def _every(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += EVERY


async def record_tracks(
    runtime: Runtime,
    officers: Mapping[str, Actor],
    members: Mapping[str, Sequence[UUID]],
    now: datetime,
) -> int:
    """Stores the ways of all officers; `members` by group code. How many positions."""
    zone = runtime.settings.timezone
    pings = []
    for officer in OFFICERS:
        route = route_of(officer)
        known = [member for code in officer.groups for member in members[code]]
        pings += [
            make_ping(officers[officer.phone], route.at(when, zone, known), now)
            for when in instants(officer, now, zone)
        ]

    async def work(session: AsyncSession) -> None:
        await store_pings(session, runtime, pings)

    await runtime.db.transact(work)
    return len(pings)
