"""Where an officer is at any instant: a round of stops, the same for the past and for now."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.models import ActivityType
from app.services.operations.types import TrackOfficer

SPEED = 32 / 60
"""Kilometres a minute, on a motorcycle."""
KM_PER_DEGREE = 111.2
BEND_KM = 0.5
"""How far the road swings out between two stops."""
WAKING, SLEEPING = 6.0, 22.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the round; `minutes` 0 where the officer only passes."""

    latitude: float
    longitude: float
    minutes: float = 0
    activity: ActivityType = ActivityType.TRAVEL


@dataclass(frozen=True, slots=True)
class Route:
    """A round that begins again when it ends. `drain`: percent of battery an hour."""

    stops: Sequence[Stop]
    drain: float

    def at(
        self, when: datetime, zone: ZoneInfo, members: Sequence[UUID] = (), *, dated: bool = True
    ) -> TrackOfficer:
        """What the officer's phone sends at `when`; undated, it counts as sent now."""
        start, end, share = self._leg_at(when)
        latitude, longitude = _between(start, end, share)
        noise = random.Random(when.timestamp() + self.drain)
        activity = start.activity if start is end else ActivityType.TRAVEL
        visited = None
        if activity is ActivityType.MEMBER_VISIT and members:
            visited = members[int(when.timestamp()) // 3600 % len(members)]
        return TrackOfficer(
            latitude=round(latitude + noise.gauss(0, 0.00005), 6),
            longitude=round(longitude + noise.gauss(0, 0.00005), 6),
            activity_type=activity.value,
            accuracy=round(noise.uniform(4, 18), 1),
            member_id=visited,
            battery_level=self._battery(when.astimezone(zone)),
            recorded_at=when if dated else None,
        )

    def _leg_at(self, when: datetime) -> tuple[Stop, Stop, float]:
        """From where to where the officer is at `when`, and how much of it is behind them."""
        legs = self._legs()
        left = when.timestamp() / 60 % sum(minutes for _, _, minutes in legs)
        for start, end, minutes in legs:
            if left < minutes:
                return start, end, left / minutes
            left -= minutes
        return legs[0][0], legs[0][0], 0.0

    def _legs(self) -> list[tuple[Stop, Stop, float]]:
        """(from, to, minutes): a stay where both are the same stop, a ride where they differ."""
        legs = []
        for number, stop in enumerate(self.stops):
            following = self.stops[(number + 1) % len(self.stops)]
            if stop.minutes:
                legs.append((stop, stop, stop.minutes))
            legs.append((stop, following, max(_kilometres(stop, following) / SPEED, 1)))
        return legs

    def _battery(self, local: datetime) -> int:
        """Full in the morning, running down over the day, charged at night."""
        hour = local.hour + local.minute / 60
        evening = 100 - self.drain * (SLEEPING - WAKING)
        if WAKING <= hour < SLEEPING:
            level = 100 - self.drain * (hour - WAKING)
        else:
            level = evening + (100 - evening) * ((hour - SLEEPING) % 24) / 8
        return max(3, min(100, round(level)))


def _between(start: Stop, end: Stop, share: float) -> tuple[float, float]:
    """A point on the way, which bends aside in the middle as roads do."""
    north, east = end.latitude - start.latitude, end.longitude - start.longitude
    length = math.hypot(north, east)
    aside = 0.0
    if length:
        aside = min(BEND_KM / KM_PER_DEGREE, length / 10) * math.sin(share * math.tau) / length
    return (
        start.latitude + north * share + east * aside,
        start.longitude + east * share - north * aside,
    )


def _kilometres(start: Stop, end: Stop) -> float:
    # Near the equator a degree is as long in both directions.
    return KM_PER_DEGREE * math.hypot(
        end.latitude - start.latitude, end.longitude - start.longitude
    )
