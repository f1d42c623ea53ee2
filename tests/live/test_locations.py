"""officerLocations: all that are known first, then each new one, nothing between lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.models.base import new_id
from app.runtime import Runtime
from app.services import live_streams, people
from app.services.live import Live
from app.services.tracking import Ping, store_pings
from tests.live.client import LOCATIONS
from tests.live.conftest import Connect, Stage, stage_on
from tests.live.fragile_redis import FragileRedis
from tests.live.hosts import Host
from tests.live.waiting import until
from tests.support.factories import Person

postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


async def ping(
    stage: Stage,
    officer: Person,
    *latitudes: float,
    age: timedelta = timedelta(0),
    runtime: Runtime | None = None,
) -> None:
    """Positions of an officer, one after the other, the newest so old."""
    runtime = runtime or stage.runtime
    last = clock.now() - age
    pings = [
        Ping(
            id=new_id(),
            officer_id=officer.user_id,
            latitude=latitude,
            longitude=36.0,
            accuracy=8.0,
            activity_type="TRAVEL",
            member_id=None,
            battery_level=80,
            recorded_at=last - timedelta(seconds=len(latitudes) - number),
        )
        for number, latitude in enumerate(latitudes)
    ]

    async def work(session: AsyncSession) -> None:
        await store_pings(session, runtime, pings)

    await runtime.db.transact(work)


def places(found: list[Any]) -> set[tuple[str, float]]:
    return {(place["officer"]["user"]["name"], place["latitude"]) for place in found}


async def test_the_known_ones_come_first_and_then_each_new_one(
    host: Host, connect: Connect
) -> None:
    stage = await stage_on(host.runtime)
    second = await stage.factory.officer(stage.group)
    await ping(stage, stage.officer, 0.1, 0.2)
    await ping(stage, second, 1.1, age=timedelta(days=3))
    client = await connect(host, stage.admin)
    locations = await client.follow(LOCATIONS)
    expected = {(stage.officer.name, 0.2), (second.name, 1.1)}
    assert places(await locations.take(2)) == expected
    await ping(stage, second, 1.2)
    await ping(stage, stage.officer, 0.3)
    moved = await locations.take(2)
    assert places(moved) == {(stage.officer.name, 0.3), (second.name, 1.2)}
    assert moved[0]["batteryLevel"] == 80
    assert moved[0]["activityType"] == "TRAVEL"
    await locations.silent()


async def test_a_late_position_moves_nobody_back(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    await ping(stage, stage.officer, 0.5)
    client = await connect(host, stage.admin)
    locations = await client.follow(LOCATIONS)
    assert (await locations.next())["latitude"] == 0.5
    await ping(stage, stage.officer, 0.1, age=timedelta(hours=2))
    await locations.silent()


async def test_everybody_sees_those_within_reach(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    elsewhere = await stage.factory.group()
    foreign = await stage.factory.officer(elsewhere)
    await ping(stage, stage.officer, 0.1)
    await ping(stage, foreign, 9.1)
    mine, theirs = (stage.officer.name, 0.1), (foreign.name, 9.1)
    views: list[tuple[Person, dict[str, Any] | None, set[tuple[str, float]]]] = [
        (stage.admin, None, {mine, theirs}),
        (stage.admin, {"groupIds": [str(elsewhere.id)]}, {theirs}),
        (stage.admin, {"groupIds": []}, set()),
        (stage.officer, None, {mine}),
        (stage.chair, None, {mine}),
        (stage.chair, {"groupIds": [str(stage.group.id)]}, {mine}),
        (await stage.factory.committee(elsewhere), None, {theirs}),
    ]
    for person, variables, expected in views:
        client = await connect(host, person)
        locations = await client.follow(LOCATIONS, variables)
        assert places(await locations.take(len(expected))) == expected
        await locations.silent(0.1)


async def test_a_foreign_group_does_not_exist(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    elsewhere = await stage.factory.group()
    client = await connect(host, stage.chair)
    refused = await client.follow(LOCATIONS, {"groupIds": [str(elsewhere.id)]})
    assert (await refused.error())[0]["extensions"]["code"] == "NOT_FOUND"


@postgresql
async def test_nothing_slips_between_the_snapshot_and_what_follows(
    host: Host, connect: Connect
) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.admin)

    async def move() -> None:
        for step in range(1, 41):
            await ping(stage, stage.officer, float(step))

    async def subscribe() -> list[Any]:
        found = []
        for _ in range(8):
            found.append(await client.follow(LOCATIONS))
            await asyncio.sleep(0.02)
        return found

    _, followed = await asyncio.gather(move(), subscribe())
    for locations in followed:
        seen: list[float] = []
        while not seen or seen[-1] != 40.0:
            seen.append((await locations.next())["latitude"])
        assert seen == sorted(set(seen)), "in order and none twice"


@postgresql
async def test_a_position_missed_in_an_outage_is_shown_after_it(
    hosts: list[Host], connect: Connect, own_redis: FragileRedis
) -> None:
    one, two = hosts
    stage = await stage_on(one.runtime)
    still = await stage.factory.officer(stage.group)
    await ping(stage, still, 5.0)
    client = await connect(two, stage.admin)
    locations = await client.follow(LOCATIONS)
    assert (await locations.next())["latitude"] == 5.0
    await ping(stage, stage.officer, 0.1)
    assert (await locations.next())["latitude"] == 0.1
    own_redis.kill()
    await ping(stage, stage.officer, 0.2)
    own_redis.restart()
    assert (await locations.next())["latitude"] == 0.2
    await locations.silent()
    await ping(stage, stage.officer, 0.3)
    assert (await locations.next())["latitude"] == 0.3


@postgresql
async def test_a_slow_subscriber_gets_the_newest_of_each(
    host: Host, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_streams, "MOST_BATCHES", 2)
    monkeypatch.setattr("app.services.live_locations.GATHER_SECONDS", 0.001)
    stage = await stage_on(host.runtime)
    second = await stage.factory.officer(stage.group)
    client = await connect(host, stage.admin)
    locations = await client.follow(LOCATIONS)
    live = host.runtime.events.part(Live, lambda: Live(host.runtime))
    await until(lambda: live._locations is not None and bool(live._locations.streams), "it stands")
    assert live._locations is not None
    (stream,) = live._locations.streams
    gate = asyncio.Event()
    take = stream.next_chunk

    async def take_slowly() -> Any:
        await gate.wait()
        return await take()

    monkeypatch.setattr(stream, "next_chunk", take_slowly)
    await ping(stage, stage.officer, 0.0)
    for step in range(1, 11):
        await ping(stage, second, float(step))
        await ping(stage, stage.officer, -float(step))
        await asyncio.sleep(0.005)
    await until(lambda: stream._behind, "the queue overflows")
    gate.set()
    seen = [place["latitude"] for place in await locations.take(2)]
    while {10.0, -10.0} - set(seen):
        seen.append((await locations.next())["latitude"])
    assert len(seen) < 10, "what is outdated is left out"


@postgresql
async def test_an_officer_newly_assigned_appears_to_the_chair_and_stays_single_to_the_admin(
    host: Host, connect: Connect
) -> None:
    stage = await stage_on(host.runtime)
    newcomer = await stage.factory.officer()
    await ping(stage, newcomer, 3.0)
    chair, admin = await connect(host, stage.chair), await connect(host, stage.admin)
    to_chair, to_admin = await chair.follow(LOCATIONS), await admin.follow(LOCATIONS)
    assert (await to_admin.next())["latitude"] == 3.0
    await to_chair.silent(0.1)

    async def work(session: AsyncSession) -> None:
        await people.assign_officer(
            session,
            stage.runtime,
            stage.admin.actor,
            officer_id=newcomer.user_id,
            group_id=stage.group.id,
        )

    await stage.runtime.db.transact(work)
    assert (await to_chair.next())["latitude"] == 3.0
    await to_admin.silent()
