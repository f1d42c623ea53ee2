"""Rights are judged again while a subscription runs."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.graphql import subscriptions
from app.services import people
from app.services.sessions import logout
from tests.live.client import LEDGER, LOCATIONS, NOTICES
from tests.live.conftest import Connect, Stage, stage_on
from tests.live.fragile_redis import FragileRedis
from tests.live.hosts import Host

postgresql = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)


async def unassign(stage: Stage) -> None:
    async def work(session: AsyncSession) -> None:
        await people.unassign_officer(
            session,
            stage.runtime,
            stage.admin.actor,
            officer_id=stage.officer.user_id,
            group_id=stage.group.id,
        )

    await stage.runtime.db.transact(work)


async def deactivate(stage: Stage, user_id: Any) -> None:
    async def work(session: AsyncSession) -> None:
        await people.deactivate_user(session, stage.runtime, stage.admin.actor, user_id=user_id)

    await stage.runtime.db.transact(work)


async def test_a_group_taken_away_ends_its_subscription_and_no_other(
    host: Host, connect: Connect
) -> None:
    stage = await stage_on(host.runtime)
    kept_group = await stage.factory.group()
    await stage.factory.assign(stage.officer, kept_group)
    member = await stage.factory.member(kept_group)
    client = await connect(host, stage.officer)
    lost = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    kept = await client.follow(LEDGER, {"groupId": str(kept_group.id)})
    notices = await client.follow(NOTICES)
    await notices.silent(0.3)
    await unassign(stage)
    (error,) = await lost.error()
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert (await notices.next())["kind"] == "ACCESS_CHANGED"
    await stage.save(300, member_id=member.id)
    assert (await kept.next())["amount"] == "3.00"
    await lost.silent(0.1)


async def test_a_deactivated_user_is_cut_off(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    client = await connect(host, stage.chair)
    other = await connect(host, stage.admin)
    await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    ledger = await other.follow(LEDGER, {"groupId": str(stage.group.id)})
    await ledger.silent(0.2)
    await deactivate(stage, stage.chair.user_id)
    assert await client.closed() == (4403, "Forbidden")
    await stage.save(100)
    assert (await ledger.next())["amount"] == "1.00", "others go on"


async def test_signing_out_ends_that_sign_ins_sockets_only(host: Host, connect: Connect) -> None:
    stage = await stage_on(host.runtime)
    sign_in = await stage.factory.sign_in(stage.admin)
    stays = await connect(host, stage.admin)
    notices = await stays.follow(NOTICES)
    leaves = await connect(host)
    payload = {"authorization": f"Bearer {sign_in.access_token}"}
    await leaves.send({"type": "connection_init", "payload": payload})
    await leaves.until("connection_ack")
    await logout(host.runtime, stage.admin.actor, sign_in.refresh_token)
    assert (await leaves.closed())[0] == 4403
    assert (await notices.next())["kind"] == "ACCESS_CHANGED"


@postgresql
async def test_a_change_made_by_another_process_takes_hold(
    hosts: list[Host], connect: Connect
) -> None:
    stage = await stage_on(hosts[0].runtime)
    client = await connect(hosts[1], stage.officer)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    await ledger.silent(0.3)
    await unassign(stage)
    assert (await ledger.error())[0]["extensions"]["code"] == "NOT_FOUND"


@postgresql
async def test_a_change_during_an_outage_of_redis_takes_hold_after_it(
    hosts: list[Host], connect: Connect, own_redis: FragileRedis
) -> None:
    stage = await stage_on(hosts[0].runtime)
    client = await connect(hosts[1], stage.officer)
    ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
    chair = await connect(hosts[1], stage.chair)
    await ledger.silent(0.3)
    own_redis.kill()
    await unassign(stage)
    await deactivate(stage, stage.chair.user_id)
    own_redis.restart()
    assert (await ledger.error())[0]["extensions"]["code"] == "NOT_FOUND"
    assert (await chair.closed())[0] == 4403


@postgresql
async def test_a_change_whose_bell_is_lost_is_found_by_the_sweep(
    settings: Any, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscriptions, "SWEEP_SECONDS", 0.3)
    monkeypatch.setattr("app.auth.cache.TTL", 0.1)
    host = Host(settings)
    await host.start()
    try:
        stage = await stage_on(host.runtime)
        client = await connect(host, stage.officer)
        ledger = await client.follow(LEDGER, {"groupId": str(stage.group.id)})
        notices = await client.follow(NOTICES)
        await ledger.silent(0.5)
        await notices.silent(0.5)

        async def lose(_topic: str, _payload: Any) -> None:
            return None

        monkeypatch.setattr(host.runtime.events, "publish", lose)
        await unassign(stage)
        assert (await ledger.error())[0]["extensions"]["code"] == "NOT_FOUND"
    finally:
        await host.stop()


async def test_officers_who_leave_the_group_leave_its_chairs_view(
    host: Host, connect: Connect
) -> None:
    from tests.live.test_locations import ping

    stage = await stage_on(host.runtime)
    client = await connect(host, stage.chair)
    locations = await client.follow(LOCATIONS)
    await locations.silent(0.3)
    await ping(stage, stage.officer, 1.0)
    assert (await locations.next())["latitude"] == 1.0
    await unassign(stage)
    await ping(stage, stage.officer, 2.0)
    await locations.silent()
