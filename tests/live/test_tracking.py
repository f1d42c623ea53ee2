"""Officers' positions: what is taken, what is kept, who sees it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.context import RequestContext
from app.errors import BadInput, NotFound
from app.models import OfficerLocation, OfficerPing, Role
from app.models.base import new_id
from app.resolvers.root import build_schema
from app.runtime import Runtime
from app.services import tracking
from tests.live.conftest import stage_on
from tests.live.test_locations import ping
from tests.live.waiting import until
from tests.support.factories import Person

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ACTOR = Actor(user_id=new_id(), role=Role.FIELD_OFFICER)
SCHEMA = build_schema()
TRACK = """mutation Track($input: TrackOfficerInput!) {
  trackOfficer(input: $input) { latitude recordedAt activityType batteryLevel member { id }
    officer { id } } }"""


@dataclass(frozen=True)
class Sent:
    latitude: float = -0.3031
    longitude: float = 36.08
    accuracy: float | None = 12.5
    activity_type: str = "COLLECTION"
    member_id: UUID | None = None
    battery_level: int | None = 85
    recorded_at: datetime | None = NOW


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"latitude": 90.0001}, "latitude"),
        ({"latitude": -91.0}, "latitude"),
        ({"latitude": math.nan}, "latitude"),
        ({"latitude": math.inf}, "latitude"),
        ({"longitude": 180.5}, "longitude"),
        ({"longitude": math.nan}, "longitude"),
        ({"longitude": -math.inf}, "longitude"),
        ({"accuracy": -1.0}, "accuracy"),
        ({"accuracy": math.nan}, "accuracy"),
        ({"accuracy": math.inf}, "accuracy"),
        ({"battery_level": 101}, "batteryLevel"),
        ({"battery_level": -1}, "batteryLevel"),
        ({"recorded_at": NOW + timedelta(minutes=5, seconds=1)}, "recordedAt"),
        ({"recorded_at": NOW - timedelta(days=366)}, "recordedAt"),
        ({"recorded_at": datetime(2026, 11, 22, 9, 0)}, "recordedAt"),
    ],
)
def test_a_position_that_cannot_be_is_bad_input(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        tracking.make_ping(ACTOR, replace(Sent(), **changes), NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changes",
    [
        {"latitude": 90.0, "longitude": -180.0},
        {"accuracy": None, "battery_level": None},
        {"accuracy": 0.0, "battery_level": 0},
        {"recorded_at": NOW + timedelta(minutes=4)},
        {"recorded_at": NOW - timedelta(days=364)},
    ],
)
def test_a_position_at_the_edge_is_taken(changes: dict[str, Any]) -> None:
    sent = replace(Sent(), **changes)
    ping = tracking.make_ping(ACTOR, sent, NOW)
    assert (ping.latitude, ping.longitude, ping.recorded_at) == (
        sent.latitude,
        sent.longitude,
        sent.recorded_at,
    )
    assert ping.officer_id == ACTOR.user_id


def test_without_a_time_it_is_now() -> None:
    assert tracking.make_ping(ACTOR, Sent(recorded_at=None), NOW).recorded_at == NOW


async def run(runtime: Runtime, person: Person | None, query: str, **variables: Any) -> Any:
    context = RequestContext(runtime, person.actor if person else None)
    return await SCHEMA.execute(query, variable_values=variables, context_value=context)


def code(result: Any) -> Any:
    return result.errors[0].extensions["code"], result.errors[0].extensions.get("field")


async def test_only_an_officer_sends_positions(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    position = {"latitude": -0.3, "longitude": 36.1, "activityType": "TRAVEL"}
    for person in (stage.admin, stage.chair):
        assert code(await run(runtime, person, TRACK, input=position)) == ("FORBIDDEN", None)
    assert code(await run(runtime, None, TRACK, input=position)) == ("UNAUTHENTICATED", None)
    assert await count_pings(runtime) == 0
    given = {**position, "batteryLevel": 44, "memberId": str(stage.member.id)}
    result = await run(runtime, stage.officer, TRACK, input=given)
    assert result.errors is None
    sent = result.data["trackOfficer"]
    assert sent["officer"] == {"id": str(stage.officer.user_id)}
    assert sent["member"] == {"id": str(stage.member.id)}
    assert (sent["activityType"], sent["batteryLevel"]) == ("TRAVEL", 44)


async def count_pings(runtime: Runtime) -> int:
    async with runtime.db.reading() as session:
        found = await session.execute(select(func.count()).select_from(OfficerPing))
        return int(found.scalar_one())


async def test_a_position_that_is_refused_leaves_nothing(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    foreign = await stage.factory.member(await stage.factory.group())
    position = {"latitude": -0.3, "longitude": 36.1, "activityType": "TRAVEL"}
    late = (clock.now() + timedelta(minutes=6)).isoformat()
    for change, expected in (
        ({"latitude": 91}, ("BAD_INPUT", "latitude")),
        ({"batteryLevel": 300}, ("BAD_INPUT", "batteryLevel")),
        ({"recordedAt": late}, ("BAD_INPUT", "recordedAt")),
        ({"activityType": "FLYING"}, ("BAD_INPUT", "activityType")),
        ({"memberId": str(foreign.id)}, ("NOT_FOUND", "memberId")),
        ({"memberId": str(new_id())}, ("NOT_FOUND", "memberId")),
    ):
        result = await run(runtime, stage.officer, TRACK, input={**position, **change})
        assert code(result) == expected
    assert await count_pings(runtime) == 0


async def test_many_positions_at_once_keep_the_newest_as_the_last(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    second = await stage.factory.officer(stage.group)
    await ping(stage, stage.officer, *(step / 10 for step in range(50)))
    await ping(stage, second, 7.0)
    await ping(stage, stage.officer, 80.0, age=timedelta(hours=1))
    async with runtime.db.reading() as session:
        rows = (await session.execute(select(OfficerLocation))).scalars()
        last = {row.officer_id: row.latitude for row in rows}
    assert last == {stage.officer.user_id: 4.9, second.user_id: 7.0}
    assert await count_pings(runtime) == 52


async def test_active_are_those_of_the_last_day_within_reach(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    foreign = await stage.factory.officer(await stage.factory.group())
    asleep = await stage.factory.officer(stage.group)
    await ping(stage, stage.officer, 1.0, age=timedelta(hours=23))
    await ping(stage, foreign, 2.0)
    await ping(stage, asleep, 3.0, age=timedelta(hours=25))
    query = "{ activeOfficerLocations { latitude } }"
    for person, expected in (
        (stage.admin, [2.0, 1.0]),
        (stage.officer, [1.0]),
        (foreign, [2.0]),
        (stage.chair, [1.0]),
    ):
        result = await run(runtime, person, query)
        assert [row["latitude"] for row in result.data["activeOfficerLocations"]] == expected


async def test_a_track_is_in_order_and_within_reach(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    foreign = await stage.factory.officer(await stage.factory.group())
    await ping(stage, stage.officer, 1.0, 2.0, 3.0)
    since, end = clock.now() - timedelta(days=1), clock.now() + timedelta(seconds=5)
    query = """query Way($id: UUID!, $from: DateTime!, $to: DateTime!) {
      officerTrack(officerId: $id, from: $from, to: $to) { latitude } }"""

    async def way(person: Person, officer: Any, start: datetime, stop: datetime) -> Any:
        given = {"id": str(officer), "from": start.isoformat(), "to": stop.isoformat()}
        return await run(runtime, person, query, **given)

    for person in (stage.admin, stage.officer, stage.chair):
        result = await way(person, stage.officer.user_id, since, end)
        assert [row["latitude"] for row in result.data["officerTrack"]] == [1.0, 2.0, 3.0]
    officer = stage.officer.user_id
    assert code(await way(foreign, officer, since, end)) == ("NOT_FOUND", "officerId")
    assert code(await way(stage.admin, new_id(), since, end)) == ("NOT_FOUND", "officerId")
    long_ago = end - timedelta(days=31, minutes=1)
    assert code(await way(stage.admin, officer, long_ago, end)) == ("BAD_INPUT", "to")
    assert code(await way(stage.admin, officer, end, since)) == ("BAD_INPUT", "to")


async def test_a_long_track_is_thinned_evenly_and_ends_where_the_officer_is(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracking, "MOST_POINTS", 10)
    stage = await stage_on(runtime)
    await ping(stage, stage.officer, *(float(step) / 2 for step in range(95)))
    since, end = clock.now() - timedelta(days=1), clock.now() + timedelta(seconds=5)
    async with runtime.db.reading() as session:
        officer = stage.officer.user_id
        found = await tracking.track(session, stage.admin.actor, officer, since, end)
    assert [row.latitude * 2 for row in found] == [4, 14, 24, 34, 44, 54, 64, 74, 84, 94]


async def test_a_track_needs_instants_with_a_zone(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    naive = datetime(2026, 11, 1)
    async with runtime.db.reading() as session:
        with pytest.raises(BadInput):
            await tracking.track(session, stage.admin.actor, stage.officer.user_id, naive, NOW)


async def test_the_event_of_a_position_holds_no_name(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    found: list[Any] = []
    runtime.events.on("locations", found.append)
    await ping(stage, stage.officer, 1.0, 2.0)
    await ping(stage, stage.officer, 3.0)
    await until(lambda: len(found) == 2, "one event for each batch")
    assert [event["latitude"] for event in found] == [2.0, 3.0]
    assert found[0]["group_ids"] == [str(stage.group.id)]
    assert stage.officer.name not in str(found)


async def test_a_position_of_a_member_outside_reach_names_the_field(runtime: Runtime) -> None:
    stage = await stage_on(runtime)
    foreign = await stage.factory.member(await stage.factory.group())

    async def work(session: Any) -> Any:
        sent = Sent(member_id=foreign.id, recorded_at=clock.now())
        return await tracking.record_position(session, runtime, stage.officer.actor, sent)

    with pytest.raises(NotFound) as refused:
        await runtime.db.transact(work)
    assert refused.value.field == "memberId"
    async with runtime.db.reading() as session:
        assert (await session.execute(select(col(OfficerPing.id)))).all() == []
