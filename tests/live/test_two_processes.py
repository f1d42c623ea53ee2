"""Two real server processes, PostgreSQL and a Redis that is restarted in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import Settings
from app.runtime import Runtime
from tests.live.client import LEDGER, LOCATIONS, NOTICES, LiveClient
from tests.live.conftest import stage_on
from tests.live.fragile_redis import FragileRedis
from tests.live.test_locations import ping
from tests.support.servers import ServerGroup

pytestmark = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


@pytest.fixture
def servers(settings: Settings, own_redis: FragileRedis, tmp_path: Path) -> Iterator[ServerGroup]:
    group = ServerGroup(replace(settings, redis_url=own_redis.url), tmp_path / "servers")
    yield group
    group.stop()


@pytest.fixture
def settings(settings: Settings, own_redis: FragileRedis) -> Settings:
    """The test itself writes through Redis too, as a third process."""
    return replace(settings, redis_url=own_redis.url)


async def test_subscribers_of_both_live_through_a_restart_of_redis(
    servers: ServerGroup, runtime: Runtime, own_redis: FragileRedis
) -> None:
    stage = await stage_on(runtime)
    token = (await stage.factory.sign_in(stage.admin)).access_token
    clients = [
        await LiveClient.open(f"localhost:{server.port}", token)
        for server in servers.servers
        for _ in range(5)
    ]
    group = {"groupId": str(stage.group.id)}
    ledgers = [await client.follow(LEDGER, group) for client in clients]
    places = [await client.follow(LOCATIONS) for client in clients]
    notices = [await client.follow(NOTICES) for client in clients]
    await asyncio.sleep(1)

    await stage.save(101, 102)
    await ping(stage, stage.officer, 1.0)
    own_redis.kill()
    await stage.save(103)
    await ping(stage, stage.officer, 2.0)
    await stage.save(104, 105)
    own_redis.restart()
    await stage.save(106)

    for ledger in ledgers:
        lines = await ledger.take(6, seconds=20)
        assert [line["amount"] for line in lines] == [f"1.0{cents}" for cents in range(1, 7)]
    for place in places:
        while (await place.next(seconds=20))["latitude"] != 2.0:
            pass
    for notice in notices:
        assert (await notice.next(seconds=20))["kind"] == "FETCH_AGAIN"
    # Still the same connections, and still exactly once.
    await stage.save(107)
    for ledger in ledgers:
        assert (await ledger.next())["amount"] == "1.07"
    await asyncio.sleep(0.5)
    for ledger in ledgers:
        await ledger.silent(0)
    for client in clients:
        await client.close()
