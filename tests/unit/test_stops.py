"""Stops on a way: what counts as one, and what must hold of any way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.stops import (
    RADIUS,
    SHORTEST,
    Placed,
    find_stops,
    metres_between,
    nearest,
    way_metres,
)

START = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
METRE = 1 / 111_195
"""Degrees of latitude."""


@dataclass(frozen=True)
class At:
    """A position so many metres north of the equator at 36° east, so many minutes after six."""

    metres: float
    minutes: float
    accuracy: float | None = 10.0
    member_id: UUID | None = None

    @property
    def latitude(self) -> float:
        return self.metres * METRE

    @property
    def longitude(self) -> float:
        return 36.0

    @property
    def recorded_at(self) -> datetime:
        return START + timedelta(minutes=self.minutes)


def spans(*positions: At) -> list[tuple[float, float]]:
    return [
        ((stop.since - START).total_seconds() / 60, (stop.until - START).total_seconds() / 60)
        for stop in find_stops(positions)
    ]


def test_the_distance_of_a_degree_is_that_of_the_earth() -> None:
    nairobi, nakuru = (
        Placed("Nairobi", -1.286389, 36.817223),
        Placed("Nakuru", -0.303099, 36.080025),
    )
    assert metres_between(nairobi, nairobi) == 0
    assert metres_between(nairobi, nakuru) == pytest.approx(136_600, rel=0.01)


def test_five_minutes_at_one_place_are_a_stop_and_less_is_none() -> None:
    assert spans(At(0, 0), At(20, 3), At(-15, 5), At(900, 8)) == [(0, 5)]
    assert spans(At(0, 0), At(20, 3), At(-15, 4.9), At(900, 8)) == []


def test_a_way_without_rest_has_no_stop() -> None:
    assert spans(*(At(step * 90, step) for step in range(60))) == []


def test_two_stays_are_two_stops_with_the_way_between() -> None:
    first = [At(0, minute) for minute in range(0, 20, 2)]
    second = [At(5_000, minute) for minute in range(40, 61, 2)]
    assert spans(*first, At(2_000, 25), *second) == [(0, 18), (40, 60)]


def test_a_phone_that_was_silent_at_one_place_stayed_there() -> None:
    assert spans(At(0, 0), At(10, 110), At(4_000, 130)) == [(0, 110)]


def test_a_position_that_is_hardly_known_ends_no_stop() -> None:
    assert spans(At(0, 0), At(3_000, 4, accuracy=2_000), At(5, 9)) == [(0, 9)]


def test_who_was_visited_is_known_from_the_positions() -> None:
    jane = UUID(int=7)
    (stop,) = find_stops([At(0, 0), At(0, 4, member_id=jane), At(0, 8)])
    assert stop.member_ids == {jane}
    assert stop.positions == 3


def test_the_nearest_is_found_within_the_fence_only() -> None:
    places = [Placed("far", 900 * METRE, 36.0), Placed("near", 50 * METRE, 36.0)]
    assert nearest(At(0, 0), places, 200) == ("near", 50)
    assert nearest(At(0, 0), places, 40) == (None, None)
    assert nearest(At(0, 0), [], 40) == (None, None)


def test_the_way_is_the_sum_of_its_steps() -> None:
    assert way_metres([At(0, 0), At(300, 1), At(100, 2)]) == 500
    assert way_metres([]) == 0


positions = st.lists(
    st.tuples(st.floats(-2_000, 2_000), st.floats(0.1, 20)), min_size=0, max_size=40
).map(
    lambda steps: [
        At(metres, sum(wait for _, wait in steps[: number + 1]))
        for number, (metres, _) in enumerate(steps)
    ]
)


@given(positions)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_stops_are_long_enough_in_order_and_apart(way: list[At]) -> None:
    stops = find_stops(way)
    for stop in stops:
        assert stop.until - stop.since >= SHORTEST
        inside = [one for one in way if stop.since <= one.recorded_at <= stop.until]
        assert len(inside) == stop.positions
        # Each was within RADIUS of where the centre was then, which moves less than that.
        assert all(metres_between(stop, one) <= 2 * RADIUS for one in inside)
    for earlier, later in pairwise(stops):
        assert earlier.until < later.since
