"""Where somebody stopped on their way, and what was there: pure geometry on positions.

A stop is a stretch of positions that stay within RADIUS of their centre for at least SHORTEST
(stay points, after Li and others 2008, "Mining user similarity based on location history").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Generic, Protocol, TypeVar
from uuid import UUID

EARTH_METRES = 6_371_008.8
RADIUS = 100.0
"""Metres: a homestead or a market place, with the error of a cheap phone."""
SHORTEST = timedelta(minutes=5)
POOREST_ACCURACY = 500.0
"""Metres: a position known worse than this says nothing about a place."""


class Point(Protocol):
    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


class Position(Point, Protocol):
    @property
    def accuracy(self) -> float | None: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def member_id(self) -> UUID | None: ...


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stay at one place: the centre of its positions in degrees."""

    latitude: float
    longitude: float
    since: datetime
    until: datetime
    positions: int
    member_ids: frozenset[UUID]
    """Whom the officer said to visit there."""

    @property
    def seconds(self) -> int:
        return int((self.until - self.since).total_seconds())


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something that has a place: a group at its venue, a member at home."""

    what: T
    latitude: float
    longitude: float


def metres_between(one: Point, other: Point) -> float:
    """The great-circle distance (haversine, on the mean radius of the earth)."""
    first, second = math.radians(one.latitude), math.radians(other.latitude)
    north = second - first
    east = math.radians(other.longitude - one.longitude)
    half = math.sin(north / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(east / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(half)))


def way_metres(positions: Sequence[Position]) -> int:
    """How far it went, from position to position that is known well enough."""
    good = [one for one in positions if _is_good(one)]
    return round(sum(metres_between(a, b) for a, b in pairwise(good)))


def find_stops(positions: Sequence[Position]) -> list[Stop]:
    """The stops of a way that is given in the order of time; none overlaps another."""
    good = [one for one in positions if _is_good(one)]
    stops: list[Stop] = []
    start = 0
    while start < len(good):
        end = _stay_end(good, start)
        stay = good[start:end]
        if stay[-1].recorded_at - stay[0].recorded_at >= SHORTEST:
            stops.append(_stop_of(stay))
            start = end
        else:
            start += 1
    return stops


def nearest(
    point: Point, candidates: Iterable[Placed[T]], within: float
) -> tuple[T, int] | tuple[None, None]:
    """What is nearest to the point, and how far it is in metres; Nones beyond `within`."""
    found = min(
        ((metres_between(point, one), number, one.what) for number, one in enumerate(candidates)),
        default=None,
        key=lambda one: one[:2],
    )
    if found is None or found[0] > within:
        return None, None
    return found[2], round(found[0])


def _is_good(position: Position) -> bool:
    return position.accuracy is None or position.accuracy <= POOREST_ACCURACY


@dataclass(slots=True)
class _Centre:
    latitude: float
    longitude: float
    number: int = 1

    def add(self, point: Point) -> None:
        self.number += 1
        self.latitude += (point.latitude - self.latitude) / self.number
        self.longitude += (point.longitude - self.longitude) / self.number


def _stay_end(positions: Sequence[Position], start: int) -> int:
    """The index after the last position of the stay that begins at `start`."""
    centre = _Centre(positions[start].latitude, positions[start].longitude)
    end = start + 1
    while end < len(positions) and metres_between(centre, positions[end]) <= RADIUS:
        centre.add(positions[end])
        end += 1
    return end


def _stop_of(stay: Sequence[Position]) -> Stop:
    return Stop(
        latitude=sum(one.latitude for one in stay) / len(stay),
        longitude=sum(one.longitude for one in stay) / len(stay),
        since=stay[0].recorded_at,
        until=stay[-1].recorded_at,
        positions=len(stay),
        member_ids=frozenset(one.member_id for one in stay if one.member_id is not None),
    )
